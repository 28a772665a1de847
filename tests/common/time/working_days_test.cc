// SPDX-License-Identifier: EUPL-1.2
#include "common/time/working_days.h"

#include <gmock/gmock.h>

#include "common/time/local_date.h"

namespace samenspel::time {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using testing::ElementsAreArray;

year_month_day Day(const std::string& text) { return *ParseDate(text); }

std::string Text(year_month_day date) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::vector<std::string> HolidaysOf(int in) {
  std::vector<std::string> found;
  for (sys_days day(year(in) / 1 / 1); day < sys_days(year(in + 1) / 1 / 1); day += days(1)) {
    if (IsPublicHoliday(day)) found.push_back(Text(day));
  }
  return found;
}

// Dates as the Dutch government publishes them.
struct Year {
  int number;
  std::vector<std::string> holidays;
};

class PublicHolidays : public testing::TestWithParam<Year> {};

TEST_P(PublicHolidays, AreThePublishedOnes) {
  EXPECT_THAT(HolidaysOf(GetParam().number), ElementsAreArray(GetParam().holidays));
}

INSTANTIATE_TEST_SUITE_P(
    Published, PublicHolidays,
    testing::Values(
        // In 2025 27 April is a Sunday: King's Day is the Saturday before.
        Year{2025,
             {"2025-01-01", "2025-04-18", "2025-04-21", "2025-04-26", "2025-05-05", "2025-05-29",
              "2025-06-09", "2025-12-25", "2025-12-26"}},
        Year{2026,
             {"2026-01-01", "2026-04-03", "2026-04-06", "2026-04-27", "2026-05-05", "2026-05-14",
              "2026-05-25", "2026-12-25", "2026-12-26"}},
        Year{2027,
             {"2027-01-01", "2027-03-26", "2027-03-29", "2027-04-27", "2027-05-05", "2027-05-06",
              "2027-05-17", "2027-12-25", "2027-12-26"}},
        Year{2028,
             {"2028-01-01", "2028-04-14", "2028-04-17", "2028-04-27", "2028-05-05", "2028-05-25",
              "2028-06-05", "2028-12-25", "2028-12-26"}},
        Year{2029,
             {"2029-01-01", "2029-03-30", "2029-04-02", "2029-04-27", "2029-05-05", "2029-05-10",
              "2029-05-21", "2029-12-25", "2029-12-26"}},
        Year{2030,
             {"2030-01-01", "2030-04-19", "2030-04-22", "2030-04-27", "2030-05-05", "2030-05-30",
              "2030-06-10", "2030-12-25", "2030-12-26"}}));

TEST(EasterSunday, IsRightAtItsEarliestAndItsLatest) {
  EXPECT_EQ(Text(EasterSunday(year(1818))), "1818-03-22");
  EXPECT_EQ(Text(EasterSunday(year(2008))), "2008-03-23");
  EXPECT_EQ(Text(EasterSunday(year(2038))), "2038-04-25");
  EXPECT_EQ(Text(EasterSunday(year(1954))), "1954-04-18");  // Where simpler rules are a week off.
  EXPECT_EQ(Text(EasterSunday(year(1981))), "1981-04-19");
}

TEST(WorkingDays, LeaveOutWeekends) {
  EXPECT_TRUE(IsWorkingDay(Day("2026-11-20")));   // Friday.
  EXPECT_FALSE(IsWorkingDay(Day("2026-11-21")));  // Saturday.
  EXPECT_FALSE(IsWorkingDay(Day("2026-11-22")));
  EXPECT_TRUE(IsWorkingDay(Day("2026-11-23")));
}

TEST(WorkingDays, AreCountedFromTheDayAfter) {
  EXPECT_EQ(Text(AddWorkingDays(Day("2026-11-16"), 5)), "2026-11-23");  // Monday to Monday.
  EXPECT_EQ(Text(AddWorkingDays(Day("2026-11-20"), 1)), "2026-11-23");
  EXPECT_EQ(Text(AddWorkingDays(Day("2026-11-21"), 1)), "2026-11-23");
  EXPECT_EQ(Text(AddWorkingDays(Day("2026-11-21"), 0)), "2026-11-21");
}

TEST(WorkingDays, PassOverHolidays) {
  EXPECT_EQ(Text(AddWorkingDays(Day("2026-04-02"), 1)), "2026-04-07");  // Easter, with Good Friday.
  EXPECT_EQ(Text(AddWorkingDays(Day("2026-04-24"), 5)), "2026-05-04");  // King's Day.
  EXPECT_EQ(Text(AddWorkingDays(Day("2026-12-24"), 5)), "2027-01-04");  // Christmas and New Year.
  EXPECT_EQ(Text(AddWorkingDays(Day("2025-04-25"), 1)), "2025-04-28");  // King's Day on Saturday.
}

TEST(EndOfDay, IsLocalMidnightInWinterAndSummer) {
  EXPECT_EQ(EndOfDay(Day("2026-11-20")), sys_days(Day("2026-11-20")) + std::chrono::hours(23));
  EXPECT_EQ(EndOfDay(Day("2026-07-01")), sys_days(Day("2026-07-01")) + std::chrono::hours(22));
}

TEST(EndOfDay, IsRightOnBothNightsOfTheClock) {
  // 29 March 2026 lasts 23 hours, 25 October 2026 lasts 25.
  EXPECT_EQ(EndOfDay(Day("2026-03-28")), sys_days(Day("2026-03-28")) + std::chrono::hours(23));
  EXPECT_EQ(EndOfDay(Day("2026-03-29")), sys_days(Day("2026-03-29")) + std::chrono::hours(22));
  EXPECT_EQ(EndOfDay(Day("2026-10-24")), sys_days(Day("2026-10-24")) + std::chrono::hours(22));
  EXPECT_EQ(EndOfDay(Day("2026-10-25")), sys_days(Day("2026-10-25")) + std::chrono::hours(23));
}

TEST(EndOfDay, IsTheFirstMomentOfTheNextDay) {
  for (sys_days day(year(2026) / 1 / 1); day < sys_days(year(2027) / 1 / 1); day += days(1)) {
    const base::Instant end = EndOfDay(day);
    EXPECT_EQ(LocalDate(end), year_month_day(day + days(1)));
    EXPECT_EQ(LocalDate(end - base::milliseconds(1)), year_month_day(day));
  }
}

}  // namespace
}  // namespace samenspel::time
