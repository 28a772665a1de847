// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/utilisation.h"

#include <algorithm>

namespace samenspel::bench {
namespace {

int64_t Overlap(const Window& window, int64_t from_ms, int64_t until_ms) {
  return std::max<int64_t>(0,
                           std::min(window.until_ms, until_ms) - std::max(window.from_ms, from_ms));
}

}  // namespace

double SeatTime::Part() const {
  return on_duty_ms == 0 ? 1 : static_cast<double>(booked_ms) / static_cast<double>(on_duty_ms);
}

Window WindowOf(std::span<const meeting::v1::Mdo> meetings) {
  Window window;
  for (const auto& one : meetings) {
    if (one.starts_at_ms() == 0) continue;
    const bool first = window.until_ms == 0;
    window.from_ms = first ? one.starts_at_ms() : std::min(window.from_ms, one.starts_at_ms());
    window.until_ms = std::max(window.until_ms, one.ends_at_ms());
  }
  return window;
}

std::map<std::string, SeatTime> SeatTimes(std::span<const meeting::v1::RosterLine> roster,
                                          std::span<const meeting::v1::Mdo> meetings,
                                          const Window& window) {
  std::map<std::string, SeatTime> times;
  for (const auto& one : meetings) {
    const int64_t taken = Overlap(window, one.starts_at_ms(), one.ends_at_ms());
    for (const auto& seat : one.seats()) {
      if (!seat.conditional()) times[seat.function()].booked_ms += taken;
    }
  }
  for (const auto& line : roster) {
    int64_t on_duty = 0;
    for (const auto& shift : line.shifts()) {
      on_duty += Overlap(window, shift.from_ms(), shift.until_ms());
    }
    for (const std::string& function : line.professional().functions()) {
      const auto asked = times.find(function);
      if (asked != times.end()) asked->second.on_duty_ms += on_duty;
    }
  }
  return times;
}

}  // namespace samenspel::bench
