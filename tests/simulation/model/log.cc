// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/log.h"

#include <algorithm>

#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"

namespace samenspel::simulation::model {

void GrowingTree::Append(std::string leaf_hash) {
  ++size_;
  peaks_.push_back({0, std::move(leaf_hash)});
  while (peaks_.size() > 1 && peaks_[peaks_.size() - 2].level == peaks_.back().level) {
    const Peak right = peaks_.back();
    peaks_.pop_back();
    peaks_.back() = {right.level + 1, tlog::NodeHash(peaks_.back().hash, right.hash)};
  }
}

std::string GrowingTree::Root() const {
  if (peaks_.empty()) return tlog::EmptyRoot();
  std::string root = peaks_.back().hash;
  for (size_t i = peaks_.size() - 1; i-- > 0;) root = tlog::NodeHash(peaks_[i].hash, root);
  return root;
}

void Log::Take(const Seen& seen) {
  const auto appended = std::find_if(seen.audit.begin(), seen.audit.end(),
                                     [](const auto& one) { return one.has_leaves_appended(); });
  if (appended == seen.audit.end()) {
    due_[seen.service].push_back({seen.sequence(), seen.header().epoch(), seen.entry.hash,
                                  tlog::LeafHash(seen.entry.bytes)});
    return;
  }
  if (!seen.IsOwn() || seen.audit.size() != 1) {
    notebook_.Find(seen.where() + ": leaves were not appended by audit alone");
  }
  if (!lost_) Append(seen, appended->leaves_appended());
}

void Log::Append(const Seen& seen, const audit::v1::LeavesAppended& appended) {
  const std::string where = seen.where();
  for (const audit::v1::Run& run : appended.runs()) TakeRun(where, run);
  if (lost_) return;
  if (appended.runs().empty() || tree_.size() != appended.size()) {
    lost_ = true;
    return notebook_.Find(where + " signs size " + std::to_string(appended.size()) +
                          " where the leaves are " + std::to_string(tree_.size()));
  }
  if (tree_.Root() != appended.root()) notebook_.Find(where + " signs another root");
  const auto text = tlog::CheckpointText({origin_, appended.size(), appended.root()});
  if (!text.ok() || !key_.Verifies(*text, appended.signature())) {
    notebook_.Find(where + ": the signature does not hold");
  }
}

void Log::TakeRun(const std::string& where, const audit::v1::Run& run) {
  const size_t service = PlaceOf(run.service());
  if (service == kPlaces || run.first() > run.last().sequence()) {
    lost_ = true;
    return notebook_.Find(where + ": a run of nothing");
  }
  auto& due = due_[service];
  for (uint64_t sequence = run.first(); sequence <= run.last().sequence(); ++sequence) {
    if (due.empty() || due.front().sequence != sequence) {
      lost_ = true;
      return notebook_.Find(where + ": " + Where(service, sequence) +
                            " is no leaf in order: it is not there, or was one before");
    }
    const bool last = sequence == run.last().sequence();
    if (last &&
        (due.front().hash != run.last().hash() || due.front().epoch != run.last().epoch())) {
      notebook_.Find(where + ": a run ends with another hash or epoch");
    }
    tree_.Append(std::move(due.front().leaf_hash));
    due.pop_front();
  }
}

void Log::AtEnd(base::Instant /*true_time*/) {
  if (lost_) return;
  for (size_t service = 0; service < kPlaces; ++service) {
    if (due_[service].empty()) continue;
    notebook_.Find("the log lacks " + Where(service, due_[service].front().sequence) + " and " +
                   std::to_string(due_[service].size() - 1) + " later ones at the end");
  }
}

}  // namespace samenspel::simulation::model
