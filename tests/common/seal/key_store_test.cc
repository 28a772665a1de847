// SPDX-License-Identifier: EUPL-1.2
#include "common/seal/key_store.h"

#include <gmock/gmock.h>
#include <sodium.h>

#include <set>

#include "common/base/hex.h"
#include "common/seal/key_block.h"
#include "tests/common/seal/fakes.h"
#include "tests/support/scratch.h"

namespace samenspel::seal {
namespace {

using base::Code;
using base::Status;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::string_view kMaster = "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm";
constexpr char kFirstBlock[] = "keys/block-00000001";
constexpr char kSecondBlock[] = "keys/block-00000002";

class KeyStoreTest : public testing::Test {
 protected:
  std::unique_ptr<KeyStore> Opened() {
    auto opened = KeyStore::Open(files_, "keys", kMaster, entropy_);
    EXPECT_TRUE(opened.ok()) << opened.status().message();
    return opened.ok() ? *std::move(opened) : nullptr;
  }
  std::unique_ptr<KeyStore> WithBlocks(int blocks) {
    auto keys = Opened();
    for (int i = 0; i < blocks; ++i) EXPECT_TRUE(keys->AddBlock().ok());
    return keys;
  }
  Status Refusal(std::string_view master = kMaster) {
    auto opened = KeyStore::Open(files_, "keys", master, entropy_);
    return opened.status();
  }
  std::string Bytes(const std::string& path) { return *files_.Read(path); }
  void Write(const std::string& path, const std::string& bytes) {
    ASSERT_TRUE(files_.Replace(path, bytes).ok());
  }
  void Flip(const std::string& path, size_t offset) {
    std::string bytes = Bytes(path);
    bytes[offset] ^= 1;
    Write(path, bytes);
  }

