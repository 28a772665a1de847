// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/planner.h"

#include <gtest/gtest.h>

#include "tests/services/meeting/domain/given.h"

namespace samenspel::meeting {
namespace {

std::string Planning(const TableRules& rules, const Roster& roster, Instant now = Minute(0)) {
  return Said(PlanFor(rules, roster, now));
}

TEST(Planner, TakesTheEarliestStartAtWhichEverySeatHasSomebody) {  // 003.16, 003.17
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 100)});
  OnDuty(roster, "Bram", {"b"}, {Minutes(40, 200)});
  OnDuty(roster, "Cees", {"c"}, {Minutes(50, 300)});
  EXPECT_EQ(Planning(Table({"a", "b", "c"}), roster), "50: Anna, Bram, Cees");
}

TEST(Planner, LeavesTimeToCome) {  // The notice.
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 500)});
  TableRules rules = Table({"a"});
  EXPECT_EQ(Planning(rules, roster), "10: Anna");
  rules.notice = minutes(0);
  EXPECT_EQ(Planning(rules, roster), "0: Anna");
  rules.notice = minutes(61);
  EXPECT_EQ(Planning(rules, roster), "65: Anna");
}

TEST(Planner, StartsOnTheGridAndNeverBeforeTheNotice) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 500)});
  TableRules rules = Table({"a"});
  EXPECT_EQ(Planning(rules, roster, Minute(0) + milliseconds(1)), "15: Anna");
  EXPECT_EQ(Planning(rules, roster, Minute(5)), "15: Anna");
  EXPECT_EQ(Planning(rules, roster, Minute(5) - milliseconds(1)), "15: Anna");
  rules.start_step = minutes(30);
  EXPECT_EQ(Planning(rules, roster, Minute(21)), "60: Anna");
}

TEST(Planner, RoundsAShiftThatBeginsBesideTheGrid) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(42, 75)});
  EXPECT_EQ(Planning(Table({"a"}), roster), "45: Anna");
  roster.SetShifts("pro_Anna", {Minutes(42, 74)});  // On the grid too little is left.
  EXPECT_EQ(Planning(Table({"a"}), roster), "nobody for a");
}

TEST(Planner, UsesTwoShiftsThatTouchForOneMeeting) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(60, 75), Minutes(75, 90)});
  EXPECT_EQ(Planning(Table({"a"}), roster), "60: Anna");
  roster.SetShifts("pro_Anna", {Minutes(60, 75), Minutes(76, 90)});
  EXPECT_EQ(Planning(Table({"a"}), roster), "nobody for a");
}

TEST(Planner, EndsWithTheShiftToTheMinute) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 40)});
  EXPECT_EQ(Planning(Table({"a"}), roster), "10: Anna");
  roster.SetShifts("pro_Anna", {Minutes(0, 39)});
  EXPECT_EQ(Planning(Table({"a"}), roster), "nobody for a");
}

TEST(Planner, GoesRoundAMeetingThatIsBooked) {  // invariant 3
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 500)});
  roster.Book("pro_Anna", Minutes(35, 60));
  EXPECT_EQ(Planning(Table({"a"}), roster), "60: Anna");
}

TEST(Planner, StartsNoLaterThanTheHorizon) {
  Roster roster;
  const int day = 24 * 60;
  OnDuty(roster, "Anna", {"a"}, {Minutes(day, day + 100)});
  EXPECT_EQ(Planning(Table({"a"}), roster), "1440: Anna");
  roster.SetShifts("pro_Anna", {Minutes(day + 5, day + 100)});
  EXPECT_EQ(Planning(Table({"a"}), roster), "nobody for a");
}

TEST(Planner, SeatsNobodyTwice) {
  Roster roster;
  OnDuty(roster, "Anna", {"a", "b"}, {Minutes(0, 500)});
  OnDuty(roster, "Bram", {"b"}, {Minutes(100, 500)});
  EXPECT_EQ(Planning(Table({"a", "b"}), roster), "100: Anna, Bram");
}

