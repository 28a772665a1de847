// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "common/tlog/merkle.h"

/// Proofs that were checked as their reader will check them, before anybody gets or signs them: one
/// flipped bit of a disk or of memory is kCorrupt here and not a second truth out there (A4).
namespace samenspel::tlog {

/// A tree whose root was signed.
struct SignedTree {
  uint64_t size = 0;
  std::string root;
};

/// Whether this is the tree that was signed.
base::Status CheckTree(const CompactRange& tree, const SignedTree& signed_tree);

/// The path of this leaf to the signed root.
base::Result<std::vector<std::string>> ProvenInclusion(std::string_view leaf_hash, uint64_t index,
                                                       const SignedTree& tree,
                                                       const HashReader& reader);

/// An older tree that the signed one continues, and the path that shows it.
struct ProvenBeginning {
  std::string root;
  std::vector<std::string> path;
};
/// kInvalid unless 0 < old_size <= size.
base::Result<ProvenBeginning> ProveBeginning(uint64_t old_size, const SignedTree& tree,
                                             const HashReader& reader);

}  // namespace samenspel::tlog
