// SPDX-License-Identifier: EUPL-1.2
// The watermark lies outside the data folder: an old copy put back does not bring its own. On a
// real folder.
#include <filesystem>

#include "tests/common/store/store_fixture.h"
#include "tests/support/scratch.h"

namespace samenspel::store {
namespace {

namespace fs = std::filesystem;
using support::ReadFile;
using support::WriteFile;
using testing::HasSubstr;

class WatermarkPlaceTest : public StoreTest {
 protected:
  WatermarkPlaceTest() : StoreTest(Disk::Real()) {
    config_.path = scratch_.path() + "/data";
    config_.watermark = scratch_.path() + "/keys/watermark";
  }
  std::string former() const { return config_.path + "/watermark"; }
  /// A store as 0.2 left it: the watermark in the data folder.
  void MakeFormer(int entries) {
    StoreConfig now = config_;
    config_.watermark.clear();
    Open();
    WriteMany(entries);
    Close();
    config_ = now;
  }
  uint64_t Marked() { return (**ReadWatermark(config_, disk_->files())).sequence; }

  support::ScratchFolder scratch_;
};

TEST_F(WatermarkPlaceTest, IsMadeThereAndNowhereElse) {
  Open();
  WriteMany(2);
  Reopen();
  EXPECT_TRUE(fs::exists(config_.watermark));
  EXPECT_FALSE(fs::exists(former()));
  EXPECT_EQ(Marked(), 2U);
}

TEST_F(WatermarkPlaceTest, FindsAnOldCopyOfTheWholeDataFolder) {
  Open();
  WriteMany(3);
  Close();
  fs::copy(config_.path, scratch_.path() + "/older", fs::copy_options::recursive);
  Open();
  WriteMany(1);
  Close();
  fs::remove_all(config_.path);
  fs::rename(scratch_.path() + "/older", config_.path);
  const base::Status refused = OpenFails();
  EXPECT_EQ(refused.code(), base::Code::kCorrupt);
  EXPECT_THAT(refused.message(),
              HasSubstr("the journal ends at entry 3, entry 4 was acknowledged"));
  EXPECT_THAT(refused.message(), HasSubstr("--repair-from audit"));
}

TEST_F(WatermarkPlaceTest, FindsADataFolderThatIsGone) {
  Open();
  WriteMany(3);
  Close();
  fs::remove_all(config_.path);
  EXPECT_THAT(OpenFails().message(), HasSubstr("entry 3 was acknowledged"));
}

TEST_F(WatermarkPlaceTest, MovesThatOfAnOlderVersion) {
  MakeFormer(3);
  Open();
  EXPECT_EQ(store_->head().sequence, 3U);
  EXPECT_FALSE(fs::exists(former()));
  EXPECT_EQ(Marked(), 3U);
  Close();
  fs::remove(config_.watermark);
  EXPECT_THAT(OpenFails().message(), HasSubstr("is gone")) << "there was only one left";
}

TEST_F(WatermarkPlaceTest, CountsTheFartherOfTwo) {
  MakeFormer(3);
  const std::string old_mark = ReadFile(former());
  Open();
  WriteMany(2);
  Close();
  WriteFile(former(), old_mark);
  EXPECT_EQ(Marked(), 5U);
  Open();
  EXPECT_FALSE(fs::exists(former()));
  Close();
  // And the other way round: the one in the data folder knows more.
  fs::rename(config_.watermark, former());
  WriteFile(config_.watermark, old_mark);
  EXPECT_EQ(Marked(), 5U);
}

TEST_F(WatermarkPlaceTest, RefusesWhatTheOlderVersionWouldHaveRefused) {
  MakeFormer(3);
  fs::remove_all(config_.path + "/db");
  EXPECT_THAT(OpenFails().message(), HasSubstr("entry 3 was acknowledged"));
  EXPECT_TRUE(fs::exists(former())) << "nothing is moved before it is proven";
}

TEST_F(WatermarkPlaceTest, LooksWithoutMovingAnything) {
  MakeFormer(3);
  fs::remove_all(config_.path + "/db");
  EXPECT_FALSE(Store::OpenUnproven(config_, *disk_).ok());
  EXPECT_TRUE(fs::exists(former()));
  EXPECT_FALSE(fs::exists(config_.path + "/db")) << "an empty one would be in a restore's way";
  EXPECT_FALSE(fs::exists(config_.watermark));
  EXPECT_THAT(OpenFails().message(), HasSubstr("entry 3 was acknowledged"));
}

TEST_F(WatermarkPlaceTest, AppendsNothingWithoutOne) {
  Open();
  WriteMany(1);
  Close();
  fs::remove(config_.watermark);
  auto opened = Store::OpenUnproven(config_, *disk_);
  ASSERT_TRUE(opened.ok());
  Batch batch = (*opened)->Begin();
  batch.Append(Header("pro_a", ""), {});
  EXPECT_EQ((*opened)->Commit(std::move(batch)), CommitResult::kUnknown);
  EXPECT_THAT((*opened)->fault().message(), HasSubstr("no watermark"));
}

}  // namespace
}  // namespace samenspel::store
