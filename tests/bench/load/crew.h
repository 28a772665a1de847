// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/bench/load/board.h"
#include "tests/bench/load/desk.h"

namespace samenspel::bench {

/// The next report, and when it is due to be sent; nothing: no more.
struct Job {
  uint64_t number = 0;
  SteadyClock::time_point due;
};
using Jobs = std::function<std::optional<Job>()>;  ///< Called by several threads.

struct CrewOptions {
  int desks = 1;          ///< At once, each with connections of its own.
  uint64_t seed = 1;      ///< Of the invented families.
  int red_percent = 100;  ///< The others are amber and green, in turn.
  bool close = false;     ///< Each report is settled when it has been measured.
  base::milliseconds pause{0};
  base::milliseconds patience{20'000};
};

/// The report with this number, and whether it is red: always the same.
std::pair<intake::v1::Request, bool> ReportOf(const CrewOptions& options, uint64_t number);

/// Desk workers who take one job after the other until none is left.
///   accesses  whose keys they have, in turn
///   started   called once when all are connected; the jobs are asked for after it
/// An error when one of them cannot connect: then nothing was sent.
base::Status RunCrew(const CrewOptions& options, const std::vector<Access>& accesses,
                     const std::function<void()>& started, const Jobs& next, Board& board);

}  // namespace samenspel::bench
