// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/store/store_fixture.h"

namespace samenspel::store {
namespace {

using testing::Eq;
using testing::IsNull;
using testing::NotNull;
using testing::Optional;

class BatchTest : public StoreTest {
 protected:
  void SetUp() override { Open(); }
};

TEST_F(BatchTest, NumbersEntriesFromOneAndChainsThem) {
  Batch batch = store_->Begin();
  EXPECT_EQ(batch.next_sequence(), 1U);
  const Stored first = batch.Append(Header("pro_a", "1"), {});
  const Stored second = batch.Append(Header("pro_a", "2"), {"sealed"});
  EXPECT_EQ(batch.next_sequence(), 3U);

  EXPECT_EQ(first.header.service(), "intake");
  EXPECT_EQ(first.header.epoch(), 1U);
  EXPECT_EQ(first.header.sequence(), 1U);
  EXPECT_EQ(first.header.previous_hash(), "");
  EXPECT_EQ(first.hash, tlog::Sha256(first.bytes));
  EXPECT_EQ(second.header.sequence(), 2U);
  EXPECT_EQ(second.header.previous_hash(), first.hash);
  ASSERT_EQ(second.header.part_hashes_size(), 1);
  EXPECT_EQ(second.header.part_hashes(0), tlog::Sha256("sealed"));
  EXPECT_EQ(second.bytes, second.header.SerializeAsString());
}

TEST_F(BatchTest, ContinuesTheChainOfTheStore) {
  Write("pro_a");
  Batch batch = store_->Begin();
  const Stored& next = batch.Append(Header("pro_b", ""), {});
  EXPECT_EQ(next.header.sequence(), 2U);
  EXPECT_EQ(next.header.previous_hash(), store_->head().hash);
}

TEST_F(BatchTest, TakesNothingOfTheChainFromTheCaller) {
  auto header = Header("pro_a", "");
  header.set_service("meeting");
  header.set_epoch(9);
  header.set_sequence(77);
  header.set_previous_hash("forged");
  header.add_part_hashes("forged");
  Batch batch = store_->Begin();
  const Stored& entry = batch.Append(header, {});
  EXPECT_EQ(entry.header.service(), "intake");
  EXPECT_EQ(entry.header.epoch(), 1U);
  EXPECT_EQ(entry.header.sequence(), 1U);
  EXPECT_EQ(entry.header.previous_hash(), "");
  EXPECT_EQ(entry.header.part_hashes_size(), 0);
}

TEST_F(BatchTest, SeesItsOwnWritesBeforeTheCommitAndTheStoreDoesNot) {
  Batch batch = store_->Begin();
  batch.Put(Column::kState, "rpt_1", "new");
  EXPECT_THAT(batch.Get(Column::kState, "rpt_1"), Optional(Eq("new")));
  EXPECT_EQ(batch.Get(Column::kPrivate, "rpt_1"), std::nullopt) << "columns are apart";
  EXPECT_EQ(store_->Get(Column::kState, "rpt_1"), std::nullopt);

  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  EXPECT_THAT(store_->Get(Column::kState, "rpt_1"), Optional(Eq("new")));
}

TEST_F(BatchTest, ReadsThroughToTheStoreUntilItWritesOrDeletes) {
  Batch before = store_->Begin();
  before.Put(Column::kIndex, "a", "1");
  before.Put(Column::kIndex, "b", "1");
  ASSERT_EQ(store_->Commit(std::move(before)), CommitResult::kAcked);

  Batch batch = store_->Begin();
  EXPECT_THAT(batch.Get(Column::kIndex, "a"), Optional(Eq("1")));
  batch.Put(Column::kIndex, "a", "2");
  batch.Delete(Column::kIndex, "b");
  EXPECT_THAT(batch.Get(Column::kIndex, "a"), Optional(Eq("2")));
  EXPECT_EQ(batch.Get(Column::kIndex, "b"), std::nullopt);
  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  EXPECT_THAT(store_->Get(Column::kIndex, "a"), Optional(Eq("2")));
  EXPECT_EQ(store_->Get(Column::kIndex, "b"), std::nullopt);
}

TEST_F(BatchTest, LeavesNothingWhenItIsNotCommitted) {
  {
    Batch batch = store_->Begin();
    batch.Put(Column::kState, "rpt_1", "new");
    batch.Append(Header("pro_a", "1"), {});
  }
  EXPECT_EQ(store_->head(), Head{});
  EXPECT_EQ(store_->Get(Column::kState, "rpt_1"), std::nullopt);
  EXPECT_THAT(store_->Begin().FirstAnswer("pro_a", "1"), IsNull());
}

TEST_F(BatchTest, FindsTheFirstAnswerInTheSameTurnLaterAndAfterReopening) {
  Batch batch = store_->Begin();
  batch.Append(Header("pro_a", "0"), {});
  const std::string hash = batch.Append(Header("pro_a", "1"), {}).hash;
  const auto same_turn = batch.FirstAnswer("pro_a", "1");
  ASSERT_THAT(same_turn, NotNull());
  EXPECT_EQ(same_turn->hash, hash);
  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);

