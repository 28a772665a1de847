// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "common/daemon/config.h"
#include "common/daemon/core.h"
#include "common/daemon/own_time.h"
#include "common/seal/key_store.h"
#include "common/store/disk.h"
#include "common/store/store.h"
#include "common/tlog/note_key.h"
#include "tests/simulation/clocks.h"
#include "tests/simulation/disk/simulated_disk.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::simulation {

inline constexpr const char* kServices[] = {"intake", "meeting", "escalation", "audit"};
inline constexpr const char* kOrigin = "samenspel.example/simulation";
/// 32 bytes that nobody can take for a secret.
inline constexpr const char* kMasterKey = "samenspel golden test master key";

/// The log's public key.
tlog::VerifierKey LogKey();

/// One daemon without loop and sockets: the real service, core, store and key store on a memory
/// disk that outlives them, with clocks of its own.
class Machine {
 public:
  /// How a machine is set up; the same for all of a world.
  struct Setup {
    daemon::Terms terms;
    /// Small ones are flushed to tables now and then, large ones never. When, is RocksDB's chance.
    size_t write_buffer_bytes = 4 << 20;
    /// They are flushed when the log is this long, at the same moment in each run; 0: not so.
    uint64_t log_bytes = 0;
  };
  Machine(std::string service, Setup setup, uint64_t seed,
          std::shared_ptr<const bus::Registry> registry,
          const Timeline& timeline = Timeline::Still());
  /// One as this was at first, with the same chance: equal inputs lead to equal bytes.
  std::unique_ptr<Machine> Twin(size_t write_buffer_bytes) const;

  /// As a process does it, with the time that its clocks show.
  base::Status Start();
  /// The same at an instant that is given, for who has no timeline.
  base::Status Start(base::Instant now);
  /// As kill -9 does it: what is not on the disk is gone.
  void Stop();
  bool running() const { return core_ != nullptr; }
  daemon::Turn Step(base::Instant now, std::span<const bus::Input> inputs) {
    return core_->Step(now, inputs);
  }
  /// The time that the process goes by, for its next turn; then that turn, and the time after it.
  base::Instant Now() { return time_->Now(); }
  base::Instant After(const daemon::Turn& turn) { return time_->After(turn); }
  /// As at the last Now().
  bool believes_clock() const { return time_->wall_off() == base::milliseconds(0); }
  MachineClock& clock() { return clock_; }
  /// A second process on the same disk, at this moment. Not ok: it was refused.
  base::Status StartTwice();

  common::v1::ServiceStatus Status() const { return core_->Status({}); }
  void UseRegistry(std::shared_ptr<const bus::Registry> registry);
  /// Another version of its rules is put on the disk and read.
  void ChangeRules(const std::string& version);

  const std::string& service() const { return config_.service; }
  /// Services that it follows, in the order of its sockets from 1 on.
  const std::vector<std::string>& leaders() const { return leaders_; }
  store::Store& store() { return *store_; }
  seal::KeyStore& keys() { return *keys_; }
  store::Disk& disk() { return disk_.disk(); }
  /// The same, as who breaks it sees it.
  SimulatedDisk& simulated_disk() { return disk_; }
  base::Entropy& entropy() { return entropy_; }
  std::unique_ptr<daemon::Service> MakeService();
  const std::string& log() const { return log_; }

 private:
  void Configure();
  store::StoreConfig ConfigOfStore() const;
  daemon::Log Log();
  void Grant(const std::string& principal, std::vector<std::string> kinds);

  daemon::Config config_;
  std::vector<std::string> leaders_;
  Setup setup_;
  uint64_t seed_;
  std::shared_ptr<const bus::Registry> registry_;
  MachineClock clock_;
  support::SeededEntropy entropy_;
  SimulatedDisk disk_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<seal::KeyStore> keys_;
  std::unique_ptr<daemon::Core> core_;
  std::optional<daemon::OwnTime> time_;  // Of a process that was started by its own clocks.
  std::string log_;
};

}  // namespace samenspel::simulation
