// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/merkle.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "tests/common/tlog/reference_tree.h"
#include "tests/common/tlog/vectors.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using base::Result;
using base::Status;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr uint64_t kHuge = ~uint64_t{0};

std::string Hex(const json& value) { return FromHex(value.get<std::string>()); }

TEST(Merkle, HashesAsPublished) {
  int cases = 0;
  for (const json& c : Vectors()["hasher"]["vectors"]) {
    const std::string op = c["op"];
    const std::string got = op == "empty_root" ? EmptyRoot()
                            : op == "leaf"     ? LeafHash(Hex(c["data_hex"]))
                                               : NodeHash(Hex(c["left_hex"]), Hex(c["right_hex"]));
    EXPECT_EQ(got, Hex(c["want"])) << c["desc"];
    ++cases;
  }
  EXPECT_EQ(cases, 4);
}

TEST(Merkle, GivesThePublishedReferenceTree) {
  const json& tree = Vectors()["reference_tree"];
  const auto roots = FromHexList(tree["roots_by_size_0_to_8"]);
  const auto leaf_hashes = FromHexList(tree["leaf_hashes"]);
  std::map<int, std::vector<std::string>> levels;
  CompactRange range;
  ASSERT_EQ(roots.size(), 9u);
  EXPECT_EQ(range.Root(), roots[0]);
  for (const std::string& input : FromHexList(tree["leaf_inputs_hex"])) {
    EXPECT_EQ(LeafHash(input), leaf_hashes.at(range.size()));
    range.Append(LeafHash(input), [&](NodeId node, const std::string& hash) {
      EXPECT_EQ(node.index, levels[node.level].size());
      levels[node.level].push_back(hash);
    });
    EXPECT_EQ(range.Root(), roots.at(range.size()));
  }
  EXPECT_EQ(range.size(), 8u);
  ASSERT_EQ(levels.size(), 4u);
  for (const auto& [level, hashes] : levels) {
    EXPECT_EQ(hashes, FromHexList(tree["perfect_subtree_hashes_by_level"][level]));
  }
}

TEST(Merkle, GivesTheKnownPathsOfCertificateTransparency) {
  const auto leaves = FromHexList(Vectors()["reference_tree"]["leaf_hashes"]);
  int cases = 0;
  for (const json& c : Vectors()["ct_known_answers"]["inclusion"]) {
    ++cases;
    const uint64_t size = c["tree_size"];
    if (size == 0) {
      EXPECT_EQ(InclusionPath(0, 0, ReferenceReader(leaves)).status().code(), Code::kInvalid);
      continue;
    }
    const auto path = InclusionPath(c["leaf_index"], size, ReferenceReader(leaves));
    ASSERT_TRUE(path.ok());
    EXPECT_EQ(*path, FromHexList(c["proof"]));
    EXPECT_TRUE(
        VerifyInclusion(Hex(c["leaf_hash"]), c["leaf_index"], size, *path, Hex(c["root"])).ok());
  }
  EXPECT_EQ(cases, 6);
}

TEST(Merkle, GivesTheKnownConsistencyProofsOfCertificateTransparency) {
  const auto leaves = FromHexList(Vectors()["reference_tree"]["leaf_hashes"]);
  int cases = 0;
  for (const json& c : Vectors()["ct_known_answers"]["consistency"]) {
    ++cases;
    const auto path = ConsistencyPath(c["size1"], c["size2"], ReferenceReader(leaves));
    ASSERT_TRUE(path.ok());
    EXPECT_EQ(*path, FromHexList(c["proof"]));
    EXPECT_TRUE(
        VerifyConsistency(c["size1"], Hex(c["root1"]), c["size2"], Hex(c["root2"]), *path).ok());
  }
  EXPECT_EQ(cases, 4);
}

TEST(Merkle, JudgesAllPublishedProofsAsTheReferenceDoes) {
  const json& cases = Vectors()["merkle_verifier_cases"];
  EXPECT_EQ(cases["inclusion"].size(), 98u);
  EXPECT_EQ(cases["consistency"].size(), 98u);
  int refused = 0;
  for (const json& c : cases["inclusion"]) {
    const Status status = VerifyInclusion(Hex(c["leaf_hash"]), c["leaf_index"], c["tree_size"],
                                          FromHexList(c["proof"]), Hex(c["root"]));
    EXPECT_EQ(status.ok(), !c["want_err"].get<bool>()) << c["case"] << status.message();
    if (!status.ok()) ++refused;
  }
  for (const json& c : cases["consistency"]) {
    const Status status = VerifyConsistency(c["size1"], Hex(c["root1"]), c["size2"],
                                            Hex(c["root2"]), FromHexList(c["proof"]));
    EXPECT_EQ(status.ok(), !c["want_err"].get<bool>()) << c["case"] << status.message();
    if (!status.ok()) ++refused;
  }
  EXPECT_EQ(refused, 184);
}

