// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/utilisation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bench/load/figures.h"

namespace samenspel::bench {
namespace {

using testing::HasSubstr;

constexpr int64_t kMinute = 60'000;

meeting::v1::RosterLine OnDuty(const std::string& function, int64_t from, int64_t until) {
  meeting::v1::RosterLine line;
  line.mutable_professional()->add_functions(function);
  auto& shift = *line.add_shifts();
  shift.set_from_ms(from * kMinute);
  shift.set_until_ms(until * kMinute);
  return line;
}

meeting::v1::Mdo Meeting(int64_t from, int64_t until,
                         const std::vector<std::string>& functions = {"expert", "worker"}) {
  meeting::v1::Mdo one;
  one.set_starts_at_ms(from * kMinute);
  one.set_ends_at_ms(until * kMinute);
  for (const std::string& function : functions) one.add_seats()->set_function(function);
  return one;
}

TEST(WindowOf, ReachesFromTheFirstStartToTheLastEnd) {
  const std::vector<meeting::v1::Mdo> all{Meeting(30, 60), Meeting(10, 40), Meeting(50, 80)};
  EXPECT_EQ(WindowOf(all).from_ms, 10 * kMinute);
  EXPECT_EQ(WindowOf(all).until_ms, 80 * kMinute);
}

TEST(WindowOf, LeavesMeetingsWithoutAStartOut) {
  const std::vector<meeting::v1::Mdo> all{Meeting(0, 0), Meeting(10, 40)};
  EXPECT_EQ(WindowOf(all).from_ms, 10 * kMinute);
  EXPECT_EQ(WindowOf(std::vector<meeting::v1::Mdo>{Meeting(0, 0)}).until_ms, 0);
}

TEST(SeatTimes, CountsOnlyWhatLiesInTheWindow) {
  const std::vector<meeting::v1::RosterLine> roster{OnDuty("expert", 0, 60),
                                                    OnDuty("expert", 90, 300)};
  const std::vector<meeting::v1::Mdo> meetings{Meeting(0, 20), Meeting(95, 200)};
  const auto times = SeatTimes(roster, meetings, {10 * kMinute, 100 * kMinute});
  EXPECT_EQ(times.at("expert").on_duty_ms, (50 + 10) * kMinute);
  EXPECT_EQ(times.at("expert").booked_ms, (10 + 5) * kMinute);
  EXPECT_DOUBLE_EQ(times.at("expert").Part(), 0.25);
}

TEST(SeatTimes, KeepsFunctionsApartAndLeavesConditionalSeatsOut) {
  auto meeting = Meeting(0, 30);
  auto& police = *meeting.add_seats();
  police.set_function("police");
  police.set_conditional(true);
  const std::vector<meeting::v1::RosterLine> roster{
      OnDuty("expert", 0, 60), OnDuty("worker", 0, 40), OnDuty("police", 0, 60),
      OnDuty("teacher", 0, 60)};
  const auto times = SeatTimes(roster, std::vector<meeting::v1::Mdo>{meeting}, {0, 60 * kMinute});
  EXPECT_EQ(times.size(), 2U);
  EXPECT_DOUBLE_EQ(times.at("expert").Part(), 0.5);
  EXPECT_DOUBLE_EQ(times.at("worker").Part(), 0.75);
}

TEST(SeatTimes, TakesASeatThatNobodyHoldsForFull) {
  const auto times =
      SeatTimes({}, std::vector<meeting::v1::Mdo>{Meeting(0, 30)}, {0, 60 * kMinute});
  EXPECT_DOUBLE_EQ(times.at("worker").Part(), 1);
}

SeatUse Use(int64_t booked_expert, int64_t booked_worker) {
  SeatUse use;
  use.meetings = 5;
  use.window = {kMinute, 101 * kMinute};
  use.by_function["expert"] = {100 * kMinute, booked_expert * kMinute};
  use.by_function["worker"] = {100 * kMinute, booked_worker * kMinute};
  return use;
}

TEST(SeatUse, IsGoodEnoughUpToTheLimitAndNotBeyond) {
  EXPECT_EQ(WhyShort(Use(10, 80), 0.8), "");
  EXPECT_THAT(WhyShort(Use(10, 81), 0.8), HasSubstr("81.0 % of what worker can give"));
}

TEST(SeatUse, IsShortWhenAMeetingFoundNoStart) {
  SeatUse use = Use(10, 10);
  use.without_start = 2;
  EXPECT_THAT(WhyShort(use, 0.8), HasSubstr("2 of 5 meetings found no start"));
}

TEST(SeatUse, SaysHowMuchOfAllSeatsAndOfTheScarcestIsTaken) {
  EXPECT_EQ(
      SeatText(Use(10, 50)),
      "seats: 30.0 % of 200 seat-minutes booked in 100 minutes by 5 meetings, most of worker: "
      "50.0 %");
  EXPECT_EQ(SeatText(SeatUse{}), "seats: no meeting has a start");
}

}  // namespace
}  // namespace samenspel::bench
