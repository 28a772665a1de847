// SPDX-License-Identifier: EUPL-1.2
// What RocksDB alone cannot see: data that was synced and is gone. On a real folder.
#include <filesystem>

#include "tests/common/store/store_fixture.h"
#include "tests/support/scratch.h"

namespace samenspel::store {
namespace {

namespace fs = std::filesystem;
using support::ReadFile;
using support::WriteFile;
using testing::AllOf;
using testing::HasSubstr;

constexpr size_t kSlot = 4096;

class MissingDataTest : public StoreTest {
 protected:
  MissingDataTest() : StoreTest(Disk::Real()) { config_.path = scratch_.path() + "/data"; }

  void SetUp() override {
    Open();
    WriteMany(10);
    Close();
  }
  std::string Log() const {
    std::string found;
    for (const auto& file : fs::directory_iterator(config_.path + "/db")) {
      const bool is_log = file.path().extension() == ".log" && file.file_size() > 0;
      if (is_log) found = std::max(found, file.path().string());
    }
    EXPECT_NE(found, "");
    return found;
  }
  std::string watermark() const { return config_.path + "/watermark"; }
  void FlipBit(const std::string& path, size_t at) {
    std::string content = ReadFile(path);
    ASSERT_LT(at, content.size());
    content[at] = static_cast<char>(content[at] ^ 1);
    WriteFile(path, content);
  }
  void ExpectMissing() {
    const base::Status refused = OpenFails();
    EXPECT_EQ(refused.code(), base::Code::kCorrupt);
    EXPECT_THAT(refused.message(),
                AllOf(HasSubstr("entry 10 was acknowledged"), HasSubstr("--verify")));
    EXPECT_EQ(OpenFails().message(), refused.message()) << "looking changes nothing";
  }

