// SPDX-License-Identifier: EUPL-1.2
// A restored copy gives no key to another stream, and a follower that knows more stops a daemon
// that has lost something.
#include "common/daemon/journal.h"
#include "tests/common/daemon/core_test.h"

namespace samenspel::daemon {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

class CoreEpochTest : public CoreTest {
 protected:
  uint64_t NextKey() {
    store::Batch batch = intake_.store().Begin();
    return View(intake_.store(), batch, intake_.keys(), intake_.entropy()).next_key();
  }
  void BeginEpoch() {
    intake_.Kill();
    intake_.OpenForMaintenance();
    ASSERT_TRUE(intake_.store().BeginEpoch().ok());
    intake_.Kill();
    intake_.Start(now_, RegistryOf(people_));
  }
  common::v1::Envelope FollowAfter(uint64_t epoch, uint64_t sequence, const std::string& hash) {
    common::v1::Envelope envelope;
    envelope.set_protocol(1);
    envelope.set_request_id(IdOf(77));
    common::v1::Follow& follow = *envelope.mutable_follow();
    follow.mutable_after()->set_epoch(epoch);
    follow.mutable_after()->set_sequence(sequence);
    follow.mutable_after()->set_hash(hash);
    follow.set_view(common::v1::VIEW_CLEAR);
    follow.set_session(5);
    follow.set_until_frame(64);
    return envelope;
  }
  base::Status FaultOf(const std::string& who, const common::v1::Envelope& envelope) {
    return Step({From(who, envelope)}).fault;
  }
  const std::string other_ = std::string(32, 'h');
};

TEST_F(CoreEpochTest, BeginsWithAnEntryAndKeysThatNobodyHad) {
  EXPECT_TRUE(Asked("pro_anna", Ask(1, Report(true))).has_entry());
  const uint64_t last = intake_.keys().last();
  ASSERT_LE(NextKey(), last);
  BeginEpoch();
  const auto before = intake_.Entries().size();
  EXPECT_EQ(Asked("pro_anna", Ask(2, Report(true))).status(), common::v1::STATUS_OK);
  const auto entries = intake_.Entries();
  ASSERT_GT(entries.size(), before + 1);
  const auto& first = entries[before];
  EXPECT_EQ(first.kind(), kEpochKind);
  EXPECT_EQ(first.epoch(), 2U);
  EXPECT_EQ(first.principal(), "svc_intake");
  EXPECT_EQ(first.version(), last + 1);
  const auto stored = intake_.store().Read(before + 2);
  ASSERT_FALSE(stored->sealed.empty());
  common::v1::Sealed sealed;
  ASSERT_TRUE(sealed.ParseFromString(stored->sealed.front()));
  EXPECT_GT(sealed.key(), last);
}

TEST_F(CoreEpochTest, IsRecordedOnce) {
  BeginEpoch();
  Settle();
  Restart();
  const auto entries = intake_.Entries();
  EXPECT_EQ(std::count_if(entries.begin(), entries.end(),
                          [](const auto& entry) { return entry.kind() == kEpochKind; }),
            1);
}

TEST_F(CoreEpochTest, IsReplayedToTheSameKeys) {
  Asked("pro_anna", Ask(1, Report(true)));
  BeginEpoch();
  Asked("pro_anna", Ask(2, Report(true)));
  const uint64_t next = NextKey();
  EXPECT_GT(next, 256U);
  intake_.Kill();
  intake_.OpenForMaintenance();
  const auto verified = Verify(intake_.store(), intake_.keys(), intake_.entropy(), intake_.maker());
  EXPECT_TRUE(verified.ok()) << verified.message();
  const auto rebuilt = Rebuild(intake_.store(), intake_.keys(), intake_.entropy(), intake_.maker());
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.message();
  EXPECT_EQ(NextKey(), next);
}

TEST_F(CoreEpochTest, CannotBeBegunByARequestOfThatKind) {
  const uint64_t next = NextKey();
  common::v1::EntryHeader header;
  header.set_principal("pro_anna");
  header.set_kind(kEpochKind);
  header.set_version(100'000);
  store::Batch batch = intake_.store().Begin();
  View view(intake_.store(), batch, intake_.keys(), intake_.entropy());
  const auto service = intake_.maker()();
  ASSERT_TRUE(Replay(view, *service, batch.Append(header, {})).ok());
  EXPECT_EQ(view.next_key(), next);
}

TEST_F(CoreEpochTest, StopsWhenAuditHoldsMoreThanTheJournal) {
  const auto head = intake_.store().head();
  const auto fault = FaultOf("svc_audit", FollowAfter(1, head.sequence + 3, other_));
  EXPECT_EQ(fault.code(), base::Code::kCorrupt);
  EXPECT_THAT(fault.message(),
              AllOf(HasSubstr("svc_audit holds entry " + std::to_string(head.sequence + 3)),
                    HasSubstr("ends at " + std::to_string(head.sequence)),
                    HasSubstr("--repair-from audit")));
  EXPECT_EQ(intake_.store().head(), head) << "nothing is written behind what is missing";
}

TEST_F(CoreEpochTest, StopsWhenAuditHoldsAnotherHistory) {
  const auto fault = FaultOf("svc_audit", FollowAfter(1, 1, other_));
  EXPECT_EQ(fault.code(), base::Code::kCorrupt);
  EXPECT_THAT(fault.message(), HasSubstr("another entry 1 than this journal"));
}

TEST_F(CoreEpochTest, GoesOnWhenAnyoneElseClaimsMore) {
  const auto head = intake_.store().head();
  EXPECT_TRUE(FaultOf("svc_meeting", FollowAfter(1, head.sequence + 3, other_)).ok());
  EXPECT_TRUE(FaultOf("svc_meeting", FollowAfter(1, 1, other_)).ok());
  EXPECT_THAT(intake_.log, testing::Contains(HasSubstr("code=ahead_of_leader")));
}

TEST_F(CoreEpochTest, GoesOnWhenTheLossWasAccepted) {
  BeginEpoch();
  Settle();
  const auto head = intake_.store().head();
  EXPECT_TRUE(FaultOf("svc_audit", FollowAfter(1, head.sequence + 3, other_)).ok());
  EXPECT_THAT(intake_.log, testing::Contains(HasSubstr("code=ahead_of_leader")));
  EXPECT_FALSE(FaultOf("svc_audit", FollowAfter(2, head.sequence + 9, other_)).ok());
}

TEST_F(CoreEpochTest, LetsAuditFollowOnIntoIt) {
  const auto head = intake_.store().head();
  BeginEpoch();
  Settle();
  EXPECT_TRUE(FaultOf("svc_audit", FollowAfter(1, head.sequence, head.hash)).ok());
  EXPECT_THAT(intake_.log, testing::Not(testing::Contains(HasSubstr("event=follow_refused"))));
}

}  // namespace
}  // namespace samenspel::daemon
