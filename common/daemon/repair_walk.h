// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/daemon/repair.h"
#include "common/store/mend.h"

namespace samenspel::daemon {

/// Audit's copies, read in order.
class CopyReader {
 public:
  explicit CopyReader(CopySource& source) : source_(source) {}
  /// To be asked for 1, 2, 3...; null behind the last.
  base::Result<std::shared_ptr<const store::Stored>> At(uint64_t sequence);
  const store::Head& head() const { return head_; }
  /// Of each service the newest cause in what was read.
  const std::map<std::string, store::Head>& causes() const { return causes_; }

 private:
  CopySource& source_;
  store::Head head_;
  std::vector<std::shared_ptr<const store::Stored>> page_;
  uint64_t before_ = 0;  // The page begins behind this sequence.
  bool read_ = false;
  std::map<std::string, store::Head> causes_;
};

/// Where an entry of the whole journal came from.
enum class Origin { kWhole, kMended, kFetched, kKept };

/// Walks the journal here and audit's copy side by side and picks the entry that continues the
/// chain.
class RepairWalk {
 public:
  struct Step {
    std::shared_ptr<const store::Stored> entry;
    Origin origin;
    std::string fault;  ///< What is wrong with the entry here.
  };
  ///   local  null: there is nothing here that opens
  ///   acked  what the watermark says; nothing when it cannot be read
  RepairWalk(std::string service, const store::DamagedJournal* local, CopyReader& copies,
             std::optional<store::Head> acked);

  /// The next entry; nothing at the end. kCorrupt: two histories, or a damaged copy.
  base::Result<std::optional<Step>> Next();
  /// The last that was picked.
  const store::Head& at() const { return at_; }
  /// The last that is known to have been there.
  uint64_t known_end() const;
  /// The newest epoch that is known to have begun.
  uint64_t known_epoch() const;

 private:
  struct Local {
    std::shared_ptr<const store::Stored> entry;  // Null: missing or unreadable.
    std::string fault;                           // Empty: it continues the chain.
    bool missing = false;
  };
  Local ReadLocal() const;
  bool IsConfirmed(const store::Stored& entry) const;
  base::Status CheckMarks(const store::Stored& entry) const;
  Step Took(std::shared_ptr<const store::Stored> entry, Origin origin, std::string fault);

  std::string service_;
  const store::DamagedJournal* local_;
  CopyReader& copies_;
  std::optional<store::Head> acked_;
  std::optional<store::Head> noted_;
  uint64_t local_last_ = 0;
  store::Head at_{.epoch = 1, .sequence = 0, .hash = {}};
};

}  // namespace samenspel::daemon
