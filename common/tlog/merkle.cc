// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/merkle.h"

#include <bit>
#include <cassert>
#include <map>
#include <memory>
#include <utility>

#include "common/tlog/sha256.h"

namespace samenspel::tlog {
namespace {

using base::Code;
using base::Result;
using base::Status;
using std::to_string;

constexpr int kLevels = 64;

/// The neighbours met on the way from `node` to the root of `size` leaves, lowest first. A node at
/// the right edge without a neighbour moves up as it is.
std::vector<NodeId> Siblings(NodeId node, uint64_t size) {
  std::vector<NodeId> siblings;
  const uint64_t last = size - 1;
  const int height = static_cast<int>(std::bit_width(last));
  for (; node.level < height; ++node.level, node.index >>= 1) {
    const uint64_t sibling = node.index ^ 1;
    if (sibling <= last >> node.level) siblings.push_back({node.level, sibling});
  }
  return siblings;
}

bool IsRight(NodeId node) { return (node.index & 1) == 1; }

/// The largest complete subtree that ends where the tree of `size` leaves ends.
NodeId LastPeak(uint64_t size) {
  const int level = std::countr_zero(size);
  return {level, (size >> level) - 1};
}

Result<std::string> ReadHash(NodeId node, const HashReader& reader) {
  auto hash = reader(node.level, node.index);
  if (hash.ok() && hash->size() != kHashSize) {
    return Status(Code::kCorrupt, "read tree hash " + to_string(node.level) + "/" +
                                      to_string(node.index) + ": it has " +
                                      to_string(hash->size()) + " bytes, expected 32");
  }
  return hash;
}

/// The hash of what the tree of `size` leaves holds to the right of its subtrees of `level` up.
Result<std::string> RaggedHash(uint64_t size, int below_level, const HashReader& reader) {
  std::string hash;
  for (int level = 0; level < below_level; ++level) {
    if ((size >> level & 1) == 0) continue;
    auto peak = ReadHash({level, (size >> level) - 1}, reader);
    if (!peak.ok()) return peak;
    hash = hash.empty() ? *peak : NodeHash(*peak, hash);
  }
  return hash;
}

Status AddSiblings(NodeId node, uint64_t size, const HashReader& reader,
                   std::vector<std::string>& path) {
  for (const NodeId sibling : Siblings(node, size)) {
    const bool complete = sibling.index < size >> sibling.level;
    auto hash = complete ? ReadHash(sibling, reader) : RaggedHash(size, sibling.level, reader);
    if (!hash.ok()) return hash.status();
    path.push_back(*std::move(hash));
  }
  return base::Ok();
}

Status CheckPath(const std::string& what, const std::vector<std::string>& path, size_t expected) {
  if (path.size() != expected) {
    return Status(Code::kInvalid, what + ": the path has " + to_string(path.size()) +
                                      " hashes, expected " + to_string(expected));
  }
  for (const std::string& hash : path) {
    if (hash.size() != kHashSize) {
      return Status(Code::kInvalid, what + ": a hash in the path has " + to_string(hash.size()) +
                                        " bytes, expected 32");
    }
  }
  return base::Ok();
}

Status CheckHash(const std::string& what, const char* name, std::string_view hash) {
  if (hash.size() == kHashSize) return base::Ok();
  return Status(Code::kInvalid,
                what + ": the " + name + " has " + to_string(hash.size()) + " bytes, expected 32");
}

Status CheckConsistencySizes(const std::string& what, uint64_t old_size, uint64_t size) {
  if (old_size == 0) return Status(Code::kInvalid, what + ": an empty tree proves nothing");
  if (old_size > size) return Status(Code::kInvalid, what + ": the older tree is the larger one");
  return base::Ok();
}

std::string InclusionName(const char* verb, uint64_t index, uint64_t size) {
  return std::string(verb) + " inclusion of leaf " + to_string(index) + " in a tree of " +
         to_string(size) + " leaves";
}

std::string ConsistencyName(const char* verb, uint64_t old_size, uint64_t size) {
  return std::string(verb) + " consistency from " + to_string(old_size) + " to " + to_string(size) +
         " leaves";
}

}  // namespace

std::string LeafHash(std::string_view leaf) { return Sha256({std::string_view("\0", 1), leaf}); }

std::string NodeHash(std::string_view left, std::string_view right) {
  return Sha256({"\x01", left, right});
}

std::string EmptyRoot() { return Sha256(""); }

Result<CompactRange> CompactRange::Restore(uint64_t size, std::vector<std::string> hashes) {
  const std::string what = "restore a tree of " + to_string(size) + " leaves";
  SAMENSPEL_RETURN_IF_ERROR(CheckPath(what, hashes, static_cast<size_t>(std::popcount(size))));
  CompactRange range;
  range.size_ = size;
  range.hashes_ = std::move(hashes);
  return range;
}

Result<CompactRange> CompactRange::Read(uint64_t size, const HashReader& reader) {
  std::vector<std::string> hashes;
  for (int level = kLevels - 1; level >= 0; --level) {
    if ((size >> level & 1) == 0) continue;
    auto hash = ReadHash({level, (size >> level) - 1}, reader);
    if (!hash.ok()) return hash.status();
    hashes.push_back(*std::move(hash));
  }
  return Restore(size, std::move(hashes));
}

void CompactRange::Append(std::string leaf_hash, const Completed& completed) {
  assert(leaf_hash.size() == kHashSize);
  std::string hash = std::move(leaf_hash);
  NodeId node{0, size_};
  if (completed) completed(node, hash);
  for (; IsRight(node); hashes_.pop_back()) {
    hash = NodeHash(hashes_.back(), hash);
    node = {node.level + 1, node.index >> 1};
    if (completed) completed(node, hash);
  }
  hashes_.push_back(std::move(hash));
  ++size_;
}

std::string CompactRange::Root() const {
  if (hashes_.empty()) return EmptyRoot();
  std::string root = hashes_.back();
  for (size_t left = hashes_.size() - 1; left-- > 0;) root = NodeHash(hashes_[left], root);
  return root;
}

HashReader Remembering(HashReader read) {
  using Known = std::map<std::pair<int, uint64_t>, std::string>;
  return [read = std::move(read), known = std::make_shared<Known>()](
             int level, uint64_t index) -> Result<std::string> {
    if (const auto found = known->find({level, index}); found != known->end()) return found->second;
    auto hash = read(level, index);
    if (hash.ok()) known->emplace(std::pair(level, index), *hash);
    return hash;
  };
}

Result<std::string> TreeRoot(uint64_t size, const HashReader& reader) {
  if (size == 0) return EmptyRoot();
  return RaggedHash(size, kLevels, reader);
}

Result<std::vector<std::string>> InclusionPath(uint64_t index, uint64_t size,
                                               const HashReader& reader) {
  if (index >= size) {
    return Status(Code::kInvalid, InclusionName("prove", index, size) + ": no such leaf");
  }
  std::vector<std::string> path;
  SAMENSPEL_RETURN_IF_ERROR(AddSiblings({0, index}, size, reader, path));
  return path;
}

Result<std::vector<std::string>> ConsistencyPath(uint64_t old_size, uint64_t size,
                                                 const HashReader& reader) {
  SAMENSPEL_RETURN_IF_ERROR(
      CheckConsistencySizes(ConsistencyName("prove", old_size, size), old_size, size));
  std::vector<std::string> path;
  if (old_size == size) return path;
  const NodeId start = LastPeak(old_size);
  if (start.index != 0) {  // Otherwise it is the old root, which the verifier has.
    auto hash = ReadHash(start, reader);
    if (!hash.ok()) return hash.status();
    path.push_back(*std::move(hash));
  }
  SAMENSPEL_RETURN_IF_ERROR(AddSiblings(start, size, reader, path));
  return path;
}

Status VerifyInclusion(std::string_view leaf_hash, uint64_t index, uint64_t size,
                       const std::vector<std::string>& path, std::string_view root) {
  const std::string what = InclusionName("verify", index, size);
  if (index >= size) return Status(Code::kInvalid, what + ": no such leaf");
  const std::vector<NodeId> siblings = Siblings({0, index}, size);
  SAMENSPEL_RETURN_IF_ERROR(CheckHash(what, "leaf hash", leaf_hash));
  SAMENSPEL_RETURN_IF_ERROR(CheckHash(what, "root", root));
  SAMENSPEL_RETURN_IF_ERROR(CheckPath(what, path, siblings.size()));
  std::string hash(leaf_hash);
  for (size_t i = 0; i < path.size(); ++i) {
    hash = IsRight(siblings[i]) ? NodeHash(hash, path[i]) : NodeHash(path[i], hash);
  }
  if (hash != root) return Status(Code::kCorrupt, what + ": the path leads to another root");
  return base::Ok();
}

Status VerifyConsistency(uint64_t old_size, std::string_view old_root, uint64_t size,
                         std::string_view root, const std::vector<std::string>& path) {
  const std::string what = ConsistencyName("verify", old_size, size);
  SAMENSPEL_RETURN_IF_ERROR(CheckConsistencySizes(what, old_size, size));
  if (old_size == size) {
    SAMENSPEL_RETURN_IF_ERROR(CheckPath(what, path, 0));
    if (old_root == root) return base::Ok();
    return Status(Code::kCorrupt, what + ": the sizes are equal and the roots differ");
  }
  const NodeId start = LastPeak(old_size);
  const std::vector<NodeId> siblings = Siblings(start, size);
  const size_t given = start.index != 0 ? 1 : 0;
  SAMENSPEL_RETURN_IF_ERROR(CheckHash(what, "older root", old_root));
  SAMENSPEL_RETURN_IF_ERROR(CheckHash(what, "newer root", root));
  SAMENSPEL_RETURN_IF_ERROR(CheckPath(what, path, siblings.size() + given));
  std::string old_hash(given == 1 ? std::string_view(path[0]) : old_root);
  std::string new_hash = old_hash;
  for (size_t i = 0; i < siblings.size(); ++i) {
    const std::string& sibling = path[i + given];
    const bool only_in_newer = IsRight(siblings[i]);
    if (!only_in_newer) old_hash = NodeHash(sibling, old_hash);
    new_hash = only_in_newer ? NodeHash(new_hash, sibling) : NodeHash(sibling, new_hash);
  }
  if (old_hash != old_root) {
    return Status(Code::kCorrupt, what + ": the path leads to another older root");
  }
  if (new_hash != root) {
    return Status(Code::kCorrupt, what + ": the path leads to another newer root");
  }
  return base::Ok();
}

}  // namespace samenspel::tlog
