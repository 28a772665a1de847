// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/escalation/domain/facts.h"

namespace samenspel::escalation {

/// What is kept in memory of watches and alarms: what is due when, what a report has open, and the
/// order of the list. All of it follows from the state; Evolve and Load go through the same calls.
class Board {
 public:
  void Track(const std::string& id, const state::Watch& watch);
  ///   before  as it was tracked last; its version is 0 when it is new
  ///   report  that it is about; null: none
  void Track(const state::AlarmState& before, const state::AlarmState& alarm,
             const v1::ReportCopied* report);

  /// Streams whose due time has come, the earliest first, at most `most`.
  std::vector<std::string> DueBy(base::Instant now, size_t most) const;
  std::optional<base::Instant> NextDue() const;
  /// Watches of a report that have not ended.
  std::vector<std::string> OpenOf(const std::string& report) const;
  /// A part of the list, in its order.
  struct Part {
    std::vector<std::string> alarms;
    std::string until;  ///< The place to go on from; empty: the list ends here.
  };
  ///   after  the place before it; empty: from the start
  ///   asked  only open ones that ask this person; empty: all
  ///   most   about so many: it ends between two instants, so that `until` names no alarm, which
  ///          the reader may not know of
  Part Listed(const std::string& after, bool with_ended, const std::string& asked,
              size_t most) const;
  /// Open alarms for which nobody could be found.
  std::vector<std::string> AskingNobody() const;
  /// Services that this one follows and for whose silence a watch stands.
  const std::set<std::string>& silent() const { return silent_; }

  /// What this service last recorded of one that follows it.
  void See(const std::string& follower, bool lagging);
  /// Followers of this service for which a watch must be set or ended, and whether they lag.
  std::map<std::string, bool> FollowersToTell() const;
  /// What this service last recorded of its own wall clock.
  void SeeClock(bool wrong) { clock_wrong_ = wrong; }
  /// A watch must be set or ended, because the wall clock is wrong, or no longer is.
  std::optional<bool> ClockToTell() const {
    return clock_wrong_ == clock_watched_ ? std::nullopt : std::optional(clock_wrong_);
  }
  /// A report as it was copied last.
  void See(const v1::ReportCopied& report);
  /// All that has a due time, and the reports that were copied since the start and are not settled.
  std::vector<std::string> Scheduled() const;
  const std::set<std::string>& unsettled() const { return unsettled_; }

  std::vector<std::pair<std::string, uint64_t>> Counters(base::Instant now) const;

 private:
  struct Open {
    int64_t raised_at_ms = 0;
    bool acknowledged = false;
    std::set<std::string> asked;
  };
  void Schedule(const std::string& stream, int64_t due_at_ms);

  std::set<std::pair<int64_t, std::string>> queue_;
  std::map<std::string, int64_t> due_;
  std::set<std::string> waiting_;  // Watches that are open and have not raised.
  std::map<std::string, std::set<std::string>> by_report_;
  std::map<std::string, Open> open_;
  std::set<std::string> places_;
  std::set<std::string> unsettled_;
  std::set<std::string> silent_;
  std::set<std::string> lagging_;  // Of those that follow this service;
  std::set<std::string> watched_;  // and those for which a watch says so.
  bool clock_wrong_ = false;
  bool clock_watched_ = false;
};

}  // namespace samenspel::escalation
