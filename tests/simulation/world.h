// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
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

/// The four daemons in one process, on simulated time, network, chance and disks. Equal seeds and
/// equal callers give equal runs, byte by byte.
class World {
 public:
  World(uint64_t seed, daemon::Terms terms, const std::shared_ptr<const bus::Registry>& registry);
  ~World();

  Timeline& timeline() { return timeline_; }
  Network& network() { return network_; }
  /// Chance of the world: weather and crashes.
  support::SeededEntropy& chance() { return chance_; }
  Machine& machine(size_t index) { return *machines_[index]; }

  /// Starts all of them.
  void Begin();
  /// A client's connection to a service; comes up whenever the service runs.
  Network::ConnectionId Connect(Receiver& client, const std::string& principal, size_t server);

  /// Stops a daemon now and starts it again after `down`.
  void Crash(size_t index, Micros down);
  /// The same directly after its next commit: what it wanted to say about it is never sent.
  void CrashAfterCommit(size_t index, Micros down);
  /// Cuts a connection whose ends both live; it comes up again by itself.
  void CutSome();
  /// No faults from here on.
  void Calm();

  /// SHA-256 over every input, output and journal head so far.
  const std::string& trace() const { return trace_; }
  /// What went wrong inside: a failed write, a daemon that would not start.
  const std::vector<std::string>& troubles() const { return troubles_; }

 private:
  class Host;
  struct Wire {
    Network::ConnectionId id;
    int caller;  // Machine, or -1: a client.
    size_t server;
  };
  void Start(size_t index);
  void RaiseSoon(const Wire& wire);
  bool EndsLive(const Wire& wire) const;

  Timeline timeline_;
  support::SeededEntropy chance_;
  Network network_;
  std::array<std::unique_ptr<Machine>, kMachines> machines_;
  std::array<std::unique_ptr<Host>, kMachines> hosts_;
  std::vector<Wire> wires_;
  std::string trace_;
  std::vector<std::string> troubles_;
};

}  // namespace samenspel::simulation
