// SPDX-License-Identifier: EUPL-1.2
// A look at a database that somebody else has open. On a real folder.
#include <filesystem>

#include "tests/common/store/store_fixture.h"
#include "tests/support/scratch.h"

namespace samenspel::store {
namespace {

namespace fs = std::filesystem;

class SnapshotTest : public StoreTest {
 protected:
  SnapshotTest() : StoreTest(Disk::Real()) { config_.path = scratch_.path() + "/data"; }
  std::map<std::string, uintmax_t> Files() const {
    std::map<std::string, uintmax_t> files;
    for (const auto& file : fs::recursive_directory_iterator(scratch_.path())) {
      files[file.path().string()] = file.is_regular_file() ? file.file_size() : 0;
    }
    return files;
  }

  support::ScratchFolder scratch_;
};

TEST_F(SnapshotTest, SeesWhatWasCommittedAndStaysAsItWas) {
  Open();
  WriteMany(5);
  auto snapshot = Store::OpenSnapshot(config_, *disk_);
  ASSERT_TRUE(snapshot.ok()) << snapshot.status().message();
  EXPECT_EQ((*snapshot)->head(), store_->head());
  WriteMany(2);
  EXPECT_EQ((*snapshot)->head().sequence, 5U);
  EXPECT_TRUE((*snapshot)->VerifyChain().ok());
}

TEST_F(SnapshotTest, StaysReadableWhileFilesAreReplaced) {
  config_.write_buffer_bytes = 64 << 10;
  Open();
  const auto fill = [&] {
    for (int i = 0; i < 40; ++i) Write("pro_a", {std::string(16 << 10, 'x')});
  };
  fill();
  auto snapshot = Store::OpenSnapshot(config_, *disk_);
  // A flush at that very moment hides a part: then it is looked at again.
  for (int i = 0; i < 5 && (!snapshot.ok() || !(*snapshot)->VerifyChain().ok()); ++i) {
    snapshot = Store::OpenSnapshot(config_, *disk_);
  }
  ASSERT_TRUE(snapshot.ok()) << snapshot.status().message();
  for (int i = 0; i < 8; ++i) fill();
  const base::Status whole = (*snapshot)->VerifyChain();
  EXPECT_TRUE(whole.ok()) << whole.message();
  EXPECT_GE((*snapshot)->head().sequence, 40U);
}

TEST_F(SnapshotTest, ChangesNothing) {
  Open();
  WriteMany(5);
  const auto before = Files();
  {
    auto snapshot = Store::OpenSnapshot(config_, *disk_);
    ASSERT_TRUE(snapshot.ok());
    Batch batch = (*snapshot)->Begin();
    batch.Put(Column::kState, "rpt_1", "forged");
    EXPECT_EQ((*snapshot)->Commit(std::move(batch)), CommitResult::kUnknown);
  }
  EXPECT_EQ(Files(), before);
  EXPECT_EQ(store_->Get(Column::kState, "rpt_1"), std::nullopt);
  WriteMany(1);
}

TEST_F(SnapshotTest, NeedsADatabase) {
  EXPECT_FALSE(Store::OpenSnapshot(config_, *disk_).ok());
  EXPECT_FALSE(fs::exists(config_.path + "/db")) << "none is made";
}

}  // namespace
}  // namespace samenspel::store
