// SPDX-License-Identifier: EUPL-1.2
#include "common/time/local_date.h"

#include <date/tz.h>

namespace samenspel::time {

std::chrono::year_month_day LocalDate(base::Instant instant) {
  static const date::time_zone* const zone = date::locate_zone("Europe/Amsterdam");
  const auto day = std::chrono::floor<std::chrono::days>(instant + zone->get_info(instant).offset);
  return std::chrono::year_month_day(std::chrono::sys_days(day.time_since_epoch()));
}

std::optional<std::chrono::year_month_day> ParseDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](size_t from, size_t count) {
    int value = 0;
    for (const char c : text.substr(from, count)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

}  // namespace samenspel::time
