// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/note.h"

#include <gmock/gmock.h>
#include <sodium.h>

#include <map>

#include "tests/common/tlog/vectors.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using nlohmann::json;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<VerifierKey> Keys(const json& vkeys) {
  std::vector<VerifierKey> keys;
  for (const json& vkey : vkeys) keys.push_back(*VerifierKey::Parse(vkey.get<std::string>()));
  return keys;
}

std::vector<std::string> Names(const std::vector<Signature>& signatures) {
  std::vector<std::string> names;
  for (const Signature& signature : signatures) names.push_back(signature.name);
  return names;
}

std::string NoteOf(const json& c) {
  if (c.contains("note")) return c["note"];
  if (c.contains("note_base64")) return FromBase64(c["note_base64"]);
  std::string note = c["note_text"].get<std::string>() + "\n";
  for (int i = 0; i < c["times"]; ++i) note += c["repeat_signature"];
  return note;
}

Code CodeOf(const std::string& error) {
  if (error == "unverified") return Code::kDenied;
  return error == "invalid signature" ? Code::kCorrupt : Code::kInvalid;
}

SigningKey KeyNamed(const std::string& name, char seed) {
  return *SigningKey::FromSeed(name, std::string(32, seed));
}

std::string LineOf(const SigningKey& key, const std::string& text) {
  return *SignatureLine(key.verifier(), key.Sign(text));
}

TEST(Note, SignsExactlyAsPublished) {
  int cases = 0;
  for (const json& c : Vectors()["signed_note"]["sign"]) {
    const auto key = SigningKey::Parse(c["signing_key_public_test_key"].get<std::string>());
    EXPECT_EQ(*Sign(c["text"].get<std::string>(), *key), c["want_note"]);
    ++cases;
  }
  EXPECT_EQ(cases, 1);
}

TEST(Note, OpensThePublishedNotes) {
  int cases = 0;
  for (const json& c : Vectors()["signed_note"]["open_ok"]) {
    const auto note = Open(NoteOf(c), Keys(c["vkeys"]));
    ASSERT_TRUE(note.ok()) << c["desc"] << note.status().message();
    EXPECT_EQ(Names(note->verified), c["verified"]) << c["desc"];
    EXPECT_EQ(Names(note->unverified), c["unverified"]) << c["desc"];
    EXPECT_EQ(note->text + "\n", NoteOf(c).substr(0, note->text.size() + 1));
    ++cases;
  }
  EXPECT_EQ(cases, 5);
}

TEST(Note, RefusesThePublishedBadNotesForTheirReason) {
  int cases = 0;
  for (const json& c : Vectors()["signed_note"]["open_err"]) {
    const auto note = Open(NoteOf(c), Keys(c["vkeys"]));
    EXPECT_EQ(note.status().code(), CodeOf(c["err"])) << c["desc"] << note.status().message();
    ++cases;
  }
  EXPECT_EQ(cases, 11);
}

TEST(Note, EndsItsTextAtTheLastEmptyLine) {
  const SigningKey key = KeyNamed("a", 's');
  for (const std::string text : {"\n", "one\n\ntwo\n", "ends empty\n\n", "\u2014 a AAAA\n"}) {
    const auto note = Open(*Sign(text, key), std::vector{key.verifier()});
    ASSERT_TRUE(note.ok()) << text;
    EXPECT_EQ(note->text, text);
  }
}

TEST(Note, RefusesEverySingleChangedByteOfTheText) {
  const SigningKey key = KeyNamed("a", 's');
  const std::string text = "some text\nof two lines\n";
  const std::string note = *Sign(text, key);
  for (size_t i = 0; i < text.size(); ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(Open(changed, std::vector{key.verifier()}).ok()) << i;
  }
}

TEST(Note, PassesOverAnUnknownKeyOfAKnownName) {
  const SigningKey known = KeyNamed("a", 's');
  const SigningKey namesake = KeyNamed("a", 't');
  const std::string text = "text\n";
  const auto note = ComposeNote(text, std::vector{LineOf(namesake, text), LineOf(known, text)});
  const auto opened = Open(*note, std::vector{known.verifier()});
  ASSERT_TRUE(opened.ok());
  ASSERT_THAT(opened->verified, SizeIs(1));
  EXPECT_EQ(opened->verified[0].key_id, known.verifier().id());
  EXPECT_EQ(opened->verified[0].bytes, known.Sign(text));
  ASSERT_THAT(opened->unverified, SizeIs(1));
  EXPECT_EQ(opened->unverified[0].key_id, namesake.verifier().id());
  EXPECT_EQ(Open(*Sign(text, namesake), std::vector{known.verifier()}).status().code(),
            Code::kDenied);
}

