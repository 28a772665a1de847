// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include "proto/intake/v1/events.pb.h"
#include "services/intake/domain/crisismeter.h"
#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

class FirstStep : public Desk {
 protected:
  v1::FirstStepNote Now() { return Shown(report_, Noor()).first_step(); }
  std::string report_ = Submit(Red()).report();
};

TEST_F(FirstStep, IsDueTenMinutesAfterARedReport) {  // P.01
  const v1::Terms terms = Shown(report_, Noor()).terms();
  EXPECT_EQ(terms.first_step_due_ms(), base::ToMs(bench_.now + std::chrono::minutes(10)));
}

TEST_F(FirstStep, NamesWhoSecuresTheChildAndHow) {  // P.01
  bench_.now += std::chrono::minutes(4);
  const Decided held = Hold(report_, Noor(), v1::FIRST_STEP_SAFE_PLACE, "", "Oma Vlinderstruik");
  EXPECT_EQ(Why(held), "OK");
  EXPECT_EQ(ChangedBy(held).first_step().step(), v1::FIRST_STEP_SAFE_PLACE);
  EXPECT_EQ(Now().named_by(), kNoor);
  EXPECT_EQ(Now().named_at_ms(), base::ToMs(bench_.now));
  EXPECT_EQ(Shown(report_, Colleague()).private_().afterwards().first_step().who(),
            "Oma Vlinderstruik");
  ExpectReplayable();
}

TEST_F(FirstStep, IsUrgentForWhoeverFollowsAndSealed) {  // P.01, invariant 9
  Hold(report_, Noor(), v1::FIRST_STEP_STAYS_AT_HOME, "", "Buurman Vlinderstruik",
       "Sleutel ligt bij Kamperfoelie");
  const auto entry = bench_.Last();
  ASSERT_EQ(entry->header.events_size(), 1);
  EXPECT_TRUE(entry->header.events(0).urgent());
  EXPECT_FALSE(bench_.IsReadable("Vlinderstruik"));
  EXPECT_FALSE(bench_.IsReadable("Kamperfoelie"));
  EXPECT_NE(bench_.OpenPart(*entry, 0, "private").find("Kamperfoelie"), std::string::npos);
}

TEST_F(FirstStep, NeedsAStepAndSomebodyOrAReason) {  // P.01
  EXPECT_EQ(Why(Hold(report_, Noor(), v1::FIRST_STEP_UNSPECIFIED, kStranger)),
            "INVALID missing step");
  EXPECT_EQ(Why(Hold(report_, Noor(), v1::FIRST_STEP_CRISIS_TEAM, "")),
            "INVALID missing private.who");
  EXPECT_EQ(Why(Hold(report_, Noor(), v1::FIRST_STEP_NONE, "", "Oma")),
            "INVALID missing private.note");
  EXPECT_EQ(Why(Hold(report_, Noor(), v1::FIRST_STEP_CRISIS_TEAM, kNobody, "Wie dan ook")),
            "INVALID unknown_professional professional");
  EXPECT_EQ(Now().step(), v1::FIRST_STEP_UNSPECIFIED);
  EXPECT_EQ(Why(Hold(report_, Noor(), v1::FIRST_STEP_NONE, "", "", "Kind is op school")), "OK");
}

TEST_F(FirstStep, OpensTheCaseToTheProfessionalWhoSecuresTheChild) {
  EXPECT_EQ(Why(Show(report_, Seated())), "NOT_FOUND not_found report");
  EXPECT_EQ(Why(Hold(report_, Noor(), v1::FIRST_STEP_CRISIS_TEAM, kTable)), "OK");
  EXPECT_EQ(Shown(report_, Seated()).by_right_of().kind(), common::v1::INVOLVEMENT_KIND_FIRST_STEP);
  EXPECT_EQ(Now().professional(), kTable);
}

