// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::bench {

/// [from, until) in milliseconds, UTC.
struct Window {
  int64_t from_ms = 0;
  int64_t until_ms = 0;
};

/// What people of one function had to give in a window, and what of it meetings took.
struct SeatTime {
  int64_t on_duty_ms = 0;
  int64_t booked_ms = 0;
  double Part() const;  ///< 0 to 1; 1 when nobody was on duty.
};

/// From the first start of these meetings until the last has ended; empty when none has a start.
Window WindowOf(std::span<const meeting::v1::Mdo> meetings);

/// By function, of the seats that every table has; conditional ones do not count.
///   roster    all who are registered; shifts that overlap the window, or more
///   meetings  all that overlap the window, or more
std::map<std::string, SeatTime> SeatTimes(std::span<const meeting::v1::RosterLine> roster,
                                          std::span<const meeting::v1::Mdo> meetings,
                                          const Window& window);

}  // namespace samenspel::bench