  WatchedFiles files_;
  base::SystemEntropy entropy_;
};

TEST_F(KeyStoreTest, StartsEmpty) {
  auto keys = Opened();
  EXPECT_EQ(keys->last(), 0U);
  EXPECT_TRUE(keys->NeedsBlock(1, 1));
  EXPECT_EQ(keys->Find(1).status().code(), Code::kNotFound);
}

TEST_F(KeyStoreTest, MakesKeysInBlocksOf256) {
  auto keys = WithBlocks(2);
  EXPECT_EQ(keys->last(), 512U);
  EXPECT_FALSE(keys->NeedsBlock(257, 255));
  EXPECT_TRUE(keys->NeedsBlock(257, 256));
  std::set<std::string> distinct;
  for (KeyNumber number = 1; number <= 512; ++number) {
    const auto key = keys->Find(number);
    ASSERT_TRUE(key.ok()) << number;
    EXPECT_EQ(key->size(), 32U);
    distinct.insert(*key);
  }
  EXPECT_EQ(distinct.size(), 512U);
}

TEST_F(KeyStoreTest, HasNoKeyOutsideItsNumbers) {
  auto keys = WithBlocks(1);
  for (const KeyNumber number : {KeyNumber{0}, KeyNumber{257}, ~KeyNumber{0}}) {
    EXPECT_EQ(keys->Find(number).status().code(), Code::kNotFound) << number;
    EXPECT_EQ(keys->Destroy(number).code(), Code::kNotFound) << number;
  }
  EXPECT_EQ(files_.writes_in_place, 0);
}

TEST_F(KeyStoreTest, FindsTheSameKeysAfterARestart) {
  std::vector<std::string> before;
  auto keys = WithBlocks(2);
  for (KeyNumber number = 1; number <= 512; ++number) before.push_back(*keys->Find(number));
  keys = Opened();
  EXPECT_EQ(keys->last(), 512U);
  for (KeyNumber number = 1; number <= 512; ++number) {
    ASSERT_EQ(*keys->Find(number), before[number - 1]) << number;
  }
}

TEST_F(KeyStoreTest, GoesOnNumberingAfterARestart) {
  const std::string first = *WithBlocks(1)->Find(1);
  auto keys = WithBlocks(1);
  EXPECT_EQ(keys->last(), 512U);
  EXPECT_EQ(*keys->Find(1), first);
  EXPECT_TRUE(files_.Exists(kSecondBlock));
}

TEST_F(KeyStoreTest, KeepsNoKeyReadableOnDisk) {
  auto keys = WithBlocks(1);
  const std::string bytes = Bytes(kFirstBlock);
  for (KeyNumber number = 1; number <= 256; ++number) {
    EXPECT_EQ(bytes.find(keys->Find(number)->substr(0, 8)), std::string::npos) << number;
  }
  EXPECT_EQ(bytes.find(kMaster.substr(0, 8)), std::string::npos);
}

TEST_F(KeyStoreTest, GivesOutNoNumberOfABlockThatWasNotWritten) {
  auto keys = WithBlocks(1);
  files_.full = true;
  EXPECT_EQ(keys->AddBlock().code(), Code::kIo);
  EXPECT_EQ(keys->last(), 256U);
  EXPECT_EQ(keys->Find(257).status().code(), Code::kNotFound);
  files_.full = false;
  EXPECT_TRUE(keys->AddBlock().ok());
  EXPECT_TRUE(keys->Find(257).ok());
}

TEST_F(KeyStoreTest, WritesABlockInOneReplace) {
  WithBlocks(1);
  EXPECT_EQ(files_.replaces, 1);
  EXPECT_EQ(files_.writes_in_place, 0);
}

TEST_F(KeyStoreTest, RefusesAnotherMasterKey) {
  WithBlocks(1);
  std::string other(kMaster);
  other[31] ^= 1;
  const Status refusal = Refusal(other);
  EXPECT_EQ(refusal.code(), Code::kDenied);
  EXPECT_THAT(refusal.message(), HasSubstr(kFirstBlock));
  EXPECT_TRUE(Refusal(kMaster).ok());
}

TEST_F(KeyStoreTest, RefusesABlockMadeWithAnotherMasterKeyAmongGoodOnes) {
  const std::string other(32, 'o');
  auto elsewhere = KeyStore::Open(files_, "other", other, entropy_);
  ASSERT_TRUE((*elsewhere)->AddBlock().ok());
  ASSERT_TRUE((*elsewhere)->AddBlock().ok());
  WithBlocks(2);
  Write(kSecondBlock, Bytes("other/block-00000002"));
  const Status refusal = Refusal();
  EXPECT_EQ(refusal.code(), Code::kDenied);
  EXPECT_THAT(refusal.message(), HasSubstr(kSecondBlock));
}

TEST_F(KeyStoreTest, RefusesAMasterKeyOfAnotherSize) {
  for (const size_t size : {0, 31, 33, 64}) {
    const Status refusal = Refusal(std::string(size, 'm'));
    EXPECT_EQ(refusal.code(), Code::kInvalid) << size;
    EXPECT_EQ(refusal.message().find("mmmm"), std::string::npos);
  }
}

TEST_F(KeyStoreTest, NamesTheBlockThatIsMissing) {
  WithBlocks(3);
  ASSERT_TRUE(files_.Remove(kSecondBlock).ok());
  const Status refusal = Refusal();
  EXPECT_EQ(refusal.code(), Code::kCorrupt);
  EXPECT_THAT(refusal.message(),
              AllOf(HasSubstr(kSecondBlock), HasSubstr("block-00000003 is there")));
}

TEST_F(KeyStoreTest, RefusesToStartAtAnotherBlockThanTheFirst) {
  WithBlocks(2);
  ASSERT_TRUE(files_.Remove(kFirstBlock).ok());
  const Status refusal = Refusal();
  EXPECT_EQ(refusal.code(), Code::kCorrupt);
  EXPECT_THAT(refusal.message(), HasSubstr(kFirstBlock));
}

TEST_F(KeyStoreTest, NamesTheRowInWhichABlockIsCutOff) {
  WithBlocks(1);
  const std::string whole = Bytes(kFirstBlock);
  Write(kFirstBlock, whole.substr(0, RowOffset(17) + 5));
  EXPECT_EQ(Refusal().code(), Code::kCorrupt);
  EXPECT_THAT(Refusal().message(), AllOf(HasSubstr(kFirstBlock), HasSubstr("row 17")));
  Write(kFirstBlock, whole.substr(0, whole.size() - 1));
  EXPECT_THAT(Refusal().message(), AllOf(HasSubstr(kFirstBlock), HasSubstr("row 255")));
  for (const size_t size : {size_t{0}, size_t{8}, kBlockHeaderBytes - 1}) {
    Write(kFirstBlock, whole.substr(0, size));
    EXPECT_EQ(Refusal().code(), Code::kCorrupt);
    EXPECT_THAT(Refusal().message(), AllOf(HasSubstr(kFirstBlock), HasSubstr("header")));
  }
  Write(kFirstBlock, whole + 'x');
  EXPECT_EQ(Refusal().code(), Code::kCorrupt);
}

TEST_F(KeyStoreTest, RefusesEachChangedByteOfAHeader) {
  WithBlocks(1);
  for (size_t offset = 0; offset < kBlockHeaderBytes; ++offset) {
    Flip(kFirstBlock, offset);
    EXPECT_EQ(Refusal().code(), Code::kCorrupt) << "offset " << offset;
    EXPECT_THAT(Refusal().message(), HasSubstr(kFirstBlock));
    Flip(kFirstBlock, offset);
  }
  EXPECT_TRUE(Refusal().ok());
}

TEST_F(KeyStoreTest, RefusesABlockInThePlaceOfAnother) {
  WithBlocks(2);
  Write(kSecondBlock, Bytes(kFirstBlock));
  const Status refusal = Refusal();
  EXPECT_EQ(refusal.code(), Code::kCorrupt);
  EXPECT_THAT(refusal.message(), HasSubstr(kSecondBlock));
}

TEST_F(KeyStoreTest, NamesTheRowThatWasChanged) {
  WithBlocks(2);
  for (size_t byte = 0; byte < kRowBytes; ++byte) {
    Flip(kSecondBlock, RowOffset(3) + byte);
    auto keys = Opened();
    const Status status = keys->Find(260).status();
    EXPECT_EQ(status.code(), Code::kCorrupt) << "byte " << byte;
    EXPECT_THAT(status.message(), AllOf(HasSubstr(kSecondBlock), HasSubstr("row 3 ")));
    EXPECT_TRUE(keys->Find(259).ok());
    EXPECT_TRUE(keys->Find(261).ok());
    Flip(kSecondBlock, RowOffset(3) + byte);
  }
}

TEST_F(KeyStoreTest, RefusesARowInThePlaceOfAnother) {
  WithBlocks(2);
  std::string bytes = Bytes(kSecondBlock);
  bytes.replace(RowOffset(3), kRowBytes, bytes.substr(RowOffset(4), kRowBytes));
  bytes.replace(RowOffset(9), kRowBytes, Bytes(kFirstBlock).substr(RowOffset(9), kRowBytes));
  Write(kSecondBlock, bytes);
  auto keys = Opened();
  EXPECT_EQ(keys->Find(260).status().code(), Code::kCorrupt);
  EXPECT_EQ(keys->Find(266).status().code(), Code::kCorrupt);
  EXPECT_TRUE(keys->Find(261).ok());
}

TEST_F(KeyStoreTest, DoesNotTakeABlockThatVanishedForErasure) {
  WithBlocks(2);
  auto keys = Opened();
  ASSERT_TRUE(files_.Remove(kFirstBlock).ok());
  const Status status = keys->Find(1).status();
  EXPECT_EQ(status.code(), Code::kCorrupt);
  EXPECT_THAT(status.message(), HasSubstr(kFirstBlock));
  EXPECT_EQ(keys->Destroy(1).code(), Code::kCorrupt);
  EXPECT_FALSE(files_.Exists(kFirstBlock)) << "nothing is made in its place";
}

TEST_F(KeyStoreTest, PassesOnThatTheDiskCannotBeRead) {
  WithBlocks(2);
  auto keys = Opened();
  files_.unreadable = true;
  EXPECT_EQ(keys->Find(1).status().code(), Code::kIo);
  EXPECT_EQ(Refusal().code(), Code::kIo);
}

TEST_F(KeyStoreTest, IgnoresABlockThatWasCutShortWhileBeingMade) {
  WithBlocks(1);
  Write(std::string(kSecondBlock) + ".new", "half a blo");
  auto keys = Opened();
  EXPECT_EQ(keys->last(), 256U);
  EXPECT_TRUE(keys->AddBlock().ok());
  EXPECT_EQ(Opened()->last(), 512U);
}

TEST_F(KeyStoreTest, RefusesAFileThatLooksLikeABlockButIsNone) {
  WithBlocks(1);
  Write("keys/block-1", "");
  EXPECT_EQ(Refusal().code(), Code::kCorrupt);
}

TEST_F(KeyStoreTest, DestroysOneKeyForGood) {
  auto keys = WithBlocks(1);
  const std::string before = Bytes(kFirstBlock);
  ASSERT_TRUE(keys->Find(7).ok());
  ASSERT_TRUE(keys->Destroy(7).ok());
  EXPECT_EQ(keys->Find(7).status().code(), Code::kNotFound);

  std::string expected = before;
  expected.replace(RowOffset(6), kRowBytes, std::string(kRowBytes, '\0'));
  EXPECT_TRUE(Bytes(kFirstBlock) == expected) << "its row is zero, all else is untouched";
  EXPECT_EQ(files_.writes_in_place, 1);
  EXPECT_EQ(files_.syncs_after_write, 1);

  keys = Opened();
  EXPECT_EQ(keys->last(), 256U);
  EXPECT_EQ(keys->Find(7).status().code(), Code::kNotFound);
  EXPECT_TRUE(keys->Find(6).ok());
  EXPECT_TRUE(keys->Find(8).ok());
}

TEST_F(KeyStoreTest, DestroysAKeyOfABlockThatWasJustRead) {
  WithBlocks(1);
  auto keys = Opened();
  ASSERT_TRUE(keys->Find(8).ok());
  ASSERT_TRUE(keys->Destroy(7).ok());
  EXPECT_EQ(keys->Find(7).status().code(), Code::kNotFound);
  EXPECT_TRUE(keys->Find(9).ok());
}

TEST_F(KeyStoreTest, DestroysAgainAndSyncsAgain) {
  auto keys = WithBlocks(1);
  ASSERT_TRUE(keys->Destroy(7).ok());
  ASSERT_TRUE(keys->Destroy(7).ok());
  EXPECT_EQ(files_.syncs_after_write, 2) << "the first may have been cut short before its sync";
  EXPECT_EQ(keys->Find(7).status().code(), Code::kNotFound);
}

TEST_F(KeyStoreTest, FinishesADestructionThatWasCutShort) {
  WithBlocks(1);
  std::string torn = Bytes(kFirstBlock);
  torn.replace(RowOffset(6), 30, std::string(30, '\0'));
  Write(kFirstBlock, torn);
  auto keys = Opened();
  EXPECT_EQ(keys->Find(7).status().code(), Code::kCorrupt);
  ASSERT_TRUE(keys->Destroy(7).ok());
  EXPECT_EQ(keys->Find(7).status().code(), Code::kNotFound);
}

TEST_F(KeyStoreTest, SaysWhenAKeyCouldNotBeDestroyed) {
  auto keys = WithBlocks(1);
  files_.full = true;
  EXPECT_EQ(keys->Destroy(7).code(), Code::kIo);
}

TEST_F(KeyStoreTest, OpensManyMoreKeysThanItKeepsOpen) {
  constexpr int kBlocks = 20;
  std::vector<std::string> made;
  auto keys = Opened();
  for (int i = 0; i < kBlocks; ++i) {
    ASSERT_TRUE(keys->AddBlock().ok());
    for (int row = 0; row < 256; ++row) made.push_back(*keys->Find(made.size() + 1));
  }
  files_.reads = 0;
  EXPECT_TRUE(keys->Find(keys->last()).ok());
  EXPECT_EQ(files_.reads, 0) << "the newest are kept open";
  EXPECT_EQ(*keys->Find(1), made[0]);
  EXPECT_EQ(files_.reads, 1) << "the oldest are not";
  for (KeyNumber number = 1; number <= made.size(); ++number) {
    ASSERT_EQ(*keys->Find(number), made[number - 1]) << number;
  }
}

TEST_F(KeyStoreTest, DerivesOneKeyPerUseFromTheMasterKey) {
  auto keys = Opened();
  const std::string digest = keys->Derived("reqdgst");
  EXPECT_EQ(digest.size(), 32U);
  EXPECT_EQ(Opened()->Derived("reqdgst"), digest);
  EXPECT_NE(keys->Derived("reqdgsu"), digest);
  EXPECT_NE(keys->Derived("12345678"), keys->Derived("1234567"));
  auto other = KeyStore::Open(files_, "other", std::string(32, 'o'), entropy_);
  EXPECT_NE((*other)->Derived("reqdgst"), digest);
  EXPECT_NE(digest, kMaster);
}

TEST_F(KeyStoreTest, DoesNotDeriveWhatWrapsTheKeys) {
  auto keys = WithBlocks(1);
  const std::string derived = keys->Derived("keywrap");
  const auto* raw = reinterpret_cast<const uint8_t*>(derived.data());
  EXPECT_EQ(CheckBlock(Bytes(kFirstBlock), 1, raw, kFirstBlock).code(), Code::kDenied);
}

TEST_F(KeyStoreTest, WorksOnTheRealDisk) {
  const support::ScratchFolder scratch;
  const std::string directory = scratch.path() + "/service/keys";
  auto files = base::RealFileSystem();
  {
    auto keys = KeyStore::Open(*files, directory, kMaster, entropy_);
    ASSERT_TRUE(keys.ok()) << keys.status().message();
    ASSERT_TRUE((*keys)->AddBlock().ok());
    ASSERT_TRUE((*keys)->Destroy(5).ok());
  }
  auto keys = KeyStore::Open(*files, directory, kMaster, entropy_);
  ASSERT_TRUE(keys.ok()) << keys.status().message();
  EXPECT_TRUE((*keys)->Find(4).ok());
  EXPECT_EQ((*keys)->Find(5).status().code(), Code::kNotFound);
}

// The example of docs/formats/keys.md, computed there by another program.
TEST_F(KeyStoreTest, WritesTheDocumentedFormat) {
  CountingEntropy counting;
  std::string master(32, '\0');
  for (size_t i = 0; i < master.size(); ++i) master[i] = static_cast<char>(i);
  auto keys = KeyStore::Open(files_, "keys", master, counting);
  ASSERT_TRUE((*keys)->AddBlock().ok());
  const std::string bytes = Bytes(kFirstBlock);
  EXPECT_EQ(base::ToHex(bytes.substr(0, kBlockHeaderBytes)),
            "534d53504b45595300000001000001000000000000000001000102030405060708090a0b0c0d0e0f"
            "1011121314151617ea72c78a863bd12783066e6334bf3a3d604669ffa4d8d5179d30851760ad6116"
            "5985f58780abc60fd12d0d1b98f2f12217042de2b5de4c4d060d5fd673a2db0d");
  EXPECT_EQ(base::ToHex(bytes.substr(RowOffset(0), kRowBytes)),
            "18191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f23dc201ae1d52789403d7e9cfec88d0b"
            "688e634ebf98ed617e76b16428042cdaa70f0e6d6391bc5b5f7377c180e7c099");
  EXPECT_EQ(base::ToHex(bytes.substr(RowOffset(255), kRowBytes)),
            "000102030405060708090a0b0c0d0e0f10111213141516177efb404910b750a81fcfe9e9ab26b1a0"
            "f33ea748634ea6af26b39e8b20f44a49435e83d141f4684f5d63a52535e58476");
  EXPECT_EQ(base::ToHex((*keys)->Derived("reqdgst")),
            "01a9bed78bbcb30589f0c298c2f1cf54b45bc62c41f2f43ca0fe8225424db2be");
}

}  // namespace
}  // namespace samenspel::seal