TEST_F(FirstStep, NamedAgainReplacesTheFormerOneAndTheirRight) {
  Hold(report_, Noor(), v1::FIRST_STEP_CRISIS_TEAM, kTable);
  bench_.now += std::chrono::minutes(1);
  EXPECT_EQ(Why(Hold(report_, Colleague(), v1::FIRST_STEP_STAYS_IN_HOSPITAL, "", "Arts")), "OK");
  EXPECT_EQ(Now().step(), v1::FIRST_STEP_STAYS_IN_HOSPITAL);
  EXPECT_EQ(Why(Show(report_, Seated())), "NOT_FOUND not_found report");
  ExpectReplayable();
}

TEST_F(FirstStep, ByBreakGlassIsSaidInWordsAndMovesNobodysRight) {  // P.01, P.73
  Hold(report_, Noor(), v1::FIRST_STEP_CRISIS_TEAM, kTable);
  Break(report_, Stranger(), "Kind staat hier aan de balie");
  EXPECT_EQ(Why(Hold(report_, Stranger(), v1::FIRST_STEP_SAFE_PLACE, kStranger)),
            "REFUSED only_by_break_glass professional");
  EXPECT_EQ(Why(Hold(report_, Stranger(), v1::FIRST_STEP_SAFE_PLACE, "", "Tante Bosrank")), "OK");
  EXPECT_EQ(bench_.Last()->header.events_size(), 1);
  EXPECT_EQ(Now().step(), v1::FIRST_STEP_SAFE_PLACE);
  EXPECT_EQ(Why(Show(report_, Seated())), "OK");  // Who secured the child before reads on,
  bench_.now += std::chrono::minutes(60);
  EXPECT_EQ(Why(Show(report_, Stranger())), kNotFound);
  Hold(report_, Noor(), v1::FIRST_STEP_SAFE_PLACE, "", "Oma Vlinderstruik");
  EXPECT_EQ(Why(Show(report_, Seated())), kNotFound);  // until somebody of the case names another.
  ExpectReplayable();
}

TEST_F(FirstStep, IsNotNamedTwiceTheSame) {
  Hold(report_, Noor(), v1::FIRST_STEP_SAFE_PLACE, kTable, "Met de taxi");
  const uint64_t before = head();
  EXPECT_EQ(Why(Hold(report_, Colleague(), v1::FIRST_STEP_SAFE_PLACE, kTable, "Met de taxi")),
            "OK");
  EXPECT_EQ(head(), before);
  Hold(report_, Colleague(), v1::FIRST_STEP_SAFE_PLACE, kTable, "Met de ambulance");
  EXPECT_EQ(head(), before + 1);
}

TEST_F(FirstStep, OfTwoDesksThatSawTheSameShowsBothToTheSecond) {
  const uint64_t seen = Shown(report_, Noor()).version();
  Hold(report_, Seeing(Colleague(), seen), v1::FIRST_STEP_SAFE_PLACE, kTable);
  const Decided second =
      Hold(report_, Seeing(Noor(), seen), v1::FIRST_STEP_NONE, "", "", "Vader is weg");
  EXPECT_EQ(Why(second), "CONFLICT changed_since");
  EXPECT_EQ(ChangedBy(second).first_step().step(), v1::FIRST_STEP_SAFE_PLACE);
  EXPECT_EQ(ChangedBy(second).first_step().named_by(), kColleague);
  EXPECT_EQ(ChangedBy(second).asked_first_step().step(), v1::FIRST_STEP_NONE);
  EXPECT_EQ(ChangedBy(second).asked_first_step().named_by(), kNoor);
  EXPECT_EQ(second.response.find("Vader"), std::string::npos);
}

TEST_F(FirstStep, CanStillBeChangedWhenTheDeskIsDone) {
  Plan(report_, base::ToMs(bench_.now) + 1000);
  Hold(report_, Noor(), v1::FIRST_STEP_EMERGENCY_SERVICES, "", "Meldkamer");
  Settle(report_, Noor(), v1::OUTCOME_MEETING);
  EXPECT_EQ(Why(Hold(report_, Noor(), v1::FIRST_STEP_CRISIS_TEAM, kTable)), "OK");
}

TEST_F(FirstStep, StaysOutOfAFormThatIsSent) {
  v1::Request request;
  *request.mutable_submit_report() = Red();
  request.mutable_submit_report()->mutable_private_()->mutable_afterwards();
  EXPECT_EQ(Why(bench_.Ask(Noor(), request)), "INVALID not_in_a_form private.afterwards");
}

