// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using NeedToKnow = OneCase;

TEST_F(NeedToKnow, IsThatOfSenderAndDesk) {  // invariant 10
  EXPECT_EQ(RightOf(Noor()), common::v1::INVOLVEMENT_KIND_SENDER);
  EXPECT_EQ(RightOf(Colleague()), common::v1::INVOLVEMENT_KIND_DESK);
  for (const Caller& other : {Stranger(), Seated(), Duty(), Officer(), Auditor()}) {
    EXPECT_EQ(Why(Show(report_, other)), kNotFound) << other.principal;
    EXPECT_EQ(bench_.Last()->header.outcome(), common::v1::STATUS_DENIED);
    EXPECT_EQ(bench_.Last()->header.subject(), report_);
    EXPECT_THAT(Listed(other), IsEmpty());
  }
}

TEST_F(NeedToKnow, FollowsTheOrganisationActedForAndNotTheEmployer) {  // P.05
  EXPECT_EQ(Why(Show(report_, support::By(kGuest, kDesk))), "OK");
  EXPECT_EQ(Why(Show(report_, support::By(kColleague, kOtherDesk))), kNotFound);
  EXPECT_EQ(Why(Show(report_, support::By(kColleague, kDesk, {"table_member"}))), kNotFound);
}

TEST_F(NeedToKnow, EndsForWhoeverActsForAnotherOrganisationNow) {  // P.05
  TakeSeat(report_, kTable);
  Hold(report_, Noor(), v1::FIRST_STEP_CRISIS_TEAM, kDuty);
  HandOver(report_, Noor(), kStranger);
  Break(report_, Guest(), "Kind staat hier");
  for (const char* who : {kNoor, kTable, kDuty, kStranger, kGuest}) {
    EXPECT_EQ(Why(Show(report_, support::By(who, kThirdDesk))), kNotFound) << who;
  }
  EXPECT_THAT(Listed(support::By(kNoor, kThirdDesk)), IsEmpty());
  for (const Caller& still : {Noor(), Seated(), Duty(), Stranger(), Guest()}) {
    EXPECT_EQ(Why(Show(report_, still)), "OK") << still.principal;
  }
}

TEST_F(NeedToKnow, OfASeatIsForTheOrganisationForWhichItWasTaken) {  // P.05, P.25
  TakeSeat(report_, kTable, support::By(kTable, kThirdDesk));
  EXPECT_EQ(Why(Show(report_, support::By(kTable, kThirdDesk, {"table_member"}))), "OK");
  EXPECT_EQ(Why(Show(report_, Seated())), kNotFound);
  TakeSeat(report_, kTable, support::By("svc_meeting", ""));  // Not by them: as registered.
  EXPECT_EQ(Why(Show(report_, Seated())), "OK");
}

TEST_F(NeedToKnow, OfItsOwnPeopleSurvivesAClockThatGoesBack) {
  TakeSeat(report_, kTable);
  bench_.now -= std::chrono::hours(1);
  for (const Caller& own : {Noor(), Colleague(), Seated()}) {
    EXPECT_EQ(Why(Show(report_, own)), "OK") << own.principal;
    EXPECT_THAT(Listed(own), ElementsAre(report_));
  }
}

TEST_F(NeedToKnow, EndsAlsoWhenTheClockWentBackSinceItBegan) {
  HandOver(report_, Noor(), kOtherDesk);
  EXPECT_EQ(Why(Show(report_, Stranger())), "OK");
  bench_.now -= std::chrono::hours(1);
  EXPECT_EQ(Why(HandBack(report_, Noor())), "OK");
  EXPECT_EQ(Why(Show(report_, Stranger())), kNotFound);
  bench_.now += std::chrono::hours(2);
  EXPECT_EQ(Why(Show(report_, Stranger())), kNotFound);
  ExpectReplayable();
}

TEST_F(NeedToKnow, OfASeatEndsWhenTheReportIsSettled) {  // P.25
  TakeSeat(report_, kTable);
  HandOver(report_, Noor(), kOtherDesk);
  Settle(report_, Noor(), v1::OUTCOME_ADVICE);
  EXPECT_EQ(Why(Show(report_, Seated())), kNotFound);
  for (const Caller& still : {Noor(), Colleague(), Stranger()}) {  // Owner and sender, both desks.
    EXPECT_EQ(Why(Show(report_, still)), "OK") << still.principal;
  }
  const uint64_t before = head();
  TakeSeat(report_, kTable);  // Too late.
  EXPECT_EQ(head(), before);
  ExpectReplayable();
}

