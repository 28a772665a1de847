// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "common/base/result.h"
#include "tests/bench/load/access.h"
#include "tests/bench/load/utilisation.h"

namespace samenspel::bench {

/// How far the roster carried the meetings of a run.
struct SeatUse {
  uint64_t meetings = 0;
  uint64_t without_start = 0;
  Window window;  ///< Of the meetings of this run that have a start.
  std::map<std::string, SeatTime> by_function;

  SeatTime all() const;
  /// The function of which most is taken; empty when no meeting has a start.
  std::string scarcest() const;
};

/// Asks meeting.
///   accesses  those who sent the reports: between them they know all meetings
///   since_ms  what was convened from then on is of this run
base::Result<SeatUse> FindSeatUse(const std::vector<Access>& accesses, int64_t since_ms);

/// Registers people for each seat that every table has, on duty all the time from this hour for
/// three days: so many that a run books only a part of them. The same people each day, so that
/// doing it again changes nothing.
///   manager  who may register people
base::Status LoadRoster(const Access& manager, int per_seat);

}  // namespace samenspel::bench
