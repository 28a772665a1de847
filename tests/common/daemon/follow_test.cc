// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/daemon/follow_pair.h"

namespace samenspel::daemon {
namespace {

using base::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using Follow = FollowPair;

TEST_F(Follow, SendsWhatIsNotUrgentWithinTwentyMilliseconds) {
  Begin();
  Settle();
  Write(kGraded);
  LeaderTurn();
  EXPECT_EQ(FramesWaiting(), 0U);
  EXPECT_EQ(leader_->WakeAt(), std::min(*leader_->WakeAt(), now_ + milliseconds(20)));
  now_ += milliseconds(19);
  LeaderTurn();
  EXPECT_EQ(FramesWaiting(), 0U);
  now_ += milliseconds(1);
  LeaderTurn();
  EXPECT_EQ(FramesWaiting(), 1U);
}

TEST_F(Follow, DecidesWhatIsNotUrgentWithinTwentyMilliseconds) {
  Begin();
  Settle();
  Write(kGraded);
  now_ += milliseconds(20);
  LeaderTurn();
  now_ += milliseconds(20);
  LeaderTurn();
  FollowerTurn();
  EXPECT_THAT(Got(), IsEmpty());
  EXPECT_EQ(follower_->WakeAt(), now_ + milliseconds(20));
  now_ += milliseconds(19);
  FollowerTurn();
  EXPECT_THAT(Got(), IsEmpty());
  now_ += milliseconds(1);
  FollowerTurn();
  EXPECT_THAT(Got(), ElementsAre(1));
}

TEST_F(Follow, SendsAndDecidesWhatIsUrgentAtOnce) {
  Begin();
  Settle();
  Write(kGraded, 1, /*urgent=*/true);
  LeaderTurn();
  EXPECT_EQ(FramesWaiting(), 1U);
  FollowerTurn();
  EXPECT_THAT(Got(), ElementsAre(1));
}

TEST_F(Follow, CarriesAlongWhatWaitsLazilyWithTheUrgent) {
  Begin();
  Settle();
  Write(kGraded, 3);
  Write(kGraded, 1, /*urgent=*/true);
  LeaderTurn();
  FollowerTurn();
  EXPECT_THAT(Got(), ElementsAre(1, 2, 3, 4));
}

TEST_F(Follow, TakesForUrgentOnlyTheKindsTheFollowerFindsSo) {
  Begin(GrantOf({kGraded, kOther}), WishOf({kGraded, kOther}));
  Settle();
  Write(kOther, 1, /*urgent=*/true);
  LeaderTurn();
  EXPECT_EQ(FramesWaiting(), 0U);
}

class FollowPromptly : public Follow {
 protected:
  // One entry is sent at once, and waits at the follower.
  void SetUp() override {
    FollowWish wish = WishOf({kGraded, kOther});
    wish.prompt_kinds = {kOther};
    Begin(GrantOf({kGraded, kOther}), wish);
    Settle();
    Write(kOther, 1, /*urgent=*/true);
    LeaderTurn();
    EXPECT_EQ(FramesWaiting(), 1U);
    FollowerTurn();
    EXPECT_THAT(Got(), IsEmpty());
  }
};

TEST_F(FollowPromptly, DecidesWithWhatComesNext) {
  Write(kGraded, 1, /*urgent=*/true);
  LeaderTurn();
  FollowerTurn();
  EXPECT_THAT(Got(), ElementsAre(1, 2));
}

TEST_F(FollowPromptly, DecidesAfterTheLazyTimeAtTheLatest) {
  now_ += milliseconds(20);
  FollowerTurn();
  EXPECT_THAT(Got(), ElementsAre(1));
}

TEST_F(Follow, Sends256EntriesAtOnce) {
  Begin();
  Settle();
  Write(kGraded, 255);
  LeaderTurn();
  EXPECT_EQ(FramesWaiting(), 0U);
  Write(kGraded);
  LeaderTurn();
  ASSERT_EQ(FramesWaiting(), 1U);
  EXPECT_THAT(to_follower_.back().frame().items(), SizeIs(256));
}

TEST_F(Follow, DecidesAtOnceWhen512EntriesWait) {
  Begin();
  Settle();
  Write(kGraded, 512);
  LeaderTurn();
  EXPECT_EQ(FramesWaiting(), 2U);
  FollowerTurn();
  EXPECT_THAT(Got(), SizeIs(512));
}

TEST_F(Follow, CutsFramesByBytesToo) {
  Begin(GrantOf({}, true, common::v1::VIEW_SEALED), WishOf({}, true, common::v1::VIEW_SEALED));
  Settle();
  for (int i = 0; i < 5; ++i) {
    store::Batch batch = store_->Begin();
    batch.Append(EntryOf(kGraded, true), {std::string(200 << 10, 'x')});
    ASSERT_EQ(store_->Commit(std::move(batch)), store::CommitResult::kAcked);
  }
  LeaderTurn();
  ASSERT_EQ(FramesWaiting(), 3U);
  for (const auto& answer : to_follower_) {
    if (answer.has_frame()) {
      EXPECT_LE(answer.ByteSizeLong(), (512U << 10) + 1024);
    }
  }
  Settle();
  EXPECT_THAT(Got(), ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(Follow, LeavesOutWhatDoesNotConcernTheFollowerAndMovesItsCursor) {
  Begin();
  Write(kOther, 3);
  Write(kGraded);
  Write(kOther, 2);
  Settle();
  EXPECT_THAT(Got(), ElementsAre(4));
  EXPECT_EQ(follower_->applied(), store_->head());
}

TEST_F(Follow, GoesOnFromWhereItWas) {
  Begin();
  Write(kGraded, 5);
  Settle();
  const store::Head applied = follower_->applied();
  EXPECT_EQ(applied, store_->head());
  follower_ = std::make_unique<Follower>(WishOf({kGraded}), 1, applied, terms_);
  got_.clear();
  Write(kGraded, 2);
  Settle();
  EXPECT_THAT(Got(), ElementsAre(6, 7));
}

// 64 frames lie with the follower; the leader keeps the rest in its journal.
TEST_F(Follow, StopsTheLeaderWhenTheFollowerDoesNotDecide) {
  Begin();
  Settle();
  Write(kGraded, 256 * 100);
  std::vector<bus::Output> ignored;
  for (int turn = 0; turn < 40; ++turn) {
    LeaderTurn();
    now_ += milliseconds(1);
  }
  EXPECT_EQ(FramesWaiting(), kFrameWindow);
  EXPECT_EQ(leader_->WakeAt().has_value(), true);
  EXPECT_GT(*leader_->WakeAt(), now_) << "no busy waiting for credit";
  Settle();
  EXPECT_THAT(Got(), SizeIs(256 * 100));
}

TEST_F(Follow, KeepsTheWindowOverRepeatedAsking) {
  Begin();
  Settle();
  Write(kGraded, 256 * 300);
  size_t most = 0;
  for (int round = 0; round < 4; ++round) {
    for (int turn = 0; turn < 40; ++turn) LeaderTurn();
    std::vector<bus::Output> out;
    size_t frames = 0;
    while (!to_follower_.empty()) {
      frames += to_follower_.front().has_frame() ? 1 : 0;
      Deliver(to_follower_.front(), out);  // Taken, but nobody decides.
      to_follower_.pop_front();
    }
    most = std::max(most, frames);
    follower_->Ask(now_, entropy_, out);  // As after a new connection.
    for (bus::Output& one : out) to_leader_.push_back(std::move(one.bytes));
    // The first half of what waits is decided under the new session.
    for (size_t i = 0; i < kFrameWindow / 2 && follower_->HasPending(); ++i) follower_->Decided();
    std::vector<bus::Output> credit;
    follower_->Tick(now_, entropy_, credit);
    for (bus::Output& one : credit) to_leader_.push_back(std::move(one.bytes));
    size_t waiting = 0;
    for (auto copy = *follower_; copy.HasPending(); copy.Decided()) ++waiting;
    EXPECT_LE(waiting, kFrameWindow);
  }
  EXPECT_EQ(most, kFrameWindow);
}

TEST_F(Follow, AsksAgainAfterAGapAndLosesNothing) {
  Begin();
  Settle();
  Write(kGraded, 1, true);
  LeaderTurn();
  to_follower_.clear();  // Lost on the way.
  Write(kGraded, 1, true);
  LeaderTurn();
  const int before = follows_;
  FollowerTurn();
  EXPECT_THAT(Got(), IsEmpty());
  LeaderTurn();
  EXPECT_EQ(follows_, before + 1);
  EXPECT_EQ(last_follow_.after().sequence(), 0U) << "from what it holds";
  Settle();
  EXPECT_THAT(Got(), ElementsAre(1, 2));
}

TEST_F(Follow, IgnoresADoubledFrame) {
  Begin();
  Settle();
  Write(kGraded, 1, true);
  LeaderTurn();
  to_follower_.push_back(to_follower_.back());
  Write(kGraded, 1, true);
  LeaderTurn();
  const int before = follows_;
  Settle();
  EXPECT_THAT(Got(), ElementsAre(1, 2));
  EXPECT_EQ(follows_, before);
}

TEST_F(Follow, PutsReorderedFramesRightByAskingAgain) {
  Begin();
  Settle();
  Write(kGraded, 1, true);
  LeaderTurn();
  Write(kGraded, 1, true);
  LeaderTurn();
  ASSERT_EQ(FramesWaiting(), 2U);
  std::swap(to_follower_.front(), to_follower_.back());
  Settle();
  EXPECT_THAT(Got(), ElementsAre(1, 2));
}

TEST_F(Follow, IgnoresFramesAndBeatsOfAnotherSession) {
  Begin();
  Settle();
  Write(kGraded, 1, true);
  LeaderTurn();
  ASSERT_EQ(FramesWaiting(), 1U);
  common::v1::Answer foreign = to_follower_.back();
  to_follower_.clear();
  foreign.mutable_frame()->set_session(foreign.frame().session() + 1);
  std::vector<bus::Output> out;
  Deliver(foreign, out);
  common::v1::Answer beat;
  beat.mutable_beat()->set_session(foreign.frame().session());
  beat.mutable_beat()->set_number(99);
  Deliver(beat, out);
  common::v1::Answer refusal;
  refusal.mutable_follow_refused()->set_session(foreign.frame().session());
  refusal.mutable_follow_refused()->set_code("not_granted");
  Deliver(refusal, out);
  EXPECT_FALSE(follower_->HasPending());
  EXPECT_THAT(out, IsEmpty());
  EXPECT_EQ(follower_->trouble(), "");
}

TEST_F(Follow, FindsALostTailByTheBeat) {
  Begin();
  Settle();
  Write(kGraded, 1, true);
  LeaderTurn();
  to_follower_.clear();
  Run(terms_.beat + milliseconds(50));
  EXPECT_THAT(Got(), ElementsAre(1));
}

TEST_F(Follow, GoesOnAfterAFollowThatCameTwice) {
  Begin();
  FollowerTurn();
  const std::string follow = to_leader_.front();
  Settle();
  for (int i = 0; i < 2; ++i) {  // One frame each.
    Write(kGraded, 1, true);
    Settle();
  }
  to_leader_.push_back(follow);
  LeaderTurn();
  Write(kGraded, 1, true);
  Settle();
  EXPECT_THAT(Got(), ElementsAre(1, 2, 3));
}

TEST_F(Follow, AsksAgainWhenTheBeatKnowsOfFewerFrames) {
  Begin();
  Settle();
  for (int i = 0; i < 2; ++i) {  // One frame each.
    Write(kGraded, 1, true);
    Settle();
  }
  const int before = follows_;
  leader_->Forget(peer_);
  common::v1::Envelope again;
  *again.mutable_follow() = last_follow_;
  to_leader_.push_back(again.SerializeAsString());
  Run(terms_.beat + milliseconds(50));
  EXPECT_GT(follows_, before + 1);
  EXPECT_THAT(Got(), ElementsAre(1, 2));
}

TEST_F(Follow, AsksAgainWhenTheLeaderIsSilent) {
  Begin();
  Settle();
  Write(kGraded, 1, true);
  const int before = follows_;
  for (int i = 0; i < 31; ++i) {
    now_ += milliseconds(100);
    FollowerTurn();
    to_leader_.clear();  // Nothing arrives either way.
  }
  now_ += terms_.silence;
  FollowerTurn();
  EXPECT_FALSE(to_leader_.empty());
  Settle();
  EXPECT_EQ(follows_, before + 1);
  EXPECT_THAT(Got(), ElementsAre(1));
}

TEST_F(Follow, ReplacesTheFormerSessionOfAPrincipal) {
  Begin();
  Settle();
  std::vector<bus::Output> out;
  follower_->Ask(now_, entropy_, out);
  to_leader_.push_back(out.back().bytes);
  peer_.route = "another connection";
  LeaderTurn();
  to_follower_.clear();
  Write(kGraded, 1, true);
  std::vector<bus::Output> frames;
  leader_->Pump(now_, frames);
  ASSERT_EQ(frames.size(), 1U) << "one session, not two";
  EXPECT_EQ(frames[0].peer.route, "another connection");
}

TEST_F(Follow, SendsNothingToAPeerThatIsGone) {
  Begin();
  Settle();
  leader_->Forget(peer_);
  Write(kGraded, 1, true);
  LeaderTurn();
  EXPECT_EQ(FramesWaiting(), 0U);
}

TEST_F(Follow, ForgetsAFollowerThatIsSilentForTenBeats) {
  Begin();
  Settle();
  now_ += terms_.beat * 10 + milliseconds(1);
  Write(kGraded, 1, true);
  LeaderTurn();
  EXPECT_EQ(FramesWaiting(), 0U);
}

TEST_F(Follow, CatchesUpWith20000EntriesWithoutWaitingForABeat) {
  Begin();
  for (int i = 0; i < 20; ++i) Write(kGraded, 1000);
  Run(milliseconds(300));
  ASSERT_THAT(got_, SizeIs(20'000));
  for (size_t i = 0; i < got_.size(); ++i) ASSERT_EQ(got_[i]->header.sequence(), i + 1);
  EXPECT_EQ(follows_, 1);
}

TEST_F(Follow, ReadsABoundedPartOfALongJournalInOneTurn) {
  Begin();
  for (int i = 0; i < 10; ++i) Write(kOther, 10'000);
  Write(kGraded, 1, true);
  FollowerTurn();
  LeaderTurn();
  ASSERT_GT(FramesWaiting(), 0U);
  const auto& last = std::find_if(to_follower_.rbegin(), to_follower_.rend(), [](const auto& one) {
                       return one.has_frame();
                     })->frame();
  EXPECT_LT(last.last().sequence(), store_->head().sequence);
  EXPECT_LE(*leader_->WakeAt(), now_) << "goes on in the next turn";
  Run(milliseconds(100));
  EXPECT_THAT(Got(), ElementsAre(100'001));
}

TEST_F(Follow, TellsHowFarItIs) {
  Begin();
  Write(kGraded, 3);
  Settle();
  const common::v1::FollowStatus status = follower_->Status();
  EXPECT_EQ(status.service(), "intake");
  EXPECT_EQ(status.applied(), 3U);
  EXPECT_EQ(status.head(), 3U);
  EXPECT_GT(status.heard_at_ms(), 0);
  EXPECT_FALSE(status.stopped());
}

}  // namespace
}  // namespace samenspel::daemon
