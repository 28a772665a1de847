// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/meeting/domain/decider.h"
#include "tests/services/meeting/domain/given.h"

namespace samenspel::meeting {
namespace {

using namespace common::v1;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kOwner = "pro_00000000000000000000000w00";

// Anna and Bram have seats from minute 40 to 70, Bram's with a reason.
Facts Planned() {
  TableRules rules = Table({"a", "b"});
  rules.seats[0].reason_nl = "Altijd.";
  rules.seats[0].triggers = {{{"injury"}, "Letsel.", "Injury."}};
  Roster roster;
  OnDuty(roster, "Anna", {"a"}, {Minutes(40, 500)});
  OnDuty(roster, "Bram", {"b"}, {Minutes(0, 500)});
  Facts facts;
  facts.table = &rules;
  facts.roster = &roster;
  const auto graded = Graded(intake::v1::COLOUR_RED, {"injury"});
  facts.mdo = StateOf(Convene(facts, By("", "", Minute(0)), graded).at(0));
  for (auto& seat : *facts.mdo->mutable_mdo()->mutable_seats()) seat.set_organisation(kOtherDesk);
  facts.table = nullptr;
  facts.roster = nullptr;
  return facts;
}

Facts WithCases(const std::vector<InvolvementSet>& sets) {
  Facts facts = Planned();
  facts.cases.emplace();
  for (const InvolvementSet& set : sets) {
    decide::Evolve(*facts.cases, set, facts.cases->version() + 1);
  }
  return facts;
}

bool IsShown(const Facts& facts, const Stamp& stamp) {
  return std::holds_alternative<Accepted>(DecideShowMdo(facts, stamp));
}

TEST(ShowMdo, IsForWhoeverIsOnTheCaseList) {  // P.05, invariant 10
  const Facts facts = WithCases({Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner),
                                 Opened("inv_2", INVOLVEMENT_KIND_DESK, kDesk)});
  EXPECT_TRUE(IsShown(facts, By(kOwner, kOtherDesk)));
  EXPECT_TRUE(IsShown(facts, By("pro_00000000000000000000000c00", kDesk)));
  const Decision decision = DecideShowMdo(facts, By(kOwner, kOtherDesk));
  const v1::MdoShown& shown = std::get<Accepted>(decision).response.mdo_shown();
  EXPECT_EQ(shown.by_right_of().kind(), INVOLVEMENT_KIND_OWNER);
  EXPECT_EQ(shown.version(), 1u);
  EXPECT_EQ(shown.mdo().SerializeAsString(), facts.mdo->mdo().SerializeAsString());
}

TEST(ShowMdo, IsForNobodyElseOnceIntakeHasToldOfTheCase) {  // Invariant 10
  const Facts facts = WithCases({Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});
  EXPECT_FALSE(IsShown(facts, By(kSender, kOtherDesk)));
  EXPECT_FALSE(IsShown(facts, By("pro_00000000000000000000000c00", kDesk)));
  Stamp manager = By("pro_00000000000000000000000c00", kDesk);
  manager.roles = {"duty_manager"};
  EXPECT_FALSE(IsShown(facts, manager));
}

TEST(ShowMdo, EndsWithTheInvolvementToTheMillisecond) {  // Invariant 10
  const Facts facts =
      WithCases({Opened("inv_1", INVOLVEMENT_KIND_BREAK_GLASS, kOwner, Minute(5), Minute(20))});
  EXPECT_TRUE(IsShown(facts, By(kOwner, kDesk, Minute(5))));
  EXPECT_TRUE(IsShown(facts, By(kOwner, kDesk, Minute(20) - milliseconds(1))));
  EXPECT_FALSE(IsShown(facts, By(kOwner, kDesk, Minute(20))));
}

TEST(ShowMdo, TellsASeatWhyItIsAskedForAndNotWhyOthersAre) {  // P.25
  const Facts facts = WithCases({Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});
  const auto shown = [&](const char* who) {
    const Decision decision = DecideShowMdo(facts, By(who, kOtherDesk));
    return std::get<Accepted>(decision).response.mdo_shown();
  };
  EXPECT_EQ(shown("pro_Anna").mdo().seats(0).reason_nl(), "Altijd. Letsel.");
  EXPECT_THAT(shown("pro_Anna").mdo().seats(0).indicators(), ElementsAre("injury"));
  EXPECT_FALSE(shown("pro_Anna").has_by_right_of());
  EXPECT_EQ(shown("pro_Bram").mdo().seats(0).function(), "a");
  EXPECT_EQ(shown("pro_Bram").mdo().seats(0).reason_nl(), "");
  EXPECT_THAT(shown("pro_Bram").mdo().seats(0).indicators(), IsEmpty());
  EXPECT_EQ(shown(kOwner).mdo().seats(0).reason_nl(), "Altijd. Letsel.");
}

TEST(ShowMdo, ClosesToASeatThatIntakeHasEnded) {  // P.25, invariant 10
  const Facts facts =
      WithCases({Opened("inv_1", INVOLVEMENT_KIND_SEAT, "pro_Anna", Minute(5), Minute(20))});
  EXPECT_TRUE(IsShown(facts, By("pro_Anna", kOtherDesk, Minute(20) - milliseconds(1))));
  EXPECT_FALSE(IsShown(facts, By("pro_Anna", kOtherDesk, Minute(20))));
  EXPECT_TRUE(IsShown(facts, By("pro_Bram", kOtherDesk, Minute(20))));
}

TEST(ShowMdo, ClosesToASeatThatNobodyAcceptedWhenTheMeetingEnds) {  // P.25, invariant 10
  Facts facts = WithCases({Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});
  const Instant end = base::FromMs(facts.mdo->mdo().ends_at_ms());
  facts.mdo->mutable_mdo()->mutable_seats(1)->set_accepted_at_ms(base::ToMs(Minute(15)));
  EXPECT_TRUE(IsShown(facts, By("pro_Anna", kOtherDesk, end - milliseconds(1))));
  EXPECT_FALSE(IsShown(facts, By("pro_Anna", kOtherDesk, end)));
  EXPECT_THAT(Why(DecideAcceptSeat(facts, By("pro_Anna", kOtherDesk, end))),
              ElementsAre("not_found mdo"));
  EXPECT_TRUE(IsShown(facts, By("pro_Bram", kOtherDesk, end)));  // Until intake ends it.
  EXPECT_TRUE(IsShown(facts, By(kOwner, kOtherDesk, end)));
}

TEST(ShowMdo, StaysOpenToASeatAsLongAsTheMeetingHasNoStart) {  // P.25
  Facts facts = WithCases({Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});
  facts.mdo->mutable_mdo()->clear_starts_at_ms();
  facts.mdo->mutable_mdo()->clear_ends_at_ms();
  EXPECT_TRUE(IsShown(facts, By("pro_Anna", kOtherDesk, Minute(100'000))));
}

TEST(ShowMdo, GoesBySenderDeskAndSeatWhenIntakeNeverToldOfTheCase) {  // Data from before.
  const Facts facts = Planned();
  for (const Stamp& reader : {By(kSender, kOtherDesk), By("pro_00000000000000000000000c00", kDesk),
                              By("pro_Bram", kOtherDesk)}) {
    EXPECT_TRUE(IsShown(facts, reader)) << reader.actor;
  }
  EXPECT_FALSE(IsShown(facts, By(kOwner, kOtherDesk)));
}

TEST(ShowMdo, IsNotFoundAlikeForWhatIsThereAndWhatIsNot) {  // Invariant 10
  const Stamp stranger = By("pro_00000000000000000000000x00", kOtherDesk);
  const Decision absent = DecideShowMdo(Facts(), stranger);
  const Facts facts = WithCases({Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});
  const Decision hidden = DecideShowMdo(facts, stranger);
  EXPECT_EQ(Why(hidden), std::vector<std::string>{"not_found mdo"});
  EXPECT_EQ(Why(absent), Why(hidden));
  EXPECT_EQ(std::get<Refusal>(hidden).status, STATUS_NOT_FOUND);
  EXPECT_EQ(std::get<Refusal>(absent).status, STATUS_NOT_FOUND);
  EXPECT_TRUE(std::get<Refusal>(hidden).hidden);
  EXPECT_EQ(std::get<Refusal>(hidden).subject, facts.mdo->mdo().mdo());
  EXPECT_FALSE(std::get<Refusal>(absent).hidden);
}

TEST(ShowMdo, PutsTheFirstStepAboveTheMeeting) {  // P.01
  Facts facts = Planned();
  facts.report.mutable_first_step()->set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
  const Decision decision = DecideShowMdo(facts, By(kSender, kDesk));
  EXPECT_EQ(std::get<Accepted>(decision).response.mdo_shown().first_step().step(),
            intake::v1::FIRST_STEP_CRISIS_TEAM);
}

TEST(AcceptSeat, IsForThePersonWhoseSeatItIs) {  // P.25
  const Facts facts = Planned();
  const Decision decision = DecideAcceptSeat(facts, By("pro_Bram", kOtherDesk, Minute(15)));
  ASSERT_THAT(Why(decision), IsEmpty());
  const auto& accepted = std::get<Accepted>(decision);
  ASSERT_THAT(accepted.events, SizeIs(1));
  EXPECT_EQ(accepted.events[0].stream, facts.mdo->mdo().mdo());
  EXPECT_EQ(accepted.events[0].version, 2u);
  EXPECT_EQ(accepted.events[0].keeper, kDesk);
  const v1::SeatTaken& taken = accepted.events[0].event.seat_taken();
  EXPECT_EQ(taken.mdo(), facts.mdo->mdo().mdo());
  EXPECT_EQ(taken.report(), kReport);
  EXPECT_EQ(taken.household(), kHousehold);
  EXPECT_EQ(taken.case_number(), facts.mdo->mdo().case_number());
  EXPECT_EQ(taken.function(), "b");
  EXPECT_EQ(taken.professional(), "pro_Bram");
  EXPECT_EQ(taken.at_ms(), base::ToMs(Minute(15)));
  const v1::Mdo& mdo = accepted.response.seat_accepted().mdo();
  EXPECT_EQ(mdo.seats(0).accepted_at_ms(), 0);
  EXPECT_EQ(mdo.seats(1).accepted_at_ms(), base::ToMs(Minute(15)));
}

TEST(AcceptSeat, SaysNothingASecondTime) {
  Facts facts = Planned();
  facts.mdo->mutable_mdo()->mutable_seats(1)->set_accepted_at_ms(base::ToMs(Minute(15)));
  for (const int minute : {16, 900}) {
    const Decision decision = DecideAcceptSeat(facts, By("pro_Bram", kOtherDesk, Minute(minute)));
    ASSERT_THAT(Why(decision), IsEmpty());
    EXPECT_THAT(std::get<Accepted>(decision).events, IsEmpty());
    EXPECT_EQ(std::get<Accepted>(decision).response.seat_accepted().mdo().seats(1).accepted_at_ms(),
              base::ToMs(Minute(15)));
  }
}

TEST(AcceptSeat, IsTooLateFromTheEndOn) {
  Facts facts = Planned();
  for (auto& seat : *facts.mdo->mutable_mdo()->mutable_seats()) seat.set_organisation(kDesk);
  const Instant end = base::FromMs(facts.mdo->mdo().ends_at_ms());
  EXPECT_THAT(Why(DecideAcceptSeat(facts, By("pro_Bram", kDesk, end - milliseconds(1)))),
              IsEmpty());
  const Decision late = DecideAcceptSeat(facts, By("pro_Bram", kDesk, end));
  EXPECT_THAT(Why(late), ElementsAre("ended mdo"));
  EXPECT_EQ(std::get<Refusal>(late).status, STATUS_REFUSED);
}

TEST(AcceptSeat, IsRefusedToWhoKnowsAndHiddenFromWhoDoesNot) {  // Invariant 10
  const Facts facts = WithCases({Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});
  const Decision owner = DecideAcceptSeat(facts, By(kOwner, kDesk));
  EXPECT_THAT(Why(owner), ElementsAre("no_seat mdo"));
  EXPECT_EQ(std::get<Refusal>(owner).status, STATUS_REFUSED);
  const Decision stranger = DecideAcceptSeat(facts, By(kSender, kDesk));
  EXPECT_THAT(Why(stranger), ElementsAre("not_found mdo"));
  EXPECT_TRUE(std::get<Refusal>(stranger).hidden);
  EXPECT_THAT(Why(DecideAcceptSeat(Facts(), By(kOwner, kDesk))), ElementsAre("not_found mdo"));
}

TEST(AcceptSeat, ShowsTheMeetingAsItStandsToWhoSawAnOlderOne) {
  const Facts facts = Planned();
  Stamp stamp = By("pro_Bram", kOtherDesk);
  stamp.expected_version = 7;
  const Decision decision = DecideAcceptSeat(facts, stamp);
  EXPECT_THAT(Why(decision), ElementsAre("changed_since "));
  EXPECT_EQ(std::get<Refusal>(decision).status, STATUS_CONFLICT);
  v1::Response response;
  ASSERT_TRUE(response.ParseFromString(std::get<Refusal>(decision).response));
  EXPECT_EQ(response.seat_accepted().mdo().mdo(), facts.mdo->mdo().mdo());
  stamp.expected_version = 1;
  EXPECT_THAT(Why(DecideAcceptSeat(facts, stamp)), IsEmpty());
}

TEST(AcceptSeat, TellsAConflictWithoutWhyOthersAreAskedFor) {  // P.25
  const Facts facts = WithCases({Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});
  Stamp stamp = By("pro_Bram", kOtherDesk);
  stamp.expected_version = 99;
  v1::Response response;
  ASSERT_TRUE(response.ParseFromString(std::get<Refusal>(DecideAcceptSeat(facts, stamp)).response));
  const v1::Mdo& mdo = response.seat_accepted().mdo();
  ASSERT_EQ(mdo.seats_size(), 2);
  EXPECT_EQ(mdo.seats(0).reason_nl() + mdo.seats(0).reason_en(), "");
  EXPECT_THAT(mdo.seats(0).indicators(), IsEmpty());
  const Decision shown = DecideShowMdo(facts, By("pro_Bram", kOtherDesk));
  EXPECT_EQ(mdo.SerializeAsString(),
            std::get<Accepted>(shown).response.mdo_shown().mdo().SerializeAsString());
}

TEST(CopyInvolvement, TakesOverWhatIsNew) {
  common::v1::CaseList cases;
  const auto set = Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner);
  const auto copied = CopyInvolvement(cases, set);
  ASSERT_TRUE(copied.has_value());
  EXPECT_EQ(copied->stream, kHousehold);
  EXPECT_EQ(copied->version, 1u);
  EXPECT_FALSE(copied->urgent);
  decide::Evolve(cases, set, copied->version);
  EXPECT_FALSE(CopyInvolvement(cases, set).has_value());  // Known already.
  auto ended = set;
  ended.mutable_involvement()->set_until_ms(base::ToMs(Minute(9)));
  EXPECT_EQ(CopyInvolvement(cases, ended)->version, 2u);
}

TEST(CopyInvolvement, LeavesRowsOfOtherKindsAlone) {
  auto set = Opened("inv_1", INVOLVEMENT_KIND_OWNER, kOwner);
  set.set_household("table");
  EXPECT_FALSE(CopyInvolvement({}, set).has_value());
}

TEST(CopyFirstStep, TakesOverWhatIsNew) {  // P.01
  intake::v1::FirstStepNamed named;
  named.set_report(kReport);
  named.set_household(kHousehold);
  named.mutable_first_step()->set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
  named.mutable_private_()->set_who("oma");
  state::ReportCopy copy;
  const auto copied = CopyFirstStep(copy, named);
  ASSERT_TRUE(copied.has_value());
  EXPECT_EQ(copied->stream, kReport);
  EXPECT_FALSE(copied->urgent);
  EXPECT_EQ(copied->event.SerializeAsString().find("oma"), std::string::npos);
  copy.set_version(1);
  *copy.mutable_first_step() = named.first_step();
  EXPECT_FALSE(CopyFirstStep(copy, named).has_value());
  named.set_report("table");
  EXPECT_FALSE(CopyFirstStep({}, named).has_value());
}

}  // namespace
}  // namespace samenspel::meeting