TEST(Merkle, ProvesEveryLeafAndEverySizeOfSmallTrees) {
  const auto leaves = SomeLeafHashes(40);
  for (uint64_t size = 1; size <= leaves.size(); ++size) {
    const Leaves tree = Leaves(leaves).first(size);
    const HashReader reader = ReferenceReader(tree);
    for (uint64_t i = 0; i < size; ++i) {
      const auto path = InclusionPath(i, size, reader);
      ASSERT_TRUE(path.ok());
      ASSERT_EQ(*path, ReferenceInclusion(i, tree)) << i << " in " << size;
      ASSERT_TRUE(VerifyInclusion(tree[i], i, size, *path, ReferenceRoot(tree)).ok());
      const auto proof = ConsistencyPath(i + 1, size, reader);
      ASSERT_TRUE(proof.ok());
      ASSERT_EQ(*proof, ReferenceConsistency(i + 1, tree)) << i + 1 << " to " << size;
      ASSERT_TRUE(VerifyConsistency(i + 1, ReferenceRoot(tree.first(i + 1)), size,
                                    ReferenceRoot(tree), *proof)
                      .ok());
    }
  }
}

/// Changes one bit somewhere in the hashes.
void FlipOneBit(std::vector<std::string>& path, std::mt19937_64& random) {
  std::string& hash = path[random() % path.size()];
  char& byte = hash[random() % hash.size()];
  byte = static_cast<char>(byte ^ (1 << random() % 8));
}

TEST(Merkle, AgreesWithTheRecursiveDefinitionOnRandomTrees) {
  std::mt19937_64 random = SeededRandom();
  const auto leaves = SomeLeafHashes(3000);
  for (int round = 0; round < 60; ++round) {
    const uint64_t size = 2 + random() % (leaves.size() - 1);
    const uint64_t index = random() % size;
    const uint64_t old_size = 1 + random() % (size - 1);
    SCOPED_TRACE(testing::Message() << index << ", " << old_size << " of " << size);
    const Leaves tree = Leaves(leaves).first(size);
    const std::string root = ReferenceRoot(tree);
    auto path = InclusionPath(index, size, ReferenceReader(tree));
    ASSERT_TRUE(path.ok());
    ASSERT_EQ(*path, ReferenceInclusion(index, tree));
    EXPECT_TRUE(VerifyInclusion(tree[index], index, size, *path, root).ok());
    FlipOneBit(*path, random);
    EXPECT_EQ(VerifyInclusion(tree[index], index, size, *path, root).code(), Code::kCorrupt);
    const std::string old_root = ReferenceRoot(tree.first(old_size));
    auto proof = ConsistencyPath(old_size, size, ReferenceReader(tree));
    ASSERT_TRUE(proof.ok());
    ASSERT_EQ(*proof, ReferenceConsistency(old_size, tree));
    EXPECT_TRUE(VerifyConsistency(old_size, old_root, size, root, *proof).ok());
    FlipOneBit(*proof, random);
    EXPECT_EQ(VerifyConsistency(old_size, old_root, size, root, *proof).code(), Code::kCorrupt);
  }
}

TEST(Merkle, GivesTheRootOfEverySizeAndRestoresFromItsHashes) {
  const auto leaves = SomeLeafHashes(300);
  CompactRange range;
  for (const std::string& leaf : leaves) {
    range.Append(leaf);
    const Leaves tree = Leaves(leaves).first(range.size());
    const auto restored = CompactRange::Restore(range.size(), range.hashes());
    const auto read = CompactRange::Read(range.size(), ReferenceReader(tree));
    ASSERT_TRUE(restored.ok() && read.ok());
    ASSERT_EQ(range.Root(), ReferenceRoot(tree));
    EXPECT_EQ(restored->Root(), range.Root());
    EXPECT_EQ(read->hashes(), range.hashes());
    EXPECT_EQ(*TreeRoot(range.size(), ReferenceReader(leaves)), range.Root());
  }
  EXPECT_EQ(*TreeRoot(0, ReferenceReader(leaves)), EmptyRoot());
}

TEST(Merkle, GrowsOnAfterRestoring) {
  const auto leaves = SomeLeafHashes(20);
  CompactRange range = *CompactRange::Read(11, ReferenceReader(leaves));
  for (uint64_t i = 11; i < leaves.size(); ++i) range.Append(leaves[i]);
  EXPECT_EQ(range.Root(), ReferenceRoot(leaves));
}

