// SPDX-License-Identifier: EUPL-1.2
// What a leader does not give, and what a follower does not take.
#include "common/tlog/sha256.h"
#include "tests/common/daemon/follow_pair.h"

namespace samenspel::daemon {
namespace {

using base::milliseconds;
using common::v1::VIEW_CLEAR;
using common::v1::VIEW_OPENED;
using common::v1::VIEW_SEALED;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Optional;

class FollowRefusal : public FollowPair {
 protected:
  void ExpectRefused(const std::string& code) {
    Write(kGraded, 1, true);
    Settle();
    EXPECT_THAT(refused_, Optional(code));
    EXPECT_EQ(follower_->trouble(), code);
    EXPECT_TRUE(follower_->Status().stopped());
    EXPECT_THAT(Got(), IsEmpty());
  }
  /// Lets the follower take one frame that was changed on the way.
  void DeliverChanged(const std::function<void(common::v1::Frame&)>& change) {
    LeaderTurn();
    const auto found = std::find_if(to_follower_.begin(), to_follower_.end(),
                                    [](const auto& one) { return one.has_frame(); });
    ASSERT_NE(found, to_follower_.end());
    change(*found->mutable_frame());
    FollowerTurn();
  }
  void ExpectStopped() {
    EXPECT_THAT(follower_->trouble(), HasSubstr("does not continue the chain"));
    EXPECT_TRUE(follower_->Status().stopped());
    EXPECT_THAT(Got(), IsEmpty());
    const store::Head applied = follower_->applied();
    Write(kGraded, 1, true);
    Settle();
    EXPECT_THAT(Got(), IsEmpty()) << "nothing more is taken";
    EXPECT_EQ(follower_->applied(), applied);
  }
};

TEST_F(FollowRefusal, OfAPrincipalWithoutGrant) {
  Begin();
  principal_ = "pro_anna";
  ExpectRefused("not_granted");
}

TEST_F(FollowRefusal, OfKindsOutsideTheGrant) {
  Begin(GrantOf({kGraded}), WishOf({kGraded, kOther}));
  ExpectRefused("not_granted");
}

TEST_F(FollowRefusal, OfKindsThatAreOnlyAskedForWhereTheyAreGrantedIsNone) {
  FollowWish wish = WishOf({kGraded});
  wish.optional_kinds = {kOther};
  Begin(GrantOf({kGraded}), wish);
  Write(kGraded, 1, true);
  Write(kOther, 1, true);
  Settle();
  EXPECT_EQ(Got().size(), 1u);
  EXPECT_FALSE(follower_->Status().stopped());
}

TEST_F(FollowRefusal, OfEveryEntryWithAGrantOfKinds) {
  Begin(GrantOf({kGraded}), WishOf({kGraded}, true));
  ExpectRefused("not_granted");
}

TEST_F(FollowRefusal, OfAViewAboveTheGrant) {
  Begin(GrantOf({kGraded}, false, VIEW_CLEAR), WishOf({kGraded}, false, VIEW_OPENED));
  ExpectRefused("not_granted");
}

TEST_F(FollowRefusal, OfOpenedPartsWithAGrantOfSealedOnes) {
  Begin(GrantOf({}, true, VIEW_SEALED), WishOf({}, true, VIEW_OPENED));
  ExpectRefused("not_granted");
}

TEST_F(FollowRefusal, OfAViewThatDoesNotExist) {
  Begin(GrantOf({kGraded}, false, VIEW_OPENED),
        WishOf({kGraded}, false, static_cast<common::v1::View>(0)));
  ExpectRefused("not_granted");
}

TEST_F(FollowRefusal, OfAFollowerAheadOfItsLeader) {
  Begin(GrantOf({kGraded}), WishOf({kGraded}),
        {.epoch = 1, .sequence = 12, .hash = std::string(32, 'h')});
  ExpectRefused("ahead_of_leader");
}

TEST_F(FollowRefusal, OfAFollowerFromALaterEpoch) {
  Begin(GrantOf({kGraded}), WishOf({kGraded}),
        {.epoch = 2, .sequence = 1, .hash = std::string(32, 'h')});
  ExpectRefused("ahead_of_leader");
}

TEST_F(FollowRefusal, OfAnotherHistory) {
  Begin(GrantOf({kGraded}), WishOf({kGraded}),
        {.epoch = 1, .sequence = 1, .hash = std::string(32, 'h')});
  Write(kGraded, 3);
  ExpectRefused("other_history");
}

TEST_F(FollowRefusal, IsTriedAgainAfterAWhileAndForgottenWhenItHolds) {
  Begin();
  principal_ = "pro_anna";
  ExpectRefused("not_granted");
  principal_ = "svc_meeting";
  Run(terms_.refused + milliseconds(100));
  EXPECT_EQ(follower_->trouble(), "");
  EXPECT_THAT(Got(), ElementsAre(1));
}

TEST_F(FollowRefusal, OfAnEntryThatWasLeftOut) {
  Begin(GrantOf({}, true, VIEW_SEALED), WishOf({}, true, VIEW_SEALED));
  Settle();
  Write(kGraded, 3, true);
  DeliverChanged([](common::v1::Frame& frame) { frame.mutable_items()->DeleteSubrange(1, 1); });
  ExpectStopped();
}

TEST_F(FollowRefusal, OfAnEntryLeftOutAtTheEnd) {
  Begin(GrantOf({}, true, VIEW_SEALED), WishOf({}, true, VIEW_SEALED));
  Settle();
  Write(kGraded, 3, true);
  DeliverChanged([](common::v1::Frame& frame) { frame.mutable_items()->RemoveLast(); });
  ExpectStopped();
}

TEST_F(FollowRefusal, OfAnEntryThatWasChanged) {
  Begin(GrantOf({}, true, VIEW_SEALED), WishOf({}, true, VIEW_SEALED));
  Settle();
  Write(kGraded, 3, true);
  DeliverChanged([](common::v1::Frame& frame) {
    common::v1::EntryHeader header;
    ASSERT_TRUE(header.ParseFromString(frame.items(1).header()));
    header.set_principal("pro_mallory");
    frame.mutable_items(1)->set_header(header.SerializeAsString());
  });
  ExpectStopped();
}

TEST_F(FollowRefusal, OfAnEntryOfAnotherService) {
  Begin();
  Settle();
  Write(kGraded, 1, true);
  DeliverChanged([](common::v1::Frame& frame) {
    common::v1::EntryHeader header;
    ASSERT_TRUE(header.ParseFromString(frame.items(0).header()));
    header.set_service("meeting");
    frame.mutable_items(0)->set_header(header.SerializeAsString());
  });
  ExpectStopped();
}

TEST_F(FollowRefusal, OfASealedPartThatWasChanged) {
  Begin(GrantOf({}, true, VIEW_SEALED), WishOf({}, true, VIEW_SEALED));
  WriteSealed("the child is with its aunt");
  FollowerTurn();
  now_ += milliseconds(20);
  LeaderTurn();
  now_ += milliseconds(20);
  DeliverChanged(
      [](common::v1::Frame& frame) { frame.mutable_items(0)->mutable_parts(0)->back() ^= 1; });
  ExpectStopped();
}

TEST_F(FollowRefusal, OfASealedPartThatWasLeftOut) {
  Begin(GrantOf({}, true, VIEW_SEALED), WishOf({}, true, VIEW_SEALED));
  WriteSealed("the child is with its aunt");
  FollowerTurn();
  LeaderTurn();
  now_ += milliseconds(20);
  DeliverChanged([](common::v1::Frame& frame) { frame.mutable_items(0)->clear_parts(); });
  ExpectStopped();
}

using FollowView = FollowPair;

TEST_F(FollowView, OpenedDeliversTheWordsThemselves) {
  Begin(GrantOf({kGraded}, false, VIEW_OPENED), WishOf({kGraded}, false, VIEW_OPENED));
  WriteSealed("the child is with its aunt");
  Settle();
  ASSERT_EQ(got_.size(), 1U);
  EXPECT_THAT(got_[0]->sealed, ElementsAre("the child is with its aunt"));
}

TEST_F(FollowView, OpenedLeavesErasedPartsEmpty) {
  Begin(GrantOf({kGraded}, false, VIEW_OPENED), WishOf({kGraded}, false, VIEW_OPENED));
  WriteSealed("the child is with its aunt");
  ASSERT_TRUE(keys_->Destroy(1).ok());
  Settle();
  ASSERT_EQ(got_.size(), 1U);
  EXPECT_THAT(got_[0]->sealed, ElementsAre(""));
}

TEST_F(FollowView, ClearDeliversNoParts) {
  Begin(GrantOf({kGraded}, false, VIEW_OPENED), WishOf({kGraded}, false, VIEW_CLEAR));
  WriteSealed("the child is with its aunt");
  Settle();
  ASSERT_EQ(got_.size(), 1U);
  EXPECT_THAT(got_[0]->sealed, IsEmpty());
  EXPECT_THAT(got_[0]->bytes, Not(HasSubstr("aunt")));
}

TEST_F(FollowView, SealedDeliversWhatOnlyTheLeaderCanOpen) {
  Begin(GrantOf({}, true, VIEW_SEALED), WishOf({}, true, VIEW_SEALED));
  WriteSealed("the child is with its aunt");
  Settle();
  ASSERT_EQ(got_.size(), 1U);
  EXPECT_EQ(got_[0]->sealed, store_->Read(1)->sealed);
  EXPECT_THAT(got_[0]->sealed[0], Not(HasSubstr("aunt")));
}

}  // namespace
}  // namespace samenspel::daemon
