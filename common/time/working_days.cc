// SPDX-License-Identifier: EUPL-1.2
#include "common/time/working_days.h"

#include <date/tz.h>

#include <algorithm>

namespace samenspel::time {
namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::weekday;
using std::chrono::year_month_day;

// Days of the year that every year has.
bool IsFixedHoliday(year_month_day date) {
  constexpr std::pair<unsigned, unsigned> kFixed[] = {{1, 1}, {5, 5}, {12, 25}, {12, 26}};
  const std::pair at(static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return std::find(std::begin(kFixed), std::end(kFixed), at) != std::end(kFixed);
}

sys_days KingsDay(std::chrono::year year) {
  const sys_days birthday(year / month(4) / 27);
  return weekday(birthday) == std::chrono::Sunday ? birthday - days(1) : birthday;
}

}  // namespace

year_month_day EasterSunday(std::chrono::year in) {
  const int year = static_cast<int>(in);
  const int a = year % 19;
  const int century = year / 100;
  const int c = year % 100;
  const int moon = (century - (century + 8) / 25 + 1) / 3;
  const int h = (19 * a + century - century / 4 - moon + 15) % 30;
  const int l = (32 + 2 * (century % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int of_march = h + l - 7 * m + 22;  // 32: 1 April.
  return sys_days(in / month(3) / 1) + days(of_march - 1);
}

bool IsPublicHoliday(year_month_day date) {
  if (IsFixedHoliday(date)) return true;
  const sys_days day(date);
  if (day == KingsDay(date.year())) return true;
  constexpr int kFromEaster[] = {-2, 1, 39,
                                 50};  // Good Friday, Easter Monday, Ascension Day, Whit Monday.
  const auto from_easter = (day - sys_days(EasterSunday(date.year()))).count();
  return std::find(std::begin(kFromEaster), std::end(kFromEaster), from_easter) !=
         std::end(kFromEaster);
}

bool IsWorkingDay(year_month_day date) {
  const weekday of_week{sys_days(date)};
  return of_week != std::chrono::Saturday && of_week != std::chrono::Sunday &&
         !IsPublicHoliday(date);
}

year_month_day AddWorkingDays(year_month_day date, int count) {
  sys_days day(date);
  while (count > 0) {
    day += days(1);
    if (IsWorkingDay(day)) --count;
  }
  return day;
}

base::Instant EndOfDay(year_month_day date) {
  static const date::time_zone* const zone = date::locate_zone("Europe/Amsterdam");
  // The clock never changes at midnight here, so that each midnight exists exactly once.
  const date::local_days midnight(date::days((sys_days(date) + days(1)).time_since_epoch()));
  return std::chrono::time_point_cast<base::milliseconds>(zone->to_sys(midnight));
}

}  // namespace samenspel::time
