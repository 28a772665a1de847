// SPDX-License-Identifier: EUPL-1.2
// Who is asked, who may look, and by which rules.
#include "tests/services/escalation/daemon/escalation_test.h"

namespace samenspel::escalation {
namespace {

using daemon::Decided;

TEST_F(EscalationService, MarksOnePersonAndHoldsBackTheNext) {
  HearRed();
  SendDueAt(10);
  bench_->now = start_ + minutes(12);
  const std::string alarm = TheAlarm().alarm();
  EXPECT_EQ(Acknowledge(owner_, alarm).status, common::v1::STATUS_OK);
  EXPECT_NE(TheAlarm().asked(0).acknowledged_at_ms(), 0);
  EXPECT_EQ(TheAlarm().asked(1).acknowledged_at_ms(), 0);
  EXPECT_EQ(bench_->Counter("alarms_unacknowledged"), 0u);
  EXPECT_EQ(SendDueAt(15), 0u);
  bench_->now = start_ + minutes(20);
  Acknowledge(manager_, alarm);  // The latest yes counts.
  EXPECT_EQ(SendDueAt(35, kMoment), 0u);
  EXPECT_EQ(SendDueAt(35), 1u);
  EXPECT_EQ(TheAlarm().asked(2).person(), kDeputy);
  ExpectReplays();
}

TEST_F(EscalationService, RecordsAYesOnce) {
  HearRed();
  SendDueAt(10);
  Acknowledge(owner_, TheAlarm().alarm());
  const uint64_t before = Head();
  EXPECT_EQ(Acknowledge(owner_, TheAlarm().alarm()).status, common::v1::STATUS_OK);
  EXPECT_EQ(Head(), before);
}

TEST_F(EscalationService, RefusesAYesFromOthersAndAfterTheEnd) {
  HearRed();
  SendDueAt(10);
  const std::string alarm = TheAlarm().alarm();
  EXPECT_EQ(Acknowledge(colleague_, alarm).reasons.at(0).code(), "not_asked");
  const Decided hidden = Acknowledge(stranger_, alarm);
  EXPECT_EQ(hidden.status, common::v1::STATUS_NOT_FOUND);
  EXPECT_TRUE(hidden.hidden);
  EXPECT_EQ(hidden.subject, kReport);
  HearFirstStep();
  EXPECT_EQ(Acknowledge(owner_, alarm).reasons.at(0).code(), "ended");
}

TEST_F(EscalationService, HidesWhatRangFromWhoActsForAnotherOrganisationNow) {  // P.05
  HearRed();
  SendDueAt(10);
  const std::string alarm = TheAlarm().alarm();
  daemon::Caller moved = owner_;
  moved.organisation = kOtherDesk;
  EXPECT_EQ(Acknowledge(moved, alarm).status, common::v1::STATUS_NOT_FOUND);
  EXPECT_EQ(Acknowledge(owner_, alarm).status, common::v1::STATUS_OK);
}

TEST_F(EscalationService, ShowsTheSameNothingForAnotherNameAsForAHiddenOne) {  // Invariant 10
  HearRed();
  SendDueAt(10);
  const Decided hidden = Acknowledge(stranger_, TheAlarm().alarm());
  for (const char* name :
       {"", "alarms", "!next-key", kReport, kHousehold, "alm_00000000000000000000000000"}) {
    const Decided missing = Acknowledge(stranger_, name);
    EXPECT_EQ(missing.status, hidden.status) << name;
    EXPECT_EQ(missing.reasons.at(0).SerializeAsString(), hidden.reasons.at(0).SerializeAsString());
  }
}

TEST_F(EscalationService, ListsWhatTheCaseListAllows) {  // Invariant 10
  HearRed();
  SendDueAt(10);
  EXPECT_EQ(List(colleague_).total(), 1u);
  EXPECT_EQ(List(stranger_).total(), 0u);
  Hear<intake::v1::Event>("intake", {Involved(kOtherDesk)});
  EXPECT_EQ(List(stranger_).total(), 1u);
  intake::v1::Event ended = Involved(kOtherDesk);
  ended.mutable_involvement_set()->mutable_involvement()->set_until_ms(
      base::ToMs(bench_->now + std::chrono::seconds(1)));
  Hear<intake::v1::Event>("intake", {ended});
  EXPECT_EQ(List(stranger_).total(), 1u);
  bench_->now += std::chrono::seconds(1);
  EXPECT_EQ(List(stranger_).total(), 0u);
  ExpectReplays();
}

TEST_F(EscalationService, AsksWhoOwnsTheReportWhenItRings) {
  Hear<intake::v1::Event>("intake", {Graded(intake::v1::COLOUR_GREEN)});
  intake::v1::Event changed;
  About(changed.mutable_owner_changed());
  changed.mutable_owner_changed()->mutable_ownership()->set_owner(kDeputy);
  changed.mutable_owner_changed()->mutable_ownership()->set_desk(kDesk);
  Hear<intake::v1::Event>("intake", {changed});
  SendDueAt(60);
  const v1::AlarmsListed listed = List(support::By(kDeputy, kDesk));
  ASSERT_EQ(listed.alarms_size(), 1);
  EXPECT_EQ(listed.alarms(0).asked(0).person(), kDeputy);
}

TEST_F(EscalationService, AsksTheNewOwnerOnceOfWhatRingsAndNoLongerTheFormer) {  // P.01
  HearRed();
  SendDueAt(10);
  const v1::Alarm before = TheAlarm();
  ASSERT_TRUE(bench_->Restart().ok());
  intake::v1::Event changed;
  About(changed.mutable_owner_changed());
  changed.mutable_owner_changed()->mutable_ownership()->set_owner(kDeputy);
  changed.mutable_owner_changed()->mutable_ownership()->set_desk(kDesk);
  bench_->now = start_ + minutes(12);
  Hear<intake::v1::Event>("intake", {changed});
  EXPECT_TRUE(bench_->Last()->header.events(1).urgent());
  const v1::Alarm after = TheAlarm();
  ASSERT_EQ(after.asked_size(), 3);
  EXPECT_EQ(after.asked(0).person(), kOwner);  // Stays listed.
  EXPECT_EQ(after.asked(2).person(), kDeputy);
  EXPECT_EQ(after.asked(2).as(), "owner");
  EXPECT_EQ(after.asked(2).since_ms(), base::ToMs(bench_->now));
  EXPECT_EQ(after.step(), before.step());
  EXPECT_EQ(after.next_at_ms(), before.next_at_ms());
  const uint64_t head = Head();
  Hear<intake::v1::Event>("intake", {changed});
  ASSERT_TRUE(bench_->Restart().ok());
  Hear<intake::v1::Event>("intake", {changed});
  EXPECT_EQ(Head(), head);
  v1::Request mine;
  mine.mutable_list_alarms()->set_asked_me(true);
  const auto waits = [&](const daemon::Caller& caller) {
    v1::Response response;
    EXPECT_TRUE(response.ParseFromString(bench_->Ask(caller, mine).response));
    return response.alarms_listed().alarms_size();
  };
  EXPECT_EQ(waits(support::By(kDeputy, kDesk)), 1);
  EXPECT_EQ(waits(manager_), 1);
  EXPECT_EQ(waits(owner_), 0);
  EXPECT_EQ(Acknowledge(support::By(kDeputy, kDesk), after.alarm()).status, common::v1::STATUS_OK);
  EXPECT_EQ(waits(support::By(kDeputy, kDesk)), 0);
  ExpectReplays();
}

TEST_F(EscalationService, FindsSomebodyAsSoonAsThereIsSomebody) {
  StartEmpty();
  bench_->SendDue();
  intake::v1::Event red = Graded(intake::v1::COLOUR_RED);
  red.mutable_report_graded()->clear_sender();
  Hear<intake::v1::Event>("intake", {red});
  EXPECT_EQ(SendDueAt(10), 1u);
  EXPECT_EQ(bench_->Counter("alarms_asking_nobody"), 1u);
  EXPECT_EQ(SendDueAt(11), 0u);
  Register(Somebody("pro_00000000000000000000000c01", kDesk, {"veilig_thuis_desk"}), true);
  EXPECT_EQ(SendDueAt(12), 0u);
  Register(Somebody(kManagerHere, kDesk, {"duty_manager"}), false);
  EXPECT_EQ(*bench_->service().DueAt(), base::Instant{});
  EXPECT_EQ(SendDueAt(13), 1u);
  EXPECT_EQ(bench_->Counter("alarms_asking_nobody"), 0u);
  EXPECT_EQ(List(manager_).alarms(0).asked(0).person(), kManagerHere);
  ExpectReplays();
}

TEST_F(EscalationService, AdoptsAnAlarmsFileThatChangedAndLeavesWhatRings) {
  HearRed();
  SendDueAt(10);
  const v1::Alarm before = TheAlarm();
  std::string text = ShippedAlarms();
  const std::string from = "Bij deze rode melding staat";
  bench_->WriteRules(text.replace(text.find(from), from.size(), "Bij deze melding staat"));
  ASSERT_TRUE(bench_->service().Reload().ok());
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(bench_->Last()->header.events(0).version(), 2u);
  EXPECT_EQ(TheAlarm().SerializeAsString(), before.SerializeAsString());
  ExpectReplays();
  bench_->WriteRules(text.substr(0, text.size() / 2));
  EXPECT_THAT(bench_->service().Reload().message(), testing::HasSubstr("/rules.toml:"));
  EXPECT_EQ(bench_->SendDue(), 0u);
}

TEST_F(EscalationService, WaitsForItsRulesBeforeItRings) {
  StartEmpty();
  Hear<intake::v1::Event>("intake", {Graded(intake::v1::COLOUR_RED, true)});
  EXPECT_EQ(bench_->SendDue(), 1u);  // Adopts.
  EXPECT_EQ(bench_->SendDue(), 1u);  // Rings.
  EXPECT_EQ(bench_->Counter("alarms_open"), 1u);
}

TEST_F(EscalationService, WaitsForTheReviewOfABreakGlassAndAsksItsKeeper) {  // P.73
  const char* officer = "pro_00000000000000000000000f00";
  Register(Somebody(officer, kDesk, {"privacy_officer"}), false);
  Register(Somebody("pro_00000000000000000000000f01", kOtherDesk, {"privacy_officer"}), true);
  intake::v1::Event broken;
  broken.mutable_glass_broken()->set_opening("brk_00000000000000000000000001");
  broken.mutable_glass_broken()->set_household(kHousehold);
  broken.mutable_glass_broken()->set_keeper(kDesk);
  broken.mutable_glass_broken()->set_review_due_ms(base::ToMs(start_ + minutes(60)));
  Hear<intake::v1::Event>("intake", {broken});
  EXPECT_EQ(SendDueAt(60, kMoment), 0u);
  EXPECT_EQ(SendDueAt(60), 1u);
  const auto caller = support::By(officer, kDesk, {"privacy_officer"});
  ASSERT_EQ(List(caller).alarms_size(), 1);
  ASSERT_EQ(List(caller).alarms(0).asked_size(), 1);
  intake::v1::Event reviewed;
  reviewed.mutable_glass_reviewed()->set_opening("brk_00000000000000000000000001");
  Hear<intake::v1::Event>("intake", {reviewed});
  EXPECT_EQ(List(caller).total(), 0u);
  ExpectReplays();
}

// A row of another kind cannot be read as what the event takes it for: that would end the daemon,
// and again at each start, for it hears the same entry again.
TEST_F(EscalationService, PassesOverAnEventThatBearsTheIdOfSomethingElse) {
  HearRed();
  ASSERT_EQ(SendDueAt(10), 1u);
  const std::string alarm = TheAlarm().alarm();
  const uint64_t head = Head();
  for (const std::string& id : {alarm, std::string("alarms"), std::string(kHousehold)}) {
    meeting::v1::Event registered;
    registered.mutable_professional_registered()->mutable_professional()->set_id(id);
    meeting::v1::Event shifts;
    shifts.mutable_shifts_set()->set_professional(id);
    Hear<meeting::v1::Event>("meeting", {registered, shifts});
    intake::v1::Event graded = Graded(intake::v1::COLOUR_RED);
    graded.mutable_report_graded()->set_report(id);
    intake::v1::Event involved = Involved(kDesk);
    involved.mutable_involvement_set()->set_household(id == kHousehold ? kReport : id);
    Hear<intake::v1::Event>("intake", {graded, involved});
  }
  EXPECT_EQ(Head(), head);
  ExpectReplays();
}

TEST_F(EscalationService, LetsEveryRegisteredPersonAwait) {
  common::v1::Ref ref;
  EXPECT_TRUE(bench_->MaySee(owner_, ref));
  EXPECT_FALSE(bench_->MaySee(support::By(kOwner, ""), ref));
}

}  // namespace
}  // namespace samenspel::escalation
