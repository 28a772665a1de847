// SPDX-License-Identifier: EUPL-1.2
// A second folder that gets every key block, and every destruction.
#include <gmock/gmock.h>

#include "common/seal/key_block.h"
#include "common/seal/key_store.h"
#include "tests/common/seal/fakes.h"

namespace samenspel::seal {
namespace {

using base::Code;
using base::Status;
using testing::HasSubstr;

constexpr std::string_view kMaster = "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm";
constexpr char kFirst[] = "/block-00000001";
constexpr char kSecond[] = "/block-00000002";

/// Files of which one folder can be made to fail.
class HalfFull : public WatchedFiles {
 public:
  Status Replace(const std::string& path, std::string_view content) override {
    if (copy_full && path.starts_with("copy/")) return {Code::kIo, "write " + path + ": full"};
    return WatchedFiles::Replace(path, content);
  }
  base::Result<std::unique_ptr<base::File>> Open(const std::string& path) override {
    if (copy_full && path.starts_with("copy/")) return Status(Code::kIo, "open " + path + ": full");
    return WatchedFiles::Open(path);
  }
  bool copy_full = false;
};

class KeyCopyTest : public testing::Test {
 protected:
  std::unique_ptr<KeyStore> Opened(const std::string& copy = "copy") {
    auto opened = KeyStore::Open(files_, "keys", kMaster, entropy_, copy);
    EXPECT_TRUE(opened.ok()) << opened.status().message();
    return opened.ok() ? *std::move(opened) : nullptr;
  }
  std::string Bytes(const std::string& path) {
    const auto bytes = files_.Read(path);
    return bytes.ok() ? *bytes : "none";
  }
  void ExpectSame(const std::string& block) {
    EXPECT_TRUE(Bytes("copy" + block) == Bytes("keys" + block)) << block;
  }
  bool IsZero(const std::string& path, size_t row) {
    return Bytes(path).substr(RowOffset(row), kRowBytes) == std::string(kRowBytes, '\0');
  }

  HalfFull files_;
  base::SystemEntropy entropy_;
};

TEST_F(KeyCopyTest, GetsEachBlockAsItIsMade) {
  auto keys = Opened();
  ASSERT_TRUE(keys->AddBlock().ok());
  ExpectSame(kFirst);
  ASSERT_TRUE(keys->AddBlock().ok());
  ExpectSame(kSecond);
  EXPECT_TRUE(keys->UpdateCopy().ok());
}

TEST_F(KeyCopyTest, IsMadeOnlyWhereOneIsAskedFor) {
  auto keys = Opened("");
  ASSERT_TRUE(keys->AddBlock().ok());
  EXPECT_TRUE(keys->UpdateCopy().ok());
  EXPECT_FALSE(files_.Exists(std::string("copy") + kFirst));
}

TEST_F(KeyCopyTest, GetsAtStartWhatItLacks) {
  ASSERT_TRUE(Opened("")->AddBlock().ok());
  ASSERT_TRUE(Opened("")->AddBlock().ok());
  EXPECT_TRUE(Opened()->UpdateCopy().ok());
  ExpectSame(kFirst);
  ExpectSame(kSecond);
}

TEST_F(KeyCopyTest, NeverStopsTheKeyStoreAndIsMadeGoodLater) {
  auto keys = Opened();
  files_.copy_full = true;
  ASSERT_TRUE(keys->AddBlock().ok());
  EXPECT_TRUE(keys->Find(1).ok());
  EXPECT_EQ(keys->UpdateCopy().code(), Code::kIo);
  keys = Opened();
  EXPECT_EQ(keys->UpdateCopy().code(), Code::kIo);
  files_.copy_full = false;
  EXPECT_TRUE(keys->UpdateCopy().ok());
  ExpectSame(kFirst);
}

TEST_F(KeyCopyTest, OpensInThePlaceOfTheKeyStore) {
  auto keys = Opened();
  ASSERT_TRUE(keys->AddBlock().ok());
  auto copy = KeyStore::Open(files_, "copy", kMaster, entropy_);
  ASSERT_TRUE(copy.ok());
  EXPECT_EQ(*(*copy)->Find(7), *keys->Find(7));
}

TEST_F(KeyCopyTest, LosesAKeyThatIsDestroyed) {
  auto keys = Opened();
  ASSERT_TRUE(keys->AddBlock().ok());
  const int syncs = files_.syncs_after_write;
  ASSERT_TRUE(keys->Destroy(7).ok());
  EXPECT_EQ(files_.syncs_after_write, syncs + 2);
  EXPECT_TRUE(IsZero(std::string("copy") + kFirst, 6));
  ExpectSame(kFirst);
  ASSERT_TRUE(keys->Destroy(7).ok());
  EXPECT_EQ(files_.syncs_after_write, syncs + 4) << "again, in both";
}

TEST_F(KeyCopyTest, SaysWhenAKeyIsNotDestroyedThere) {
  auto keys = Opened();
  ASSERT_TRUE(keys->AddBlock().ok());
  files_.copy_full = true;
  EXPECT_EQ(keys->Destroy(7).code(), Code::kIo);
  EXPECT_EQ(keys->Find(7).status().code(), Code::kNotFound);
  EXPECT_EQ(keys->UpdateCopy().code(), Code::kIo);
  files_.copy_full = false;
  EXPECT_TRUE(keys->UpdateCopy().ok());
  EXPECT_TRUE(IsZero(std::string("copy") + kFirst, 6));
}

TEST_F(KeyCopyTest, LosesAtStartWhatWasDestroyedMeanwhile) {
  ASSERT_TRUE(Opened()->AddBlock().ok());
  ASSERT_TRUE(Opened("")->Destroy(7).ok());
  EXPECT_FALSE(IsZero(std::string("copy") + kFirst, 6));
  EXPECT_TRUE(Opened()->UpdateCopy().ok());
  EXPECT_TRUE(IsZero(std::string("copy") + kFirst, 6));
}

TEST_F(KeyCopyTest, IsNeverWrittenOverOtherKeys) {
  auto elsewhere = KeyStore::Open(files_, "copy", kMaster, entropy_);
  ASSERT_TRUE((*elsewhere)->AddBlock().ok());
  const std::string other = Bytes(std::string("copy") + kFirst);
  auto keys = Opened();
  ASSERT_TRUE(keys->AddBlock().ok());
  const Status refused = keys->UpdateCopy();
  EXPECT_EQ(refused.code(), Code::kCorrupt);
  EXPECT_THAT(refused.message(), HasSubstr(std::string("copy") + kFirst));
  ASSERT_FALSE(keys->Destroy(7).ok());
  EXPECT_TRUE(Bytes(std::string("copy") + kFirst) == other);
}

TEST_F(KeyCopyTest, IsMadeAgainWhenItVanished) {
  auto keys = Opened();
  ASSERT_TRUE(keys->AddBlock().ok());
  ASSERT_TRUE(files_.Remove(std::string("copy") + kFirst).ok());
  ASSERT_TRUE(keys->Destroy(7).ok());
  ExpectSame(kFirst);
}

TEST_F(KeyCopyTest, PassesOverFilesThatAreNoBlocks) {
  auto keys = Opened();
  ASSERT_TRUE(keys->AddBlock().ok());
  ASSERT_TRUE(files_.Replace("keys/watermark", "of the store").ok());
  EXPECT_EQ(Opened()->last(), 256U);
  EXPECT_FALSE(files_.Exists("copy/watermark"));
}

}  // namespace
}  // namespace samenspel::seal
