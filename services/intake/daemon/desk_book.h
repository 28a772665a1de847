// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/intake/domain/facts.h"

namespace samenspel::intake {

/// A summary of every report, in memory: what lists, queues and due times need, clear fields only.
/// Follows from the state of reports and cases alone, so that a restart builds the same.
class DeskBook {
 public:
  /// The state of a report, or of a household's case, is this from now on.
  void Put(const state::Report& report);
  void Put(const state::Case& kase);

  /// Whether it was put.
  bool Holds(const std::string& report) const { return reports_.contains(report); }
  bool HoldsCase(const std::string& household) const;

  /// Every report that somebody may know of, by name or by the organisation they act for, or those
  /// of them that wait for something of their desk; a few more perhaps, since time and role are not
  /// looked at. They live until the next Put.
  enum class Which { kAll, kWaiting };
  std::vector<const Listed*> KnownTo(const std::string& person, const std::string& organisation,
                                     Which which) const;

  /// Break-glass of this keeper that waits for its review, the first due first; without reasons.
  std::vector<Unreviewed> PendingOf(const std::string& keeper) const;

  /// Provisional reds whose time for a decision is over at `now`, the oldest first: instant and
  /// report (P.17).
  std::vector<std::pair<int64_t, std::string>> Overdue(base::Instant now) const;
  /// When the next one is.
  std::optional<base::Instant> NextDue() const;

  /// Reports that are not settled, and households that were ever opened by break-glass.
  std::vector<std::string> Unsettled() const;
  std::vector<std::string> Opened() const { return {opened_.begin(), opened_.end()}; }

  /// Walks over what waits, not over all that is held.
  struct Tally {
    uint64_t by_colour[v1::Colour_ARRAYSIZE] = {};
    uint64_t unclaimed = 0;
    uint64_t oldest_unclaimed_s = 0;
    uint64_t overdue = 0;
    uint64_t provisional = 0;
    uint64_t to_review = 0;
  };
  Tally Count(base::Instant now) const;

 private:
  struct Household {
    common::v1::CaseList knowers;
    bool recorded = false;  // `knowers` stand in the journal.
    std::vector<Listed*> reports;
    std::vector<state::Opening> to_review;
  };
  using Reports = std::set<const Listed*>;
  struct Known {
    Reports all;
    Reports waiting;
  };
  void Index(const Household& household);

  std::unordered_map<std::string, std::unique_ptr<Listed>> reports_;
  std::unordered_map<std::string, std::unique_ptr<Household>> households_;
  std::unordered_map<std::string, Known> by_knower_;  // Person or organisation.
  Reports waiting_;
  uint64_t by_colour_[v1::Colour_ARRAYSIZE] = {};  // Of all that are held.
  std::set<std::string> reviewing_;                // Households with something to review;
  std::set<std::string> opened_;                   // and those that were opened at all.
  std::set<std::pair<int64_t, std::string>> due_;  // Instant, report.
};

}  // namespace samenspel::intake
