// SPDX-License-Identifier: EUPL-1.2
#include "common/time/local_date.h"

#include <gtest/gtest.h>

namespace samenspel::time {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr year_month_day Day(int y, unsigned m, unsigned d) {
  return year(y) / std::chrono::month(m) / std::chrono::day(d);
}

base::Instant Utc(year_month_day day, hours hour, minutes minute) {
  return sys_days(day) + hour + minute;
}

TEST(LocalDate, IsTheDutchDayAndNotThatOfUtc) {
  EXPECT_EQ(LocalDate(Utc(Day(2026, 1, 15), hours(22), minutes(59))), Day(2026, 1, 15));
  EXPECT_EQ(LocalDate(Utc(Day(2026, 1, 15), hours(23), minutes(0))), Day(2026, 1, 16));
  EXPECT_EQ(LocalDate(Utc(Day(2026, 7, 15), hours(21), minutes(59))), Day(2026, 7, 15));
  EXPECT_EQ(LocalDate(Utc(Day(2026, 7, 15), hours(22), minutes(0))), Day(2026, 7, 16));
}

TEST(LocalDate, TurnsTheYearAtDutchMidnight) {
  EXPECT_EQ(LocalDate(Utc(Day(2026, 12, 31), hours(22), minutes(59))), Day(2026, 12, 31));
  EXPECT_EQ(LocalDate(Utc(Day(2026, 12, 31), hours(23), minutes(0))), Day(2027, 1, 1));
}

TEST(LocalDate, ChangesItsMidnightOnTheNightsOfSummerTime) {
  // 29 March 2026 begins in winter time and ends in summer time; 25 October the other way round.
  EXPECT_EQ(LocalDate(Utc(Day(2026, 3, 28), hours(23), minutes(0))), Day(2026, 3, 29));
  EXPECT_EQ(LocalDate(Utc(Day(2026, 3, 29), hours(21), minutes(59))), Day(2026, 3, 29));
  EXPECT_EQ(LocalDate(Utc(Day(2026, 3, 29), hours(22), minutes(0))), Day(2026, 3, 30));
  EXPECT_EQ(LocalDate(Utc(Day(2026, 10, 24), hours(22), minutes(0))), Day(2026, 10, 25));
  EXPECT_EQ(LocalDate(Utc(Day(2026, 10, 25), hours(22), minutes(59))), Day(2026, 10, 25));
  EXPECT_EQ(LocalDate(Utc(Day(2026, 10, 25), hours(23), minutes(0))), Day(2026, 10, 26));
}

TEST(LocalDate, IsRightBefore1970) {
  EXPECT_EQ(LocalDate(Utc(Day(1955, 6, 1), hours(12), minutes(0))), Day(1955, 6, 1));
  EXPECT_EQ(LocalDate(base::FromMs(-1)), Day(1970, 1, 1));
}

TEST(ParseDate, TakesDaysThatExist) {
  EXPECT_EQ(ParseDate("2026-11-21"), Day(2026, 11, 21));
  EXPECT_EQ(ParseDate("2024-02-29"), Day(2024, 2, 29));
  EXPECT_EQ(ParseDate("2000-02-29"), Day(2000, 2, 29));
}

TEST(ParseDate, RefusesDaysThatDoNotExist) {
  for (const char* text : {"2026-02-29", "1900-02-29", "2026-04-31", "2026-00-10", "2026-13-01",
                           "2026-01-00", "2026-01-32"}) {
    EXPECT_EQ(ParseDate(text), std::nullopt) << text;
  }
}

TEST(ParseDate, RefusesEveryOtherWayOfWriting) {
  for (const char* text :
       {"", "2026", "2026-1-1", "21-11-2026", "2026/11/21", "20261121", "2026-11-21 ",
        " 2026-11-21", "2026-11-2x", "+026-11-21", "-026-11-21", "2026-+1-21", "2026-11-21T10"}) {
    EXPECT_EQ(ParseDate(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace samenspel::time
