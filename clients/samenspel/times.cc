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
  // The moment as the end of a day: midnight is the last of the day before.
  void TakeAsEnd() {
    if (clock.to_duration().count() != 0) return;
    day -= date::days(1);
    calendar = date::year_month_day(day);
    midnight = true;
  }
  bool midnight = false;  // Of the end of `day`.
  date::local_days day;
  date::year_month_day calendar;
  date::hh_mm_ss<std::chrono::milliseconds> clock;
  std::chrono::seconds offset;

  int Year() const { return static_cast<int>(calendar.year()); }
  unsigned Month() const { return static_cast<unsigned>(calendar.month()); }
  unsigned Day() const { return static_cast<unsigned>(calendar.day()); }
  std::string Minutes() const {
    if (midnight) return "24:00";
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

// "2026-11-21T20:45" with whatever may follow, taken apart from the front.
class Written {
 public:
  explicit Written(std::string_view text) : left_(text) {}

  // Exactly this many digits.
  int Number(size_t digits) {
    int number = 0;
    if (left_.size() < digits) good_ = false;
    for (size_t i = 0; good_ && i < digits; ++i) {
      if (left_[i] < '0' || left_[i] > '9') good_ = false;
      number = number * 10 + (left_[i] - '0');
    }
    if (good_) left_.remove_prefix(digits);
    return number;
  }
  // One of these characters, when it stands there.
  bool Has(std::string_view any) {
    if (!good_ || left_.empty() || any.find(left_.front()) == std::string_view::npos) return false;
    left_.remove_prefix(1);
    return true;
  }
  void Must(std::string_view any) { good_ = Has(any) && good_; }
  void Check(bool holds) { good_ = good_ && holds; }
  bool good() const { return good_; }
  bool AtEnd() const { return left_.empty(); }

 private:
  std::string_view left_;
  bool good_ = true;
};

date::local_days DayOf(Written& written) {
  const int year = written.Number(4);
  written.Must("-");
  const int month = written.Number(2);
  written.Must("-");
  const int day = written.Number(2);
  const date::year_month_day date{date::year(year), date::month(static_cast<unsigned>(month)),
                                  date::day(static_cast<unsigned>(day))};
  written.Check(date.ok());
  return written.good() ? date::local_days(date) : date::local_days();
}

std::chrono::milliseconds ClockOf(Written& written) {
  const int hours = written.Number(2);
  written.Must(":");
  const int minutes = written.Number(2);
  const int seconds = written.Has(":") ? written.Number(2) : 0;
  const int thousandths = written.Has(".") ? written.Number(3) : 0;
  written.Check(hours < 24 && minutes < 60 && seconds < 60);
  return std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds) +
         std::chrono::milliseconds(thousandths);
}

std::optional<std::chrono::minutes> OffsetOf(Written& written) {
  if (written.Has("Zz")) return std::chrono::minutes(0);
  const bool east = written.Has("+");
  if (!east && !written.Has("-")) return std::nullopt;
  const int hours = written.Number(2);
  written.Must(":");
  const int minutes = written.Number(2);
  written.Check(hours < 15 && minutes < 60);
  const std::chrono::minutes offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return east ? offset : -offset;
}

Instant InAmsterdam(date::local_time<std::chrono::milliseconds> local) {
  return date::make_zoned("Europe/Amsterdam", local, date::choose::earliest).get_sys_time();
}

}  // namespace

std::optional<Instant> ParseTime(std::string_view text) {
  Written written(text);
  const date::local_days day = DayOf(written);
  if (written.good() && written.AtEnd()) return InAmsterdam(day);
  written.Must("Tt ");
  const std::chrono::milliseconds clock = ClockOf(written);
  const auto offset = OffsetOf(written);
  if (!written.good() || !written.AtEnd()) return std::nullopt;
  if (!offset) return InAmsterdam(day + clock);
  return Instant(day.time_since_epoch() + clock - *offset);
}

std::optional<Instant> ParseInstant(std::string_view text) {
  // With a clock time, an offset stands behind the day's ten characters.
  if (text.size() <= 10 || text.find_first_of("Zz+-", 10) == std::string_view::npos) {
    return std::nullopt;
  }
  return ParseTime(text);
}

std::string LocalTime(Instant instant, Language language, Instant now) {
  const Local local(instant);
  return fmt::format("{} {} ({})", DayText(local, language, now), local.Minutes(), local.Offset());
}

std::string LocalEnd(Instant instant, Language language, Instant now) {
  Local local(instant);
  local.TakeAsEnd();
  return fmt::format("{} {} ({})", DayText(local, language, now), local.Minutes(), local.Offset());
}

std::string LocalSpan(Instant from, Instant until, Language language, Instant now) {
  const Local start(from);
  Local end(until);
  if (until > from) end.TakeAsEnd();
  if (start.day != end.day || start.offset != end.offset) {
    const std::string last =
        end.midnight ? LocalEnd(until, language, now) : LocalTime(until, language, now);
    return LocalTime(from, language, now) + " - " + last;
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

std::optional<Instant> StartOfDay(std::string_view text, int days_later) {
  Written written(text);
  const date::local_days day = DayOf(written);
  if (!written.good() || !written.AtEnd()) return std::nullopt;
  return InAmsterdam(day + date::days(days_later));
}

}  // namespace samenspel::cli
