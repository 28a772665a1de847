// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

using testing::HasSubstr;
using testing::Not;

common::v1::Envelope RequestAt(int64_t ms, const std::string& body) {
  base::SystemEntropy entropy;
  common::v1::Envelope envelope = Request(body);
  envelope.set_request_id(base::NewRequestId(base::FromMs(ms), entropy));
  return envelope;
}

class SpoolTest : public testing::Test {
 protected:
  std::string PathOf(const common::v1::Envelope& envelope) {
    return "spool/" + base::UuidText(envelope.request_id()) + ".req";
  }
  void ExpectCorrupt(const std::string& path) {
    const auto all = spool_.All();
    ASSERT_FALSE(all.ok());
    EXPECT_EQ(all.status().code(), base::Code::kCorrupt);
    EXPECT_THAT(all.status().message(), HasSubstr(path));
  }

  base::SystemEntropy entropy_;
  const std::string key_ = entropy_.Bytes(32);
  std::unique_ptr<base::FileSystem> files_ = base::MemoryFileSystem();
  Spool spool_{*files_, "spool", key_, entropy_};
};

TEST_F(SpoolTest, GivesBackWhatWasPutOldestFirst) {
  const auto later = RequestAt(2'000, "later");
  const auto first = RequestAt(1'000, "first");
  ASSERT_TRUE(spool_.Put("meeting", later).ok());
  ASSERT_TRUE(spool_.Put("intake", first).ok());
  Spool after_restart(*files_, "spool", key_, entropy_);
  const auto all = after_restart.All();
  ASSERT_TRUE(all.ok()) << all.status().message();
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[0].service, "intake");
  EXPECT_EQ((*all)[0].request_id, first.request_id());
  EXPECT_EQ((*all)[0].envelope.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ((*all)[1].service, "meeting");
  EXPECT_EQ((*all)[1].envelope.SerializeAsString(), later.SerializeAsString());
}

TEST_F(SpoolTest, IsEmptyBeforeAnythingWasPutAndAfterAllWasRemoved) {
  EXPECT_TRUE(spool_.All()->empty());
  const auto request = Request("hello");
  ASSERT_TRUE(spool_.Put("intake", request).ok());
  ASSERT_TRUE(spool_.Remove(request.request_id()).ok());
  EXPECT_TRUE(spool_.All()->empty());
  EXPECT_TRUE(spool_.Remove(request.request_id()).ok()) << "twice is fine";
}

TEST_F(SpoolTest, HoldsARequestOnce) {
  const auto request = Request("hello");
  ASSERT_TRUE(spool_.Put("intake", request).ok());
  ASSERT_TRUE(spool_.Put("intake", request).ok());
  EXPECT_EQ(spool_.All()->size(), 1U);
}

TEST_F(SpoolTest, ShowsNothingOfTheRequestOnDisk) {
  const auto request = Request("canary of a family");
  ASSERT_TRUE(spool_.Put("intake", request).ok());
  const auto file = files_->Read(PathOf(request));
  ASSERT_TRUE(file.ok());
  EXPECT_THAT(*file, Not(HasSubstr("canary")));
  EXPECT_THAT(*file, Not(HasSubstr("intake")));
}

TEST_F(SpoolTest, NamesADamagedFileWhateverByteIsHit) {
  const auto request = Request("hello");
  ASSERT_TRUE(spool_.Put("intake", request).ok());
  const std::string path = PathOf(request);
  const std::string whole = *files_->Read(path);
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string damaged = whole;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    ASSERT_TRUE(files_->Replace(path, damaged).ok());
    ExpectCorrupt(path);
    ASSERT_TRUE(files_->Replace(path, whole.substr(0, i)).ok());
    ExpectCorrupt(path);
  }
}

TEST_F(SpoolTest, NamesAFileThatStandsUnderAnotherName) {
  const auto request = Request("hello");
  const auto other = Request("other");
  ASSERT_TRUE(spool_.Put("intake", request).ok());
  ASSERT_TRUE(files_->Replace(PathOf(other), *files_->Read(PathOf(request))).ok());
  ExpectCorrupt(PathOf(other));
}

TEST_F(SpoolTest, NamesAFileThatIsNoRequest) {
  ASSERT_TRUE(files_->Replace("spool/notes.req", "hello").ok());
  ExpectCorrupt("spool/notes.req");
}

TEST_F(SpoolTest, RefusesAnotherKey) {
  const auto request = Request("hello");
  ASSERT_TRUE(spool_.Put("intake", request).ok());
  Spool other(*files_, "spool", entropy_.Bytes(32), entropy_);
  EXPECT_EQ(other.All().status().code(), base::Code::kCorrupt);
}

TEST_F(SpoolTest, RefusesAKeyThatIsTooShort) {
  Spool weak(*files_, "spool", "short", entropy_);
  EXPECT_EQ(weak.Put("intake", Request("hello")).code(), base::Code::kInvalid);
  EXPECT_EQ(weak.All().status().code(), base::Code::kInvalid);
}

TEST_F(SpoolTest, RefusesARequestWithoutAProperIdOrService) {
  auto request = Request("hello");
  EXPECT_EQ(spool_.Put("", request).code(), base::Code::kInvalid);
  request.set_request_id("short");
  EXPECT_EQ(spool_.Put("intake", request).code(), base::Code::kInvalid);
  EXPECT_EQ(spool_.Remove("../../../etc/passwd").code(), base::Code::kInvalid);
}

TEST(SpoolOnDisk, StartsWithAFolderThatIsNotThere) {
  const auto files = base::RealFileSystem();
  base::SystemEntropy entropy;
  const std::string directory =
      testing::TempDir() + "samenspel_spool_" + base::UuidText(entropy.Bytes(16));
  Spool spool(*files, directory, entropy.Bytes(32), entropy);
  ASSERT_TRUE(spool.All().ok());
  EXPECT_TRUE(spool.All()->empty());
  const auto request = Request("hello");
  ASSERT_TRUE(spool.Put("intake", request).ok());
  EXPECT_EQ(spool.All()->size(), 1U);
  ASSERT_TRUE(spool.Remove(request.request_id()).ok());
  EXPECT_TRUE(spool.All()->empty());
}

}  // namespace
}  // namespace samenspel::bus
