// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/ids.h"
#include "services/meeting/domain/decider.h"
#include "tests/services/meeting/domain/given.h"

namespace samenspel::meeting {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const TableRules kTable = Table({"a", "b"});

Roster Complete() {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 500)});
  OnDuty(roster, "Bram", {"b"}, {Minutes(40, 500)});
  return roster;
}

Facts With(const TableRules* table, const Roster& roster) {
  Facts facts;
  facts.table = table;
  facts.roster = &roster;
  return facts;
}

std::vector<Happened> ConveneFor(const intake::v1::ReportGraded& graded, const Roster& roster,
                                 const TableRules* table = &kTable, Instant now = Minute(0)) {
  return Convene(With(table, roster), By("", "", now), graded);
}

TEST(Convene, PlansTheTableOfARedReport) {  // 003.14, 003.16, 003.17
  const Roster roster = Complete();
  const auto happened = ConveneFor(Graded(intake::v1::COLOUR_RED), roster);
  ASSERT_THAT(happened, SizeIs(1));
  ASSERT_TRUE(happened[0].event.has_mdo_planned());
  const v1::MdoPlanned& event = happened[0].event.mdo_planned();
  const v1::Mdo& mdo = event.mdo();
  EXPECT_TRUE(base::IsId("mdo", mdo.mdo()));
  EXPECT_EQ(mdo.report(), kReport);
  EXPECT_EQ(mdo.case_number(), base::CaseNumber(2026, 1));
  EXPECT_EQ(mdo.household(), "hh_00000000000000000000000001");
  EXPECT_EQ(mdo.colour(), intake::v1::COLOUR_RED);
  EXPECT_EQ(mdo.starts_at_ms(), base::ToMs(Minute(40)));
  EXPECT_EQ(mdo.ends_at_ms(), base::ToMs(Minute(70)));
  EXPECT_EQ(mdo.convened_at_ms(), base::ToMs(Minute(0)));
  EXPECT_EQ(mdo.binding_function(), "");
  ASSERT_EQ(mdo.seats_size(), 2);
  EXPECT_EQ(mdo.seats(0).function(), "a");
  EXPECT_EQ(mdo.seats(0).professional(), "pro_Anna");
  EXPECT_EQ(mdo.seats(0).name(), "Anna");
  EXPECT_EQ(mdo.seats(0).organisation(), kDesk);
  EXPECT_EQ(mdo.seats(1).professional(), "pro_Bram");
  EXPECT_EQ(event.sender(), kSender);
  EXPECT_EQ(event.organisation(), kDesk);
}

TEST(Convene, IsUrgentAndKeptForTheDeskThatTookTheReport) {  // P.76
  const Roster roster = Complete();
  const Happened happened = ConveneFor(Graded(intake::v1::COLOUR_RED), roster).at(0);
  EXPECT_TRUE(happened.urgent);
  EXPECT_EQ(happened.stream, happened.event.mdo_planned().mdo().mdo());
  EXPECT_EQ(happened.version, 1u);
  EXPECT_EQ(happened.keeper, kDesk);
}

TEST(Convene, CallsNobodyForAmberOrGreen) {  // 003.14
  const Roster roster = Complete();
  for (const auto colour :
       {intake::v1::COLOUR_UNSPECIFIED, intake::v1::COLOUR_GREEN, intake::v1::COLOUR_AMBER}) {
    EXPECT_THAT(ConveneFor(Graded(colour), roster), IsEmpty());
  }
}

TEST(Convene, GivesOneReportTheSameMeetingWheneverItIsDecided) {  // invariant 2
  const Roster roster = Complete();
  const auto graded = Graded(intake::v1::COLOUR_RED);
  auto other = graded;
  other.set_report("rpt_00000000000000000000000002");
  const std::string first = ConveneFor(graded, roster).at(0).stream;
  EXPECT_EQ(ConveneFor(graded, Roster(), nullptr, Minute(99)).at(0).stream, first);
  EXPECT_NE(ConveneFor(other, roster).at(0).stream, first);
}

