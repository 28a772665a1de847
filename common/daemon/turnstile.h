// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/instant.h"

namespace samenspel::daemon {

/// Bounds how many entries denied and malformed requests can make: of each principal the first 20 a
/// minute are entries, after that one a minute with a count, and the peer hears *busy*.
class Turnstile {
 public:
  /// Whether this one becomes an entry of its own.
  bool Admit(base::Instant now, const std::string& principal);
  struct Count {
    std::string principal;
    uint64_t turned_away;
  };
  /// Counts of minutes that are over.
  std::vector<Count> TakeCounts(base::Instant now);
  /// Time itself went this much further, or back: minutes keep their remaining time.
  void Move(base::milliseconds by);
  std::optional<base::Instant> WakeAt() const;

 private:
  struct Minute {
    base::Instant ends{};
    int entries = 0;
    uint64_t turned_away = 0;
  };
  std::map<std::string, Minute> minutes_;
};

}  // namespace samenspel::daemon
