// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/daemon/view.h"
#include "common/tlog/merkle.h"
#include "common/tlog/tiles.h"
#include "proto/common/v1/case.pb.h"

namespace samenspel::audit {

struct Subject;

/// The rows of the log in audit's store (docs/formats/audit.md): copies of entries, hashes of the
/// tree, and the look-ups from entry, stream and case number to leaf.
class LogRows {
 public:
  explicit LogRows(daemon::View& view) : view_(view) {}

  void PutCopy(const std::string& service, const store::Stored& entry);
  /// An entry that became, or may become, a leaf; of audit itself from its own journal.
  std::shared_ptr<const store::Stored> Entry(const std::string& service, uint64_t sequence) const;
  /// The same: `known` itself when its row says just that, so that it need not be parsed again.
  std::shared_ptr<const store::Stored> Entry(
      const std::string& service, uint64_t sequence,
      const std::shared_ptr<const store::Stored>& known) const;

  void PutHashes(const std::vector<tlog::StoredHash>& hashes);
  base::Result<std::string> Hash(int tile_level, uint64_t index) const;
  tlog::HashReader Hashes() const;

  /// All that follows from an entry being leaf `leaf`: look-ups, and what it says of a case list.
  void PutLeaf(uint64_t leaf, const store::Stored& entry);
  /// The entry that became this leaf; null when there is none, or its row is of an older version.
  std::shared_ptr<const store::Stored> EntryAt(uint64_t leaf) const;
  std::optional<uint64_t> LeafOf(const common::v1::Ref& entry) const;

  /// The stream that a name stands for: the name itself, or what a case number points at; nothing
  /// for what cannot be a name.
  std::optional<std::string> StreamOf(const std::string& name) const;
  /// The household that a stream belongs to, or is; nothing for what belongs to none.
  std::optional<std::string> HouseholdOf(const std::string& stream) const;
  /// Audit's copy of who may know of a case; nothing for a case of before there were lists.
  std::optional<common::v1::CaseList> ListOf(const std::string& household) const;
  /// Whether this organisation keeps a break-glass opening of the case.
  bool OpeningIsKept(const std::string& household, const std::string& organisation) const;
  struct Place {
    uint64_t leaf;
    std::string service;
    uint64_t sequence;
  };
  /// Leaves about a stream and those linked to it, sorted, each once, from `after` on; at most
  /// `most`. Of a report or household: about all that belongs to the case.
  std::vector<Place> PlacesOf(const std::string& stream, uint64_t after, size_t most) const;

 private:
  std::optional<std::string> RowOf(const std::string& service, uint64_t sequence) const;
  void PutCase(const Subject& subject);
  std::set<std::string> LinkedTo(const std::string& stream) const;
  void CollectPlaces(const std::string& stream, uint64_t after, size_t most,
                     std::vector<Place>& places) const;
  daemon::View& view_;
};

}  // namespace samenspel::audit