TEST(Convene, RecordsAMeetingWithoutStartAndNamesTheSeat) {
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 500)});
  const Happened happened = ConveneFor(Graded(intake::v1::COLOUR_RED), roster).at(0);
  ASSERT_TRUE(happened.event.has_mdo_unplannable());
  EXPECT_TRUE(happened.urgent);
  const v1::MdoUnplannable& event = happened.event.mdo_unplannable();
  EXPECT_EQ(event.mdo().binding_function(), "b");
  EXPECT_EQ(event.mdo().starts_at_ms(), 0);
  EXPECT_THAT(event.mdo().seats(), IsEmpty());
  EXPECT_EQ(event.sender(), kSender);
  EXPECT_EQ(event.organisation(), kDesk);
}

TEST(Convene, DropsNoRedReportForWantOfATable) {  // 003.14
  const Roster roster = Complete();
  const Happened happened = ConveneFor(Graded(intake::v1::COLOUR_RED), roster, nullptr).at(0);
  ASSERT_TRUE(happened.event.has_mdo_unplannable());
  EXPECT_EQ(happened.event.mdo_unplannable().mdo().binding_function(), "table");
}

Facts Waiting(const Roster& roster) {
  Facts facts = With(&kTable, roster);
  facts.mdo = StateOf(ConveneFor(Graded(intake::v1::COLOUR_RED), Roster()).at(0));
  return facts;
}

const std::vector<Happened>& EventsOf(const Decision& decision) {
  return std::get<Accepted>(decision).events;
}

TEST(PlanAgain, FindsAStartOnceTheRosterHasOne) {
  const Roster roster = Complete();
  const Facts facts = Waiting(roster);
  const Decision decision = DecidePlanAgain(facts, By("", "", Minute(60)));
  ASSERT_THAT(EventsOf(decision), SizeIs(1));
  const Happened& happened = EventsOf(decision)[0];
  const v1::MdoPlanned& event = happened.event.mdo_planned();
  EXPECT_EQ(happened.stream, facts.mdo->mdo().mdo());
  EXPECT_EQ(happened.version, 2u);
  EXPECT_TRUE(happened.urgent);
  EXPECT_EQ(event.mdo().starts_at_ms(), base::ToMs(Minute(70)));
  EXPECT_EQ(event.mdo().convened_at_ms(), base::ToMs(Minute(0)));  // As before.
  EXPECT_EQ(event.mdo().binding_function(), "");
  EXPECT_EQ(event.mdo().seats_size(), 2);
  EXPECT_EQ(event.sender(), kSender);
  EXPECT_EQ(event.organisation(), kDesk);
}

TEST(PlanAgain, SaysNothingWhileThereIsStillNoStart) {
  const Roster nobody;
  EXPECT_THAT(EventsOf(DecidePlanAgain(Waiting(nobody), By("", ""))), IsEmpty());
}

TEST(PlanAgain, LeavesAPlannedMeetingAlone) {
  const Roster roster = Complete();
  Facts facts = Waiting(roster);
  facts.mdo->mutable_mdo()->set_starts_at_ms(1);
  EXPECT_THAT(EventsOf(DecidePlanAgain(facts, By("", ""))), IsEmpty());
}

TEST(PlanAgain, NeedsAMeetingAndATable) {
  const Roster roster = Complete();
  Facts facts = Waiting(roster);
  facts.table = nullptr;
  EXPECT_THAT(EventsOf(DecidePlanAgain(facts, By("", ""))), IsEmpty());
  EXPECT_THAT(EventsOf(DecidePlanAgain(With(&kTable, roster), By("", ""))), IsEmpty());
}

TableRules Full() {
  TableRules rules = Table({"a", "b"});
  rules.chair = "b";
  rules.notes = "a";
  rules.join = {"Kamer 1", "0900-0000, {case}", "https://x.example/{case}?n={case}"};
  rules.seats[0].subject_nl = "Ernst";
  rules.seats[0].subject_en = "Gravity";
  rules.seats[1].reason_nl = "Altijd.";
  rules.seats[1].reason_en = "Always.";
  rules.seats[1].triggers = {{{"injury", "pain"}, "Letsel.", "Injury."},
                             {{"ill"}, "Ziek.", "Ill."}};
  AddConditional(rules, "c", {"debts", "eviction"});
  return rules;
}

