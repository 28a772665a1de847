// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <deque>
#include <string>
#include <vector>

#include "common/tlog/note_key.h"
#include "tests/simulation/model/seen.h"

namespace samenspel::simulation::model {

/// The tree of RFC 6962, section 2.1, as it grows: the roots of complete subtrees, largest first.
class GrowingTree {
 public:
  void Append(std::string leaf_hash);
  std::string Root() const;
  uint64_t size() const { return size_; }

 private:
  struct Peak {
    int level;
    std::string hash;
  };
  std::vector<Peak> peaks_;
  uint64_t size_ = 0;
};

/// The audit log (invariant 7; docs/formats/audit.md, checkpoint.md).
///
/// - Each entry of each service, LeavesAppended apart, becomes one leaf, in its service's order and
///   only once it is there; each run starts where the one before of that service ended.
/// - Every signed size and root are those of the leaves so far, worked out anew: so there never are
///   two roots for one size, and each checkpoint continues the one before. Every signature holds.
/// - A LeavesAppended brings leaves, stands alone in its entry, and is audit's own.
/// - At the end nothing is left out.
class Log : public Rule {
 public:
  Log(Notebook& notebook, std::string origin, tlog::VerifierKey key)
      : notebook_(notebook), origin_(std::move(origin)), key_(std::move(key)) {}

  void Take(const Seen& seen) override;
  void AtEnd(base::Instant true_time) override;

 private:
  struct Leaf {
    uint64_t sequence;
    uint64_t epoch;
    std::string hash;  // SHA-256 of the header.
    std::string leaf_hash;
  };
  void Append(const Seen& seen, const audit::v1::LeavesAppended& appended);
  void TakeRun(const std::string& where, const audit::v1::Run& run);

  Notebook& notebook_;
  std::string origin_;
  tlog::VerifierKey key_;
  std::array<std::deque<Leaf>, kPlaces> due_;  // What must become leaves.
  GrowingTree tree_;
  bool lost_ = false;  // The tree cannot be followed any more: said once.
};

}  // namespace samenspel::simulation::model
