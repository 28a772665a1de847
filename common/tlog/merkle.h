// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace samenspel::tlog {

/// The Merkle tree of RFC 6962, section 2.1, over SHA-256. All hashes are 32 raw bytes.

/// Bytes in a hash.
inline constexpr size_t kHashSize = 32;

/// SHA-256(0x00 || leaf).
std::string LeafHash(std::string_view leaf);
/// SHA-256(0x01 || left || right).
std::string NodeHash(std::string_view left, std::string_view right);
/// The root of the tree without leaves: SHA-256 of nothing.
std::string EmptyRoot();

/// A subtree: the 2^level leaves from leaf index * 2^level on. Level 0 holds the leaves.
struct NodeId {
  int level = 0;
  uint64_t index = 0;
  bool operator==(const NodeId&) const = default;
};

/// Hands out the hash of a complete subtree. Only subtrees within the tree at hand are asked for.
using HashReader = std::function<base::Result<std::string>(int level, uint64_t index)>;

/// The same, each hash read once: for the paths of many leaves of one tree, which have most of
/// their upper ends in common. One thread, and only while the tree stays as it is.
HashReader Remembering(HashReader read);

/// A growing tree remembered by its complete subtrees alone: at most 64 hashes, one for each bit
/// of the size. Enough to append and to give the root, not to prove.
class CompactRange {
 public:
  using Completed = std::function<void(NodeId node, const std::string& hash)>;

  CompactRange() = default;
  /// The range that had this size and these hashes(); kInvalid when they do not belong together.
  static base::Result<CompactRange> Restore(uint64_t size, std::vector<std::string> hashes);
  /// The same, from hashes that were kept elsewhere.
  static base::Result<CompactRange> Read(uint64_t size, const HashReader& reader);

  /// Adds a leaf: one node hash on average, in the worst case one for each level.
  ///   completed  told of each subtree that this leaf completes, itself first, upwards
  void Append(std::string leaf_hash, const Completed& completed = {});

  uint64_t size() const { return size_; }
  /// Hashes of the complete subtrees, the largest (leftmost) first.
  const std::vector<std::string>& hashes() const { return hashes_; }
  std::string Root() const;

 private:
  uint64_t size_ = 0;
  std::vector<std::string> hashes_;
};

/// The root of the first `size` leaves.
base::Result<std::string> TreeRoot(uint64_t size, const HashReader& reader);

/// The hashes from the neighbour of leaf `index` up to below the root of the first `size` leaves
/// (RFC 6962, section 2.1.1). kInvalid when the tree has no such leaf.
base::Result<std::vector<std::string>> InclusionPath(uint64_t index, uint64_t size,
                                                     const HashReader& reader);

/// What shows that the tree of `old_size` leaves begins the tree of `size` leaves (RFC 6962,
/// section 2.1.2). kInvalid unless 0 < old_size <= size: from an empty tree there is nothing to
/// show. Empty when both are equal.
base::Result<std::vector<std::string>> ConsistencyPath(uint64_t old_size, uint64_t size,
                                                       const HashReader& reader);

/// Ok when `path` leads from `leaf_hash` at `index` to `root`. kInvalid: the numbers or lengths
/// cannot belong to a proof; kCorrupt: the proof is well formed and gives another root.
base::Status VerifyInclusion(std::string_view leaf_hash, uint64_t index, uint64_t size,
                             const std::vector<std::string>& path, std::string_view root);

/// Ok when `path` leads to both roots. Codes as above; an old size of 0 is kInvalid.
base::Status VerifyConsistency(uint64_t old_size, std::string_view old_root, uint64_t size,
                               std::string_view root, const std::vector<std::string>& path);

}  // namespace samenspel::tlog
