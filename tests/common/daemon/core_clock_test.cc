// SPDX-License-Identifier: EUPL-1.2
// A wall clock that is not believed, and an operator who accepts it.
#include "proto/escalation/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "tests/common/daemon/core_test.h"

namespace samenspel::daemon {
namespace {

using common::v1::STATUS_DENIED;
using common::v1::STATUS_INVALID;
using common::v1::STATUS_OK;
using common::v1::STATUS_REFUSED;
using testing::IsEmpty;
using testing::SizeIs;

using namespace std::chrono_literals;

constexpr milliseconds kYear = 24h * 365;

common::v1::Envelope AcceptOf(uint64_t id, milliseconds off) {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(IdOf(id));
  envelope.mutable_accept_clock()->set_off_ms(off.count());
  return envelope;
}

class CoreClock : public CoreTest {
 protected:
  void SetUp() override {
    people_.push_back(Person("pro_kees", "org_region", {"operator"}));
    for (bus::Principal& person : people_) {  // Time travels here.
      person.valid_from -= kYear * 21;
      person.valid_until += kYear * 21;
    }
    CoreTest::SetUp();
  }
  /// One turn in which the wall clock is this far off.
  Turn StepOff(milliseconds off, const std::vector<bus::Input>& inputs = {}) {
    intake_.core().UseClock(off);
    Turn turn = Step(inputs);
    EXPECT_TRUE(turn.fault.ok()) << turn.fault.message();
    return turn;
  }
  /// The same, and time moves as the turn says.
  common::v1::Reply Accepted(const std::string& who, const common::v1::Envelope& envelope,
                             milliseconds off) {
    const Turn turn = StepOff(off, {From(who, envelope)});
    now_ += turn.clock_moves;
    moved_ = turn.clock_moves;
    wake_at_ = turn.wake_at;
    const auto replies = RepliesOf(turn);
    EXPECT_THAT(replies, SizeIs(1));
    return replies.empty() ? common::v1::Reply() : replies.front();
  }
  std::vector<common::v1::ClockSeen> ClocksSeen() {
    std::vector<common::v1::ClockSeen> seen;
    for (const auto& entry : intake_.Entries()) {
      for (const auto& record : entry.events()) {
        intake::v1::Event event;
        EXPECT_TRUE(event.ParseFromString(record.payload()));
        if (event.has_clock_seen()) seen.push_back(event.clock_seen());
      }
    }
    return seen;
  }
  milliseconds moved_{0};
  base::Instant wake_at_;
};

TEST_F(CoreClock, RecordsOnceThatTheClockIsNotBelievedAndOnceThatItIsAgain) {
  StepOff(1h);
  now_ += 1s;
  StepOff(1h + 1s);
  ASSERT_THAT(ClocksSeen(), SizeIs(1));
  EXPECT_EQ(ClocksSeen()[0].off_ms(), milliseconds(1h).count());
  EXPECT_FALSE(ClocksSeen()[0].accepted());
  EXPECT_EQ(intake_.core().Status(now_).clock_off_ms(), milliseconds(1h + 1s).count());
  EXPECT_EQ(intake_.core().Status(now_).now_ms(), base::ToMs(now_));
  StepOff(0ms);
  now_ += 60s - 1ms;
  StepOff(0ms);
  EXPECT_THAT(ClocksSeen(), SizeIs(1)) << "one that sways makes no flood";
  now_ += 1ms;
  StepOff(0ms);
  ASSERT_THAT(ClocksSeen(), SizeIs(2));
  EXPECT_EQ(ClocksSeen()[1].off_ms(), 0);
  EXPECT_EQ(intake_.core().Status(now_).clock_off_ms(), 0);
}

TEST_F(CoreClock, RemembersAcrossARestartWhatItRecorded) {
  StepOff(1h);
  Restart();
  StepOff(1h);
  EXPECT_THAT(ClocksSeen(), SizeIs(1));
}

TEST_F(CoreClock, MovesTimeForAnOperatorAndRecordsBothTimes) {
  for (const milliseconds off : {milliseconds(2h), -kYear * 10, kYear * 10}) {
    const base::Instant before = now_;
    const auto id = static_cast<uint64_t>(off.count());
    const auto reply = Accepted("pro_kees", AcceptOf(id, off), off);
    EXPECT_THAT(reply, HasStatus(STATUS_OK));
    EXPECT_EQ(moved_, off);
    EXPECT_GE(wake_at_, now_) << "in the time after it";
    EXPECT_LE(wake_at_, now_ + 1s);
    const auto entry = intake_.store().Read(reply.entry().sequence())->header;
    EXPECT_EQ(entry.kind(), "accept_clock");
    EXPECT_EQ(entry.principal(), "pro_kees");
    EXPECT_EQ(entry.received_at_ms(), base::ToMs(before));
    const auto seen = ClocksSeen().back();
    EXPECT_TRUE(seen.accepted());
    EXPECT_EQ(seen.at_ms(), base::ToMs(before));
    EXPECT_EQ(seen.off_ms(), off.count());
    EXPECT_EQ(intake_.core().Status(now_).clock_off_ms(), 0);
  }
}

TEST_F(CoreClock, TakesItFromNobodyElse) {
  for (const char* who : {"pro_anna", "pro_dirk", "svc_audit"}) {
    const auto reply = Accepted(who, AcceptOf(1, 1h), 1h);
    EXPECT_THAT(reply, Says(STATUS_DENIED, "not_permitted", "")) << who;
    EXPECT_EQ(moved_, 0ms);
    EXPECT_EQ(intake_.LastEntry().kind(), "accept_clock") << "that somebody tried is recorded";
  }
}

TEST_F(CoreClock, HasNothingToAcceptWhileTheClockIsBelieved) {
  EXPECT_THAT(Accepted("pro_kees", AcceptOf(1, 0ms), 0ms),
              Says(STATUS_REFUSED, "clock_believed", ""));
  EXPECT_EQ(moved_, 0ms);
}

TEST_F(CoreClock, AcceptsOnlyWhatTheOperatorSaw) {
  for (const milliseconds seen : {milliseconds(1h + 60s + 1ms), milliseconds(1h - 60s - 1ms), 0ms,
                                  milliseconds::min(), milliseconds::max()}) {
    EXPECT_THAT(Accepted("pro_kees", AcceptOf(1, seen), 1h),
                Says(STATUS_REFUSED, "clock_moved", ""));
    EXPECT_EQ(moved_, 0ms);
  }
  EXPECT_THAT(Accepted("pro_kees", AcceptOf(2, 1h + 60s), 1h), HasStatus(STATUS_OK));
}

TEST_F(CoreClock, MovesTimeOnceForARepeat) {
  ASSERT_THAT(Accepted("pro_kees", AcceptOf(1, 1h), 1h), HasStatus(STATUS_OK));
  const auto again = Accepted("pro_kees", AcceptOf(1, 1h), 1h);
  EXPECT_THAT(again, HasStatus(STATUS_OK));
  EXPECT_EQ(moved_, 0ms);
  EXPECT_THAT(Accepted("pro_kees", AcceptOf(1, 2h), 2h),
              Says(STATUS_INVALID, "request_id_reused", "request_id"));
  EXPECT_EQ(moved_, 0ms);
}

TEST_F(CoreClock, MovesTimeOnceForTwoInOneTurn) {
  const Turn turn =
      StepOff(1h, {From("pro_kees", AcceptOf(1, 1h)), From("pro_kees", AcceptOf(2, 1h))});
  EXPECT_EQ(turn.clock_moves, 1h);
  const auto replies = RepliesOf(turn);
  ASSERT_THAT(replies, SizeIs(2));
  EXPECT_THAT(replies[0], HasStatus(STATUS_OK));
  EXPECT_THAT(replies[1], Says(STATUS_REFUSED, "clock_believed", ""));
}

TEST_F(CoreClock, DecidesAllElseOfTheTurnFirst) {
  const Turn turn = StepOff(
      -kYear, {From("pro_kees", AcceptOf(1, -kYear)), From("pro_anna", Ask(2, Report(true)))});
  ASSERT_THAT(RepliesOf(turn), SizeIs(2));
  EXPECT_EQ(intake_.LastEntry().kind(), "accept_clock");
}

TEST_F(CoreClock, KeepsTheTimeThatWasLeftToWhoeverWaits) {
  const uint64_t sequence = Asked("pro_anna", Ask(1, Report(true))).entry().sequence();
  for (const milliseconds off : {kYear * 10, -kYear * 10}) {
    SCOPED_TRACE(off.count());
    const auto id = static_cast<uint64_t>(off.count());
    Step({From("pro_anna", AwaitOf(id + 1, "intake", sequence, "meeting", 500))});
    ASSERT_THAT(Accepted("pro_kees", AcceptOf(id, off), off), HasStatus(STATUS_OK));
    now_ += 499ms;
    EXPECT_THAT(RepliesOf(Step({})), IsEmpty());
    now_ += 1ms;
    EXPECT_THAT(RepliesOf(Step({})), SizeIs(1));
  }
}

TEST_F(CoreClock, SeesNoFollowerLagBecauseTimeMoved) {
  const auto lags = [&] {
    const auto followers = intake_.core().Status(now_).followers();
    return std::any_of(followers.begin(), followers.end(),
                       [](const auto& follower) { return follower.lagging(); });
  };
  ASSERT_FALSE(lags());
  for (const milliseconds off : {kYear * 10, -kYear * 20}) {
    const auto id = static_cast<uint64_t>(off.count());
    ASSERT_THAT(Accepted("pro_kees", AcceptOf(id, off), off), HasStatus(STATUS_OK));
    Step({});
    EXPECT_FALSE(lags());
  }
  now_ += 61s;  // Nobody follows here, and that is still noticed.
  Step({});
  EXPECT_TRUE(lags());
}

TEST_F(CoreClock, StartsNoEarlierThanItsLastEntry) {
  (void)Asked("pro_anna", Ask(1, Report(true)));
  EXPECT_EQ(intake_.core().NotBefore(), now_);
  ASSERT_THAT(Accepted("pro_kees", AcceptOf(2, -kYear), -kYear), HasStatus(STATUS_OK));
  EXPECT_EQ(intake_.core().NotBefore(), now_) << "in the time that was accepted";
  Restart();
  EXPECT_EQ(intake_.core().NotBefore(), now_);
  now_ += 5s;
  (void)Asked("pro_anna", Ask(3, Report(true)));
  EXPECT_EQ(intake_.core().NotBefore(), now_);
}

TEST_F(CoreClock, StartsInTheAcceptedTimeThoughTheTurnClosedAfterIt) {
  Rig audit("audit");
  audit.Start(now_, RegistryOf(people_));
  audit.Step(now_);
  audit.core().UseClock(-kYear);
  const Turn turn = audit.Step(now_, {From("pro_kees", AcceptOf(1, -kYear))});
  ASSERT_EQ(turn.clock_moves, -kYear);
  ASSERT_EQ(audit.LastEntry().kind(), "close");
  EXPECT_EQ(audit.core().NotBefore(), now_ - kYear);
}

TEST_F(CoreClock, StartsInTheAcceptedTimeThoughSomebodyCameTooLateToAccept) {
  const Turn turn =
      StepOff(-kYear, {From("pro_kees", AcceptOf(1, -kYear)), From("pro_kees", AcceptOf(2, -kYear)),
                       From("pro_anna", AcceptOf(3, -kYear))});
  ASSERT_EQ(turn.clock_moves, -kYear);
  ASSERT_EQ(intake_.LastEntry().outcome(), STATUS_DENIED);
  EXPECT_EQ(intake_.core().NotBefore(), now_ - kYear);
}

// A service that is silent is watched, which rings in a next step of its own.
TEST_F(CoreClock, RingsForAllThatIsDueBeforeTimeGoesBack) {
  Rig escalation("escalation");
  escalation.Start(now_, RegistryOf(people_));
  for (int i = 0; i < 3; ++i) escalation.Step(now_);
  now_ += 61s;
  escalation.core().UseClock(-kYear);
  const Turn turn = escalation.Step(now_, {From("pro_kees", AcceptOf(1, -kYear))});
  ASSERT_EQ(turn.clock_moves, -kYear);
  int watched = 0;
  int rung = 0;
  for (const auto& entry : escalation.Entries()) {
    for (const auto& record : entry.events()) {
      watched += record.kind() == escalation::v1::Event::kWatchSet ? 1 : 0;
      rung += record.kind() == escalation::v1::Event::kAlarmRaised ? 1 : 0;
    }
  }
  EXPECT_EQ(watched, 3) << "two services and the clock";
  EXPECT_EQ(rung, watched);
}

TEST_F(CoreClock, SyncsTheWatermarkAlthoughTimeGoesBack) {
  (void)Asked("pro_anna", Ask(1, Report(true)));
  ASSERT_THAT(Accepted("pro_kees", AcceptOf(2, -kYear), -kYear), HasStatus(STATUS_OK));
  EXPECT_EQ(intake_.store().WatermarkDue(), std::nullopt);
}

TEST_F(CoreClock, ReplaysToTheSameState) {  // Invariant 8.
  (void)Asked("pro_anna", Ask(1, Report(true)));
  StepOff(-kYear);
  ASSERT_THAT(Accepted("pro_kees", AcceptOf(2, -kYear), -kYear), HasStatus(STATUS_OK));
  (void)Asked("pro_anna", Ask(3, Report(true)));
  intake_.Kill();
  intake_.OpenForMaintenance();
  const base::Status same =
      Verify(intake_.store(), intake_.keys(), intake_.entropy(), intake_.maker());
  EXPECT_TRUE(same.ok()) << same.message();
}

}  // namespace
}  // namespace samenspel::daemon