TEST(Note, PassesOverAnotherNameWithAKnownKeyId) {
  const SigningKey known = KeyNamed("a", 's');
  std::string note = *Sign("text\n", known);
  note.replace(note.find(" a "), 3, " b ");
  EXPECT_EQ(Open(note, std::vector{known.verifier()}).status().code(), Code::kDenied);
}

TEST(Note, RefusesTwoKnownKeysOfOneNameAndId) {
  std::map<uint32_t, VerifierKey> seen;
  for (uint64_t i = 0;; ++i) {  // A 32-bit id repeats after some ten thousands of keys.
    std::string bytes = std::to_string(i);
    bytes.resize(32, 'k');
    const auto key = VerifierKey::Make("a", bytes);
    const auto [twin, is_new] = seen.try_emplace(key->id(), *key);
    if (is_new) continue;
    const SigningKey signer = KeyNamed("b", 's');
    const std::string note = *Sign("text\n", signer);
    EXPECT_EQ(Open(note, std::vector{signer.verifier(), twin->second, *key}).status().code(),
              Code::kInvalid);
    EXPECT_TRUE(Open(note, std::vector{signer.verifier(), *key, *key}).ok());
    return;
  }
}

unsigned char* Raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// A good signature that differs from the usual one, as a signer may make by choosing its nonce.
std::string OtherSignature(const SigningKey& key, std::string seed, const std::string& text) {
  std::string secret(64, '\0'), nonce(32, '\x05'), point(32, '\0'), hash(64, '\0');
  std::string challenge(32, '\0'), scalar(32, '\0');
  crypto_hash_sha512(Raw(secret), Raw(seed), seed.size());
  secret[0] = static_cast<char>(secret[0] & 248);
  secret[31] = static_cast<char>((secret[31] & 127) | 64);
  EXPECT_EQ(crypto_scalarmult_ed25519_base_noclamp(Raw(point), Raw(nonce)), 0);
  std::string message = point + key.verifier().public_key() + text;
  crypto_hash_sha512(Raw(hash), Raw(message), message.size());
  crypto_core_ed25519_scalar_reduce(Raw(challenge), Raw(hash));
  crypto_core_ed25519_scalar_mul(Raw(scalar), Raw(challenge), Raw(secret));
  crypto_core_ed25519_scalar_add(Raw(scalar), Raw(scalar), Raw(nonce));
  return point + scalar;
}

TEST(Note, CountsAKeyOnceThoughItSignedTwiceInDifferentWays) {
  const SigningKey key = KeyNamed("a", 's');
  const std::string text = "text\n";
  const std::string other = OtherSignature(key, std::string(32, 's'), text);
  ASSERT_NE(other, key.Sign(text));
  ASSERT_TRUE(key.verifier().Verifies(text, other));
  const std::vector lines = {LineOf(key, text), *SignatureLine(key.verifier(), other)};
  const auto note = Open(*ComposeNote(text, lines), std::vector{key.verifier()});
  ASSERT_TRUE(note.ok()) << note.status().message();
  EXPECT_THAT(note->verified, SizeIs(1));
  EXPECT_THAT(note->unverified, IsEmpty());
}

TEST(Note, RefusesABadSignatureOfAKnownKeyBesideAGoodOne) {
  const SigningKey a = KeyNamed("a", 's');
  const SigningKey b = KeyNamed("b", 't');
  const auto note = ComposeNote("text\n", std::vector{LineOf(a, "text\n"), LineOf(b, "other\n")});
  const auto repeated =
      ComposeNote("text\n", std::vector{LineOf(a, "text\n"), LineOf(a, "other\n")});
  const std::vector keys = {a.verifier(), b.verifier()};
  EXPECT_EQ(Open(*note, keys).status().code(), Code::kCorrupt);
  EXPECT_EQ(Open(*repeated, keys).status().code(), Code::kCorrupt);
}

