// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/meeting/domain/given.h"

namespace samenspel::meeting {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string Said(const Hole& hole) {
  const auto minute = [](Instant at) {
    return std::to_string(std::chrono::duration_cast<minutes>(at - Minute(0)).count());
  };
  std::string said = minute(hole.when.from) + "-" + minute(hole.when.until) + " ";
  if (hole.cause == v1::MISSING_CAUSE_UNSPECIFIED) return said + "only " + hole.only.substr(4);
  return said + v1::MissingCause_Name(hole.cause).substr(14);
}

std::vector<std::string> Holes(const Roster& roster, int from = 0, int until = 100,
                               Presence presence = Presence::kFree) {
  std::vector<std::string> said;
  for (const Hole& hole : HolesOf(roster, "a", Minutes(from, until), presence)) {
    said.push_back(Said(hole));
  }
  return said;
}

TEST(Coverage, IsOneHoleWhenNobodyHoldsTheFunction) {
  EXPECT_THAT(Holes(Roster()), ElementsAre("0-100 NOBODY_HOLDS"));
}

TEST(Coverage, HasNoHoleWhereTwoAreFree) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 100)});
  OnDuty(roster, "Bram", {"a"}, {Minutes(-50, 40), Minutes(40, 150)});
  EXPECT_THAT(Holes(roster), IsEmpty());
}

TEST(Coverage, NamesAHoleExactlyAtItsBounds) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 30), Minutes(60, 100)});
  OnDuty(roster, "Bram", {"a"}, {Minutes(0, 30), Minutes(70, 100)});
  EXPECT_THAT(Holes(roster), ElementsAre("30-60 NOBODY_ON_DUTY", "60-70 only Anna"));
  const auto holes = HolesOf(roster, "a", {Minute(0), Minute(100)}, Presence::kFree);
  EXPECT_EQ(holes.at(0).when.from, Minute(30));
  EXPECT_EQ(holes.at(0).when.until, Minute(60));
}

TEST(Coverage, SeesAHoleOfAMillisecond) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"},
         {{Minute(0), Minute(50)}, {Minute(50) + milliseconds(1), Minute(100)}});
  const auto holes = HolesOf(roster, "a", Minutes(0, 100), Presence::kFree);
  ASSERT_THAT(holes, SizeIs(3));
  EXPECT_EQ(holes[1].when, (Interval{Minute(50), Minute(50) + milliseconds(1)}));
  EXPECT_EQ(holes[1].cause, v1::MISSING_CAUSE_NOBODY_ON_DUTY);
}

TEST(Coverage, CutsWhatReachesOverTheBounds) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(-100, 20)});
  EXPECT_THAT(Holes(roster, 10, 40), ElementsAre("10-20 only Anna", "20-40 NOBODY_ON_DUTY"));
  EXPECT_THAT(Holes(roster, 20, 40), ElementsAre("20-40 NOBODY_ON_DUTY"));
}

TEST(Coverage, TellsOnePersonFromTheNext) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 50)});
  OnDuty(roster, "Bram", {"a"}, {Minutes(50, 100)});
  EXPECT_THAT(Holes(roster), ElementsAre("0-50 only Anna", "50-100 only Bram"));
}

TEST(Coverage, CountsWhoIsInAMeetingAsAway) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 100)});
  roster.Book("pro_Anna", Minutes(30, 60));
  EXPECT_THAT(Holes(roster), ElementsAre("0-30 only Anna", "30-60 ALL_BOOKED", "60-100 only Anna"));
  OnDuty(roster, "Bram", {"a"}, {Minutes(0, 100)});
  EXPECT_THAT(Holes(roster), ElementsAre("30-60 only Bram"));
}

TEST(Coverage, TellsNobodyOnDutyFromAllInMeetings) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(30, 100)});
  roster.Book("pro_Anna", Minutes(30, 100));
  EXPECT_THAT(Holes(roster), ElementsAre("0-30 NOBODY_ON_DUTY", "30-100 ALL_BOOKED"));
}

TEST(Coverage, ByDutyAloneIsTheSameWhetherThereAreMeetingsOrNot) {  // Invariant 10
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 60), Minutes(60, 80)});
  OnDuty(roster, "Bram", {"a"}, {Minutes(20, 40)});
  const auto before = Holes(roster, 0, 100, Presence::kOnDuty);
  EXPECT_THAT(before, ElementsAre("0-20 only Anna", "40-80 only Anna", "80-100 NOBODY_ON_DUTY"));
  roster.Book("pro_Anna", Minutes(10, 50));
  roster.Book("pro_Bram", Minutes(20, 40));
  EXPECT_EQ(Holes(roster, 0, 100, Presence::kOnDuty), before);
  EXPECT_NE(Holes(roster), before);
}