  const auto later = store_->Begin().FirstAnswer("pro_a", "1");
  ASSERT_THAT(later, NotNull());
  EXPECT_EQ(later->hash, hash);

  Reopen();
  const auto reopened = store_->Begin().FirstAnswer("pro_a", "1");
  ASSERT_THAT(reopened, NotNull());
  EXPECT_EQ(reopened->hash, hash);
}

TEST_F(BatchTest, KeepsRequestIdsOfPrincipalsApart) {
  Batch batch = store_->Begin();
  batch.Append(Header("pro_a", "1"), {});
  EXPECT_THAT(batch.FirstAnswer("pro_b", "1"), IsNull());
  EXPECT_THAT(batch.FirstAnswer("pro_a", "2"), IsNull());
  EXPECT_THAT(batch.FirstAnswer("pro_", "a1"), IsNull());
}

TEST_F(BatchTest, KeepsNoFirstAnswerOfAnEntryWithoutRequestId) {
  Batch batch = store_->Begin();
  batch.Append(Header("pro_a", ""), {});
  EXPECT_THAT(batch.FirstAnswer("pro_a", ""), IsNull());
}

TEST_F(BatchTest, FindsWhatACauseLedToInTheSameTurnAndAfterReopening) {
  auto header = Header("svc_intake", "");
  *header.mutable_cause() = Ref("meeting", 7);
  Batch batch = store_->Begin();
  batch.Append(header, {});
  ASSERT_TRUE(batch.Caused(Ref("meeting", 7), "intake"));
  EXPECT_EQ(batch.Caused(Ref("meeting", 7), "intake")->sequence(), 1U);
  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  Reopen();

  const auto entry = store_->Begin().Caused(Ref("meeting", 7), "intake");
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->service(), "intake");
  EXPECT_EQ(entry->sequence(), 1U);
  EXPECT_FALSE(store_->Begin().Caused(Ref("meeting", 8), "intake"));
  EXPECT_FALSE(store_->Begin().Caused(Ref("meeting", 7, 2), "intake")) << "another epoch";
  EXPECT_FALSE(store_->Begin().Caused(Ref("audit", 7), "intake"));
  EXPECT_FALSE(store_->Begin().Caused(Ref("meeting", 7), "meeting"));
}

TEST_F(BatchTest, NotesWhatACauseLedToElsewhere) {
  Batch batch = store_->Begin();
  batch.PutCaused(Ref("intake", 3), Ref("meeting", 2));
  ASSERT_TRUE(batch.Caused(Ref("intake", 3), "meeting"));
  EXPECT_EQ(batch.Caused(Ref("intake", 3), "meeting")->sequence(), 2U);
}

}  // namespace
}  // namespace samenspel::store
