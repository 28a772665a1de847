// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/daemon/hearing.h"

#include <algorithm>

namespace samenspel::escalation {

void Hearing::See(const std::vector<common::v1::FollowStatus>& follows, base::Instant now) {
  for (const auto& follow : follows) {
    const auto [found, is_new] =
        heard_.try_emplace(follow.service(), Heard{now, follow.applied(), false});
    Heard& heard = found->second;
    const bool gains = follow.applied() > heard.applied;
    const bool level = follow.applied() >= follow.head();
    heard.applied = follow.applied();
    if (!is_new && !follow.stopped() && (gains || level)) {
      heard.well_at = std::max(heard.well_at, base::FromMs(follow.heard_at_ms()));
    }
    heard.lagging = now >= heard.well_at + silence_;
  }
}

void Hearing::Move(base::milliseconds by) {
  for (auto& [service, heard] : heard_) heard.well_at += by;
}

std::vector<Hearing::Change> Hearing::ChangesFrom(const std::set<std::string>& silent) const {
  std::vector<Change> changes;
  for (const auto& [service, heard] : heard_) {
    if (heard.lagging != silent.contains(service)) {
      changes.push_back({service, heard.lagging, heard.well_at});
    }
  }
  return changes;
}

std::optional<base::Instant> Hearing::NextAt(const std::set<std::string>& silent) const {
  std::optional<base::Instant> at;
  for (const auto& [service, heard] : heard_) {
    if (silent.contains(service)) continue;
    at = std::min(at.value_or(base::Instant::max()), heard.well_at + silence_);
  }
  return at;
}

}  // namespace samenspel::escalation
