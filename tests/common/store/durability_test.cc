// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/store/store_fixture.h"
#include "tests/support/fake_clock.h"
#include "tests/support/watched_disk.h"

namespace samenspel::store {
namespace {

using base::milliseconds;

constexpr base::Instant kNow = support::kMorning;

class DurabilityTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Store::Open({.path = "/intake", .service = "intake"}, watched_.disk());
    ASSERT_TRUE(opened.ok()) << opened.status().message();
    store_ = *std::move(opened);
    watch_.log_syncs = 0;
    watch_.watermark_syncs = 0;
  }
  CommitResult Write() {
    Batch batch = store_->Begin();
    batch.Append(Header("pro_a", ""), {});
    return store_->Commit(std::move(batch));
  }
  int watermark_syncs() const { return watch_.watermark_syncs; }

  support::WatchedDisk watched_;
  support::WatchedDisk::Watch& watch_ = watched_.watch();
  std::unique_ptr<Store> store_;
};

TEST_F(DurabilityTest, SyncsOnceForACommitWithEntries) {
  Batch batch = store_->Begin();
  for (int i = 0; i < 50; ++i) batch.Append(Header("pro_a", ""), {});
  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  EXPECT_EQ(watch_.log_syncs, 1);
  ASSERT_EQ(Write(), CommitResult::kAcked);
  EXPECT_EQ(watch_.log_syncs, 2);
}

TEST_F(DurabilityTest, DoesNotSyncWhatHoldsNoEntry) {
  Batch batch = store_->Begin();
  batch.Put(Column::kCursor, "f/meeting", "12");
  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  ASSERT_EQ(store_->Commit(store_->Begin()), CommitResult::kAcked);
  EXPECT_EQ(watch_.log_syncs, 0);
  EXPECT_TRUE(store_->Tick(kNow).ok());
  EXPECT_EQ(store_->WatermarkDue(), std::nullopt);
}

TEST_F(DurabilityTest, AnswersUnknownAndStaysFaultyWhenTheDiskIsFull) {
  ASSERT_EQ(Write(), CommitResult::kAcked);
  const Head before = store_->head();
  watch_.log_full = true;
  EXPECT_EQ(Write(), CommitResult::kUnknown);
  EXPECT_EQ(store_->fault().code(), base::Code::kIo);
  EXPECT_EQ(store_->head(), before) << "what is not known to be durable is not the head";

  watch_.log_full = false;
  EXPECT_EQ(Write(), CommitResult::kUnknown) << "the process must end first";
  EXPECT_EQ(store_->fault().code(), base::Code::kIo);
}

TEST_F(DurabilityTest, AnswersUnknownWhenTheSyncFails) {
  watch_.log_stuck = true;
  EXPECT_EQ(Write(), CommitResult::kUnknown);
  EXPECT_FALSE(store_->fault().ok());
  EXPECT_EQ(store_->head().sequence, 0U);
}

TEST_F(DurabilityTest, AnswersUnknownWhenTheWatermarkCannotBeWritten) {
  watch_.files_full = true;
  EXPECT_EQ(Write(), CommitResult::kUnknown);
  EXPECT_FALSE(store_->fault().ok());
}

TEST_F(DurabilityTest, IsWholeAfterAFailedWriteAndARestart) {
  ASSERT_EQ(Write(), CommitResult::kAcked);
  const Head before = store_->head();
  watch_.log_full = true;
  EXPECT_EQ(Write(), CommitResult::kUnknown);
  store_.reset();
  watch_.log_full = false;
  auto opened = Store::Open({.path = "/intake", .service = "intake"}, watched_.disk());
  ASSERT_TRUE(opened.ok()) << opened.status().message();
  EXPECT_EQ((*opened)->head(), before);
  EXPECT_TRUE((*opened)->VerifyChain().ok());
}

TEST_F(DurabilityTest, SyncsTheWatermarkASecondAfterTheFirstCommitWhenItIsQuiet) {
  EXPECT_EQ(store_->WatermarkDue(), std::nullopt);
  ASSERT_EQ(Write(), CommitResult::kAcked);
  ASSERT_TRUE(store_->Tick(kNow).ok());
  EXPECT_EQ(store_->WatermarkDue(), kNow + milliseconds(1000));
  ASSERT_EQ(Write(), CommitResult::kAcked);
  ASSERT_TRUE(store_->Tick(kNow + milliseconds(999)).ok());
  EXPECT_EQ(watermark_syncs(), 0);
  EXPECT_EQ(store_->WatermarkDue(), kNow + milliseconds(1000)) << "counted from the first";
  ASSERT_TRUE(store_->Tick(kNow + milliseconds(1000)).ok());
  EXPECT_EQ(watermark_syncs(), 1);
  EXPECT_EQ(store_->WatermarkDue(), std::nullopt);
  ASSERT_TRUE(store_->Tick(kNow + milliseconds(5000)).ok());
  EXPECT_EQ(watermark_syncs(), 1) << "nothing new to sync";
}

TEST_F(DurabilityTest, SyncsTheWatermarkWithin100MillisecondsUnderLoad) {
  base::Instant now = kNow;
  for (int i = 0; i < 200; ++i) {
    ASSERT_EQ(Write(), CommitResult::kAcked);
    ASSERT_TRUE(store_->Tick(now).ok());
    if (i > 100 && store_->WatermarkDue()) {
      EXPECT_LE(*store_->WatermarkDue(), now + milliseconds(100));
    }
    now += milliseconds(10);
  }
  // Two seconds at 100 commits a second: the first wait is a quiet one, then every 100 ms.
  EXPECT_GE(watermark_syncs(), 9);
  EXPECT_LE(watermark_syncs(), 12);
}

TEST_F(DurabilityTest, IsQuietAgainWhenTheLoadIsOver) {
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(Write(), CommitResult::kAcked);
    ASSERT_TRUE(store_->Tick(kNow).ok());
  }
  ASSERT_TRUE(store_->Tick(kNow + milliseconds(60'000)).ok());
  ASSERT_EQ(Write(), CommitResult::kAcked);
  ASSERT_TRUE(store_->Tick(kNow + milliseconds(120'000)).ok());
  EXPECT_EQ(store_->WatermarkDue(), kNow + milliseconds(121'000));
}

TEST_F(DurabilityTest, FailsTheTurnInWhichTheWatermarkCannotBeSynced) {
  ASSERT_EQ(Write(), CommitResult::kAcked);
  ASSERT_TRUE(store_->Tick(kNow).ok());
  watch_.files_full = true;
  EXPECT_FALSE(store_->Tick(kNow + milliseconds(1000)).ok());
  EXPECT_FALSE(store_->fault().ok());
}

TEST_F(DurabilityTest, SyncsTheWatermarkWhenItIsClosed) {
  ASSERT_EQ(Write(), CommitResult::kAcked);
  store_.reset();
  EXPECT_EQ(watermark_syncs(), 1);
}

}  // namespace
}  // namespace samenspel::store