TEST(Planner, MovesASeatToItsSecondBestWhenAnotherHasOnlyTheFirst) {
  Roster roster;
  OnDuty(roster, "Anna", {"a", "b"}, {Minutes(0, 500)});
  OnDuty(roster, "Bram", {"a"}, {Minutes(0, 500)});
  EXPECT_EQ(Planning(Table({"a", "b"}), roster), "10: Bram, Anna");
}

TEST(Planner, AsksWhoIsBookedLeastByMinutes) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 1000)});
  OnDuty(roster, "Bram", {"a"}, {Minutes(0, 1000)});
  EXPECT_EQ(Planning(Table({"a"}), roster), "10: Anna");  // By id when equal.
  roster.Book("pro_Bram", Minutes(500, 600));
  EXPECT_EQ(Planning(Table({"a"}), roster), "10: Anna");
  roster.Book("pro_Anna", Minutes(500, 560));
  roster.Book("pro_Anna", Minutes(600, 650));  // More minutes than one long meeting.
  EXPECT_EQ(Planning(Table({"a"}), roster), "10: Bram");
}

TEST(Planner, NamesTheFirstSeatByRankThatNobodyCanTake) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 500)});
  EXPECT_EQ(Planning(Table({"a", "b", "c"}), roster), "nobody for b");
  EXPECT_EQ(Planning(Table({"c", "a", "b"}), roster), "nobody for c");
  OnDuty(roster, "Bram", {"b"}, {});  // Holds it, but is never on duty.
  EXPECT_EQ(Planning(Table({"a", "b"}), roster), "nobody for b");
}

TEST(Planner, NamesTheSeatThatIsOnDutyOnlyAfterTheHorizon) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 500)});
  OnDuty(roster, "Bram", {"b"}, {Minutes(3000, 4000)});
  EXPECT_EQ(Planning(Table({"a", "b"}), roster), "nobody for b");
}

TEST(Planner, NamesTheSeatThatWouldNeedAPersonASecondTime) {
  Roster roster;
  OnDuty(roster, "Anna", {"a", "b"}, {Minutes(0, 500)});
  EXPECT_EQ(Planning(Table({"a", "b"}), roster), "nobody for b");
}

TEST(Planner, NamesTheSeatThatIsNeverThereWithThoseBefore) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 100)});
  OnDuty(roster, "Bram", {"b"}, {Minutes(100, 200)});
  OnDuty(roster, "Cees", {"c"}, {Minutes(0, 200)});
  EXPECT_EQ(Planning(Table({"a", "c", "b"}), roster), "nobody for b");
}

TEST(Planner, FindsAPersonAmongManyWhoAreWantedElsewhere) {
  Roster roster;
  for (const char* name : {"Anna", "Bram", "Cees", "Dirk"}) {
    OnDuty(roster, name, {"a", "a", "b"}, {Minutes(0, 500)});
  }
  OnDuty(roster, "Emma", {"c"}, {Minutes(0, 500)});
  EXPECT_EQ(Planning(Table({"a", "b", "c"}), roster), "10: Anna, Bram, Emma");
}

// Seats a and b are fixed; c and d are asked for, in that rank.
TableRules WithConditional() {
  TableRules rules = Table({"a", "b"});
  AddConditional(rules, "c", {"x"});
  AddConditional(rules, "d", {"x"});
  rules.red_term = minutes(100);
  return rules;
}

Roster Fixed(int from = 0, int until = 500) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(from, until)});
  OnDuty(roster, "Bram", {"b"}, {Minutes(from, until)});
  return roster;
}

std::string PlanningAll(const Roster& roster, const TableRules& rules = WithConditional()) {
  return Said(PlanFor(rules, roster, Minute(0), {"x"}));
}

