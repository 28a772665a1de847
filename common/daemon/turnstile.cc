// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/turnstile.h"

#include <algorithm>

namespace samenspel::daemon {
namespace {

constexpr base::milliseconds kMinute{60'000};
constexpr int kEntriesAMinute = 20;

}  // namespace

bool Turnstile::Admit(base::Instant now, const std::string& principal) {
  Minute& minute = minutes_[principal];
  if (now >= minute.ends && minute.turned_away == 0) minute = {now + kMinute, 0, 0};
  if (minute.entries < kEntriesAMinute) {
    ++minute.entries;
    return true;
  }
  ++minute.turned_away;
  return false;
}

std::vector<Turnstile::Count> Turnstile::TakeCounts(base::Instant now) {
  std::vector<Count> counts;
  std::erase_if(minutes_, [&](const auto& item) {
    const auto& [principal, minute] = item;
    if (now < minute.ends) return false;
    if (minute.turned_away > 0) counts.push_back({principal, minute.turned_away});
    return true;
  });
  return counts;
}

void Turnstile::Move(base::milliseconds by) {
  for (auto& [principal, minute] : minutes_) minute.ends += by;
}

std::optional<base::Instant> Turnstile::WakeAt() const {
  std::optional<base::Instant> at;
  for (const auto& [principal, minute] : minutes_)
    at = at ? std::min(*at, minute.ends) : minute.ends;
  return at;
}

}  // namespace samenspel::daemon
