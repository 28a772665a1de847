// SPDX-License-Identifier: EUPL-1.2
// When it rings, and when no longer.
#include "tests/services/escalation/daemon/escalation_test.h"

namespace samenspel::escalation {
namespace {

TEST_F(EscalationService, RingsAtTheTenthMinuteAndNotAMillisecondBefore) {  // P.01, invariant 11
  HearRed();
  EXPECT_EQ(*bench_->service().DueAt(), start_ + minutes(10));
  EXPECT_EQ(bench_->Counter("watches_open"), 1u);
  EXPECT_EQ(SendDueAt(10, kMoment), 0u);
  EXPECT_EQ(List(owner_).total(), 0u);
  EXPECT_EQ(SendDueAt(10), 1u);
  const v1::Alarm alarm = TheAlarm();
  EXPECT_EQ(alarm.kind(), "no_first_step");
  EXPECT_EQ(alarm.raised_at_ms(), base::ToMs(start_ + minutes(10)));
  ASSERT_EQ(alarm.asked_size(), 2);
  EXPECT_EQ(alarm.asked(0).person(), kOwner);
  EXPECT_EQ(alarm.asked(1).person(), kManagerHere);
  EXPECT_TRUE(bench_->Last()->header.events(0).urgent());
  EXPECT_EQ(bench_->Last()->header.rule_hashes_size(), 1);
  EXPECT_EQ(bench_->Counter("watches_open"), 0u);
}

TEST_F(EscalationService, NeverRingsWhenTheFirstStepWasNamedInTime) {  // P.01
  HearRed();
  bench_->now = start_ + minutes(10) - kMoment;
  HearFirstStep();
  EXPECT_EQ(SendDueAt(10), 0u);
  EXPECT_EQ(List(owner_, true).total(), 0u);
  EXPECT_EQ(bench_->service().DueAt(), std::nullopt);
  ExpectReplays();
}

TEST_F(EscalationService, EndsTheAlarmByWhatWasDone) {
  HearRed();
  SendDueAt(10);
  bench_->now = start_ + minutes(12);
  HearFirstStep();
  const v1::Alarm alarm = TheAlarm();
  EXPECT_EQ(alarm.ended_by(), "first_step_named");
  EXPECT_EQ(alarm.ended_at_ms(), base::ToMs(start_ + minutes(12)));
  EXPECT_EQ(bench_->Counter("alarms_open"), 0u);
  EXPECT_EQ(SendDueAt(15), 0u);
  ExpectReplays();
}

TEST_F(EscalationService, AsksTheNextInLineAndStaysAtTheLast) {
  HearRed();
  SendDueAt(10);
  EXPECT_EQ(SendDueAt(15, kMoment), 0u);
  EXPECT_EQ(SendDueAt(15), 1u);
  EXPECT_EQ(TheAlarm().asked(2).person(), kDeputy);
  EXPECT_EQ(SendDueAt(25), 1u);
  EXPECT_EQ(TheAlarm().asked(3).person(), kManagerThere);
  EXPECT_EQ(TheAlarm().step(), 3u);
  EXPECT_EQ(TheAlarm().next_at_ms(), 0);
}

TEST_F(EscalationService, AddsNothingWhileItRingsOn) {  // No flood.
  HearRed();
  SendDueAt(10);
  SendDueAt(15);
  SendDueAt(25);
  const uint64_t before = Head();
  for (int minute = 26; minute < 1026; ++minute) EXPECT_EQ(SendDueAt(minute), 0u);
  EXPECT_EQ(Head(), before);
  EXPECT_EQ(bench_->Counter("alarms_open"), 1u);
  EXPECT_EQ(bench_->Counter("alarms_oldest_s"), 1015u * 60);
}

TEST_F(EscalationService, RingsAtStartForWhatWasDueWhileItWasDown) {
  HearRed();
  ASSERT_TRUE(bench_->Restart().ok());
  EXPECT_EQ(bench_->SendDue(), 0u);  // Its alarms file is the adopted one.
  EXPECT_EQ(*bench_->service().DueAt(), start_ + minutes(10));
  EXPECT_EQ(bench_->Counter("watches_open"), 1u);
  bench_->now = start_ + minutes(40);
  ASSERT_TRUE(bench_->Restart().ok());
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(TheAlarm().raised_at_ms(), base::ToMs(start_ + minutes(40)));
}

TEST_F(EscalationService, RemembersWhatRingsAndWhoIsNextAcrossARestart) {
  HearRed();
  SendDueAt(10);
  const v1::Alarm before = TheAlarm();
  ASSERT_TRUE(bench_->Restart().ok());
  EXPECT_EQ(TheAlarm().SerializeAsString(), before.SerializeAsString());
  EXPECT_EQ(bench_->Counter("alarms_open"), 1u);
  EXPECT_EQ(bench_->Counter("alarms_unacknowledged"), 1u);
  EXPECT_EQ(SendDueAt(12), 0u);
  EXPECT_EQ(SendDueAt(15), 1u);
  EXPECT_EQ(TheAlarm().asked(2).person(), kDeputy);
  HearFirstStep();
  ASSERT_TRUE(bench_->Restart().ok());
  EXPECT_EQ(bench_->Counter("alarms_open"), 0u);
  EXPECT_EQ(List(owner_, true).total(), 1u);
  EXPECT_EQ(bench_->SendDue(), 0u);
  EXPECT_EQ(bench_->service().DueAt(), std::nullopt);
}

TEST_F(EscalationService, RingsAtOnceForAProvisionalRedUntilItIsConfirmed) {  // P.17
  Hear<intake::v1::Event>("intake", {Graded(intake::v1::COLOUR_RED, true)});
  EXPECT_EQ(*bench_->service().DueAt(), start_);
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(TheAlarm().kind(), "provisional_red");
  EXPECT_EQ(TheAlarm().asked(0).person(), kOwner);
  EXPECT_EQ(TheAlarm().asked(1).person(), kManagerHere);
  Hear<intake::v1::Event>("intake", {Graded(intake::v1::COLOUR_RED)});
  EXPECT_EQ(TheAlarm().ended_by(), "grade_confirmed");
}

TEST_F(EscalationService, RingsWhenATermIsNearAndWhenItPassed) {
  Hear<intake::v1::Event>("intake", {Graded(intake::v1::COLOUR_GREEN)});
  EXPECT_EQ(SendDueAt(60, kMoment), 0u);
  EXPECT_EQ(SendDueAt(60), 1u);
  EXPECT_EQ(TheAlarm().kind(), "term_near");
  EXPECT_EQ(SendDueAt(90), 2u);  // The one takes the other's place.
  const v1::AlarmsListed listed = List(owner_, true);
  ASSERT_EQ(listed.alarms_size(), 2);
  EXPECT_EQ(listed.alarms(0).kind(), "term_passed");
  EXPECT_EQ(listed.alarms(1).ended_by(), "term_passed");
  intake::v1::Event settled;
  About(settled.mutable_report_settled());
  Hear<intake::v1::Event>("intake", {settled});
  EXPECT_EQ(bench_->Counter("alarms_open"), 0u);
  ExpectReplays();
}

TEST_F(EscalationService, RingsForASeatAndAgainWhenItIsEmptyAgain) {  // Invariant 3
  const auto planned = [](bool with_seat) {
    meeting::v1::Event event;
    auto& mdo = *event.mutable_mdo_planned()->mutable_mdo();
    mdo.set_mdo(kMdo);
    mdo.set_report(kReport);
    mdo.set_household(kHousehold);
    mdo.set_starts_at_ms(MinuteMs(10'000));
    mdo.set_ends_at_ms(MinuteMs(10'090));
    if (!with_seat) {
      mdo.add_missing()->set_function("legal_counsel");
      mdo.mutable_missing(0)->set_rings(true);
    }
    event.mutable_mdo_planned()->set_organisation(kDesk);
    event.mutable_mdo_planned()->set_sender(kOwner);
    return event;
  };
  Hear<meeting::v1::Event>("meeting", {planned(false)});
  EXPECT_EQ(bench_->SendDue(), 1u);
  const v1::AlarmsListed listed = List(manager_);
  ASSERT_EQ(listed.alarms_size(), 1);
  EXPECT_EQ(listed.alarms(0).detail(), "legal_counsel");
  Hear<meeting::v1::Event>("meeting", {planned(true)});
  EXPECT_EQ(List(manager_).total(), 0u);
  SendDueAt(20);
  Hear<meeting::v1::Event>("meeting", {planned(false)});
  EXPECT_EQ(bench_->SendDue(), 1u);
  const v1::AlarmsListed again = List(manager_, true);
  ASSERT_EQ(again.alarms_size(), 1);
  EXPECT_EQ(again.alarms(0).alarm(), listed.alarms(0).alarm());
  EXPECT_EQ(again.alarms(0).times(), 2u);
  ExpectReplays();
}

TEST_F(EscalationService, DoesNothingForWhatItHasHeard) {
  HearRed();
  const uint64_t before = Head();
  Hear<intake::v1::Event>("intake", {Graded(intake::v1::COLOUR_RED)});
  EXPECT_EQ(Head(), before);
}

TEST_F(EscalationService, RingsForAFollowerThatLagsAtAnotherService) {
  Register(Somebody("pro_00000000000000000000000k00", "org_region", {"operator"}), true);
  intake::v1::Event lagging;
  lagging.mutable_follower_seen()->set_principal("svc_audit");
  lagging.mutable_follower_seen()->set_lagging(true);
  Hear<intake::v1::Event>("intake", {lagging});
  EXPECT_EQ(bench_->SendDue(), 1u);
  const auto keeper = support::By("pro_00000000000000000000000k00", "org_region", {"operator"});
  const v1::AlarmsListed listed = List(keeper);
  ASSERT_EQ(listed.alarms_size(), 1);
  EXPECT_EQ(listed.alarms(0).subject(), "svc_audit");
  EXPECT_EQ(listed.alarms(0).detail(), "intake");
  EXPECT_EQ(List(owner_).total(), 0u);
  lagging.mutable_follower_seen()->set_lagging(false);
  Hear<intake::v1::Event>("intake", {lagging});
  EXPECT_EQ(List(keeper).total(), 0u);
}

TEST_F(EscalationService, RingsForAFollowerThatLagsAtItself) {
  Register(Somebody("pro_00000000000000000000000k00", "org_region", {"operator"}), true);
  const auto keeper = support::By("pro_00000000000000000000000k00", "org_region", {"operator"});
  bench_->SeeFollower("svc_audit", true);
  EXPECT_EQ(*bench_->service().DueAt(), base::Instant{});
  ASSERT_TRUE(bench_->Restart().ok());  // Before it could ring.
  bench_->SendDue();
  bench_->SendDue();
  const v1::AlarmsListed listed = List(keeper);
  ASSERT_EQ(listed.alarms_size(), 1);
  EXPECT_EQ(listed.alarms(0).kind(), "follower_lagging");
  EXPECT_EQ(listed.alarms(0).subject(), "svc_audit");
  EXPECT_EQ(listed.alarms(0).detail(), "escalation");
  bench_->SeeFollower("svc_audit", true);
  ASSERT_TRUE(bench_->Restart().ok());
  EXPECT_EQ(bench_->SendDue(), 0u);  // It rings already.
  bench_->SeeFollower("svc_audit", false);
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(List(keeper).total(), 0u);
  EXPECT_EQ(bench_->service().DueAt(), std::nullopt);
  bench_->SeeFollower("svc_audit", true);  // And again.
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(List(keeper).total(), 1u);
  ExpectReplays();
}

TEST_F(EscalationService, DoesNotStartOnARowThatCannotBeRead) {
  HearRed();
  SendDueAt(10);
  bench_->SeeFollower("svc_audit", false);
  const std::string alarm = TheAlarm().alarm();
  const std::string watch = WatchId(kind::kNoFirstStep, kReport);
  for (const std::string& key :
       {std::string(kOwner), watch, alarm, std::string("!follower-svc_audit")}) {
    const auto row = *bench_->store().Get(store::Column::kState, key);
    const auto write = [&](const std::string& bytes) {
      store::Batch batch = bench_->store().Begin();
      batch.Put(store::Column::kState, key, bytes);
      EXPECT_EQ(bench_->store().Commit(std::move(batch)), store::CommitResult::kAcked);
    };
    write("\xff\xff");
    const base::Status started = bench_->Restart();
    EXPECT_EQ(started.code(), base::Code::kCorrupt) << key;
    EXPECT_EQ(started.message(), "state of " + key + " cannot be read");
    write(row);
    EXPECT_TRUE(bench_->Restart().ok()) << key;
  }
}

TEST_F(EscalationService, RingsWhenItHearsAServiceNoMore) {
  const auto see = [&](base::Instant heard) {
    common::v1::FollowStatus follow;
    follow.set_service("intake");
    follow.set_heard_at_ms(base::ToMs(heard));
    bench_->service().FollowsSeen({follow}, bench_->now);
  };
  see(start_);
  bench_->now = start_ + kSilence - kMoment;
  see(start_);
  EXPECT_EQ(bench_->SendDue(), 0u);
  EXPECT_EQ(*bench_->service().DueAt(), start_ + kSilence);
  bench_->now = start_ + kSilence;
  see(start_);
  EXPECT_EQ(bench_->SendDue(), 1u);  // It heard nothing,
  EXPECT_EQ(bench_->SendDue(), 1u);  // and rings.
  EXPECT_EQ(bench_->SendDue(), 0u);
  EXPECT_EQ(List(manager_).alarms(0).subject(), "svc_escalation");
  see(bench_->now);
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(bench_->Counter("alarms_open"), 0u);
  ExpectReplays();
}

}  // namespace
}  // namespace samenspel::escalation
