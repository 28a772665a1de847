// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <optional>
#include <vector>

#include "tests/simulation/world.h"

namespace samenspel::simulation {

/// The loop around a core: collects what arrives while a turn lasts, wakes it in time, and starts
/// it again when it ends.
class World::Host : public Receiver {
 public:
  Host(World& world, size_t index) : world_(world), index_(index) {}

  void Arrive(bus::Input input) override;
  /// A turn at `moment`, or earlier when one is planned; later when it is busy or paused.
  void Plan(Micros moment);
  void Crash(Micros down);
  void CrashAfterCommit(Micros down) { crash_after_commit_ = down; }
  /// Not sooner than an earlier pause: on a machine that is frozen nothing runs.
  void PauseUntil(Micros moment) { paused_until_ = std::max(paused_until_, moment); }
  /// How long it stays away after its disk failed.
  void StayAwayFor(Micros down) { away_ = down; }
  Micros away() const { return away_; }
  /// Its disk failed since the last time somebody asked.
  bool DiskHasFailed();
  /// What was on its disk before somebody put an old copy there.
  std::optional<SimulatedDisk::Snapshot> replaced;
  /// One of its next reads will be wrong, or just was.
  bool rots = false;
  bool saved_from_rot = false;  ///< `replaced` is what lay there before a start that may meet it.
  void Rots();
  /// No read has been wrong yet.
  bool RotIsToCome() const { return RotCount() == rot_count_; }
  void AddDealer(Network::ConnectionId id) { dealers_.push_back(id); }
  /// The next time that it starts its machine's clock is wrong, for so long.
  void ComesUpWrongBy(base::milliseconds by, Micros length) { wrong_start_ = {by, length}; }
  void SetClockForStart();
  void CalmDown();
  /// Shows the onlooker what was committed and not shown yet: after a commit whose outcome nobody
  /// knew, only the restart tells.
  void Show();

 private:
  Machine& machine() const { return *world_.machines_[index_]; }
  void Turn();
  void CheckRest();
  void CheckSenders(uint64_t after);
  void Ended(const base::Status& fault);
  void Send(const std::vector<bus::Output>& out);
  void CountClock(const daemon::Turn& turn);
  void Trace(base::Instant now, const std::vector<bus::Input>& inputs, const daemon::Turn& turn);

  World& world_;
  size_t index_;
  std::vector<bus::Input> mailbox_;
  std::vector<Network::ConnectionId> dealers_;  // Socket 1 first.
  std::optional<Micros> planned_;
  std::optional<Micros> crash_after_commit_;
  Micros away_{std::chrono::minutes(1)};
  uint64_t RotCount() const;
  uint64_t disk_faults_ = 0;
  uint64_t rot_count_ = 0;
  uint64_t plan_ = 0;
  Micros hour_{0};  // The one in which it takes turns now.
  uint64_t idle_turns_ = 0;
  uint64_t shown_ = 0;
  Micros free_at_{0};
  Micros paused_until_{0};
  std::optional<std::pair<base::milliseconds, Micros>> wrong_start_;
  bool believes_clock_ = true;
};

}  // namespace samenspel::simulation