v1::Mdo Convened(const TableRules& rules, const Roster& roster, const std::vector<std::string>& yes,
                 const std::vector<std::string>& no = {}) {
  const auto graded = Graded(intake::v1::COLOUR_RED, yes, no);
  return ConveneFor(graded, roster, &rules).at(0).event.mdo_planned().mdo();
}

TEST(Convene, SaysWhoChairsWhoKeepsNotesAndHowToTakePart) {  // P.03
  const Roster roster = Complete();
  const v1::Mdo mdo = Convened(Full(), roster, {});
  EXPECT_EQ(mdo.chair(), "pro_Bram");
  EXPECT_EQ(mdo.notes(), "pro_Anna");
  EXPECT_EQ(mdo.join().room(), "Kamer 1");
  const std::string number = base::CaseNumber(2026, 1);
  EXPECT_EQ(mdo.join().phone(), "0900-0000, " + number);
  EXPECT_EQ(mdo.join().link(), "https://x.example/" + number + "?n=" + number);
}

TEST(Convene, SaysNoneOfItWhenTheTableDoesNot) {  // A file from before.
  const Roster roster = Complete();
  const v1::Mdo mdo = Convened(kTable, roster, {});
  EXPECT_EQ(mdo.chair(), "");
  EXPECT_EQ(mdo.notes(), "");
  EXPECT_FALSE(mdo.has_join());
}

TEST(Convene, TellsEachSeatWhatItBringsAndWhyItIsAskedFor) {  // P.20
  Roster roster = Complete();
  OnDuty(roster, "Cees", {"c"}, {Minutes(0, 500)});
  const v1::Mdo mdo = Convened(Full(), roster, {"ill", "eviction", "pain"});
  ASSERT_EQ(mdo.seats_size(), 3);
  EXPECT_EQ(mdo.seats(0).subject_nl(), "Ernst");
  EXPECT_EQ(mdo.seats(0).subject_en(), "Gravity");
  EXPECT_EQ(mdo.seats(0).reason_nl(), "");
  EXPECT_FALSE(mdo.seats(0).conditional());
  EXPECT_EQ(mdo.seats(1).reason_nl(), "Altijd. Letsel. Ziek.");
  EXPECT_EQ(mdo.seats(1).reason_en(), "Always. Injury. Ill.");
  EXPECT_THAT(mdo.seats(1).indicators(), testing::ElementsAre("pain", "ill"));
  EXPECT_FALSE(mdo.seats(1).conditional());
  EXPECT_EQ(mdo.seats(2).function(), "c");
  EXPECT_EQ(mdo.seats(2).reason_nl(), "Om c");
  EXPECT_THAT(mdo.seats(2).indicators(), testing::ElementsAre("eviction"));
  EXPECT_TRUE(mdo.seats(2).conditional());
  EXPECT_EQ(mdo.seats(2).accepted_at_ms(), 0);
}

TEST(Convene, SaysOnlyWhatAlwaysHoldsWhenNoTriggerDoes) {  // P.20
  const Roster roster = Complete();
  const v1::Mdo mdo = Convened(Full(), roster, {}, {"pain", "ill"});
  EXPECT_EQ(mdo.seats(1).reason_nl(), "Altijd.");
  EXPECT_THAT(mdo.seats(1).indicators(), IsEmpty());
}

TEST(Convene, AsksForAConditionalSeatOnlyOnAYes) {  // 003.18, 003.24, P.21
  Roster roster = Complete();
  OnDuty(roster, "Cees", {"c"}, {Minutes(0, 500)});
  EXPECT_EQ(Convened(Full(), roster, {"debts"}).seats_size(), 3);
  EXPECT_EQ(Convened(Full(), roster, {}, {"debts", "eviction"}).seats_size(), 2);
  auto unknown = Graded(intake::v1::COLOUR_RED, {"debts"});
  unknown.mutable_answers(0)->set_value(intake::v1::ANSWER_VALUE_UNKNOWN);
  const TableRules rules = Full();
  EXPECT_EQ(ConveneFor(unknown, roster, &rules).at(0).event.mdo_planned().mdo().seats_size(), 2);
}

