// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/proof_file.h"

#include <gmock/gmock.h>

#include "common/tlog/merkle.h"
#include "tests/common/tlog/reference_tree.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using testing::StartsWith;

SigningKey LogKey() { return *SigningKey::FromSeed("example.nl/log", std::string(32, 's')); }

/// A receipt for "leaf 4" in a log of 11 leaves.
ProofFile SomeProof() {
  const auto leaves = SomeLeafHashes(11);
  return {.extra = std::nullopt,
          .index = 4,
          .path = *InclusionPath(4, 11, ReferenceReader(leaves)),
          .checkpoint = *SignCheckpoint({"example.nl/log", 11, ReferenceRoot(leaves)}, LogKey())};
}

TEST(ProofFile, ProvesALeafWithoutTheLog) {
  const std::string text = *WriteProofFile(SomeProof());
  EXPECT_THAT(text, StartsWith("c2sp.org/tlog-proof@v1\nindex 4\n"));
  const auto checkpoint = VerifyProofFile(text, "leaf 4", LogKey().verifier());
  ASSERT_TRUE(checkpoint.ok()) << checkpoint.status().message();
  EXPECT_EQ(checkpoint->size, 11u);
}

TEST(ProofFile, ReadsWhatItWrites) {
  ProofFile proof = SomeProof();
  proof.extra = std::string("any\0bytes\n", 10);
  const auto read = ParseProofFile(*WriteProofFile(proof));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->extra, proof.extra);
  EXPECT_EQ(read->index, proof.index);
  EXPECT_EQ(read->path, proof.path);
  EXPECT_EQ(read->checkpoint, proof.checkpoint);
  EXPECT_TRUE(VerifyProofFile(*WriteProofFile(proof), "leaf 4", LogKey().verifier()).ok());
}

TEST(ProofFile, ProvesTheOnlyLeafWithAnEmptyPath) {
  const ProofFile proof{
      .extra = std::nullopt,
      .index = 0,
      .path = {},
      .checkpoint = *SignCheckpoint({"example.nl/log", 1, LeafHash("leaf")}, LogKey())};
  EXPECT_TRUE(VerifyProofFile(*WriteProofFile(proof), "leaf", LogKey().verifier()).ok());
}

TEST(ProofFile, IsRefusedForAnotherLeafIndexOrKey) {
  ProofFile proof = SomeProof();
  const std::string text = *WriteProofFile(proof);
  const auto other = SigningKey::FromSeed("example.nl/log", std::string(32, 't'));
  EXPECT_EQ(VerifyProofFile(text, "leaf 5", LogKey().verifier()).status().code(), Code::kCorrupt);
  EXPECT_EQ(VerifyProofFile(text, "leaf 4", other->verifier()).status().code(), Code::kDenied);
  proof.index = 5;
  EXPECT_EQ(VerifyProofFile(*WriteProofFile(proof), "leaf 4", LogKey().verifier()).status().code(),
            Code::kCorrupt);
  proof.index = 11;
  EXPECT_EQ(VerifyProofFile(*WriteProofFile(proof), "leaf 4", LogKey().verifier()).status().code(),
            Code::kInvalid);
}

TEST(ProofFile, RefusesTextsThatAreNotInTheFormat) {
  const std::string hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  const std::string head = "c2sp.org/tlog-proof@v1\n";
  ASSERT_TRUE(ParseProofFile(head + "extra AAAA\nindex 0\n" + hash + "\nnote\n").ok());
  const std::vector<std::string> bad = {"",
                                        head,
                                        head + "index 0\n",
                                        head + "index 0\n" + hash,
                                        head + "index 0\n" + hash + "\n",
                                        "c2sp.org/tlog-proof@v2\nindex 0\n\nnote\n",
                                        head + "extra A\nindex 0\n\nnote\n",
                                        head + "extra AAAA\n\nnote\n",
                                        head + "extra AAAA\nextra AAAA\nindex 0\n\nnote\n",
                                        head + "index 00\n\nnote\n",
                                        head + "index -1\n\nnote\n",
                                        head + "index \n\nnote\n",
                                        head + "Index 0\n\nnote\n",
                                        head + "index 0\nextra AAAA\n\nnote\n",
                                        head + "index 0\nAAAA\n\nnote\n",
                                        "\n" + head + "index 0\n\nnote\n"};
  for (const std::string& text : bad) {
    EXPECT_EQ(ParseProofFile(text).status().code(), Code::kInvalid) << text;
  }
}

TEST(ProofFile, HoldsAtMost63Hashes) {
  ProofFile proof = SomeProof();
  proof.path.assign(63, LeafHash("x"));
  std::string text = *WriteProofFile(proof);
  EXPECT_TRUE(ParseProofFile(text).ok());
  text.insert(text.find("\n\n") + 1, text.substr(text.find("index 4\n") + 8, 45));
  EXPECT_EQ(ParseProofFile(text).status().code(), Code::kInvalid);
  proof.path.assign(64, LeafHash("x"));
  EXPECT_EQ(WriteProofFile(proof).status().code(), Code::kInvalid);
  proof.path = {"short"};
  EXPECT_EQ(WriteProofFile(proof).status().code(), Code::kInvalid);
}

}  // namespace
}  // namespace samenspel::tlog
