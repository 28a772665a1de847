// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "tests/simulation/run.h"

namespace samenspel::crash {

/// One turn of a machine: what went in and what came out.
struct RecordedTurn {
  base::Instant now;
  std::vector<bus::Input> in;
  std::vector<bus::Output> out;
};

/// A request of a client whose answer is kept in the journal.
struct RecordedRequest {
  size_t turn = 0;
  bus::Input input;
  std::string id;
  std::string reply;  ///< common.v1.Reply, serialized.
};

/// A simulated day without faults, turn by turn: each machine can live through it again by itself,
/// byte by byte, on a disk that fails.
class ScriptedDay {
 public:
  ScriptedDay(uint64_t seed, int commands);

  const std::vector<RecordedTurn>& turns(size_t service) const { return turns_[service]; }
  /// In the order of their turns.
  std::vector<RecordedRequest> Requests(size_t service);
  /// A machine as it was before the first turn, not started.
  std::unique_ptr<simulation::Machine> MachineOf(size_t service, size_t write_buffer_bytes);

 private:
  simulation::SimulatedRun run_;
  std::array<std::vector<RecordedTurn>, simulation::kMachines> turns_;
};

/// The reply to the request with this id among `out`, serialized; empty: none.
std::string ReplyTo(const std::string& id, const std::vector<bus::Output>& out);

}  // namespace samenspel::crash
