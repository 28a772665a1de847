// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/machine.h"
#include "tests/simulation/network.h"
#include "tests/simulation/timeline.h"

namespace samenspel::simulation {

inline constexpr size_t kIntake = 0;
inline constexpr size_t kMeeting = 1;
inline constexpr size_t kEscalation = 2;
inline constexpr size_t kAudit = 3;
inline constexpr size_t kMachines = 4;

/// The Z85-like key of a principal; only equality matters here.
std::string KeyOf(const std::string& principal);

/// Who watches a world: told of each entry directly after its commit, before anybody can hear of
/// it. May be empty.
struct Onlooker {
  std::function<void(size_t service, const store::Stored& entry)> committed;
  std::function<void(size_t service)> restarted;  ///< It ended; what it held in memory is gone.
  std::function<void(size_t service)> started;    ///< It is there again.
  std::function<void(size_t service)> clock_set;  ///< Its machine shows another time.
  std::function<void()> stepped;                  ///< After each turn.
};

/// The four daemons in one process, on simulated time, network, chance and disks. Equal seeds and
/// equal callers give equal runs, byte by byte.
class World {
 public:
  World(uint64_t seed, Machine::Setup setup, const std::shared_ptr<const bus::Registry>& registry);
  ~World();

  Timeline& timeline() { return timeline_; }
  Network& network() { return network_; }
  /// Chance of the world: weather and crashes.
  support::SeededEntropy& chance() { return chance_; }
  Machine& machine(size_t index) { return *machines_[index]; }
  void SetOnlooker(Onlooker onlooker) { onlooker_ = std::move(onlooker); }
  /// Told of each turn, with all that went in and came out: who has them all can play it again.
  using Turned = std::function<void(size_t service, base::Instant now,
                                    const std::vector<bus::Input>& in, const daemon::Turn& turn)>;
  void OnTurn(Turned turned) { turned_ = std::move(turned); }

  /// Starts all of them.
  void Begin();
  /// A client's connection to a service; comes up whenever the service runs.
  Network::ConnectionId Connect(Receiver& client, const std::string& principal, size_t server);
  /// The registry of all services from now on: keys that it does not know are deaf and dumb.
  void UseRegistry(const std::shared_ptr<const bus::Registry>& registry);

  /// Stops a daemon now and starts it again after `down`.
  void Crash(size_t index, Micros down);
  /// The same directly after its next commit: what it wanted to say about it is never sent.
  void CrashAfterCommit(size_t index, Micros down);
  /// Power is cut: what was not synced may be gone, in part or torn.
  void CutPower(size_t index, Micros down);
  /// The disk fails `in` operations from now; when that ends the daemon it starts again after
  /// `down`, with room on the disk.
  void FailDisk(size_t index, DiskFault fault, uint64_t in, Micros down);
  /// The next read of its data has one bit wrong.
  void RotOnRead(size_t index, Micros down);
  /// After `age` somebody stops it and puts back how its data are now.
  void PutBackOldCopy(size_t index, Micros age, Micros down);
  /// Takes no turns for so long; its connections stay up. With `unnoticed` its clock stands still
  /// too.
  void Pause(size_t index, Micros length, bool unnoticed);
  /// Its wall clock jumps; 0: it is right again.
  void SetWallWrongBy(size_t index, base::milliseconds by);
  /// Its machine, or the next one that runs, goes down and comes up with a wrong clock, which is
  /// set right after `length`.
  bool IsRunning(size_t index) const { return machines_[index]->running(); }
  /// This machine, or else the next one that runs, if any does.
  size_t RunningFrom(size_t index) const;
  void StartWithWrongClock(size_t index, base::milliseconds by, Micros down, Micros length);
  /// A second process is started on the data of one that runs: must be refused.
  void StartTwice(size_t index);
  /// Cuts a connection whose ends both live; it comes up again by itself.
  void CutSome();
  /// Nothing comes through any more in one direction; both ends believe in it for `length`.
  void DeafenSome(Micros length);
  /// Another weather for a while.
  void Storm(Weather weather, Micros length);
  /// Whoever ForgetSomebody may choose; all of them can wait for an answer.
  using Forgettable = std::function<bool(const bus::Principal& principal)>;
  void SetForgettable(Forgettable forgettable) { forgettable_ = std::move(forgettable); }
  /// The registry loses the first of those for a while.
  void ForgetSomebody(Micros length);
  void ChangeRules(size_t index, const std::string& version);
  /// No faults from here on.
  void Calm();

  /// SHA-256 over every input, output and journal head so far.
  const std::string& trace() const { return trace_; }
  /// What went wrong inside: a failed write, a daemon that would not start.
  const std::vector<std::string>& troubles() const { return troubles_; }
  void Trouble(const std::string& what) { troubles_.push_back(what); }

 private:
  class Host;
  struct Wire {
    Network::ConnectionId id;
    int caller;  // Machine, or -1: a client.
    size_t server;
  };
  void Start(size_t index);
  void Refused(size_t index, const base::Status& why);
  void Enter(size_t index);
  void RaiseSoon(const Wire& wire);
  bool EndsLive(const Wire& wire) const;
  void WireDaemons();

  Timeline timeline_;
  support::SeededEntropy chance_;
  Network network_;
  std::shared_ptr<const bus::Registry> registry_;
  std::shared_ptr<const bus::Registry> current_;  // Without whoever is forgotten.
  Forgettable forgettable_;
  std::array<std::unique_ptr<Machine>, kMachines> machines_;
  std::array<std::unique_ptr<Host>, kMachines> hosts_;
  std::vector<Wire> wires_;  // At its connection's number.
  Onlooker onlooker_;
  Turned turned_;
  std::string trace_;
  std::vector<std::string> troubles_;
};

}  // namespace samenspel::simulation