  support::ScratchFolder scratch_;
};

TEST_F(MissingDataTest, OpensWhatIsWhole) {
  Open();
  EXPECT_EQ(store_->head().sequence, 10U);
  WriteMany(1);
  Reopen();
  EXPECT_EQ(store_->head().sequence, 11U);
}

TEST_F(MissingDataTest, RefusesALogCutInHalf) {
  const std::string log = Log();
  fs::resize_file(log, fs::file_size(log) / 2);
  ExpectMissing();
}

TEST_F(MissingDataTest, RefusesALogWithoutItsLastBytes) {
  const std::string log = Log();
  fs::resize_file(log, fs::file_size(log) - 3);
  ExpectMissing();
}

TEST_F(MissingDataTest, RefusesAnEmptiedLog) {
  fs::resize_file(Log(), 0);
  ExpectMissing();
}

TEST_F(MissingDataTest, RefusesAMissingLog) {
  fs::remove(Log());
  const base::Status refused = OpenFails();
  EXPECT_EQ(refused.code(), base::Code::kCorrupt);
}

TEST_F(MissingDataTest, RefusesAFlippedBitInTheLastRecord) {
  const std::string log = Log();
  FlipBit(log, fs::file_size(log) - 10);
  ExpectMissing();
}

TEST_F(MissingDataTest, RefusesAFlippedBitInTheMiddle) {
  const std::string log = Log();
  FlipBit(log, fs::file_size(log) / 2);
  EXPECT_EQ(OpenFails().code(), base::Code::kCorrupt);
}

TEST_F(MissingDataTest, LeavesWhatStandsBehindADamagedSpotForTheRepair) {
  FlipBit(Log(), ReadFile(Log()).size() / 2);
  const std::string log = Log();
  const std::string before = ReadFile(log);
  ExpectMissing();
  EXPECT_EQ(Log(), log);
  EXPECT_EQ(ReadFile(log), before);
}

TEST_F(MissingDataTest, RefusesAnEmptyDatabaseBesideAWatermark) {
  fs::remove_all(config_.path + "/db");
  ExpectMissing();
}

TEST_F(MissingDataTest, RefusesAnOlderCopyOfTheDatabase) {
  fs::copy(config_.path + "/db", scratch_.path() + "/older", fs::copy_options::recursive);
  Open();
  WriteMany(1);
  Close();
  fs::remove_all(config_.path + "/db");
  fs::rename(scratch_.path() + "/older", config_.path + "/db");
  EXPECT_THAT(OpenFails().message(), HasSubstr("entry 11 was acknowledged"));
}

TEST_F(MissingDataTest, RefusesAnotherHistoryOfTheSameLength) {
  fs::copy(config_.path + "/db", scratch_.path() + "/other", fs::copy_options::recursive);
  Open();
  Write("pro_acknowledged");
  Close();
  WriteFile(scratch_.path() + "/mark", ReadFile(watermark()));
  fs::remove_all(config_.path + "/db");
  fs::remove(watermark());
  fs::rename(scratch_.path() + "/other", config_.path + "/db");
  auto forked = Store::OpenUnproven(config_, *disk_);
  ASSERT_TRUE(forked.ok());
  ASSERT_TRUE((*forked)->EndRebuild().ok());
  store_ = *std::move(forked);
  Write("pro_other");
  Write("pro_more");
  Close();
  WriteFile(watermark(), ReadFile(scratch_.path() + "/mark"));
  EXPECT_THAT(OpenFails().message(), HasSubstr("entry 11 is not the one that was acknowledged"));
}

TEST_F(MissingDataTest, RefusesDataWithoutItsWatermark) {
  fs::remove(watermark());
  const base::Status refused = OpenFails();
  EXPECT_EQ(refused.code(), base::Code::kCorrupt);
  EXPECT_THAT(refused.message(), AllOf(HasSubstr("is gone"), HasSubstr("--rebuild")));
}

TEST_F(MissingDataTest, LooksWithoutMakingANewWatermark) {
  fs::remove(watermark());
  {
    auto looked = Store::OpenUnproven(config_, *disk_);
    ASSERT_TRUE(looked.ok());
    EXPECT_EQ((*looked)->head().sequence, 10U);
    EXPECT_TRUE((*looked)->VerifyChain().ok());
  }
  EXPECT_EQ(OpenFails().code(), base::Code::kCorrupt) << "only --rebuild makes a new one";
  {
    auto rebuilt = Store::OpenUnproven(config_, *disk_);
    ASSERT_TRUE(rebuilt.ok());
    ASSERT_TRUE((*rebuilt)->EndRebuild().ok());
  }
  Open();
  EXPECT_EQ(store_->head().sequence, 10U);
}

TEST_F(MissingDataTest, StandsOneTornSlotOfTheWatermark) {
  for (const size_t slot : {size_t{0}, kSlot}) {
    const std::string whole = ReadFile(watermark());
    FlipBit(watermark(), slot + 20);
    Open();
    EXPECT_EQ(store_->head().sequence, 10U);
    Close();
    WriteFile(watermark(), whole);
  }
}

TEST_F(MissingDataTest, WritesOverATornSlot) {
  FlipBit(watermark(), 20);
  FlipBit(watermark(), 30);
  Open();
  WriteMany(2);
  Close();
  const auto mark = Watermark::Read(disk_->files(), watermark());
  ASSERT_TRUE(mark.ok());
  ASSERT_TRUE(mark->has_value());
  EXPECT_EQ((*mark)->sequence, 12U);
}

TEST_F(MissingDataTest, RefusesTwoTornSlots) {
  FlipBit(watermark(), 20);
  FlipBit(watermark(), kSlot + 20);
  const base::Status refused = OpenFails();
  EXPECT_EQ(refused.code(), base::Code::kCorrupt);
  EXPECT_THAT(refused.message(), HasSubstr("neither slot can be read"));
}

TEST_F(MissingDataTest, RefusesAWatermarkCutToNothing) {
  WriteFile(watermark(), "");
  EXPECT_EQ(OpenFails().code(), base::Code::kCorrupt);
}

// Killed without a chance to sync: what was written in place is the kernel's and stays.
TEST(Watermark, ShowsWhatWasWrittenLast) {
  const auto files = base::MemoryFileSystem();
  ASSERT_FALSE(Watermark::Read(*files, "mark")->has_value());
  ASSERT_TRUE(Watermark::Reset(*files, "mark", {}).ok());
  auto watermark = Watermark::Open(*files, "mark");
  ASSERT_TRUE(watermark.ok());
  for (uint64_t sequence = 1; sequence <= 5; ++sequence) {
    const Head head{.epoch = 2, .sequence = sequence, .hash = std::string(32, 'h')};
    ASSERT_TRUE((*watermark)->Write(head).ok());
    EXPECT_EQ(**Watermark::Read(*files, "mark"), head);
  }
}

}  // namespace
}  // namespace samenspel::store
