// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "tests/simulation/model/seen.h"

namespace samenspel::simulation::model {

/// What one daemon must do by when, on its own clock: that is the only clock it can keep to, and
/// only while it runs. A due time has been missed when the daemon, without a restart in between,
/// committed at three different stamps after it and ten true seconds passed, and it still stands.
class DueBook {
 public:
  void Set(const std::string& what, int64_t due_ms);
  void Clear(const std::string& what);
  /// Time went back: what was to come comes as much earlier, and what is overdue is due at once.
  void Move(const common::v1::ClockSeen& back);
  void Restarted() { late_.reset(); }

  /// What is due first and was missed, if anything: then it is forgotten, to be said once.
  std::optional<std::string> Missed(const Seen& seen);
  /// Everything that was due before that moment of the daemon's own clock.
  std::set<std::string> DueBefore(int64_t ms) const;
  bool Has(const std::string& what) const { return due_.contains(what); }

 private:
  struct Late {
    std::pair<int64_t, std::string> first;
    base::Instant since;
    int64_t stamp;
    int stamps = 1;
  };
  std::map<std::string, int64_t> due_;
  std::set<std::pair<int64_t, std::string>> by_due_;
  std::optional<Late> late_;
};

}  // namespace samenspel::simulation::model
