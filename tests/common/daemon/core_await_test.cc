// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/daemon/core_test.h"

namespace samenspel::daemon {
namespace {

using common::v1::STATUS_BUSY;
using common::v1::STATUS_DENIED;
using common::v1::STATUS_OK;
using common::v1::STATUS_UNAVAILABLE;
using testing::IsEmpty;
using testing::SizeIs;

class CoreAwait : public CoreTest {
 protected:
  std::vector<common::v1::Reply> StepFor(const std::string& who,
                                         const common::v1::Envelope& envelope) {
    return RepliesOf(Step({From(who, envelope)}));
  }
};

TEST_F(CoreAwait, IsAnsweredAtOnceForWhatIsDurable) {
  const uint64_t sequence = Asked("pro_anna", Ask(1, Report(true))).entry().sequence();
  const auto reply = Asked("pro_anna", AwaitOf(2, "intake", sequence, "intake"));
  EXPECT_EQ(reply.status(), STATUS_OK);
  EXPECT_EQ(reply.request_id(), IdOf(2));
  EXPECT_EQ(reply.awaited().entry().sequence(), sequence);
  EXPECT_FALSE(reply.awaited().none());
  EXPECT_EQ(EntriesSinceStart(), 1U) << "a read";
}

TEST_F(CoreAwait, IsAnsweredInTheTurnThatMakesItDurable) {
  // The entry exists already in this turn's view; the answer still waits for the commit.
  const auto replies = RepliesOf(Step({From("pro_anna", Ask(1, Report(true)))}));
  ASSERT_THAT(replies, SizeIs(1));
  EXPECT_EQ(replies[0].entry().sequence(), first_);
}

TEST_F(CoreAwait, RunsOutOfTimeWithAnAnswer) {
  (void)Asked("pro_anna", Ask(1, Report(true)));
  // Nothing at intake follows from its own entry: `meeting` is not known here.
  EXPECT_THAT(StepFor("pro_anna", AwaitOf(2, "intake", first_, "meeting", 500)), IsEmpty());
  now_ += milliseconds(499);
  const Turn turn = Step({});
  EXPECT_THAT(RepliesOf(turn), IsEmpty());
  EXPECT_EQ(turn.wake_at, now_ + milliseconds(1));
  now_ += milliseconds(1);
  const auto replies = RepliesOf(Step({}));
  ASSERT_THAT(replies, SizeIs(1));
  EXPECT_THAT(replies[0], Says(STATUS_UNAVAILABLE, "not_yet", ""));
  EXPECT_EQ(replies[0].request_id(), IdOf(2));
  now_ += milliseconds(1000);
  EXPECT_THAT(RepliesOf(Step({})), IsEmpty()) << "answered once";
}

TEST_F(CoreAwait, KeepsOneWithoutATermForTheLongestTerm) {
  (void)Asked("pro_anna", Ask(1, Report(true)));
  EXPECT_THAT(StepFor("pro_anna", AwaitOf(2, "intake", first_, "meeting", 0)), IsEmpty());
  EXPECT_THAT(StepFor("pro_anna", AwaitOf(3, "intake", first_, "meeting", 4'000'000'000)),
              IsEmpty());
  now_ += Terms().await_max - milliseconds(1);
  EXPECT_THAT(RepliesOf(Step({})), IsEmpty());
  now_ += milliseconds(1);
  EXPECT_THAT(RepliesOf(Step({})), SizeIs(2));
}

TEST_F(CoreAwait, IsDeniedToWhoMayNotKnowOfTheCase) {
  (void)Asked("pro_anna", Ask(1, Report(true)));
  EXPECT_THAT(Asked("pro_carla", AwaitOf(2, "intake", first_, "intake")),
              Says(STATUS_DENIED, "not_permitted", ""));
  EXPECT_EQ(intake_.LastEntry().kind(), "await");
  EXPECT_EQ(intake_.LastEntry().principal(), "pro_carla");
  EXPECT_EQ(intake_.LastEntry().outcome(), STATUS_DENIED);
  EXPECT_EQ(Asked("pro_bert", AwaitOf(3, "intake", first_, "intake")).status(), STATUS_OK)
      << "of the same desk";
}

TEST_F(CoreAwait, IsDeniedForAnEntryThatDoesNotExistYet) {
  EXPECT_THAT(Asked("pro_anna", AwaitOf(2, "intake", 10'000, "intake")),
              Says(STATUS_DENIED, "not_permitted", ""));
}

TEST_F(CoreAwait, TakesSixtyFourAPeerAndNoMore) {
  (void)Asked("pro_anna", Ask(1, Report(true)));
  for (uint64_t i = 0; i < kAwaitsPerPeerMax; ++i) {
    ASSERT_THAT(StepFor("pro_anna", AwaitOf(100 + i, "intake", first_, "meeting")), IsEmpty());
  }
  EXPECT_THAT(Asked("pro_anna", AwaitOf(200, "intake", first_, "meeting")),
              Says(STATUS_BUSY, "too_many_awaits", ""));
  EXPECT_THAT(StepFor("pro_bert", AwaitOf(201, "intake", first_, "meeting")), IsEmpty())
      << "another's crowd is not mine";
  now_ += milliseconds(10'000);
  EXPECT_THAT(RepliesOf(Step({})), SizeIs(kAwaitsPerPeerMax + 1));
  EXPECT_THAT(StepFor("pro_anna", AwaitOf(202, "intake", first_, "meeting")), IsEmpty());
}

TEST_F(CoreAwait, IsForgottenWithItsPeer) {
  (void)Asked("pro_anna", Ask(1, Report(true)));
  EXPECT_THAT(StepFor("pro_anna", AwaitOf(2, "intake", first_, "meeting")), IsEmpty());
  bus::Input gone = From("pro_anna", {});
  gone.kind = bus::Input::Kind::kPeerGone;
  (void)Step({gone});
  now_ += milliseconds(20'000);
  EXPECT_THAT(RepliesOf(Step({})), IsEmpty());
}

TEST_F(CoreAwait, EndsWithTheKeyItWasAskedUnder) {
  (void)Asked("pro_anna", Ask(1, Report(true)));
  EXPECT_THAT(StepFor("pro_anna", AwaitOf(2, "intake", first_, "meeting")), IsEmpty());
  people_[0].revoked_at = now_;
  intake_.core().UseRegistry(RegistryOf(people_));
  now_ += milliseconds(20'000);
  EXPECT_THAT(RepliesOf(Step({})), IsEmpty());
}

/// Awaits across services, in a region with a table that can be filled.
class RegionAwait : public testing::Test {
 protected:
  void SetUp() override {
    region_.Start();
    region_.Run(milliseconds(200));
    SetUpRegion(region_);
    region_.replies.clear();
  }
  common::v1::Reply Take() {
    EXPECT_THAT(region_.replies, SizeIs(1));
    auto reply = region_.replies.empty() ? common::v1::Reply() : region_.replies.front();
    region_.replies.clear();
    return reply;
  }
  uint64_t Submit(bool red) {
    region_.Send("intake", From("pro_anna", Ask(++id_, Report(red))));
    region_.Run(milliseconds(0));
    const auto reply = Take();
    EXPECT_EQ(reply.status(), STATUS_OK);
    return reply.entry().sequence();
  }
  RegionRig region_;
  uint64_t id_ = 0;
};

TEST_F(RegionAwait, HearsOfTheMeetingOfARedReportWithoutAnyWait) {
  const base::Instant before = region_.now();
  const uint64_t report = Submit(true);
  region_.Send("meeting", From("pro_anna", AwaitOf(++id_, "intake", report, "meeting")));
  region_.Send("audit", From("pro_anna", AwaitOf(++id_, "intake", report, "meeting")));
  region_.Run(milliseconds(0));
  ASSERT_THAT(region_.replies, SizeIs(2)) << "planned and audited in no time at all";
  for (const auto& reply : region_.replies) {
    EXPECT_EQ(reply.awaited().entry().service(), "meeting");
    EXPECT_FALSE(reply.awaited().none());
  }
  EXPECT_EQ(region_.now(), before);
}

TEST_F(RegionAwait, AskedBeforeTheCauseArrivesIsAnsweredWhenItTookEffect) {
  const uint64_t next = region_.rig("intake").store().head().sequence + 1;
  region_.Send("meeting", From("pro_anna", AwaitOf(++id_, "intake", next, "meeting")));
  region_.Run(milliseconds(50));
  EXPECT_THAT(region_.replies, IsEmpty());
  region_.Send("intake", From("pro_anna", Ask(++id_, Report(true))));
  region_.Run(milliseconds(0));
  ASSERT_THAT(region_.replies, SizeIs(2));
  const auto& awaited = region_.replies[0].has_awaited() ? region_.replies[0] : region_.replies[1];
  EXPECT_EQ(awaited.awaited().entry().service(), "meeting");
}

TEST_F(RegionAwait, SaysNoneWhenAnEntryLedToNothing) {
  constexpr uint64_t kRegistryRead = 1;  // Nobody's affair but intake's.
  region_.Send("meeting", From("pro_anna", AwaitOf(++id_, "intake", kRegistryRead, "meeting")));
  region_.Run(milliseconds(100));
  const auto reply = Take();
  EXPECT_EQ(reply.status(), STATUS_OK);
  EXPECT_TRUE(reply.awaited().none());
  EXPECT_FALSE(reply.awaited().has_entry());
}

TEST_F(RegionAwait, MakesWhatWaitsLazilyUrgent) {
  const uint64_t report = Submit(false);
  region_.Send("audit", From("pro_anna", AwaitOf(++id_, "intake", report, "intake")));
  const base::Instant before = region_.now();
  while (region_.replies.empty() && region_.now() < before + milliseconds(100)) {
    region_.Run(milliseconds(1));
  }
  EXPECT_LE(region_.now(), before + milliseconds(21)) << "the leader's 20 ms, not the follower's";
  EXPECT_EQ(Take().awaited().entry().sequence(), report);
}

}  // namespace
}  // namespace samenspel::daemon
