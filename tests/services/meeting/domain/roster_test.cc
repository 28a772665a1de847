// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/meeting/domain/given.h"

namespace samenspel::meeting {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Roster WithAnna(const std::vector<Interval>& shifts) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, shifts);
  return roster;
}
const Person& Anna(const Roster& roster) { return *roster.Find("pro_Anna"); }

TEST(Roster, HoldsSomebodyFreeOnlyWhileOnDuty) {
  const Roster roster = WithAnna({Minutes(60, 120)});
  EXPECT_TRUE(Anna(roster).IsFree(Minutes(60, 120)));
  EXPECT_TRUE(Anna(roster).IsFree(Minutes(80, 90)));
  EXPECT_FALSE(Anna(roster).IsFree(Minutes(59, 90)));
  EXPECT_FALSE(Anna(roster).IsFree(Minutes(90, 121)));
  EXPECT_FALSE(Anna(roster).IsFree(Minutes(10, 20)));
  EXPECT_FALSE(Anna(roster).IsFree(Minutes(130, 140)));
}

TEST(Roster, JoinsShiftsThatTouch) {
  const Roster roster = WithAnna({Minutes(0, 60), Minutes(60, 120), Minutes(121, 180)});
  EXPECT_TRUE(Anna(roster).IsFree(Minutes(30, 90)));
  EXPECT_FALSE(Anna(roster).IsFree(Minutes(90, 130)));
  EXPECT_THAT(Anna(roster).free, ElementsAre(Minutes(0, 120), Minutes(121, 180)));
}

TEST(Roster, TakesABookingOutOfTheFreeTime) {
  Roster roster = WithAnna({Minutes(0, 120)});
  roster.Book("pro_Anna", Minutes(30, 60));
  EXPECT_THAT(Anna(roster).free, ElementsAre(Minutes(0, 30), Minutes(60, 120)));
  EXPECT_TRUE(Anna(roster).IsFree(Minutes(0, 30)));   // Up to the booking.
  EXPECT_TRUE(Anna(roster).IsFree(Minutes(60, 90)));  // From its end on.
  EXPECT_FALSE(Anna(roster).IsFree(Minutes(29, 31)));
  EXPECT_FALSE(Anna(roster).IsFree(Minutes(59, 61)));
}

TEST(Roster, LeavesNothingOfAShiftThatIsBookedWhole) {
  Roster roster = WithAnna({Minutes(0, 60)});
  roster.Book("pro_Anna", Minutes(0, 60));
  EXPECT_THAT(Anna(roster).free, IsEmpty());
  EXPECT_EQ(Anna(roster).FirstFree(Minute(0), minutes(1)), std::nullopt);
}

TEST(Roster, FindsTheFirstFreeStretchThatIsLongEnough) {
  Roster roster = WithAnna({Minutes(0, 100), Minutes(200, 300)});
  roster.Book("pro_Anna", Minutes(20, 80));
  const Person& anna = Anna(roster);
  EXPECT_EQ(anna.FirstFree(Minute(0), minutes(20)), Minute(0));
  EXPECT_EQ(anna.FirstFree(Minute(1), minutes(20)), Minute(80));
  EXPECT_EQ(anna.FirstFree(Minute(85), minutes(15)), Minute(85));
  EXPECT_EQ(anna.FirstFree(Minute(0), minutes(21)), Minute(200));
  EXPECT_EQ(anna.FirstFree(Minute(0), minutes(100)), Minute(200));
  EXPECT_EQ(anna.FirstFree(Minute(0), minutes(101)), std::nullopt);
  EXPECT_EQ(anna.FirstFree(Minute(300), minutes(1)), std::nullopt);
}

TEST(Roster, KeepsBookingsWhenShiftsOrFunctionsChange) {  // invariant 3
  Roster roster = WithAnna({Minutes(0, 120)});
  roster.Book("pro_Anna", Minutes(30, 60));
  OnDuty(roster, "Anna", {"b"}, {Minutes(0, 45), Minutes(50, 90)});
  EXPECT_THAT(Anna(roster).free, ElementsAre(Minutes(0, 30), Minutes(60, 90)));
  EXPECT_THAT(Anna(roster).bookings, ElementsAre(Minutes(30, 60)));
  EXPECT_EQ(Anna(roster).booked, minutes(30));
}

