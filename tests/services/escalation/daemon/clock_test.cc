// SPDX-License-Identifier: EUPL-1.2
// What becomes of what runs when time itself moves, and who hears that the clock is wrong.
#include "tests/services/escalation/daemon/escalation_test.h"

namespace samenspel::escalation {
namespace {

using std::chrono::hours;

constexpr base::milliseconds kTenYears = hours(24 * 3653);
constexpr const char* kKeeper = "pro_00000000000000000000000k00";

class EscalationClock : public EscalationService {
 protected:
  EscalationClock() { Register(Somebody(kKeeper, "org_region", {"operator"}), true); }
  const daemon::Caller keeper_ = support::By(kKeeper, "org_region", {"operator"});
};

TEST_F(EscalationClock, RingsForTheOperatorWhileItsClockIsNotBelieved) {
  bench_->SeeClock(hours(3));
  EXPECT_EQ(*bench_->service().DueAt(), base::Instant{});
  ASSERT_TRUE(bench_->Restart().ok());  // Before it could ring.
  bench_->SendDue();
  bench_->SendDue();
  const v1::AlarmsListed listed = List(keeper_);
  ASSERT_EQ(listed.alarms_size(), 1);
  EXPECT_EQ(listed.alarms(0).kind(), "clock_wrong");
  EXPECT_EQ(listed.alarms(0).subject(), "svc_escalation");
  EXPECT_EQ(listed.alarms(0).asked(0).person(), kKeeper);
  ASSERT_TRUE(bench_->Restart().ok());
  EXPECT_EQ(bench_->SendDue(), 0u) << "it rings already";
  EXPECT_EQ(List(owner_).total(), 0u);
  ExpectReplays();
}

TEST_F(EscalationClock, EndsTheAlarmWhenTheClockIsBelievedAgain) {
  bench_->SeeClock(hours(3));
  bench_->SendDue();
  bench_->SendDue();
  bench_->SeeClock(base::milliseconds(0));
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(List(keeper_).total(), 0u);
  EXPECT_EQ(List(keeper_, true).alarms(0).ended_by(), "clock_right");
  EXPECT_EQ(bench_->service().DueAt(), std::nullopt);
}

TEST_F(EscalationClock, EndsTheAlarmWhenTheClockIsAccepted) {
  for (const base::milliseconds off : {base::milliseconds(hours(3)), -kTenYears}) {
    bench_->SeeClock(off);
    bench_->SendDue();
    bench_->SendDue();
    ASSERT_EQ(List(keeper_).total(), 1u);
    bench_->AcceptClock(off);
    bench_->SendDue();
    EXPECT_EQ(List(keeper_).total(), 0u);
  }
  ExpectReplays();
}

TEST_F(EscalationClock, GivesARunningWatchTheTimeThatItHadLeftWhenTimeGoesBack) {  // R7
  HearRed();  // Due in ten minutes.
  bench_->now += minutes(4);
  bench_->AcceptClock(-kTenYears);
  const base::Instant due = bench_->now + minutes(6);
  EXPECT_EQ(*bench_->service().DueAt(), due);
  ASSERT_TRUE(bench_->Restart().ok());
  EXPECT_EQ(bench_->SendDue(), 0u);
  EXPECT_EQ(*bench_->service().DueAt(), due);
  bench_->now = due - kMoment;
  EXPECT_EQ(bench_->SendDue(), 0u);
  bench_->now = due;
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(TheAlarm().kind(), "no_first_step");
  EXPECT_EQ(bench_->SendDue(), 0u);
  ExpectReplays();
}

TEST_F(EscalationClock, AsksTheNextInLineOnTimeWhenTimeGoesBack) {  // R7
  HearRed();
  SendDueAt(10);  // The deputy is asked five minutes later.
  bench_->now += minutes(2);
  bench_->AcceptClock(-kTenYears);
  const base::Instant due = bench_->now + minutes(3);
  bench_->now = due - kMoment;
  EXPECT_EQ(bench_->SendDue(), 0u);
  bench_->now = due;
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(TheAlarm().step(), 2u);
  EXPECT_EQ(TheAlarm().times(), 1u) << "nothing rang twice";
  ExpectReplays();
}

TEST_F(EscalationClock, RingsAtOnceForWhatTimeJumpedOver) {  // R7
  HearRed();
  bench_->AcceptClock(kTenYears);
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(TheAlarm().kind(), "no_first_step");
  EXPECT_EQ(TheAlarm().due_at_ms(), base::ToMs(start_ + minutes(10)));
}

TEST_F(EscalationClock, RingsOnTimeForWhatAnIntakeSaysWhoseClockIsAhead) {  // R7
  const base::Instant right = bench_->now;
  intake::v1::Event broken;
  broken.mutable_glass_broken()->set_opening("brk_00000000000000000000000001");
  broken.mutable_glass_broken()->set_keeper(kDesk);
  // As intake stamps and reckons it: ten minutes, and three days, from its own moment.
  bench_->now += kTenYears;
  intake::v1::Event graded = Graded(intake::v1::COLOUR_RED);
  graded.mutable_report_graded()->mutable_terms()->set_first_step_due_ms(
      base::ToMs(bench_->now + minutes(10)));
  broken.mutable_glass_broken()->set_review_due_ms(base::ToMs(bench_->now + hours(72)));
  Hear<intake::v1::Event>("intake", {graded, Involved(kDesk), broken}, right);
  EXPECT_EQ(*bench_->service().DueAt(), right + minutes(10));
  bench_->now = right + minutes(10);
  EXPECT_EQ(bench_->SendDue(), 1u);
  EXPECT_EQ(TheAlarm().kind(), "no_first_step");
  HearFirstStep();
  EXPECT_EQ(*bench_->service().DueAt(), right + hours(72));
  ExpectReplays();
}

TEST_F(EscalationClock, KeepsTheTermsOfAnIntakeThatIsAheadByLessThanAMinute) {
  const base::Instant right = bench_->now;
  bench_->now += std::chrono::seconds(60);
  Hear<intake::v1::Event>("intake", {Graded(intake::v1::COLOUR_RED), Involved(kDesk)}, right);
  EXPECT_EQ(*bench_->service().DueAt(), start_ + minutes(10));
}

TEST_F(EscalationClock, EndsAMovedWatchByWhatIsDone) {
  HearRed();
  bench_->AcceptClock(-hours(1));
  HearFirstStep();
  EXPECT_EQ(bench_->service().DueAt(), std::nullopt);
  EXPECT_EQ(List(owner_, true).total(), 0u);
  ExpectReplays();
}

// Of a red report that has all it needs, and may lose it.
class EscalationClockQuiet : public EscalationClock {
 protected:
  EscalationClockQuiet() {
    intake::v1::Event graded = Graded(intake::v1::COLOUR_RED);
    graded.mutable_report_graded()->mutable_terms()->set_meeting_due_ms(
        base::ToMs(start_ + minutes(30)));
    Hear<intake::v1::Event>("intake", {graded, Involved(kDesk)});
    HearFirstStep();
    HearMeeting(start_ + hours(2));
    EXPECT_EQ(bench_->service().DueAt(), std::nullopt);
  }
  //   starts_at  nothing: it has no start any more
  void HearMeeting(std::optional<base::Instant> starts_at) {
    meeting::v1::Event event;
    auto& mdo = *event.mutable_mdo_planned()->mutable_mdo();
    mdo.set_mdo(kMdo);
    mdo.set_report(kReport);
    mdo.set_household(kHousehold);
    if (starts_at) mdo.set_starts_at_ms(base::ToMs(*starts_at));
    if (starts_at) mdo.set_ends_at_ms(base::ToMs(*starts_at + hours(1)));
    event.mutable_mdo_planned()->set_organisation(kDesk);
    event.mutable_mdo_planned()->set_sender(kOwner);
    Hear<meeting::v1::Event>("meeting", {event});
  }
  // Until when a meeting must have been planned, as it is watched since the last entry.
  std::optional<base::Instant> PlanBy() const {
    for (const auto& record : bench_->Last()->header.events()) {
      v1::Event event;
      EXPECT_TRUE(event.ParseFromString(record.payload()));
      const v1::Alarm& alarm = event.watch_set().alarm();
      if (alarm.kind() == "meeting_not_planned") return base::FromMs(alarm.due_at_ms());
    }
    return std::nullopt;
  }
};

TEST_F(EscalationClockQuiet, KeepsTheTimeThatATermHadLeftThoughNothingWasWatched) {  // R7
  bench_->now += minutes(4);
  bench_->AcceptClock(-kTenYears);
  HearMeeting(std::nullopt);
  EXPECT_EQ(PlanBy(), bench_->now + minutes(26));
  ExpectReplays();
}

TEST_F(EscalationClockQuiet, RingsAtOnceForATermThatHadComeBeforeTimeWentBack) {  // R7
  bench_->now += minutes(31);
  bench_->AcceptClock(-kTenYears);
  ASSERT_TRUE(bench_->Restart().ok());
  HearMeeting(std::nullopt);
  EXPECT_EQ(PlanBy(), bench_->now);
  ExpectReplays();
}

TEST_F(EscalationClock, HearsNoServiceFallSilentBecauseTimeMoved) {
  const auto see = [&](base::Instant heard) {
    common::v1::FollowStatus follow;
    follow.set_service("intake");
    follow.set_heard_at_ms(base::ToMs(heard));
    bench_->service().FollowsSeen({follow}, bench_->now);
  };
  see(bench_->now);
  for (const base::milliseconds off : {kTenYears, -kTenYears}) {
    bench_->AcceptClock(off);
    const base::Instant heard = bench_->now;
    see(heard);
    EXPECT_EQ(bench_->SendDue(), 0u);
    EXPECT_EQ(*bench_->service().DueAt(), heard + kSilence);
  }
}

}  // namespace
}  // namespace samenspel::escalation
