// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/awaits.h"

#include <algorithm>

namespace samenspel::daemon {
namespace {

template <class Map, class Iterator>
std::vector<Awaits::Settled> TakeRange(Map& waiting, Iterator at, Iterator end,
                                       const Awaits::Answer& answer) {
  std::vector<Awaits::Settled> settled;
  while (at != end) {
    auto found = answer(at->second);
    if (!found) {
      ++at;
      continue;
    }
    settled.push_back({std::move(at->second), std::move(found)});
    at = waiting.erase(at);
  }
  return settled;
}

}  // namespace

size_t Awaits::CountOf(const bus::Peer& peer) const {
  return static_cast<size_t>(std::count_if(waiting_.begin(), waiting_.end(), [&](const auto& item) {
    return item.second.peer == peer;
  }));
}

void Awaits::Add(Waiting waiting) {
  Key key(waiting.cause.service(), waiting.cause.sequence(), waiting.by);
  waiting_.emplace(std::move(key), std::move(waiting));
}

void Awaits::Forget(const bus::Peer& peer) {
  std::erase_if(waiting_, [&](const auto& item) { return item.second.peer == peer; });
}

std::vector<Awaits::Settled> Awaits::TakeUpTo(const std::string& service, uint64_t sequence,
                                              const Answer& answer) {
  return TakeRange(waiting_, waiting_.lower_bound(Key(service, 0, "")),
                   waiting_.lower_bound(Key(service, sequence + 1, "")), answer);
}

std::vector<Awaits::Settled> Awaits::TakeOverdue(base::Instant now) {
  std::vector<Settled> settled;
  for (auto at = waiting_.begin(); at != waiting_.end();) {
    if (now < at->second.until) {
      ++at;
      continue;
    }
    settled.push_back({std::move(at->second), std::nullopt});
    at = waiting_.erase(at);
  }
  return settled;
}

void Awaits::Move(base::milliseconds by) {
  for (auto& [key, waiting] : waiting_) waiting.until += by;
}

std::optional<base::Instant> Awaits::WakeAt() const {
  std::optional<base::Instant> at;
  for (const auto& [key, waiting] : waiting_)
    at = at ? std::min(*at, waiting.until) : waiting.until;
  return at;
}

}  // namespace samenspel::daemon
