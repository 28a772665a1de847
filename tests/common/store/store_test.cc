// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/store/store_fixture.h"

namespace samenspel::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsNull;
using testing::NotNull;

TEST_F(StoreTest, BeginsEmpty) {
  Open();
  EXPECT_EQ(store_->head(), (Head{.epoch = 1, .sequence = 0, .hash = ""}));
  EXPECT_THAT(store_->Read(0), IsNull());
  EXPECT_THAT(store_->Read(1), IsNull());
  EXPECT_TRUE(store_->VerifyChain().ok());
}

TEST_F(StoreTest, HasTheSameHeadAndEntriesAfterReopening) {
  Open();
  Write("pro_a", {"sealed"});
  Write("pro_b");
  const Head head = store_->head();
  EXPECT_EQ(head.sequence, 2U);
  Reopen();
  EXPECT_EQ(store_->head(), head);
  const auto first = store_->Read(1);
  ASSERT_THAT(first, NotNull());
  EXPECT_EQ(first->header.principal(), "pro_a");
  EXPECT_THAT(first->sealed, ElementsAre("sealed"));
  EXPECT_EQ(store_->Read(2)->hash, head.hash);
  EXPECT_THAT(store_->Read(3), IsNull());
  EXPECT_TRUE(store_->VerifyChain().ok());
}

TEST_F(StoreTest, ReadsEntriesThatAreNoLongerResident) {
  config_.resident_entries = 4;
  Open();
  WriteMany(20);
  for (uint64_t sequence = 1; sequence <= 20; ++sequence) {
    ASSERT_THAT(store_->Read(sequence), NotNull());
    EXPECT_EQ(store_->Read(sequence)->header.sequence(), sequence);
    EXPECT_EQ(store_->Read(sequence)->header.principal(), "pro_" + std::to_string(sequence - 1));
  }
}

TEST_F(StoreTest, RefusesASecondOpenerUntilTheFirstCloses) {
  Open();
  const base::Status refused = OpenFails();
  EXPECT_EQ(refused.code(), base::Code::kExists);
  EXPECT_THAT(refused.message(), HasSubstr("/intake/lock"));
  Reopen();
}

TEST_F(StoreTest, ScansRowsWithAPrefixInOrderFromAKeyOn) {
  Open();
  Batch batch = store_->Begin();
  for (const char* key : {"n/1", "n/3", "n/2", "m/9", "o/1"}) batch.Put(Column::kIndex, key, "v");
  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  std::vector<std::string> keys;
  const auto keep = [&](std::string_view key, std::string_view) {
    keys.emplace_back(key);
    return true;
  };
  store_->Scan(Column::kIndex, "n/", "", keep);
  EXPECT_THAT(keys, ElementsAre("n/1", "n/2", "n/3"));
  keys.clear();
  store_->Scan(Column::kIndex, "n/", "n/2", keep);
  EXPECT_THAT(keys, ElementsAre("n/2", "n/3"));
  keys.clear();
  store_->Scan(Column::kIndex, "n/", "", [&](std::string_view key, std::string_view value) {
    keep(key, value);
    return false;
  });
  EXPECT_THAT(keys, ElementsAre("n/1"));
}

TEST_F(StoreTest, ScansBackwardsFromTheLastRowOrFromTheOneBeforeAKey) {
  Open();
  Batch batch = store_->Begin();
  for (const char* key : {"n/1", "n/3", "n/2", "m/9", "n0", "o/1"}) {
    batch.Put(Column::kIndex, key, "v");
  }
  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  const auto back = [&](std::string_view prefix, std::string_view before, size_t most = 9) {
    std::vector<std::string> keys;
    store_->ScanBack(Column::kIndex, prefix, before, [&](std::string_view key, std::string_view) {
      keys.emplace_back(key);
      return keys.size() < most;
    });
    return keys;
  };
  EXPECT_THAT(back("n/", ""), ElementsAre("n/3", "n/2", "n/1"));
  EXPECT_THAT(back("n/", "", 1), ElementsAre("n/3"));
  EXPECT_THAT(back("n/", "n/3"), ElementsAre("n/2", "n/1"));
  EXPECT_THAT(back("n/", "n/25"), ElementsAre("n/2", "n/1"));  // A row that is not there.
  EXPECT_THAT(back("n/", "n/1"), IsEmpty());
  EXPECT_THAT(back("p/", ""), IsEmpty());
  EXPECT_THAT(back("a/", ""), IsEmpty());
  EXPECT_THAT(back("o/", ""), ElementsAre("o/1"));
}

