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

TEST(Times, AreIsoForPrograms) {
  EXPECT_EQ(IsoTime(Utc(2026, 11, 21, 19, 45) + base::milliseconds(7)),
            "2026-11-21T20:45:00.007+01:00");
}

}  // namespace
}  // namespace samenspel::cli
