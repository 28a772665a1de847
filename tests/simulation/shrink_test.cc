// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/shrink.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace samenspel::simulation {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Cut Day() {
  Cut cut{.faults = {}, .commands = 1440, .hours = 24};
  for (int number = 0; number < 56; ++number) cut.faults.insert(number);
  return cut;
}

bool Has(const Cut& cut, std::initializer_list<int> faults) {
  return std::all_of(faults.begin(), faults.end(),
                     [&](int fault) { return cut.faults.contains(fault); });
}

TEST(Shrinking, FindsTheTwoFaultsAndTheHourThatAFailureNeeds) {
  const Cut least = Shrink(Day(), 1000, [](const Cut& cut) {
    return Has(cut, {7, 41}) && cut.hours >= 5 && cut.commands >= 100;
  });
  EXPECT_THAT(least.faults, ElementsAre(7, 41));
  EXPECT_EQ(least.hours, 5);
  EXPECT_EQ(least.commands, 100);
}

TEST(Shrinking, LeavesOutEveryFaultWhenNoneIsNeeded) {
  const Cut least = Shrink(Day(), 1000, [](const Cut&) { return true; });
  EXPECT_THAT(least.faults, IsEmpty());
  EXPECT_EQ(least.hours, 1);
}

TEST(Shrinking, KeepsAllWhenAllIsNeeded) {
  EXPECT_EQ(Shrink(Day(), 1000, [](const Cut& cut) { return cut == Day(); }), Day());
}

TEST(Shrinking, ReturnsSomethingThatFailsAlsoWhenItMayNotTryLong) {
  int runs = 0;
  const auto fails = [&](const Cut& cut) {
    ++runs;
    return Has(cut, {3}) && cut.hours >= 2;
  };
  const Cut least = Shrink(Day(), 12, fails);
  EXPECT_LE(runs, 12);
  EXPECT_TRUE(Has(least, {3}));
  EXPECT_LE(least.hours, Day().hours);
}

}  // namespace
}  // namespace samenspel::simulation
