// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/times.h"

#include <gtest/gtest.h>

namespace samenspel::cli {
namespace {

using base::Instant;
using std::chrono::hours;
using std::chrono::minutes;

Instant Utc(int year, unsigned month, unsigned day, int hour, int minute) {
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  return std::chrono::sys_days(date) + hours(hour) + minutes(minute);
}

const Instant kNow = Utc(2026, 11, 21, 12, 0);

TEST(Times, AreLocalWithTheirOffset) {
  EXPECT_EQ(LocalTime(Utc(2026, 11, 21, 19, 45), Language::kDutch, kNow),
            "za 21 nov 20:45 (+01:00)");
  EXPECT_EQ(LocalTime(Utc(2026, 11, 21, 19, 45), Language::kEnglish, kNow),
            "Sat 21 Nov 20:45 (+01:00)");
  EXPECT_EQ(LocalTime(Utc(2026, 3, 1, 5, 0), Language::kDutch, kNow), "zo 1 mrt 06:00 (+01:00)");
  EXPECT_EQ(LocalTime(Utc(2026, 6, 30, 22, 30), Language::kDutch, kNow), "wo 1 jul 00:30 (+02:00)");
}

TEST(Times, TellTheDoubleHourApart) {
  EXPECT_EQ(LocalTime(Utc(2026, 10, 25, 0, 30), Language::kDutch, kNow),
            "zo 25 okt 02:30 (+02:00)");
  EXPECT_EQ(LocalTime(Utc(2026, 10, 25, 1, 30), Language::kDutch, kNow),
            "zo 25 okt 02:30 (+01:00)");
}

TEST(Times, NameAnotherYear) {
  EXPECT_EQ(LocalTime(Utc(2026, 12, 31, 23, 30), Language::kDutch, kNow),
            "vr 1 jan 2027 00:30 (+01:00)");
}

TEST(Times, ShortenASpanWithinADay) {
  EXPECT_EQ(LocalSpan(Utc(2026, 11, 21, 19, 45), Utc(2026, 11, 21, 20, 45), Language::kDutch, kNow),
            "za 21 nov 20:45 - 21:45 (+01:00)");
  EXPECT_EQ(LocalSpan(Utc(2026, 11, 21, 22, 30), Utc(2026, 11, 21, 23, 30), Language::kDutch, kNow),
            "za 21 nov 23:30 (+01:00) - zo 22 nov 00:30 (+01:00)");
  EXPECT_EQ(LocalSpan(Utc(2026, 10, 25, 0, 30), Utc(2026, 10, 25, 1, 30), Language::kDutch, kNow),
            "zo 25 okt 02:30 (+02:00) - zo 25 okt 02:30 (+01:00)");
}

TEST(Times, EndADayAtTwentyFourHours) {
  const auto end = [](Instant instant) { return LocalEnd(instant, Language::kEnglish, kNow); };
  EXPECT_EQ(end(Utc(2026, 11, 27, 23, 0)), "Fri 27 Nov 24:00 (+01:00)");
  EXPECT_EQ(end(Utc(2026, 11, 27, 23, 0) - base::milliseconds(1)), "Fri 27 Nov 23:59 (+01:00)");
  EXPECT_EQ(end(Utc(2026, 11, 27, 23, 0) + base::milliseconds(1)), "Sat 28 Nov 00:00 (+01:00)");
  EXPECT_EQ(end(Utc(2026, 12, 31, 23, 0)), "Thu 31 Dec 24:00 (+01:00)");
  EXPECT_EQ(LocalTime(Utc(2026, 11, 27, 23, 0), Language::kEnglish, kNow),
            "Sat 28 Nov 00:00 (+01:00)");
}

// The days on which the clock changes last 23 and 25 hours; their midnights are what they were.
TEST(Times, EndTheDaysOnWhichTheClockChanges) {
  const auto end = [](Instant instant) { return LocalEnd(instant, Language::kDutch, kNow); };
  EXPECT_EQ(end(Utc(2026, 3, 28, 23, 0)), "za 28 mrt 24:00 (+01:00)");
  EXPECT_EQ(end(Utc(2026, 3, 29, 22, 0)), "zo 29 mrt 24:00 (+02:00)");
  EXPECT_EQ(end(Utc(2026, 10, 24, 22, 0)), "za 24 okt 24:00 (+02:00)");
  EXPECT_EQ(end(Utc(2026, 10, 25, 23, 0)), "zo 25 okt 24:00 (+01:00)");
  EXPECT_EQ(LocalSpan(Utc(2026, 10, 24, 22, 0), Utc(2026, 10, 25, 23, 0), Language::kDutch, kNow),
            "zo 25 okt 00:00 (+02:00) - zo 25 okt 24:00 (+01:00)");
  EXPECT_EQ(LocalSpan(Utc(2026, 11, 21, 23, 0), Utc(2026, 11, 22, 23, 0), Language::kDutch, kNow),
            "zo 22 nov 00:00 - 24:00 (+01:00)");
}

TEST(Times, AreIsoForPrograms) {
  EXPECT_EQ(IsoTime(Utc(2026, 11, 21, 19, 45) + base::milliseconds(7)),
            "2026-11-21T20:45:00.007+01:00");
}

}  // namespace
}  // namespace samenspel::cli
