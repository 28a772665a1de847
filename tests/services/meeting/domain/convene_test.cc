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

state::Mdo StateOf(const Happened& happened) {
  const auto& event = happened.event;
  state::Mdo state;
  state.set_version(happened.version);
  *state.mutable_mdo() =
      event.has_mdo_planned() ? event.mdo_planned().mdo() : event.mdo_unplannable().mdo();
  state.set_sender(event.has_mdo_planned() ? event.mdo_planned().sender()
                                           : event.mdo_unplannable().sender());
  state.set_organisation(event.has_mdo_planned() ? event.mdo_planned().organisation()
                                                 : event.mdo_unplannable().organisation());
  return state;
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

TEST(ShowMdo, IsForWhoeverIsInvolved) {  // P.05, invariant 10
  const Roster roster = Complete();
  Facts facts = With(&kTable, roster);
  facts.mdo = StateOf(ConveneFor(Graded(intake::v1::COLOUR_RED), roster).at(0));
  for (const Stamp& reader : {By(kSender, kOtherDesk),                      // sent the report
                              By("pro_00000000000000000000000c00", kDesk),  // its desk
                              By("pro_Bram", kOtherDesk)}) {                // has a seat
    const Decision decision = DecideShowMdo(facts, reader);
    ASSERT_THAT(Why(decision), IsEmpty()) << reader.actor;
    const auto& accepted = std::get<Accepted>(decision);
    EXPECT_EQ(accepted.response.mdo_shown().mdo().SerializeAsString(),
              facts.mdo->mdo().SerializeAsString());
    EXPECT_THAT(accepted.events, IsEmpty());
  }
}

TEST(ShowMdo, IsNotFoundForAllOthers) {  // invariant 10
  const Roster roster = Complete();
  Facts facts = With(&kTable, roster);
  const Stamp stranger = By("pro_00000000000000000000000x00", kOtherDesk);
  const Decision absent = DecideShowMdo(facts, stranger);
  facts.mdo = StateOf(ConveneFor(Graded(intake::v1::COLOUR_RED), roster).at(0));
  const Decision hidden = DecideShowMdo(facts, stranger);
  EXPECT_EQ(Why(hidden), std::vector<std::string>{"not_found mdo"});
  EXPECT_EQ(Why(absent), Why(hidden));
  EXPECT_EQ(std::get<Refusal>(hidden).status, common::v1::STATUS_NOT_FOUND);
  EXPECT_EQ(std::get<Refusal>(absent).status, common::v1::STATUS_NOT_FOUND);
  EXPECT_TRUE(std::get<Refusal>(hidden).hidden);
  EXPECT_FALSE(std::get<Refusal>(absent).hidden);
}

}  // namespace
}  // namespace samenspel::meeting