TEST_F(NeedToKnow, OfASeatLastsUntilTheTableHasRisen) {  // P.25, 003.14
  const std::string red = Submit(Red()).report();
  const base::Instant over = bench_.now + std::chrono::hours(2);
  Plan(red, base::ToMs(over) - 1);
  TakeSeat(red, kTable);
  Hold(red, Noor(), v1::FIRST_STEP_CRISIS_TEAM, kNoor);
  Settle(red, Noor(), v1::OUTCOME_MEETING);  // The desk is done, the table has yet to sit.
  TakeSeat(red, kDuty);
  bench_.now = over - base::milliseconds(1);
  EXPECT_EQ(Why(Show(red, Seated())), "OK");
  EXPECT_EQ(Why(Show(red, Duty())), "OK");
  bench_.now = over;
  EXPECT_EQ(Why(Show(red, Seated())), kNotFound);
  EXPECT_EQ(Why(Show(red, Duty())), kNotFound);
  EXPECT_EQ(Why(Show(red, Colleague())), "OK");
  ExpectReplayable();
}

TEST_F(NeedToKnow, ComesWithASeatAtTheTable) {  // P.25, P.73
  TakeSeat(report_, kTable);
  EXPECT_TRUE(bench_.Last()->header.events(0).urgent());
  EXPECT_EQ(RightOf(Seated()), common::v1::INVOLVEMENT_KIND_SEAT);
  EXPECT_THAT(Listed(Seated()), ElementsAre(report_));
  const uint64_t before = head();
  TakeSeat(report_, kTable);
  TakeSeat("rpt_00000000000000000000000000", kTable);
  EXPECT_EQ(head(), before);
  ExpectReplayable();
}

TEST_F(NeedToKnow, OfOneEntryWithASeatAndAStartIsKeptInOrder) {
  meeting::v1::Event planned;
  planned.mutable_mdo_planned()->mutable_mdo()->set_report(report_);
  planned.mutable_mdo_planned()->mutable_mdo()->set_mdo("mdo_00000000000000000000000001");
  planned.mutable_mdo_planned()->mutable_mdo()->set_starts_at_ms(5);
  auto entry = std::make_shared<store::Stored>();
  entry->header.set_service("meeting");
  entry->header.set_epoch(1);
  entry->header.set_sequence(9);
  entry->header.add_events()->set_payload(planned.SerializeAsString());
  for (const char* person : {kTable, kDuty}) {
    meeting::v1::Event taken;
    taken.mutable_seat_taken()->set_report(report_);
    taken.mutable_seat_taken()->set_professional(person);
    entry->header.add_events()->set_payload(taken.SerializeAsString());
  }
  bench_.Hear("meeting", entry);
  const auto& header = bench_.Last()->header;
  ASSERT_EQ(header.events_size(), 3);
  EXPECT_EQ(header.events(1).version() + 1, header.events(2).version());
  EXPECT_EQ(RightOf(Seated()), common::v1::INVOLVEMENT_KIND_SEAT);
  EXPECT_EQ(RightOf(Duty()), common::v1::INVOLVEMENT_KIND_SEAT);
  EXPECT_EQ(Shown(report_, Noor()).meeting().starts_at_ms(), 5);
}

TEST_F(NeedToKnow, MarksReadingOncePerReaderAndTenMinutes) {
  const uint64_t before = head();
  Shown(report_, Colleague());
  EXPECT_EQ(head(), before + 1);
  EXPECT_EQ(bench_.Last()->header.events(0).stream(), Shown(report_, Colleague()).household());
  bench_.now += std::chrono::minutes(10) - base::milliseconds(1);
  Shown(report_, Colleague());
  EXPECT_EQ(head(), before + 1);
  bench_.now += base::milliseconds(1);
  Shown(report_, Colleague());
  EXPECT_EQ(head(), before + 2);
}

TEST_F(NeedToKnow, DoesNotMakeAReportNewerByReadingIt) {
  const uint64_t version = Shown(report_, Noor()).version();
  Shown(report_, Colleague());
  EXPECT_EQ(Shown(report_, Noor()).version(), version);
  EXPECT_EQ(Why(Claim(report_, Seeing(Colleague(), version))), "OK");
}

TEST_F(NeedToKnow, MarksTheSecretPartAlsoWithinTheTenMinutes) {  // P.06
  v1::SubmitReport form = Answered();
  form.mutable_secret()->set_secret_location("Opvang De Haven");
  const std::string report = Submit(form).report();
  EXPECT_FALSE(Shown(report, Colleague()).has_secret());
  SetCircle(report, Noor(), {kColleague});
  const uint64_t before = head();
  EXPECT_TRUE(Shown(report, Colleague()).has_secret());
  EXPECT_EQ(head(), before + 1);
  Shown(report, Colleague());
  EXPECT_EQ(head(), before + 1);
}

}  // namespace
}  // namespace samenspel::intake