TEST(Roster, NeverBooksAPersonTwiceAtOneTime) {  // invariant 3
  Roster roster = WithAnna({Minutes(0, 120)});
  roster.Book("pro_Anna", Minutes(30, 60));
  roster.Book("pro_Anna", Minutes(60, 70));
  roster.Book("pro_Anna", Minutes(0, 30));
  EXPECT_EQ(Anna(roster).booked, minutes(70));
  EXPECT_THAT(Anna(roster).bookings, ElementsAre(Minutes(0, 30), Minutes(30, 60), Minutes(60, 70)));
  EXPECT_DEATH(roster.Book("pro_Anna", Minutes(59, 61)), "");
}

TEST(Roster, ListsEqualsInTheOrderOfTheirIdsWhoeverComesAndGoes) {
  Roster roster;
  const auto ids = [&](const std::string& function) {
    std::vector<std::string> all;
    for (const Person* person : roster.Holding(function)) all.push_back(person->id);
    return all;
  };
  for (const char* name : {"Cees", "Anna", "Dirk", "Bram"}) OnDuty(roster, name, {"a"}, {});
  EXPECT_THAT(ids("a"), ElementsAre("pro_Anna", "pro_Bram", "pro_Cees", "pro_Dirk"));
  OnDuty(roster, "Bram", {"b"}, {});
  OnDuty(roster, "Dirk", {}, {});
  EXPECT_THAT(ids("a"), ElementsAre("pro_Anna", "pro_Cees"));
  OnDuty(roster, "Bram", {"a", "b", "a"}, {});
  EXPECT_THAT(ids("a"), ElementsAre("pro_Anna", "pro_Bram", "pro_Cees"));
  EXPECT_THAT(ids("b"), ElementsAre("pro_Bram"));
}

TEST(Roster, ListsFirstWhoHasBeenBookedLeast) {
  Roster roster;
  for (const char* name : {"Anna", "Bram", "Cees"}) {
    OnDuty(roster, name, {"a", "b"}, {Minutes(0, 120)});
  }
  const Person* anna = roster.Find("pro_Anna");
  const Person* bram = roster.Find("pro_Bram");
  const Person* cees = roster.Find("pro_Cees");
  roster.Book("pro_Anna", Minutes(0, 30));
  EXPECT_THAT(roster.Holding("a"), ElementsAre(bram, cees, anna));
  roster.Book("pro_Bram", Minutes(0, 60));
  EXPECT_THAT(roster.Holding("a"), ElementsAre(cees, anna, bram));
  EXPECT_THAT(roster.Holding("b"), ElementsAre(cees, anna, bram));
  OnDuty(roster, "Anna", {"b"}, {});
  OnDuty(roster, "Bram", {"b", "a"}, {});
  EXPECT_THAT(roster.Holding("a"), ElementsAre(cees, bram));
  EXPECT_THAT(roster.Holding("b"), ElementsAre(cees, anna, bram));
}

TEST(Roster, ListsWhoHoldsAFunctionByIdAndEachOnce) {
  Roster roster;
  OnDuty(roster, "Bram", {"a", "b"}, {});
  OnDuty(roster, "Anna", {"a", "a", "b", "a"}, {});
  EXPECT_THAT(roster.Holding("a"), ElementsAre(roster.Find("pro_Anna"), roster.Find("pro_Bram")));
  OnDuty(roster, "Bram", {"b"}, {});
  EXPECT_THAT(roster.Holding("a"), ElementsAre(roster.Find("pro_Anna")));
  EXPECT_THAT(roster.Holding("c"), IsEmpty());
  EXPECT_EQ(roster.Find("pro_Cees"), nullptr);
}

}  // namespace
}  // namespace samenspel::meeting