class Bulk : public Desk {
 protected:
  v1::ReportReceived SubmitBulk(v1::SubmitReport form) {
    form.set_bulk(true);
    return Submit(form);
  }
  // The last entry's grade; a default one when it has none.
  v1::ReportGraded LastGraded() {
    v1::Event event;
    for (const auto& record : bench_.Last()->header.events()) {
      if (record.kind() != v1::Event::kReportGraded) continue;
      EXPECT_TRUE(event.ParseFromString(record.payload()));
      urgent_ = record.urgent();
    }
    return event.report_graded();
  }
  bool urgent_ = false;
};

TEST_F(Bulk, RedIsProvisionalNotUrgentAndHasItsFirstStepDue) {  // P.17, P.01
  const v1::ReportReceived received = SubmitBulk(Red());
  EXPECT_TRUE(received.provisional());
  EXPECT_EQ(received.terms().first_step_due_ms(),
            base::ToMs(bench_.now + std::chrono::minutes(10)));
  EXPECT_EQ(received.terms().confirm_due_ms(), base::ToMs(bench_.now + std::chrono::minutes(30)));
  EXPECT_EQ(received.terms().meeting_due_ms(), 0);
  EXPECT_EQ(received.terms().settle_due_ms(), 0);
  EXPECT_TRUE(LastGraded().provisional());
  EXPECT_FALSE(urgent_);
  EXPECT_EQ(bench_.Counter("provisional_open"), 1u);
  EXPECT_EQ(Mine(Colleague()).unconfirmed_size(), 1);
}

TEST_F(Bulk, RedConvenesWhenSomebodyOfTheDeskHasSeenIt) {  // P.17
  const v1::ReportReceived received = SubmitBulk(Red());
  bench_.now += std::chrono::minutes(7);
  EXPECT_EQ(Why(Confirm(received.case_number(), Colleague())), "OK");
  const v1::ReportGraded graded = LastGraded();
  EXPECT_TRUE(urgent_);
  EXPECT_FALSE(graded.provisional());
  EXPECT_EQ(graded.report(), received.report());
  v1::Grade grade = received.grade();
  DropDomainTexts(grade);
  EXPECT_EQ(graded.grade().SerializeAsString(), grade.SerializeAsString());
  EXPECT_EQ(graded.terms().first_step_due_ms(), received.terms().first_step_due_ms());
  EXPECT_EQ(graded.terms().meeting_due_ms(), base::ToMs(bench_.now + std::chrono::minutes(5)));
  EXPECT_EQ(graded.terms().settle_due_ms(), base::ToMs(bench_.now + std::chrono::minutes(120)));
  EXPECT_EQ(graded.terms().confirm_due_ms(), 0);
  EXPECT_EQ(bench_.Counter("provisional_open"), 0u);
  EXPECT_FALSE(bench_.service().DueAt().has_value());
  ExpectReplayable();
}

TEST_F(Bulk, RedConvenesInTheTimeThatItHadLeftWhenTimeGoesBack) {  // R7
  const v1::ReportReceived received = SubmitBulk(Red());
  bench_.now += std::chrono::minutes(7);
  bench_.AcceptClock(-std::chrono::hours(24 * 3653));
  EXPECT_EQ(*bench_.service().DueAt(), bench_.now + std::chrono::minutes(23));
  ASSERT_TRUE(bench_.Restart().ok());
  bench_.SendDue();
  EXPECT_EQ(*bench_.service().DueAt(), bench_.now + std::chrono::minutes(23));
  EXPECT_EQ(Shown(received.report(), Noor()).terms().first_step_due_ms(),
            base::ToMs(bench_.now + std::chrono::minutes(3)));
  bench_.now += std::chrono::minutes(23);
  EXPECT_EQ(bench_.SendDue(), 1u);
  EXPECT_FALSE(LastGraded().provisional());
  ExpectReplayable();
}

