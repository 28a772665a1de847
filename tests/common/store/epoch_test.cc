// SPDX-License-Identifier: EUPL-1.2
// A restored copy goes on in a new epoch; an old one that was put back is still found.
#include "tests/common/store/store_fixture.h"
#include "tests/support/raw_rows.h"

namespace samenspel::store {
namespace {

using testing::HasSubstr;

class EpochTest : public StoreTest {
 protected:
  void SetUp() override {
    config_.watermark = "/keys/watermark";
    Open();
    WriteMany(3);
  }
  std::string Mark() { return *disk_->files().Read(config_.watermark); }
  void PutMark(const std::string& bytes) {
    ASSERT_TRUE(disk_->files().Replace(config_.watermark, bytes).ok());
  }
};

TEST_F(EpochTest, BeginsAtTheSameEntryAndIsCarriedByTheNext) {
  const Head before = store_->head();
  ASSERT_TRUE(store_->BeginEpoch().ok());
  EXPECT_EQ(store_->head(), (Head{.epoch = 2, .sequence = 3, .hash = before.hash}));
  EXPECT_EQ(store_->last_epoch(), 1U);
  EXPECT_EQ(**ReadWatermark(config_, disk_->files()), store_->head());
  Write("pro_after");
  EXPECT_EQ(store_->Read(4)->header.epoch(), 2U);
  EXPECT_EQ(store_->Read(4)->header.previous_hash(), before.hash);
  EXPECT_EQ(store_->last_epoch(), 2U);
  EXPECT_TRUE(store_->VerifyChain().ok());
}

TEST_F(EpochTest, IsThereAfterARestartWithoutAnEntry) {
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Reopen();
  EXPECT_EQ(store_->head().epoch, 2U);
  EXPECT_EQ(store_->last_epoch(), 1U);
  EXPECT_EQ(store_->Begin().epoch(), 2U);
  Write("pro_after");
  Reopen();
  EXPECT_EQ(store_->last_epoch(), 2U);
}

TEST_F(EpochTest, BeginsInAnEmptyJournalToo) {
  config_.path = "/empty";
  config_.watermark = "/empty-keys/watermark";
  Reopen();
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Reopen();
  EXPECT_EQ(store_->head(), (Head{.epoch = 2, .sequence = 0, .hash = {}}));
  Write("pro_first");
  EXPECT_EQ(store_->Read(1)->header.epoch(), 2U);
}

TEST_F(EpochTest, IsHigherThanAnyThatTheWatermarkKnows) {
  ASSERT_TRUE(store_->BeginEpoch().ok());
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Write("pro_given_up");
  const std::string mark = Mark();  // Of epoch 3.
  config_.path = "/older";
  config_.watermark = "/older/watermark";
  Reopen();
  config_.watermark = "/keys/watermark";
  Close();
  auto restored = Store::OpenUnproven(config_, *disk_);
  ASSERT_TRUE(restored.ok());
  ASSERT_TRUE((*restored)->BeginEpoch().ok());
  EXPECT_EQ((*restored)->head().epoch, 4U);
}

TEST_F(EpochTest, ForgetsInBothSlotsWhatWasGivenUp) {
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Close();
  for (const size_t newest : {size_t{0}, size_t{4096}}) {
    const std::string whole = Mark();
    std::string torn = whole;
    torn[newest + 20] ^= 1;
    PutMark(torn);
    EXPECT_EQ((**ReadWatermark(config_, disk_->files())).epoch, 2U);
    PutMark(whole);
  }
}

TEST_F(EpochTest, CountsWhenItWasCutShortBeforeTheWatermark) {
  WriteMany(2);
  const std::string before = Mark();
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Close();
  PutMark(before);
  Open();
  EXPECT_EQ(store_->head().epoch, 2U);
}

TEST_F(EpochTest, IsNotForgottenByAnOlderCopy) {
  Close();
  const std::string older = "/older";
  config_.path = older;
  config_.watermark = "/older-keys/watermark";
  Open();
  WriteMany(3);
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Write("pro_acknowledged");
  const std::string mark = Mark();
  Close();
  config_.path = "/intake";  // Three entries of epoch 1, the same as there.
  config_.watermark = "/keys/watermark";
  PutMark(mark);
  EXPECT_THAT(OpenFails().message(), HasSubstr("the journal ends at entry 3, entry 4 was"));
}

TEST_F(EpochTest, NeverFalls) {
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Write("pro_second");
  Write("pro_third");
  Close();
  // The last entry again, now of epoch 1: chained and noted as it should be.
  std::string hash;
  support::ChangeRow(*disk_, config_.path, "journal", BigEndian(5), [&](auto& row) {
    auto header = ParseStored(*row)->header;
    header.set_epoch(1);
    Stored changed;
    changed.bytes = header.SerializeAsString();
    hash = tlog::Sha256(changed.bytes);
    row = RowOf(changed);
  });
  support::ChangeRow(*disk_, config_.path, "cursor", "head", [&](auto& row) {
    common::v1::Head head;
    ASSERT_TRUE(head.ParseFromString(*row));
    head.set_hash(hash);
    row = head.SerializeAsString();
  });
  auto opened = Store::OpenUnproven(config_, *disk_);
  ASSERT_TRUE(opened.ok());
  EXPECT_THAT((*opened)->VerifyChain().message(), HasSubstr("entry 5 is of an earlier epoch"));
}

TEST_F(EpochTest, IsNeverLessInTheHeadThanInTheLastEntry) {
  ASSERT_TRUE(store_->BeginEpoch().ok());
  Write("pro_second");
  Close();
  support::ChangeRow(*disk_, config_.path, "cursor", "head", [&](auto& row) {
    common::v1::Head head;
    ASSERT_TRUE(head.ParseFromString(*row));
    head.set_epoch(1);
    row = head.SerializeAsString();
  });
  EXPECT_THAT(OpenFails().message(), HasSubstr("not the noted head"));
}

}  // namespace
}  // namespace samenspel::store
