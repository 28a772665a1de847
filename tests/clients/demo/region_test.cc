// SPDX-License-Identifier: EUPL-1.2
#include "clients/demo/region.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "common/base/ids.h"

namespace samenspel::demo {
namespace {

using base::Instant;
using std::chrono::hours;
using testing::Each;
using testing::Ge;
using testing::UnorderedElementsAre;

const Instant kNoon = std::chrono::sys_days(std::chrono::year(2026) / 10 / 20) + hours(12);

std::string Bytes(const Region& region) {
  std::string bytes;
  for (const auto& one : region.organisations) bytes += one.SerializeAsString();
  for (const auto& one : region.professionals) bytes += one.SerializeAsString();
  for (const auto& one : region.shifts) bytes += one.SerializeAsString();
  return bytes;
}

// People on duty at `moment`, per function.
std::map<std::string, int> OnDuty(const Region& region, Instant moment) {
  std::map<std::string, int> count;
  for (size_t i = 0; i < region.professionals.size(); ++i) {
    for (const auto& shift : region.shifts[i].shifts()) {
      if (shift.from_ms() > base::ToMs(moment) || shift.until_ms() <= base::ToMs(moment)) continue;
      ++count[region.professionals[i].functions(0)];
    }
  }
  return count;
}

std::vector<int> FewestOnDuty(const Region& region, Instant start, int days) {
  std::map<std::string, int> fewest;
  for (const std::string_view function : kSeatFunctions) fewest[std::string(function)] = 1000;
  for (int hour = 0; hour < days * 24; ++hour) {
    auto count = OnDuty(region, start + hours(hour));
    for (auto& [function, least] : fewest) least = std::min(least, count[function]);
  }
  std::vector<int> all;
  for (const auto& [function, least] : fewest) all.push_back(least);
  return all;
}

TEST(Region, IsTheSameForTheSameSeed) {
  EXPECT_EQ(Bytes(Generate(7, 30, 30, kNoon)), Bytes(Generate(7, 30, 30, kNoon)));
}

TEST(Region, DiffersForAnotherSeed) {
  EXPECT_NE(Bytes(Generate(7, 30, 30, kNoon)), Bytes(Generate(8, 30, 30, kNoon)));
}

TEST(Region, KeepsItsPeopleWhenItStartsLater) {
  const Region first = Generate(7, 30, 30, kNoon);
  const Region later = Generate(7, 30, 30, kNoon + hours(24));
  ASSERT_EQ(first.professionals.size(), later.professionals.size());
  for (size_t i = 0; i < first.professionals.size(); ++i) {
    EXPECT_EQ(first.professionals[i].SerializeAsString(),
              later.professionals[i].SerializeAsString());
  }
  EXPECT_NE(Bytes(first), Bytes(later));
}

TEST(Region, StartsAtTheSameMidnightAllDayLong) {
  EXPECT_EQ(Bytes(Generate(7, 30, 30, kNoon)), Bytes(Generate(7, 30, 30, kNoon + hours(3))));
}

TEST(Region, HasAnOrganisationOfEachKind) {
  std::vector<std::string> kinds;
  for (const auto& one : Generate(1, 30, 30, kNoon).organisations) kinds.push_back(one.kind());
  EXPECT_THAT(kinds, UnorderedElementsAre("veilig_thuis", "certified_institution",
                                          "child_protection_board", "local_team"));
}

// From noon on 20 October 2026: the clocks go back on the 25th.
TEST(Region, HasEachSeatFunctionOnDutyAtAnyHour) {
  EXPECT_THAT(FewestOnDuty(Generate(1, 30, 30, kNoon), kNoon, 30), Each(Ge(1)));
}

TEST(Region, IsCoveredEvenWithOnePersonPerFunction) {
  EXPECT_THAT(FewestOnDuty(Generate(1, 4, 10, kNoon), kNoon, 10), Each(Ge(1)));
}

TEST(Region, PutsMorePeopleInAShiftWhenItIsLarge) {
  EXPECT_THAT(FewestOnDuty(Generate(1, 2000, 2, kNoon), kNoon, 2), Each(Ge(100)));
}

TEST(Region, HasSortedShiftsThatDoNotOverlap) {
  const Region region = Generate(3, 30, 30, kNoon);
  for (const auto& roster : region.shifts) {
    int64_t free_from = 0;
    EXPECT_GT(roster.shifts_size(), 0);
    for (const auto& shift : roster.shifts()) {
      EXPECT_GE(shift.from_ms(), free_from);
      EXPECT_LT(shift.from_ms(), shift.until_ms());
      free_from = shift.until_ms();
    }
  }
}

TEST(Region, GivesEverybodyAnIdOfTheirOwnAndKnownOrganisations) {
  const Region region = Generate(1, 2000, 1, kNoon);
  std::set<std::string> organisations;
  for (const auto& one : region.organisations) {
    EXPECT_TRUE(base::IsId("org", one.id()));
    organisations.insert(one.id());
  }
  std::set<std::string> people;
  for (size_t i = 0; i < region.professionals.size(); ++i) {
    const auto& one = region.professionals[i];
    EXPECT_TRUE(base::IsId("pro", one.id()));
    EXPECT_TRUE(people.insert(one.id()).second);
    EXPECT_TRUE(organisations.contains(one.employer()));
    EXPECT_TRUE(organisations.contains(one.organisation()));
    EXPECT_FALSE(one.name().empty());
    EXPECT_EQ(region.shifts[i].professional(), one.id());
  }
}

}  // namespace
}  // namespace samenspel::demo