TEST(Note, CarriesUpTo100Signatures) {
  const std::string text = "text\n";
  std::vector<std::string> lines;
  std::vector<VerifierKey> keys;
  for (int i = 0; i < 100; ++i) {
    const SigningKey key = KeyNamed("witness" + std::to_string(i), static_cast<char>(i));
    lines.push_back(LineOf(key, text));
    keys.push_back(key.verifier());
  }
  const auto note = ComposeNote(text, lines);
  ASSERT_TRUE(note.ok());
  EXPECT_THAT(Open(*note, keys)->verified, SizeIs(100));
  EXPECT_EQ(Open(*note + LineOf(KeyNamed("one-more", 'x'), text), keys).status().code(),
            Code::kInvalid);
  lines.push_back(lines[0]);
  EXPECT_EQ(ComposeNote(text, lines).status().code(), Code::kInvalid);
}

TEST(Note, RefusesNotesBeyondAMillionBytes) {
  const SigningKey key = KeyNamed("a", 's');
  EXPECT_TRUE(Sign(std::string(999'000, 'x') + "\n", key).ok());
  EXPECT_EQ(Sign(std::string(1'000'000, 'x') + "\n", key).status().code(), Code::kInvalid);
  const std::string note = std::string(1'000'000, 'x') + *Sign("\n", key);
  EXPECT_EQ(Open(note, std::vector{key.verifier()}).status().code(), Code::kInvalid);
}

TEST(Note, RefusesLinesThatAreNoSignatures) {
  const SigningKey key = KeyNamed("a", 's');
  const std::string text = "text\n";
  const std::string good = LineOf(key, text);
  const std::string base64 = good.substr(good.rfind(' ') + 1);
  const std::vector keys = {key.verifier()};
  ASSERT_TRUE(Open(text + "\n" + good, keys).ok());
  const std::vector<std::string> bad_lines = {
      "- a " + base64,
      "\u2014a " + base64,
      "\u2014  " + base64,
      "\u2014 a  " + base64,
      "\u2014 a b " + base64,
      "\u2014 a+b " + base64,
      "\u2014 a\u00a0b " + base64,
      "\u2014 a\t" + base64,
      "\u2014 a\n" + base64,
      "\u2014 a \n",
      "\u2014 a AAAAAA==\n",
      "\u2014 a " + base64.substr(1),
      "\u2014 a " + base64.substr(0, base64.size() - 1) + " \n",
      good + "\n"};
  for (const std::string& bad : bad_lines) {
    EXPECT_EQ(Open(text + "\n" + good + bad, keys).status().code(), Code::kInvalid) << bad;
    EXPECT_EQ(Open(text + "\n" + bad, keys).status().code(), Code::kInvalid) << bad;
    EXPECT_EQ(ComposeNote(text, std::vector{bad}).status().code(), Code::kInvalid) << bad;
  }
}

TEST(Note, RefusesToSignWhatIsNoNoteText) {
  const SigningKey key = KeyNamed("a", 's');
  for (const std::string text : {"", "no newline", "tab\tbed\n", "car\r\n", "\xff\n", "\xc0\xaf\n",
                                 "\xe0\x80\xaf\n", "\xf4\x90\x80\x80\n", "\xe2\x82\n"}) {
    EXPECT_EQ(Sign(text, key).status().code(), Code::kInvalid) << text;
  }
  EXPECT_TRUE(Sign("\u00e9\u2014\U0001f642\n", key).ok());
}

TEST(Note, RefusesToComposeWithoutSignatures) {
  EXPECT_EQ(ComposeNote("text\n", {}).status().code(), Code::kInvalid);
}

TEST(Note, RefusesSignaturesOfAnotherLength) {
  const SigningKey key = KeyNamed("a", 's');
  EXPECT_EQ(SignatureLine(key.verifier(), "short").status().code(), Code::kInvalid);
  EXPECT_EQ(SignatureLine(key.verifier(), std::string(65, 'x')).status().code(), Code::kInvalid);
}

TEST(Note, GivesNothingForAnEmptyListOfKeys) {
  const auto note = Open(*Sign("text\n", KeyNamed("a", 's')), {});
  EXPECT_EQ(note.status().code(), Code::kDenied);
}

}  // namespace
}  // namespace samenspel::tlog
