// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/base/instant.h"
#include "common/daemon/replay.h"

namespace samenspel::daemon {

/// Where the copies of a journal come from: audit, which keeps one of every entry it followed.
class CopySource {
 public:
  virtual ~CopySource() = default;
  struct Page {
    store::Head head;  ///< How far the copies go; sequence 0: there are none.
    std::vector<std::shared_ptr<const store::Stored>> entries;  ///< In order, without gaps.
    /// Of each service that these entries name as cause the newest, with its hash.
    std::vector<std::pair<std::string, store::Head>> causes;
  };
  /// Entries after `sequence`, at least one where there is one.
  virtual base::Result<Page> After(uint64_t sequence) = 0;
};

struct RepairInput {
  store::StoreConfig store;
  store::Disk& disk;
  seal::KeyStore& keys;
  base::Entropy& entropy;
  MakeService make;
  CopySource& copies;
  base::Instant now;         ///< Names the folder to which a damaged database goes.
  bool accept_loss = false;  ///< Go on without what is nowhere, in a new epoch.
  std::function<void(const std::string& line)> say;  ///< Hears one line a finding.
};

/// What became of the entries. Each counts once.
struct RepairSummary {
  uint64_t whole = 0;    ///< Here and at audit, the same.
  uint64_t mended = 0;   ///< Here but damaged: audit's copy took its place.
  uint64_t fetched = 0;  ///< Not here: taken from audit.
  uint64_t kept = 0;     ///< Here, whole, and not yet at audit.
  uint64_t lost = 0;     ///< Acknowledged, and neither here nor at audit.
  /// Neither watermark nor database tell how far the journal went: more may be lost.
  bool unproven = false;
  store::Head head;          ///< Of the journal as it is then.
  bool began_epoch = false;  ///< After a loss, a possible one, or a backup put in place.
  bool done = false;  ///< The journal is complete, or its loss was accepted, and all is derived.
};

/// --repair-from audit, of a stopped daemon: walks the journal from its first entry, takes from
/// audit what is missing or damaged, keeps what audit has not, and derives all the rest again. A
/// damaged database is put aside, never removed. A backup that Restore has put there is completed
/// the same way, into a new epoch. Cut short, it may be run again.
///   kInvalid  the database is another service's
///   kExists   it is in use
///   kCorrupt  there are two histories, the keys do not fit, or audit's copies are damaged; nothing
///             was changed
/// With entries lost and not accepted it changes nothing, and `done` is false.
base::Result<RepairSummary> Repair(const RepairInput& input);

}  // namespace samenspel::daemon