TEST_F(StoreTest, LosesNothingWhileASmallWriteBufferFlushes) {
  config_.write_buffer_bytes = 64 << 10;
  config_.resident_entries = 8;
  Open();
  for (int i = 0; i < 400; ++i) {
    Batch batch = store_->Begin();
    batch.Append(Header("pro_" + std::to_string(i), std::to_string(i)), {std::string(2000, 's')});
    batch.Put(Column::kState, "rpt_" + std::to_string(i), std::string(500, 'c'));
    ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  }
  const Head head = store_->head();
  Reopen();
  EXPECT_EQ(store_->head(), head);
  EXPECT_TRUE(store_->VerifyChain().ok());
  for (int i = 0; i < 400; ++i) {
    ASSERT_TRUE(store_->Get(Column::kState, "rpt_" + std::to_string(i)));
    const auto first = store_->Begin().FirstAnswer("pro_" + std::to_string(i), std::to_string(i));
    ASSERT_THAT(first, NotNull());
    EXPECT_EQ(first->header.sequence(), static_cast<uint64_t>(i) + 1);
  }
}

TEST_F(StoreTest, TakesOverAColumnOfAnotherStore) {
  Open();
  Batch batch = store_->Begin();
  batch.Put(Column::kCopy, "intake/1", "row");
  batch.Put(Column::kState, "other", "row");
  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  const auto other_disk = Disk::Memory();
  auto other = Store::Open(config_, *other_disk);
  ASSERT_TRUE(other.ok());
  ASSERT_TRUE((*other)->CopyColumn(*store_, Column::kCopy).ok());
  EXPECT_EQ((*other)->Get(Column::kCopy, "intake/1"), "row");
  EXPECT_EQ((*other)->Get(Column::kState, "other"), std::nullopt);
}

TEST_F(StoreTest, ClearsAllThatFollowsFromTheJournalAndNothingElse) {
  Open();
  Batch batch = store_->Begin();
  batch.Append(Header("pro_a", "1"), {});
  for (const Column column :
       {Column::kState, Column::kPrivate, Column::kIndex, Column::kCursor, Column::kCopy}) {
    batch.Put(column, "f/row", "value");
  }
  ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  const Head head = store_->head();
  ASSERT_TRUE(store_->ClearDerived().ok());
  for (const Column column : {Column::kState, Column::kPrivate, Column::kIndex}) {
    EXPECT_EQ(store_->Get(column, "f/row"), std::nullopt);
  }
  EXPECT_THAT(store_->Begin().FirstAnswer("pro_a", "1"), IsNull());
  EXPECT_EQ(store_->Get(Column::kCopy, "f/row"), "value");
  // Followed entries that had no effect stand nowhere else: they are not asked for again.
  EXPECT_EQ(store_->Get(Column::kCursor, "f/row"), "value");
  ASSERT_TRUE(store_->EndRebuild().ok());
  Reopen();
  EXPECT_EQ(store_->head(), head);
}

// A store that is half rebuilt would miss state and first answers without a sign of it.
TEST_F(StoreTest, RefusesToServeWhatARebuildLeftHalfDone) {
  Open();
  WriteMany(3);
  ASSERT_TRUE(store_->ClearDerived().ok());
  Close();
  const base::Status refused = OpenFails();
  EXPECT_EQ(refused.code(), base::Code::kCorrupt);
  EXPECT_THAT(refused.message(), HasSubstr("--rebuild"));

  auto again = Store::OpenUnproven(config_, *disk_);
  ASSERT_TRUE(again.ok()) << again.status().message();
  ASSERT_TRUE((*again)->ClearDerived().ok());
  ASSERT_TRUE((*again)->EndRebuild().ok());
  again->reset();
  Open();
}

TEST(Rows, OfAnEntryAreReadBackAsTheyWere) {
  Stored entry;
  entry.header = Header("pro_a", "1");
  entry.bytes = entry.header.SerializeAsString();
  entry.sealed = {"one", "two"};
  const auto parsed = ParseStored(RowOf(entry));
  ASSERT_THAT(parsed, NotNull());
  EXPECT_EQ(parsed->bytes, entry.bytes);
  EXPECT_EQ(parsed->hash, tlog::Sha256(entry.bytes));
  EXPECT_THAT(parsed->sealed, ElementsAre("one", "two"));
  EXPECT_THAT(ParseStored("\xff\xff"), IsNull());
}

// No hash stands over the message around header and parts.
TEST(Rows, AreRefusedWhenAnythingWasAdded) {
  Stored entry;
  entry.header.set_kind("submit_report");
  entry.bytes = entry.header.SerializeAsString();
  entry.sealed = {"part"};
  const std::string row = RowOf(entry);
  ASSERT_NE(ParseStored(row), nullptr);
  EXPECT_EQ(ParseStored(row + std::string("\x20\x01", 2)), nullptr) << "unknown field";
  EXPECT_EQ(ParseStored(std::string("\x0a\0", 2) + row), nullptr) << "a field twice";
}

TEST(BigEndian, SortsAsTheNumbersDo) {
  EXPECT_LT(BigEndian(255), BigEndian(256));
  EXPECT_LT(BigEndian(0), BigEndian(1));
  EXPECT_EQ(FromBigEndian(BigEndian(0x0123456789abcdef)), 0x0123456789abcdefU);
  EXPECT_EQ(BigEndian(1), std::string("\0\0\0\0\0\0\0\1", 8));
}

}  // namespace
}  // namespace samenspel::store
