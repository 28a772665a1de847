// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/base/instant.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::escalation {

/// How long a followed service may be silent, or what it tells may wait, before that is an alarm.
inline constexpr base::milliseconds kSilence{60'000};

/// How well the services are heard that this one follows. In memory only: after a start each has
/// the whole time again.
class Hearing {
 public:
  explicit Hearing(base::milliseconds silence) : silence_(silence) {}

  void See(const std::vector<common::v1::FollowStatus>& follows, base::Instant now);
  /// Time itself went this much further, or back: each silence keeps its length.
  void Move(base::milliseconds by);
  struct Change {
    std::string service;
    bool lagging = false;
    base::Instant since;  ///< When it was heard well last.
  };
  /// Where what is heard differs from what is recorded.
  ///   silent  services whose silence is recorded
  std::vector<Change> ChangesFrom(const std::set<std::string>& silent) const;
  /// When a service becomes silent, if nothing more is heard; of those not in `silent`.
  std::optional<base::Instant> NextAt(const std::set<std::string>& silent) const;

 private:
  struct Heard {
    base::Instant well_at;  // Level, or gaining on the leader.
    uint64_t applied = 0;
    bool lagging = false;
  };
  base::milliseconds silence_;
  std::map<std::string, Heard> heard_;
};

}  // namespace samenspel::escalation
