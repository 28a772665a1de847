// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/checkpoint.h"

#include <gmock/gmock.h>

#include "common/tlog/base64.h"
#include "common/tlog/merkle.h"
#include "tests/common/tlog/reference_tree.h"
#include "tests/common/tlog/vectors.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using nlohmann::json;

const json& Log() { return Vectors()["tlog_tiles_log"]; }

SigningKey LogKey(const std::string& name = "example.nl/log") {
  return *SigningKey::FromSeed(name, std::string(32, 's'));
}

Checkpoint SomeCheckpoint() { return {"example.nl/log", 12, LeafHash("root")}; }

TEST(Checkpoint, SignsThePublishedLogByteForByte) {
  const auto key = SigningKey::Parse(Log()["signing_key_public_test_key"].get<std::string>());
  const std::vector<std::string> entries = Log()["leaves_utf8"];
  CompactRange tree;
  for (size_t size = 0; size <= entries.size(); ++size) {
    if (size > 0) tree.Append(LeafHash(entries[size - 1]));
    const Checkpoint checkpoint{Log()["origin"], size, tree.Root()};
    EXPECT_EQ(*SignCheckpoint(checkpoint, *key), Log()["checkpoints"].at(std::to_string(size)));
  }
  EXPECT_EQ(Log()["checkpoints"].size(), 16u);
}

TEST(Checkpoint, OpensThePublishedOnesAndEachIsConsistentWithTheNext) {
  const auto key = VerifierKey::Parse(Log()["vkey"].get<std::string>());
  std::vector<std::string> leaves;
  for (const json& entry : Log()["leaves_utf8"])
    leaves.push_back(LeafHash(entry.get<std::string>()));
  Checkpoint before;
  for (uint64_t size = 0; size <= 15; ++size) {
    const std::string note = Log()["checkpoints"].at(std::to_string(size));
    const auto checkpoint = OpenCheckpoint(note, *key);
    ASSERT_TRUE(checkpoint.ok()) << checkpoint.status().message();
    EXPECT_EQ(checkpoint->size, size);
    EXPECT_EQ(checkpoint->origin, Log()["origin"]);
    if (before.size > 0) {
      const auto path = ConsistencyPath(before.size, size, ReferenceReader(leaves));
      EXPECT_TRUE(VerifyConsistency(before.size, before.root, size, checkpoint->root, *path).ok());
    }
    before = *checkpoint;
  }
}

TEST(Checkpoint, ReadsWhatItWrites) {
  Checkpoint checkpoint = SomeCheckpoint();
  for (const uint64_t size : {uint64_t{1}, uint64_t{20'852'163}, ~uint64_t{0}}) {
    checkpoint.size = size;
    EXPECT_EQ(*ParseCheckpoint(*CheckpointText(checkpoint)), checkpoint);
  }
}

TEST(Checkpoint, RefusesTextsThatAreNotExactlyThreePlainLines) {
  const std::string root = EncodeBase64(LeafHash("root"));
  ASSERT_TRUE(ParseCheckpoint("o\n12\n" + root + "\n").ok());
  const std::vector<std::string> bad = {"",
                                        "o\n12\n",
                                        "o\n12\n" + root,
                                        "\n12\n" + root + "\n",
                                        "o\n012\n" + root + "\n",
                                        "o\n00\n" + root + "\n",
                                        "o\n+12\n" + root + "\n",
                                        "o\n-1\n" + root + "\n",
                                        "o\n 12\n" + root + "\n",
                                        "o\n12 \n" + root + "\n",
                                        "o\n\n" + root + "\n",
                                        "o\n0x12\n" + root + "\n",
                                        "o\n1e3\n" + root + "\n",
                                        "o\n18446744073709551616\n" + root + "\n",
                                        "o\n12\n\n",
                                        "o\n12\n" + root + " \n",
                                        "o\n12\n" + root.substr(4) + "\n",
                                        "o\n12\n" + root.substr(0, 43) + "\n",
                                        "o\n12\n" + root + "\nextension\n",
                                        "o\n12\n" + root + "\n\n",
                                        "o\t\n12\n" + root + "\n",
                                        "\xff\n12\n" + root + "\n",
                                        "o\n12\n" + root + "AAAA\n"};
  for (const std::string& text : bad) {
    EXPECT_EQ(ParseCheckpoint(text).status().code(), Code::kInvalid) << text;
  }
}

TEST(Checkpoint, RefusesBase64WithStrayBits) {
  std::string root = EncodeBase64(std::string(32, '\0'));
  root[42] = 'B';  // Decodes to the same bytes in a lax reader: two texts for one tree.
  EXPECT_FALSE(ParseCheckpoint("o\n12\n" + root + "\n").ok());
}

TEST(Checkpoint, RefusesAnEmptyTreeWithAnotherRoot) {
  EXPECT_TRUE(ParseCheckpoint("o\n0\n" + EncodeBase64(EmptyRoot()) + "\n").ok());
  EXPECT_EQ(ParseCheckpoint("o\n0\n" + EncodeBase64(LeafHash("root")) + "\n").status().code(),
            Code::kInvalid);
}

TEST(Checkpoint, RefusesToWriteWhatItCouldNotRead) {
  Checkpoint checkpoint = SomeCheckpoint();
  for (const std::string origin : {"", "two\nlines", "\x01", "\xff"}) {
    checkpoint.origin = origin;
    EXPECT_EQ(CheckpointText(checkpoint).status().code(), Code::kInvalid);
  }
  EXPECT_EQ(CheckpointText({"o", 1, "short"}).status().code(), Code::kInvalid);
}

TEST(Checkpoint, IsSignedOnlyByAKeyOfItsName) {
  EXPECT_EQ(SignCheckpoint(SomeCheckpoint(), LogKey("example.nl/other")).status().code(),
            Code::kInvalid);
  const SigningKey other = LogKey("example.nl/other");
  const std::string note = *Sign(*CheckpointText(SomeCheckpoint()), other);
  EXPECT_EQ(OpenCheckpoint(note, other.verifier()).status().code(), Code::kDenied);
}

TEST(Checkpoint, IsRefusedFromAnotherKeyOrAltered) {
  const SigningKey key = LogKey();
  const auto forger = SigningKey::FromSeed("example.nl/log", std::string(32, 'f'));
  std::string note = *SignCheckpoint(SomeCheckpoint(), key);
  EXPECT_EQ(*OpenCheckpoint(note, key.verifier()), SomeCheckpoint());
  EXPECT_EQ(OpenCheckpoint(note, forger->verifier()).status().code(), Code::kDenied);
  note.replace(note.find("12"), 2, "13");
  EXPECT_EQ(OpenCheckpoint(note, key.verifier()).status().code(), Code::kCorrupt);
}

TEST(Checkpoint, IsRefusedWithExtensionLinesHoweverWellSigned) {
  const SigningKey key = LogKey();
  const std::string note = *Sign(*CheckpointText(SomeCheckpoint()) + "extension\n", key);
  EXPECT_EQ(OpenCheckpoint(note, key.verifier()).status().code(), Code::kInvalid);
}

TEST(Checkpoint, OpensWithSignaturesOfWitnessesBeside) {
  const SigningKey key = LogKey();
  const SigningKey witness = LogKey("witness.example");
  const std::string text = *CheckpointText(SomeCheckpoint());
  const std::string note = *SignCheckpoint(SomeCheckpoint(), key) +
                           *SignatureLine(witness.verifier(), witness.Sign(text));
  EXPECT_EQ(*OpenCheckpoint(note, key.verifier()), SomeCheckpoint());
}

}  // namespace
}  // namespace samenspel::tlog
