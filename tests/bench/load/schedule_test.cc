// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/schedule.h"

#include <gtest/gtest.h>

#include <vector>

namespace samenspel::bench {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

std::vector<microseconds> Until(Schedule& schedule, seconds end) {
  std::vector<microseconds> moments;
  for (microseconds at = schedule.Next(); at < end; at = schedule.Next()) moments.push_back(at);
  return moments;
}

size_t Between(const std::vector<microseconds>& moments, seconds from, seconds until) {
  size_t count = 0;
  for (const microseconds at : moments) count += at >= from && at < until ? 1 : 0;
  return count;
}

TEST(Schedule, KeepsTheRateOnAverage) {
  Schedule schedule({.per_second = 100});
  const auto moments = Until(schedule, seconds(1'000));
  EXPECT_NEAR(static_cast<double>(moments.size()), 100'000, 1'000);  // Three deviations.
}

TEST(Schedule, LeavesGapsAsIndependentArrivalsDo) {
  Schedule schedule({.per_second = 100});
  const auto moments = Until(schedule, seconds(1'000));
  size_t longer_than_mean = 0;
  for (size_t i = 1; i < moments.size(); ++i) {
    ASSERT_GE(moments[i], moments[i - 1]);
    longer_than_mean += moments[i] - moments[i - 1] > microseconds(10'000) ? 1 : 0;
  }
  // Of exponential gaps a part of 1/e is longer than their mean; of equal ones none would be.
  EXPECT_NEAR(static_cast<double>(longer_than_mean) / static_cast<double>(moments.size()), 0.368,
              0.01);
}

TEST(Schedule, FollowsTheDayAndKeepsTheMeanOfIt) {
  Schedule schedule({.per_second = 50, .curve = Curve::kDay, .day = seconds(2'400)});
  const auto moments = Until(schedule, seconds(2'400));
  EXPECT_NEAR(static_cast<double>(moments.size()), 120'000, 1'100);
  // 09:00 to 17:00 is a third of the day, 00:00 to 06:00 a quarter.
  EXPECT_GT(Between(moments, seconds(900), seconds(1'700)), moments.size() / 2);
  EXPECT_LT(Between(moments, seconds(0), seconds(600)), moments.size() / 10);
}

TEST(Schedule, IsTheSameForTheSameSeedAndNoOther) {
  const auto first = [](uint64_t seed) {
    Schedule schedule({.per_second = 10, .curve = Curve::kDay, .seed = seed});
    return Until(schedule, seconds(100));
  };
  EXPECT_EQ(first(7), first(7));
  EXPECT_NE(first(7), first(8));
}

}  // namespace
}  // namespace samenspel::bench
