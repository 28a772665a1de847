// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/times.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>

namespace samenspel::cli {
namespace {

using base::Instant;

constexpr std::array<const char*, 7> kDaysNl{"zo", "ma", "di", "wo", "do", "vr", "za"};
constexpr std::array<const char*, 7> kDaysEn{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonthsNl{"jan", "feb", "mrt", "apr", "mei", "jun",
                                                "jul", "aug", "sep", "okt", "nov", "dec"};
constexpr std::array<const char*, 12> kMonthsEn{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// A moment, taken apart in Amsterdam.
struct Local {
  explicit Local(Instant instant) {
    const auto zoned = date::make_zoned("Europe/Amsterdam", instant);
    const auto local = zoned.get_local_time();
    day = date::floor<date::days>(local);
    calendar = date::year_month_day(day);
    clock = date::make_time(local - day);
    offset = zoned.get_info().offset;
  }
  date::local_days day;
  date::year_month_day calendar;
  date::hh_mm_ss<std::chrono::milliseconds> clock;
  std::chrono::seconds offset;

  int Year() const { return static_cast<int>(calendar.year()); }
  unsigned Month() const { return static_cast<unsigned>(calendar.month()); }
  unsigned Day() const { return static_cast<unsigned>(calendar.day()); }
  std::string Minutes() const {
    return fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
  }
  std::string Offset() const {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(offset).count();
    return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                       std::abs(minutes) % 60);
  }
};

std::string DayText(const Local& local, Language language, Instant now) {
  const bool dutch = language == Language::kDutch;
  const unsigned weekday = date::weekday(local.day).c_encoding();
  const unsigned month = local.Month() - 1;
  std::string text = fmt::format("{} {} {}", (dutch ? kDaysNl : kDaysEn).at(weekday), local.Day(),
                                 (dutch ? kMonthsNl : kMonthsEn).at(month));
  if (local.Year() != Local(now).Year()) text += fmt::format(" {}", local.Year());
  return text;
}

}  // namespace

std::string LocalTime(Instant instant, Language language, Instant now) {
  const Local local(instant);
  return fmt::format("{} {} ({})", DayText(local, language, now), local.Minutes(), local.Offset());
}

std::string LocalSpan(Instant from, Instant until, Language language, Instant now) {
  const Local start(from);
  const Local end(until);
  if (start.day != end.day || start.offset != end.offset) {
    return LocalTime(from, language, now) + " - " + LocalTime(until, language, now);
  }
  return fmt::format("{} {} - {} ({})", DayText(start, language, now), start.Minutes(),
                     end.Minutes(), start.Offset());
}

std::string IsoTime(Instant instant) {
  const Local local(instant);
  return fmt::format("{:04}-{:02}-{:02}T{}:{:02}.{:03}{}", local.Year(), local.Month(), local.Day(),
                     local.Minutes(), local.clock.seconds().count(),
                     local.clock.subseconds().count(), local.Offset());
}

}  // namespace samenspel::cli