TEST(Convene, RecordsAConditionalSeatThatStaysEmptyWithItsCause) {  // P.21, invariant 3
  const Roster roster = Complete();
  const v1::Mdo mdo = Convened(Full(), roster, {"debts"});
  EXPECT_EQ(mdo.seats_size(), 2);
  EXPECT_NE(mdo.starts_at_ms(), 0);
  ASSERT_EQ(mdo.missing_size(), 1);
  EXPECT_EQ(mdo.missing(0).function(), "c");
  EXPECT_EQ(mdo.missing(0).cause(), v1::MISSING_CAUSE_NOBODY_HOLDS);
  EXPECT_FALSE(mdo.missing(0).rings());
}

TEST(Convene, WaitsForAPersonToSeeAProvisionalRed) {  // P.17, invariant 2
  const Roster roster = Complete();
  auto graded = Graded(intake::v1::COLOUR_RED);
  graded.set_provisional(true);
  EXPECT_THAT(ConveneFor(graded, roster), IsEmpty());
  graded.set_provisional(false);
  EXPECT_THAT(ConveneFor(graded, roster), SizeIs(1));
}

TEST(PlanAgain, AsksForTheSeatsOfTheAnswersThatWereGiven) {  // P.21
  const TableRules rules = Full();
  const auto graded = Graded(intake::v1::COLOUR_RED, {"debts"});
  Roster roster;
  Facts facts = With(&rules, roster);
  facts.mdo = StateOf(ConveneFor(graded, roster, &rules).at(0));
  roster = Complete();
  OnDuty(roster, "Cees", {"c"}, {Minutes(0, 500)});
  const Decision decision = DecidePlanAgain(facts, By("", "", Minute(60)));
  ASSERT_THAT(EventsOf(decision), SizeIs(1));
  const v1::MdoPlanned& event = EventsOf(decision)[0].event.mdo_planned();
  EXPECT_EQ(event.mdo().seats_size(), 3);
  ASSERT_EQ(event.answers_size(), 1);
  EXPECT_EQ(event.answers(0).indicator(), "debts");
}

TEST(PlanAgain, CountsTheTermFromWhenTheMeetingWasConvened) {
  TableRules rules = Full();
  rules.red_term = minutes(100);
  const auto graded = Graded(intake::v1::COLOUR_RED, {"debts"});
  Roster roster;
  Facts facts = With(&rules, roster);
  facts.mdo = StateOf(ConveneFor(graded, roster, &rules).at(0));
  roster = Complete();
  OnDuty(roster, "Cees", {"c"}, {Minutes(100, 500)});
  const auto start_at = [&](int minute) {
    const Decision decision = DecidePlanAgain(facts, By("", "", Minute(minute)));
    return EventsOf(decision).at(0).event.mdo_planned().mdo().starts_at_ms();
  };
  EXPECT_EQ(start_at(60), base::ToMs(Minute(100)));  // The whole table, just in time.
  rules.red_term = minutes(99);
  EXPECT_EQ(start_at(60), base::ToMs(Minute(70)));  // Too late for that: as soon as can be.
}

TEST(PlanAgain, NamesTheSeatThatIsNowTheOneToMend) {
  Roster roster;
  Facts facts = Waiting(roster);
  EXPECT_EQ(facts.mdo->mdo().binding_function(), "a");
  OnDuty(roster, "Anna", {"a"}, {Minutes(0, 500)});
  const Decision decision = DecidePlanAgain(facts, By("", ""));
  ASSERT_THAT(EventsOf(decision), SizeIs(1));
  const Happened& happened = EventsOf(decision)[0];
  EXPECT_EQ(happened.event.mdo_unplannable().mdo().binding_function(), "b");
  EXPECT_EQ(happened.version, 2u);
}

}  // namespace
}  // namespace samenspel::meeting
