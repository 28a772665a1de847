// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/proven.h"

namespace samenspel::tlog {

using base::Code;
using base::Result;
using base::Status;

Status CheckTree(const CompactRange& tree, const SignedTree& signed_tree) {
  const bool is_same =
      tree.size() == signed_tree.size && (tree.size() == 0 || tree.Root() == signed_tree.root);
  if (is_same) return base::Ok();
  return {Code::kCorrupt, "the tree of " + std::to_string(tree.size()) +
                              " leaves does not give the root that was signed for " +
                              std::to_string(signed_tree.size)};
}

Result<std::vector<std::string>> ProvenInclusion(std::string_view leaf_hash, uint64_t index,
                                                 const SignedTree& tree, const HashReader& reader) {
  auto path = InclusionPath(index, tree.size, reader);
  if (!path.ok()) return path;
  SAMENSPEL_RETURN_IF_ERROR(VerifyInclusion(leaf_hash, index, tree.size, *path, tree.root));
  return path;
}

Result<ProvenBeginning> ProveBeginning(uint64_t old_size, const SignedTree& tree,
                                       const HashReader& reader) {
  auto path = ConsistencyPath(old_size, tree.size, reader);
  if (!path.ok()) return path.status();
  auto root = TreeRoot(old_size, reader);
  if (!root.ok()) return root.status();
  SAMENSPEL_RETURN_IF_ERROR(VerifyConsistency(old_size, *root, tree.size, tree.root, *path));
  return ProvenBeginning{*std::move(root), *std::move(path)};
}

}  // namespace samenspel::tlog
