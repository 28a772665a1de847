// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tests/simulation/run.h"

namespace samenspel::simulation {

/// What one seed came to.
struct RunResult {
  uint64_t seed = 0;
  double hours = 0;  ///< Simulated, healing included.
  uint64_t commands = 0;
  uint64_t faults = 0;
  std::string profile;
  std::vector<std::string> findings;  ///< None: all promises were kept.
  std::vector<std::string> missing;   ///< Kinds of faults that did not happen.
  FaultCounts counts;
};

/// Plays a plan and checks all; with `twice` once more, to see that it is the same run.
RunResult PlayAndCheck(const SimulatedRun::Plan& plan, bool twice);

/// One line of text without line ends, and back; nothing when it is no such line.
std::string Encode(const RunResult& result);
std::optional<RunResult> Decode(const std::string& line);

}  // namespace samenspel::simulation