TEST_F(Bulk, KeepsATermDueThatHadComeWhenTimeGoesBack) {  // R7
  const v1::ReportReceived received = SubmitBulk(Red());
  bench_.now += std::chrono::minutes(12);
  bench_.AcceptClock(-std::chrono::hours(1));
  const auto terms = Shown(received.report(), Noor()).terms();
  EXPECT_EQ(terms.first_step_due_ms(), base::ToMs(bench_.now));
  EXPECT_EQ(terms.confirm_due_ms(), base::ToMs(bench_.now + std::chrono::minutes(18)));
}

TEST_F(Bulk, IsConfirmedOnce) {
  const std::string report = SubmitBulk(Red()).report();
  Confirm(report, Colleague());
  const uint64_t before = head();
  EXPECT_EQ(Why(Confirm(report, Noor())), "OK");
  EXPECT_EQ(head(), before);
}

TEST_F(Bulk, IsConfirmedByTheDeskOnly) {  // P.17
  const std::string report = SubmitBulk(Red()).report();
  TakeSeat(report, kStranger);
  EXPECT_EQ(Why(Confirm(report, Stranger())), "REFUSED not_your_desk");
  EXPECT_EQ(Why(Confirm(report, Guest())), "NOT_FOUND not_found report");
  HandOver(report, Noor(), kOtherDesk);
  EXPECT_EQ(Why(Confirm(report, Guest())), "OK");
}

TEST_F(Bulk, RedConvenesByItselfWhenNobodyDecidesInTime) {  // P.17
  const v1::ReportReceived received = SubmitBulk(Red());
  const base::Instant due = bench_.now + std::chrono::minutes(30);
  EXPECT_EQ(bench_.service().DueAt(), due);
  bench_.now = due - base::milliseconds(1);
  EXPECT_EQ(bench_.SendDue(), 0u);
  bench_.now = due;
  EXPECT_EQ(bench_.SendDue(), 1u);
  EXPECT_FALSE(LastGraded().provisional());
  EXPECT_TRUE(urgent_);
  EXPECT_EQ(LastGraded().terms().meeting_due_ms(), base::ToMs(due + std::chrono::minutes(5)));
  EXPECT_FALSE(bench_.service().DueAt().has_value());
  EXPECT_EQ(bench_.SendDue(), 0u);
  EXPECT_FALSE(Shown(received.report(), Noor()).provisional());
  ExpectReplayable();
}

TEST_F(Bulk, IsStillDueAfterARestart) {  // P.17
  SubmitBulk(Red());
  const base::Instant due = bench_.now + std::chrono::minutes(30);
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(bench_.SendDue(), 0u);
  EXPECT_EQ(bench_.service().DueAt(), due);
  bench_.now = due + std::chrono::hours(2);  // It was down meanwhile.
  EXPECT_EQ(bench_.SendDue(), 1u);
  EXPECT_FALSE(LastGraded().provisional());
}

TEST_F(Bulk, DeadlineThatComesTooSoonDoesNothing) {
  const std::string report = SubmitBulk(Red()).report();
  v1::Request request;
  request.mutable_deadline_passed()->set_report(report);
  EXPECT_EQ(Why(bench_.Ask(Noor(), request)), "REFUSED too_early");
  Confirm(report, Noor());
  bench_.now += std::chrono::hours(1);
  const uint64_t before = head();
  EXPECT_EQ(Why(bench_.Ask(Noor(), request)), "OK");
  EXPECT_EQ(head(), before);
}

TEST_F(Bulk, GreenWaitsForNobodyButIsMarked) {
  const v1::ReportReceived received = SubmitBulk(Answered());
  EXPECT_TRUE(received.provisional());
  EXPECT_EQ(received.terms().confirm_due_ms(), 0);
  EXPECT_NE(received.terms().settle_due_ms(), 0);
  EXPECT_FALSE(bench_.service().DueAt().has_value());
  EXPECT_EQ(Why(Confirm(received.report(), Noor())), "OK");
  EXPECT_FALSE(urgent_);
  EXPECT_EQ(Shown(received.report(), Noor()).terms().SerializeAsString(),
            received.terms().SerializeAsString());
}

}  // namespace
}  // namespace samenspel::intake