TEST(Merkle, RefusesToRestoreFromHashesThatDoNotFitTheSize) {
  const auto hashes = SomeLeafHashes(3);
  EXPECT_TRUE(CompactRange::Restore(7, hashes).ok());
  EXPECT_EQ(CompactRange::Restore(8, hashes).status().code(), Code::kInvalid);
  EXPECT_EQ(CompactRange::Restore(0, hashes).status().code(), Code::kInvalid);
  EXPECT_EQ(CompactRange::Restore(1, {"short"}).status().code(), Code::kInvalid);
}

TEST(Merkle, RefusesToProveWhatTheTreeDoesNotHold) {
  const auto leaves = SomeLeafHashes(5);
  const HashReader reader = ReferenceReader(leaves);
  EXPECT_EQ(InclusionPath(5, 5, reader).status().code(), Code::kInvalid);
  EXPECT_EQ(ConsistencyPath(6, 5, reader).status().code(), Code::kInvalid);
  EXPECT_EQ(ConsistencyPath(0, 5, reader).status().code(), Code::kInvalid);
  EXPECT_THAT(*ConsistencyPath(5, 5, reader), IsEmpty());
}

TEST(Merkle, PassesOnThatAHashCannotBeRead) {
  const HashReader broken = [](int, uint64_t) -> Result<std::string> {
    return Status(Code::kIo, "read hash: disk gone");
  };
  EXPECT_EQ(InclusionPath(0, 5, broken).status().code(), Code::kIo);
  EXPECT_EQ(ConsistencyPath(3, 5, broken).status().code(), Code::kIo);
  EXPECT_EQ(CompactRange::Read(5, broken).status().code(), Code::kIo);
  EXPECT_EQ(TreeRoot(5, broken).status().code(), Code::kIo);
}

TEST(Merkle, RefusesStoredHashesOfAnotherLength) {
  const HashReader torn = [](int, uint64_t) -> Result<std::string> { return std::string("torn"); };
  EXPECT_EQ(InclusionPath(0, 5, torn).status().code(), Code::kCorrupt);
  EXPECT_EQ(TreeRoot(5, torn).status().code(), Code::kCorrupt);
}

TEST(Merkle, SaysInASentenceWhatDoesNotFit) {
  const auto leaves = SomeLeafHashes(8);
  const std::string root = ReferenceRoot(leaves);
  EXPECT_EQ(VerifyInclusion(leaves[2], 2, 8, {}, root).message(),
            "verify inclusion of leaf 2 in a tree of 8 leaves: the path has 0 hashes, expected 3");
  EXPECT_THAT(
      VerifyConsistency(3, leaves[0], 8, root, *ConsistencyPath(3, 8, ReferenceReader(leaves)))
          .message(),
      HasSubstr("from 3 to 8 leaves: the path leads to another older root"));
  EXPECT_THAT(VerifyConsistency(3, ReferenceRoot(Leaves(leaves).first(3)), 8, leaves[0],
                                *ConsistencyPath(3, 8, ReferenceReader(leaves)))
                  .message(),
              HasSubstr("the path leads to another newer root"));
}

TEST(Merkle, RemembersWhatItReadAndNotWhatItCouldNotRead) {
  int reads = 0;
  bool is_there = false;
  const HashReader reader = Remembering([&](int level, uint64_t index) -> Result<std::string> {
    ++reads;
    if (!is_there) return base::Status(Code::kNotFound, "no hash yet");
    return LeafHash(std::to_string(level) + " " + std::to_string(index));
  });
  EXPECT_EQ(reader(1, 2).status().code(), Code::kNotFound);
  is_there = true;
  EXPECT_EQ(*reader(1, 2), LeafHash("1 2"));
  EXPECT_EQ(*reader(1, 2), LeafHash("1 2"));
  EXPECT_EQ(*reader(2, 1), LeafHash("2 1"));
  EXPECT_EQ(reads, 3);
}

TEST(Merkle, StandsTheLargestSizes) {
  const std::string leaf = LeafHash("x");
  const HashReader same = [&](int, uint64_t) -> Result<std::string> { return leaf; };
  for (const uint64_t index : {uint64_t{0}, kHuge / 3, kHuge - 1}) {
    const auto path = InclusionPath(index, kHuge, same);
    ASSERT_TRUE(path.ok());
    EXPECT_EQ(VerifyInclusion(leaf, index, kHuge, *path, leaf).code(), Code::kCorrupt);
    const auto proof = ConsistencyPath(index + 1, kHuge, same);
    ASSERT_TRUE(proof.ok());
    if (!proof->empty()) {
      EXPECT_EQ(VerifyConsistency(index + 1, leaf, kHuge, leaf, *proof).code(), Code::kCorrupt);
    }
  }
  EXPECT_EQ(InclusionPath(0, kHuge, same)->size(), 64u);
}

}  // namespace
}  // namespace samenspel::tlog
