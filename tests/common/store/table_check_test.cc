// SPDX-License-Identifier: EUPL-1.2
// Damage in a table file is found at start, whether or not somebody asks for what is in it.
#include <filesystem>
#include <thread>

#include "tests/common/store/store_fixture.h"
#include "tests/support/fake_clock.h"
#include "tests/support/scratch.h"

namespace samenspel::store {
namespace {

namespace fs = std::filesystem;
using support::ReadFile;
using support::WriteFile;
using testing::AllOf;
using testing::HasSubstr;

class TableCheckTest : public StoreTest {
 protected:
  TableCheckTest() : StoreTest(Disk::Real()) {
    config_.path = scratch_.path() + "/data";
    config_.write_buffer_bytes = 64 << 10;  // So that there soon are files.
  }
  void SetUp() override {
    Open();
    for (int i = 0; i < 40; ++i) Write("pro_a", {std::string(16 << 10, static_cast<char>(i))});
    Reopen();  // What is in the log becomes a table now, and not when a test opens the store.
    Close();
    tables_ = Tables();
    ASSERT_GE(tables_.size(), 2U);
  }
  /// The oldest first, by number.
  std::vector<std::string> Tables() const {
    std::vector<std::string> tables;
    for (const auto& file : fs::directory_iterator(config_.path + "/db")) {
      if (file.path().extension() == ".sst") tables.push_back(file.path().string());
    }
    std::sort(tables.begin(), tables.end());
    return tables;
  }
  /// In a data block of entries long before the watermark, which nobody reads at start.
  void Damage(const std::string& path) {
    std::string content = ReadFile(path);
    content[content.size() / 4] ^= 1;
    WriteFile(path, content);
  }

  support::ScratchFolder scratch_;
  std::vector<std::string> tables_;
};

TEST_F(TableCheckTest, OpensWhatIsWhole) { Open(); }

TEST_F(TableCheckTest, RefusesAFileWithAFlippedBitAndNamesIt) {
  Damage(tables_.front());
  const base::Status refused = OpenFails();
  EXPECT_EQ(refused.code(), base::Code::kCorrupt);
  EXPECT_THAT(refused.message(),
              AllOf(HasSubstr(tables_.front()), HasSubstr("--repair-from audit")));
}

TEST_F(TableCheckTest, ChecksNoMoreThanItIsToldToAtStart) {
  Damage(tables_.front());
  config_.checked_bytes = 1;
  Open();
  EXPECT_TRUE(store_->Tick(support::kMorning).ok());
}

TEST_F(TableCheckTest, ChecksTheNewestFirst) {
  Damage(tables_.back());
  config_.checked_bytes = 1;
  EXPECT_EQ(OpenFails().code(), base::Code::kCorrupt);
}

TEST_F(TableCheckTest, EndsTheProcessWithWhatItFindsInTheRest) {
  Damage(tables_.front());
  config_.checked_bytes = 1;
  config_.check_rest = true;
  Open();
  while (store_->Tick(support::kMorning).ok()) std::this_thread::yield();  // Until it has looked.
  EXPECT_EQ(store_->fault().code(), base::Code::kCorrupt);
  EXPECT_THAT(store_->fault().message(), HasSubstr(tables_.front()));
  Batch batch = store_->Begin();
  batch.Append(Header("pro_a", ""), {});
  EXPECT_EQ(store_->Commit(std::move(batch)), CommitResult::kUnknown);
}

}  // namespace
}  // namespace samenspel::store
