// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>

#include <set>

#include "common/seal/key_store.h"
#include "proto/common/v1/entry.pb.h"
#include "tests/common/seal/fakes.h"

namespace samenspel::seal {
namespace {

using base::Code;
using testing::HasSubstr;

class SealTest : public testing::Test {
 protected:
  SealTest() { EXPECT_TRUE(keys_->AddBlock().ok()); }

  std::string Sealed(std::string_view plaintext, std::string_view context = "intake/1/7/1") {
    return Seal(3, *keys_->Find(3), context, plaintext, entropy_);
  }
  Code UnsealCode(std::string_view sealed, std::string_view context = "intake/1/7/1") {
    return Unseal(*keys_, context, sealed).status().code();
  }
  static common::v1::Sealed Parsed(const std::string& sealed) {
    common::v1::Sealed message;
    EXPECT_TRUE(message.ParseFromString(sealed));
    return message;
  }

  WatchedFiles files_;
  base::SystemEntropy entropy_;
  std::unique_ptr<KeyStore> keys_ = *KeyStore::Open(files_, "keys", std::string(32, 'm'), entropy_);
};

TEST_F(SealTest, OpensWhatWasSealed) {
  const std::string ends_in_padding("text\x80\0\0", 7);
  for (const std::string& plaintext :
       {std::string("Noor, 7 jaar"), std::string(), std::string(63, 'a'), std::string(64, '\0'),
        std::string(4096, '\x80'), std::string(100'000, 'z'), ends_in_padding}) {
    const auto opened = Unseal(*keys_, "intake/1/7/1", Sealed(plaintext));
    ASSERT_TRUE(opened.ok()) << opened.status().message();
    EXPECT_TRUE(*opened == plaintext) << "size " << plaintext.size();
  }
}

TEST_F(SealTest, OpensAfterARestartToo) {
  const std::string sealed = Sealed("Noor, 7 jaar");
  keys_ = *KeyStore::Open(files_, "keys", std::string(32, 'm'), entropy_);
  EXPECT_EQ(*Unseal(*keys_, "intake/1/7/1", sealed), "Noor, 7 jaar");
}

TEST_F(SealTest, NamesTheKeyAndHidesTheText) {
  const std::string sealed = Sealed("Noor van den Canarie");
  EXPECT_EQ(Parsed(sealed).key(), 3U);
  EXPECT_EQ(Parsed(sealed).nonce().size(), 24U);
  EXPECT_EQ(sealed.find("Canarie"), std::string::npos);
}

TEST_F(SealTest, NeverSealsTheSameWayTwice) {
  std::set<std::string> nonces;
  std::set<std::string> ciphertexts;
  for (int i = 0; i < 100; ++i) {
    const common::v1::Sealed sealed = Parsed(Sealed("the same"));
    nonces.insert(sealed.nonce());
    ciphertexts.insert(sealed.ciphertext());
  }
  EXPECT_EQ(nonces.size(), 100U);
  EXPECT_EQ(ciphertexts.size(), 100U);
}

TEST_F(SealTest, ShowsTheSizeInSteps) {
  constexpr size_t kTag = 16;
  const std::pair<size_t, size_t> steps[] = {
      {0, 64},       {63, 64},       {64, 128},     {127, 128},   {128, 256},
      {2047, 2048},  {2048, 4096},   {4095, 4096},  {4096, 8192}, {8191, 8192},
      {8192, 12288}, {12287, 12288}, {12288, 16384}};
  for (const auto& [size, padded] : steps) {
    EXPECT_EQ(Parsed(Sealed(std::string(size, 'x'))).ciphertext().size(), padded + kTag) << size;
  }
}

TEST_F(SealTest, RefusesAnotherContext) {
  const std::string sealed = Sealed("text", "intake/1/7/1");
  EXPECT_EQ(UnsealCode(sealed, "intake/1/7/2"), Code::kCorrupt);
  EXPECT_EQ(UnsealCode(sealed, ""), Code::kCorrupt);
  EXPECT_EQ(UnsealCode(sealed, "intake/1/7/1"), Code::kOk);
}

TEST_F(SealTest, RefusesEachChangedBit) {
  const std::string good = Sealed("text");
  for (size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string changed = good;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    const auto opened = Unseal(*keys_, "intake/1/7/1", changed);
    ASSERT_FALSE(opened.ok()) << "bit " << bit;
    // A changed key number may name a key that does not exist.
    EXPECT_THAT(opened.status().code(), testing::AnyOf(Code::kCorrupt, Code::kNotFound));
  }
}

// The cipher does not vouch for the message around it.
TEST_F(SealTest, RefusesWhatWasAddedOrWrittenInAnotherWay) {
  const std::string sealed = Sealed("Noor");
  EXPECT_EQ(UnsealCode(sealed + std::string("\x20\x01", 2)), Code::kCorrupt) << "unknown field";
  EXPECT_EQ(UnsealCode(std::string("\x08\x01", 2) + sealed), Code::kCorrupt) << "a field twice";
  EXPECT_EQ(UnsealCode(std::string("\x08\x83\0", 3) + sealed.substr(2)), Code::kCorrupt)
      << "a longer number";
}

TEST_F(SealTest, RefusesWhatWasCutOff) {
  const std::string good = Sealed("text");
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(UnsealCode(good.substr(0, size)), Code::kCorrupt) << size;
  }
}

TEST_F(SealTest, RefusesPartsOfAWrongSize) {
  common::v1::Sealed sealed = Parsed(Sealed("text"));
  sealed.mutable_nonce()->push_back('\0');
  EXPECT_EQ(UnsealCode(sealed.SerializeAsString()), Code::kCorrupt);
  sealed = Parsed(Sealed("text"));
  sealed.mutable_ciphertext()->resize(15);
  EXPECT_EQ(UnsealCode(sealed.SerializeAsString()), Code::kCorrupt);
}

TEST_F(SealTest, RefusesTheNumberOfAnotherKey) {
  common::v1::Sealed sealed = Parsed(Sealed("text"));
  sealed.set_key(4);
  EXPECT_EQ(UnsealCode(sealed.SerializeAsString()), Code::kCorrupt);
}

TEST_F(SealTest, SaysNotFoundOnceTheKeyIsDestroyed) {
  const std::string sealed = Sealed("text");
  ASSERT_EQ(UnsealCode(sealed), Code::kOk);
  ASSERT_TRUE(keys_->Destroy(3).ok());
  EXPECT_EQ(UnsealCode(sealed), Code::kNotFound);
  keys_ = *KeyStore::Open(files_, "keys", std::string(32, 'm'), entropy_);
  EXPECT_EQ(UnsealCode(sealed), Code::kNotFound);
}

TEST_F(SealTest, QuotesNothingWhenItRefuses) {
  const std::string sealed = Sealed("Canarie");
  const auto opened = Unseal(*keys_, "Canarie context", sealed);
  ASSERT_FALSE(opened.ok());
  EXPECT_THAT(opened.status().message(), HasSubstr("key 3"));
  EXPECT_THAT(opened.status().message(), testing::Not(HasSubstr("Canarie")));
}

// The example of docs/formats/keys.md, computed there by another program.
TEST_F(SealTest, WritesTheDocumentedFormat) {
  CountingEntropy counting;
  const std::string sealed = Seal(300, std::string(32, 'k'), "intake/1/7/1", "Noor", counting);
  std::string hex;
  for (const unsigned char byte : sealed) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  EXPECT_EQ(hex,
            "08ac021218000102030405060708090a0b0c0d0e0f10111213141516171a50999caff28ebcb9df8f"
            "4bb6d9eb28e2efd3f7015915bc5194907a6d6b2e47b6d746490b18f123c8fa67f4864dd17319d8a4"
            "b832573494c095d0a93f13712352847f9a22f7906bc71db8f7d53d2a75d372");
}

}  // namespace
}  // namespace samenspel::seal