TEST(Planner, WaitsForAConditionalSeatUpToTheTerm) {  // P.21
  Roster roster = Fixed();
  OnDuty(roster, "Cees", {"c"}, {Minutes(100, 500)});
  OnDuty(roster, "Dirk", {"d"}, {Minutes(0, 500)});
  EXPECT_EQ(PlanningAll(roster), "100: Anna, Bram, Cees, Dirk");
  roster.SetShifts("pro_Cees", {Minutes(101, 500)});
  EXPECT_EQ(PlanningAll(roster), "10: Anna, Bram, -, Dirk; nobody on duty");
}

TEST(Planner, LeavesOutTheSeatOfTheLowestRankFirst) {  // P.21, invariant 3
  Roster roster = Fixed();
  OnDuty(roster, "Cees", {"c"}, {Minutes(60, 100)});
  OnDuty(roster, "Dirk", {"d"}, {Minutes(0, 59)});
  EXPECT_EQ(PlanningAll(roster), "60: Anna, Bram, Cees, -; nobody on duty");
}

TEST(Planner, KeepsALowerSeatWhenAHigherOneCannotBeHadAtAll) {  // P.21
  Roster roster = Fixed();
  OnDuty(roster, "Dirk", {"d"}, {Minutes(60, 500)});
  EXPECT_EQ(PlanningAll(roster), "60: Anna, Bram, -, Dirk; nobody holds it");
}

TEST(Planner, TellsWhyASeatStaysEmpty) {  // Invariant 3
  Roster roster = Fixed(0, 45);
  OnDuty(roster, "Cees", {"c"}, {Minutes(0, 500)});
  roster.Book("pro_Cees", Minutes(20, 400));
  OnDuty(roster, "Dirk", {"d"}, {});
  EXPECT_EQ(PlanningAll(roster), "10: Anna, Bram, -, -; all booked; nobody on duty");
}

TEST(Planner, GivesNobodyAFixedAndAConditionalSeat) {
  Roster roster = Fixed(0, 45);
  OnDuty(roster, "Anna", {"a", "c"}, {Minutes(0, 45)});
  EXPECT_EQ(PlanningAll(roster), "10: Anna, Bram, -, -; all booked; nobody holds it");
}

TEST(Planner, TakesWhoCanBeHadWhenEvenTheFixedSeatsComeAfterTheTerm) {  // P.21
  Roster roster = Fixed(200, 500);
  OnDuty(roster, "Cees", {"c"}, {Minutes(205, 500)});
  OnDuty(roster, "Dirk", {"d"}, {Minutes(0, 500)});
  EXPECT_EQ(PlanningAll(roster), "200: Anna, Bram, -, Dirk; nobody on duty");
}

TEST(Planner, NeverWaitsForAConditionalSeatOnly) {
  Roster roster = Fixed();
  EXPECT_EQ(PlanningAll(roster), "10: Anna, Bram, -, -; nobody holds it; nobody holds it");
  TableRules rules = WithConditional();
  EXPECT_EQ(Said(PlanFor(rules, roster, Minute(0))), "10: Anna, Bram");
}

TEST(Planner, NamesAFixedSeatWhenNoStartExists) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 500)});
  OnDuty(roster, "Cees", {"c"}, {Minutes(0, 500)});
  EXPECT_EQ(PlanningAll(roster), "nobody for b");
}

TEST(Planner, MayRankAConditionalSeatBeforeAFixedOne) {
  TableRules rules = Table({"a"});
  AddConditional(rules, "c", {"x"});
  rules.seats.emplace_back().function = "b";
  Roster roster = Fixed();
  OnDuty(roster, "Cees", {"c"}, {Minutes(30, 500)});
  EXPECT_EQ(PlanningAll(roster, rules), "30: Anna, Cees, Bram");
  EXPECT_EQ(PlanningAll(Fixed(), rules), "10: Anna, -, Bram; nobody holds it");
}

}  // namespace
}  // namespace samenspel::meeting
