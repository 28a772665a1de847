// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/tlog/reference_tree.h"

#include <bit>
#include <cstdlib>
#include <iostream>

namespace samenspel::tlog {
namespace {

using base::Code;
using base::Result;
using base::Status;

/// The largest power of two below `size`, which is at least two.
size_t Split(size_t size) { return std::bit_floor(size - 1); }

std::vector<std::string> SubProof(uint64_t old_size, Leaves leaves, bool is_old_root) {
  if (old_size == leaves.size()) {
    if (is_old_root) return {};
    return {ReferenceRoot(leaves)};
  }
  const size_t split = Split(leaves.size());
  const Leaves left = leaves.first(split);
  const Leaves right = leaves.subspan(split);
  const bool in_left = old_size <= split;
  std::vector<std::string> proof =
      in_left ? SubProof(old_size, left, is_old_root) : SubProof(old_size - split, right, false);
  proof.push_back(ReferenceRoot(in_left ? right : left));
  return proof;
}

}  // namespace

std::string ReferenceRoot(Leaves leaves) {
  if (leaves.empty()) return EmptyRoot();
  if (leaves.size() == 1) return leaves[0];
  const size_t split = Split(leaves.size());
  return NodeHash(ReferenceRoot(leaves.first(split)), ReferenceRoot(leaves.subspan(split)));
}

std::vector<std::string> ReferenceInclusion(uint64_t index, Leaves leaves) {
  if (leaves.size() == 1) return {};
  const size_t split = Split(leaves.size());
  const Leaves left = leaves.first(split);
  const Leaves right = leaves.subspan(split);
  std::vector<std::string> path =
      index < split ? ReferenceInclusion(index, left) : ReferenceInclusion(index - split, right);
  path.push_back(ReferenceRoot(index < split ? right : left));
  return path;
}

std::vector<std::string> ReferenceConsistency(uint64_t old_size, Leaves leaves) {
  return SubProof(old_size, leaves, true);
}

std::vector<std::string> SomeLeafHashes(uint64_t count) {
  std::vector<std::string> hashes;
  for (uint64_t i = 0; i < count; ++i) hashes.push_back(LeafHash("leaf " + std::to_string(i)));
  return hashes;
}

HashReader ReferenceReader(Leaves leaves) {
  return [leaves](int level, uint64_t index) -> Result<std::string> {
    if (level < 0 || level > 40 || index >= leaves.size() >> level) {
      return Status(Code::kNotFound, "read a subtree that is not complete");
    }
    return ReferenceRoot(leaves.subspan(index << level, uint64_t{1} << level));
  };
}

std::mt19937_64 SeededRandom() {
  const char* const given = std::getenv("SAMENSPEL_SEED");
  const uint64_t seed = given != nullptr ? std::stoull(given) : std::random_device()();
  std::cout << "SAMENSPEL_SEED=" << seed << std::endl;
  return std::mt19937_64(seed);
}

}  // namespace samenspel::tlog