Decision Ask(const TableRules* rules, const Roster& roster, int64_t from_ms, int64_t until_ms) {
  Facts facts;
  facts.table = rules;
  facts.roster = &roster;
  v1::ShowCoverage request;
  request.set_from_ms(from_ms);
  request.set_until_ms(until_ms);
  return DecideShowCoverage(facts, By("", "", Minute(0)), request);
}

TEST(ShowCoverage, LooksAtTheFixedAndTheConditionalSeatsByRank) {  // 003.18, P.21
  TableRules rules = Table({"b", "a"});
  AddConditional(rules, "c", {"x"});
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 100)});
  const Decision decision = Ask(&rules, roster, 0, base::ToMs(Minute(100)));
  ASSERT_THAT(Why(decision), IsEmpty());
  const auto& shown = std::get<Accepted>(decision).response.coverage_shown();
  EXPECT_THAT(shown.functions(), ElementsAre("b", "a", "c"));
  ASSERT_EQ(shown.holes_size(), 3);
  EXPECT_EQ(shown.holes(0).function(), "b");
  EXPECT_EQ(shown.holes(0).from_ms(), base::ToMs(Minute(0)));  // Now, when nobody says since when.
  EXPECT_EQ(shown.holes(0).until_ms(), base::ToMs(Minute(100)));
  EXPECT_EQ(shown.holes(0).cause(), v1::MISSING_CAUSE_NOBODY_HOLDS);
  EXPECT_EQ(shown.holes(1).function(), "a");
  EXPECT_EQ(shown.holes(1).only(), "pro_Anna");
  EXPECT_EQ(shown.holes(2).function(), "c");
  EXPECT_FALSE(shown.more());
}

TEST(ShowCoverage, NamesAtMostTwoThousandHoles) {
  const TableRules rules = Table({"a", "b"});
  Roster roster;
  std::vector<Interval> shifts;
  for (int i = 0; i < 1000; ++i) shifts.push_back(Minutes(2 * i, 2 * i + 1));
  OnDuty(roster, "Anna", {"a"}, shifts);
  const auto shown = [&](int until) {
    const Decision decision = Ask(&rules, roster, base::ToMs(Minute(0)), base::ToMs(Minute(until)));
    return std::get<Accepted>(decision).response.coverage_shown();
  };
  EXPECT_EQ(shown(1999).holes_size(), 2000);  // 1,999 of a, one of b.
  EXPECT_FALSE(shown(1999).more());
  EXPECT_EQ(shown(2000).holes_size(), 2000);
  EXPECT_TRUE(shown(2000).more());
}

TEST(ShowCoverage, TakesASpanOfUpTo92Days) {
  const TableRules rules = Table({"a"});
  const Roster nobody;
  const int64_t from = base::ToMs(Minute(0));
  constexpr int64_t kDay = 24 * 3600 * 1000;
  EXPECT_THAT(Why(Ask(&rules, nobody, from, from + 92 * kDay)), IsEmpty());
  EXPECT_THAT(Why(Ask(&rules, nobody, 0, 0)), IsEmpty());
  for (const auto& [since, until] :
       {std::pair(from, from + 92 * kDay + 1), std::pair(from, from), std::pair(from, from - 1),
        std::pair(int64_t{-1}, from), std::pair(INT64_MAX, int64_t{0})}) {
    EXPECT_THAT(Why(Ask(&rules, nobody, since, until)), ElementsAre("bad_period until_ms"));
  }
}

TEST(ShowCoverage, ShowsWhoIsAtATableToThoseWhoManageDutyOnly) {  // Invariant 10
  const TableRules rules = Table({"a"});
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 100)});
  roster.Book("pro_Anna", Minutes(30, 60));
  Facts facts;
  facts.table = &rules;
  facts.roster = &roster;
  v1::ShowCoverage request;
  request.set_until_ms(base::ToMs(Minute(100)));
  const auto holes = [&](const std::vector<std::string>& roles) {
    Stamp stamp = By("", "", Minute(0));
    stamp.roles = roles;
    const Decision decision = DecideShowCoverage(facts, stamp, request);
    return std::get<Accepted>(decision).response.coverage_shown().holes();
  };
  for (const char* role : {"duty_manager", "region_manager"}) {
    ASSERT_EQ(holes({"desk_worker", role}).size(), 3) << role;
    EXPECT_EQ(holes({role})[1].cause(), v1::MISSING_CAUSE_ALL_BOOKED);
  }
  for (const std::vector<std::string>& roles :
       {std::vector<std::string>{"desk_worker"}, {"table_member", "operator"}, {}}) {
    ASSERT_EQ(holes(roles).size(), 1);
    EXPECT_EQ(holes(roles)[0].only(), "pro_Anna");
  }
}

TEST(ShowCoverage, IsRefusedWithoutATable) {
  const Roster nobody;
  EXPECT_THAT(Why(Ask(nullptr, nobody, 0, 0)), ElementsAre("no_rules "));
}

}  // namespace
}  // namespace samenspel::meeting
