// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"
#include "proto/audit/v1/events.pb.h"
#include "tests/simulation/evidence.h"

namespace samenspel::simulation {
namespace {

// RFC 6962, section 2.1, as it grows: the roots of complete subtrees, the largest first.
class Tree {
 public:
  void Append(const std::string& leaf_hash) {
    ++size_;
    peaks_.push_back({0, leaf_hash});
    while (peaks_.size() > 1 && peaks_[peaks_.size() - 2].level == peaks_.back().level) {
      const Peak right = peaks_.back();
      peaks_.pop_back();
      peaks_.back() = {right.level + 1, tlog::NodeHash(peaks_.back().hash, right.hash)};
    }
  }
  std::string Root() const {
    std::string root = peaks_.back().hash;
    for (size_t i = peaks_.size() - 1; i-- > 0;) root = tlog::NodeHash(peaks_[i].hash, root);
    return root;
  }
  uint64_t size() const { return size_; }

 private:
  struct Peak {
    int level;
    std::string hash;
  };
  std::vector<Peak> peaks_;
  uint64_t size_ = 0;
};

// The LeavesAppended of an entry of audit; null when it has none and so is a leaf.
std::optional<audit::v1::LeavesAppended> AppendedIn(const store::Stored& entry) {
  for (const auto& record : entry.header.events()) {
    audit::v1::Event event;
    if (event.ParseFromString(record.payload()) && event.has_leaves_appended()) {
      return event.leaves_appended();
    }
  }
  return std::nullopt;
}

class Walk {
 public:
  explicit Walk(const Evidence& evidence) : evidence_(evidence) {
    for (size_t service = 0; service < kMachines; ++service) {
      for (const auto& entry : evidence.journals[service]) {
        if (service == kAudit && AppendedIn(*entry)) continue;
        due_[service].push_back(entry);
      }
    }
  }

  Findings Run() {
    for (const auto& entry : evidence_.journals[kAudit]) {
      if (const auto appended = AppendedIn(*entry)) Take(*entry, *appended);
    }
    for (size_t service = 0; service < kMachines; ++service) {
      if (next_[service] != due_[service].size()) {
        Find(std::string(kServices[service]) + ": the log lacks entries");
      }
      if (service != kAudit) CompareCopies(service);
    }
    return std::move(findings_);
  }

 private:
  void Find(std::string what) { findings_.push_back(std::move(what)); }

  void Take(const store::Stored& entry, const audit::v1::LeavesAppended& appended) {
    const std::string where = "audit:" + std::to_string(entry.header.sequence());
    for (const audit::v1::Run& run : appended.runs()) TakeRun(where, run);
    if (tree_.size() != appended.size() || appended.runs().empty()) {
      return Find(where + ": signs another size");
    }
    if (tree_.Root() != appended.root()) Find(where + ": signs another root");
    const auto text = tlog::CheckpointText({kOrigin, appended.size(), appended.root()});
    if (!text.ok() || !LogKey().Verifies(*text, appended.signature())) {
      Find(where + ": the signature does not hold");
    }
  }

  void TakeRun(const std::string& where, const audit::v1::Run& run) {
    const auto at = std::find(std::begin(kServices), std::end(kServices), run.service());
    if (at == std::end(kServices)) return Find(where + ": a run of an unknown service");
    const auto service = static_cast<size_t>(at - std::begin(kServices));
    for (uint64_t sequence = run.first(); sequence <= run.last().sequence(); ++sequence) {
      const Entries& due = due_[service];
      if (next_[service] >= due.size() || due[next_[service]]->header.sequence() != sequence) {
        return Find(where + ": leaves of " + run.service() + " are not in order, or stand twice");
      }
      const store::Stored& leaf = *due[next_[service]++];
      tree_.Append(tlog::LeafHash(leaf.bytes));
      if (sequence == run.last().sequence() && leaf.hash != run.last().hash()) {
        Find(where + ": a run ends with another hash");
      }
    }
  }

  void CompareCopies(size_t service) {
    const Entries& own = evidence_.journals[service];
    const Entries& copies = evidence_.copies[service];
    const bool same =
        std::equal(own.begin(), own.end(), copies.begin(), copies.end(),
                   [](const auto& left, const auto& right) {
                     return left->bytes == right->bytes && left->sealed == right->sealed;
                   });
    if (!same) Find(std::string(kServices[service]) + ": the copies differ from the journal");
  }

  const Evidence& evidence_;
  Findings findings_;
  Tree tree_;
  std::array<Entries, kMachines> due_;  // What must become leaves, in order.
  std::array<size_t, kMachines> next_{};
};

}  // namespace

Findings CheckLog(const Evidence& evidence) { return Walk(evidence).Run(); }

}  // namespace samenspel::simulation
