// SPDX-License-Identifier: EUPL-1.2
// A leader whose last entries were given up began a later epoch. Followers that had heard of them
// go on behind the last entry that is left; who keeps every entry does not.
#include "tests/common/daemon/follow_pair.h"

namespace samenspel::daemon {
namespace {

using common::v1::VIEW_SEALED;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

class FollowEpoch : public FollowPair {
 protected:
  /// A leader with three entries, and two of a later epoch; the follower holds entry `held` of
  /// `epoch`, which is another than the leader's.
  void BeginHolding(uint64_t epoch, uint64_t held, Grant grant = GrantOf({kGraded}),
                    FollowWish wish = WishOf({kGraded})) {
    Begin(std::move(grant), std::move(wish),
          {.epoch = epoch, .sequence = held, .hash = std::string(32, 'h')});
    Write(kGraded, 3);
    ASSERT_TRUE(store_->BeginEpoch().ok());
    Write(kGraded, 2);
  }
};

TEST_F(FollowEpoch, GoesOnBehindTheLastEntryThatWasNotGivenUp) {
  BeginHolding(1, 12);
  Settle();
  EXPECT_EQ(refused_, std::nullopt);
  EXPECT_THAT(Got(), ElementsAre(4, 5));
  EXPECT_EQ(follower_->applied(), store_->head());
  EXPECT_EQ(follower_->trouble(), "");
  Write(kGraded, 1, true);
  Settle();
  EXPECT_THAT(Got(), ElementsAre(4, 5, 6));
}

TEST_F(FollowEpoch, GoesOnWhereNothingOfTheLaterEpochConcernsIt) {
  Begin(GrantOf({kGraded}), WishOf({kGraded}),
        {.epoch = 1, .sequence = 12, .hash = std::string(32, 'h')});
  Write(kGraded, 3);
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Write(kOther, 2);
  Settle();
  EXPECT_THAT(Got(), IsEmpty());
  EXPECT_EQ(follower_->applied(), store_->head());
}

TEST_F(FollowEpoch, IsToldFromWhere) {
  BeginHolding(1, 12);
  common::v1::Follow follow;
  follow.mutable_after()->set_epoch(1);
  follow.mutable_after()->set_sequence(12);
  const auto end = leader_->GivenUpAfter(principal_, follow);
  ASSERT_TRUE(end);
  EXPECT_EQ(end->sequence, 3U);
  follow.mutable_after()->set_sequence(3);
  EXPECT_FALSE(leader_->GivenUpAfter(principal_, follow));
  follow.mutable_after()->set_epoch(2);
  follow.mutable_after()->set_sequence(12);
  EXPECT_FALSE(leader_->GivenUpAfter(principal_, follow)) << "that epoch goes on";
}

TEST_F(FollowEpoch, RefusesWhoKeepsEveryEntry) {
  BeginHolding(1, 12, GrantOf({}, true, VIEW_SEALED), WishOf({}, true, VIEW_SEALED));
  Settle();
  EXPECT_THAT(refused_, Optional(std::string("ahead_of_leader")));
  EXPECT_THAT(Got(), IsEmpty());
}

TEST_F(FollowEpoch, RefusesAnotherHistoryOfWhatIsLeft) {
  BeginHolding(1, 2);
  Settle();
  EXPECT_THAT(refused_, Optional(std::string("other_history")));
}

TEST_F(FollowEpoch, RefusesAnEpochThatWasNeverHere) {
  Begin(GrantOf({kGraded}), WishOf({kGraded}),
        {.epoch = 2, .sequence = 12, .hash = std::string(32, 'h')});
  Write(kGraded, 3);
  ASSERT_TRUE(store_->BeginEpoch().ok());
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Write(kGraded, 2);
  Settle();
  EXPECT_THAT(refused_, Optional(std::string("ahead_of_leader")));
}

}  // namespace
}  // namespace samenspel::daemon
