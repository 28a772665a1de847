// SPDX-License-Identifier: EUPL-1.2
#include "clients/demo/region.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

#include "common/base/ids.h"

namespace samenspel::demo {
namespace {

using base::Instant;
using std::chrono::hours;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;

const Instant kNoon = std::chrono::sys_days(std::chrono::year(2026) / 10 / 20) + hours(12);

std::string Bytes(const Region& region) {
  std::string bytes;
  for (const auto& one : region.organisations) bytes += one.SerializeAsString();
  for (const auto& one : region.professionals) bytes += one.SerializeAsString();
  for (const auto& one : region.deputies) bytes += one.SerializeAsString();
  for (const auto& one : region.shifts) bytes += one.SerializeAsString();
  return bytes;
}

bool IsOnDuty(const meeting::v1::SetShifts& shifts, Instant moment) {
  return std::any_of(shifts.shifts().begin(), shifts.shifts().end(), [&](const auto& shift) {
    return shift.from_ms() <= base::ToMs(moment) && base::ToMs(moment) < shift.until_ms();
  });
}

// People on duty at `moment`, per function.
std::map<std::string, int> OnDuty(const Region& region, Instant moment) {
  std::map<std::string, int> count;
  for (size_t i = 0; i < region.professionals.size(); ++i) {
    if (IsOnDuty(region.shifts[i], moment)) ++count[region.professionals[i].functions(0)];
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

// P.06: whom to call, under numbers that nobody has.
TEST(Region, GivesEachOrganisationAnInventedNumberOfItsOwn) {
  std::set<std::string> numbers;
  for (const auto& one : Generate(7, 8, 1, kNoon).organisations) {
    EXPECT_TRUE(one.phone().starts_with("0900-00") && one.phone().ends_with(" (verzonnen)"))
        << one.phone();
    EXPECT_TRUE(numbers.insert(one.phone()).second) << one.phone();
  }
}

TEST(Region, StartsAtTheSameMidnightAllDayLong) {
  EXPECT_EQ(Bytes(Generate(7, 30, 30, kNoon)), Bytes(Generate(7, 30, 30, kNoon + hours(3))));
}

TEST(Region, HasTheFoundersFirstAndThoseThatAreAskedToJoin) {
  std::vector<std::string> kinds;
  for (const auto& one : Generate(1, 30, 30, kNoon).organisations) kinds.push_back(one.kind());
  EXPECT_THAT(kinds, ElementsAre("veilig_thuis", "certified_institution", "child_protection_board",
                                 "local_team", "hospital", "police", "youth_health_care",
                                 "mental_health_care", "addiction_care", "municipality", "school"));
}

std::vector<std::string> FunctionsOfTheTable() {
  std::vector<std::string> functions;
  std::ifstream file(TABLE_TOML);
  bool seat = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('[')) seat = line == "[[seat]]";
    if (seat && line.starts_with("function = ")) {
      functions.push_back(line.substr(12, line.size() - 13));
    }
  }
  return functions;
}

TEST(Region, HasSomebodyForEachSeatOfTheDeliveredTable) {  // P.21
  const auto functions = FunctionsOfTheTable();
  EXPECT_EQ(functions.size(), 16u);
  std::set<std::string> held;
  for (const auto& one : Generate(1, 4, 1, kNoon).professionals) held.insert(one.functions(0));
  for (const std::string& function : functions) EXPECT_TRUE(held.contains(function)) << function;
}

TEST(Region, CountsOnlyTheFixedSeatsInTheNumberThatIsAsked) {
  const Region region = Generate(1, 30, 1, kNoon);
  const std::set<std::string> fixed(std::begin(kSeatFunctions), std::end(kSeatFunctions));
  for (size_t i = 0; i < region.professionals.size(); ++i) {
    EXPECT_EQ(fixed.contains(region.professionals[i].functions(0)), i < 30) << i;
  }
  EXPECT_EQ(Generate(1, 34, 1, kNoon).professionals.size(), region.professionals.size() + 4);
}

TEST(Region, HasADutyManagerOfEachFounderAtAnyHour) {
  const Region region = Generate(1, 4, 14, kNoon);
  for (size_t founder = 0; founder < 4; ++founder) {
    for (int hour = 0; hour < 14 * 24; ++hour) {
      int on_duty = 0;
      for (size_t i = 0; i < region.professionals.size(); ++i) {
        const auto& person = region.professionals[i];
        if (person.functions(0) != kDutyManager) continue;
        if (person.organisation() != region.organisations[founder].id()) continue;
        on_duty += IsOnDuty(region.shifts[i], kNoon + hours(hour)) ? 1 : 0;
      }
      ASSERT_EQ(on_duty, 1) << "founder " << founder << ", hour " << hour;
    }
  }
}

TEST(Region, LeavesOfficeHoursToSomeSeats) {        // So that coverage has a hole to name.
  const Region region = Generate(1, 4, 14, kNoon);  // From Tuesday 20 October.
  EXPECT_EQ(OnDuty(region, kNoon)["debt_counsellor"], 2);
  EXPECT_EQ(OnDuty(region, kNoon + hours(12))["debt_counsellor"], 0);
  EXPECT_EQ(OnDuty(region, kNoon + hours(4 * 24))["debt_counsellor"], 0);  // Saturday.
  EXPECT_EQ(OnDuty(region, kNoon + hours(12))["police_liaison"], 1);
}

TEST(Region, NamesADeputyForEverybody) {
  for (const int professionals : {4, 30}) {
    const Region region = Generate(1, professionals, 1, kNoon);
    std::map<std::string, meeting::v1::Professional> known;
    for (const auto& one : region.professionals) {
      known[one.id()] = one;
      EXPECT_EQ(one.deputy(), "");  // Until all are known.
    }
    ASSERT_EQ(region.deputies.size(), region.professionals.size());
    for (size_t i = 0; i < region.deputies.size(); ++i) {
      auto person = region.deputies[i];
      ASSERT_TRUE(known.contains(person.deputy())) << person.functions(0);
      EXPECT_NE(person.deputy(), person.id());
      const auto& function = known[person.deputy()].functions(0);
      EXPECT_TRUE(function == person.functions(0) || function == kDutyManager);
      person.clear_deputy();
      EXPECT_EQ(person.SerializeAsString(), region.professionals[i].SerializeAsString());
    }
  }
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
