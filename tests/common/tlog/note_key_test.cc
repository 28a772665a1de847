// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/note_key.h"

#include <gmock/gmock.h>

#include "tests/common/tlog/vectors.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kVkey =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

TEST(VerifierKey, ReadsAndWritesThePublishedText) {
  const auto key = VerifierKey::Parse(kVkey);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->name(), "PeterNeumann");
  EXPECT_EQ(key->id(), 0xc74f20a3u);
  EXPECT_EQ(key->Text(), kVkey);
  EXPECT_EQ(VerifierKey::Make("PeterNeumann", key->public_key())->Text(), kVkey);
}

TEST(VerifierKey, RefusesThePublishedBadTexts) {
  int cases = 0;
  for (const json& c : Vectors()["signed_note"]["vkey_err"]) {
    const auto key = VerifierKey::Parse(c["vkey"].get<std::string>());
    EXPECT_EQ(key.status().code(), Code::kInvalid) << c["desc"];
    ++cases;
  }
  EXPECT_EQ(cases, 2);
}

TEST(VerifierKey, RefusesEveryPartOfItsText) {
  for (size_t from = 0; from < kVkey.size(); ++from) {
    for (size_t size = 0; size <= kVkey.size() - from; ++size) {
      if (size == kVkey.size()) continue;
      EXPECT_FALSE(VerifierKey::Parse(kVkey.substr(from, size)).ok()) << from << "+" << size;
    }
  }
}

TEST(VerifierKey, RefusesItsTextWithAnyByteRaisedByOne) {
  for (size_t i = 0; i < kVkey.size(); ++i) {
    std::string text(kVkey);
    ++text[i];
    EXPECT_FALSE(VerifierKey::Parse(text).ok()) << text;
  }
}

TEST(VerifierKey, RefusesNamesThatNotesCannotCarry) {
  const std::string bytes(32, 'k');
  EXPECT_TRUE(VerifierKey::Make("example.nl/log", bytes).ok());
  EXPECT_TRUE(VerifierKey::Make("groningen\u00e9", bytes).ok());
  for (const std::string name : {"", "a b", "a+b", "a\tb", "a\nb", "a\x01", "a\u00a0b", "a\u2003b",
                                 "a\u3000", "a\u0085", "\xff", "\xc0\x80", "\xed\xa0\x80"}) {
    EXPECT_EQ(VerifierKey::Make(name, bytes).status().code(), Code::kInvalid) << name;
  }
  EXPECT_FALSE(VerifierKey::Make("a", bytes.substr(1)).ok());
}

TEST(SigningKey, ReadsAndWritesThePublishedText) {
  const std::string text = Vectors()["signed_note"]["sign"][0]["signing_key_public_test_key"];
  const auto key = SigningKey::Parse(text);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->verifier().Text(), kVkey);
  EXPECT_EQ(key->Text(), text);
}

TEST(SigningKey, FollowsFromItsSeed) {
  const std::string text = Vectors()["tlog_tiles_log"]["signing_key_public_test_key"];
  const std::string name = Vectors()["tlog_tiles_log"]["origin"];
  const std::string seed = FromBase64(text.substr(text.size() - 44)).substr(1);
  const auto key = SigningKey::FromSeed(name, seed);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->verifier().Text(), Vectors()["tlog_tiles_log"]["vkey"]);
  const std::string secret = seed + key->verifier().public_key();
  EXPECT_EQ(SigningKey::FromSecret(name, secret)->Text(), text);
}

TEST(SigningKey, RefusesSecretsThatAreNone) {
  const std::string seed(32, 's');
  EXPECT_EQ(SigningKey::FromSeed("a", seed + "s").status().code(), Code::kInvalid);
  EXPECT_EQ(SigningKey::FromSeed("a b", seed).status().code(), Code::kInvalid);
  EXPECT_EQ(SigningKey::FromSecret("a", seed).status().code(), Code::kInvalid);
  EXPECT_EQ(SigningKey::FromSecret("a", seed + seed).status().code(), Code::kInvalid);
}

TEST(SigningKey, RefusesADamagedTextWithoutQuotingIt) {
  const std::string text = SigningKey::FromSeed("a", std::string(32, 's'))->Text();
  for (size_t i = 0; i < text.size(); ++i) {
    std::string damaged = text;
    ++damaged[i];
    const auto key = SigningKey::Parse(damaged);
    ASSERT_FALSE(key.ok()) << i;
    EXPECT_THAT(key.status().message(), Not(HasSubstr(text.substr(text.size() - 20, 12))));
  }
  EXPECT_FALSE(SigningKey::Parse(text.substr(0, text.size() - 1)).ok());
  EXPECT_FALSE(SigningKey::Parse(std::string(kVkey)).ok());
}

TEST(SigningKey, SignsWhatOnlyItsOwnPublicKeyVerifies) {
  const auto key = SigningKey::FromSeed("a", std::string(32, 's'));
  const auto other = SigningKey::FromSeed("a", std::string(32, 't'));
  std::string signature = key->Sign("text\n");
  EXPECT_EQ(signature, key->Sign("text\n"));
  EXPECT_TRUE(key->verifier().Verifies("text\n", signature));
  EXPECT_FALSE(key->verifier().Verifies("text", signature));
  EXPECT_FALSE(other->verifier().Verifies("text\n", signature));
  EXPECT_FALSE(key->verifier().Verifies("text\n", signature.substr(1)));
  signature[5] = static_cast<char>(signature[5] ^ 1);
  EXPECT_FALSE(key->verifier().Verifies("text\n", signature));
}

TEST(SigningKey, KeepsSigningAfterAMove) {
  auto key = SigningKey::FromSeed("a", std::string(32, 's'));
  const std::string signature = key->Sign("text\n");
  auto moved = SigningKey::FromSeed("b", std::string(32, 't'));
  moved.value() = *std::move(key);
  EXPECT_EQ(moved->Sign("text\n"), signature);
  EXPECT_EQ(moved->verifier().name(), "a");
}

}  // namespace
}  // namespace samenspel::tlog
