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

/// What waits for somebody, in memory: a line of every report that is not settled, who may know of
/// it, what is due, and break-glass to review; clear fields only. What is settled leaves it, so it
/// does not grow with the past. Follows from the state of reports and cases alone, so that a
/// restart builds the same.
class DeskBook {
 public:
  /// The state of a report, or of a household's case, is this from now on.
  void Put(const state::Report& report);
  void Put(const state::Case& kase);

  /// Counts a report, settled or not: it had the one colour (nothing: it is new) and has the other.
  void Coloured(std::optional<v1::Colour> former, v1::Colour colour);

  /// Whether the case list of this household is held, as it stands in the journal.
  bool HoldsCase(const std::string& household) const;

  /// Every report that waits and that somebody may know of, by name or by the organisation they act
  /// for; a few more perhaps, since time and role are not looked at. They live until the next Put.
  std::vector<const Listed*> KnownTo(const std::string& person,
                                     const std::string& organisation) const;

  /// Break-glass of this keeper that waits for its review, the first due first; without reports and
  /// reasons.
  std::vector<Unreviewed> PendingOf(const std::string& keeper) const;

  /// Provisional reds whose time for a decision is over at `now`, the oldest first: instant and
  /// report (P.17).
  std::vector<std::pair<int64_t, std::string>> Overdue(base::Instant now) const;
  /// When the next one is.
  std::optional<base::Instant> NextDue() const;

  /// Reports that are not settled, and households that were ever opened by break-glass.
  std::vector<std::string> Unsettled() const;
  std::vector<std::string> Opened() const { return {opened_.begin(), opened_.end()}; }

  /// Walks over what waits.
  struct Tally {
    uint64_t by_colour[v1::Colour_ARRAYSIZE] = {};  ///< Of all reports that were counted.
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
    bool recorded = false;             // `knowers` stand in the journal.
    std::set<const Listed*> reports;   // Those that wait;
    std::set<std::string> indexed_by;  // each of them by all of these.
    std::vector<state::Opening> to_review;
  };
  void Index(Household& household);
  void Settle(const std::string& report);
  void DropIdle(const std::string& household);

  std::unordered_map<std::string, std::unique_ptr<Listed>> reports_;
  std::unordered_map<std::string, std::unique_ptr<Household>> households_;
  // Person or organisation.
  std::unordered_map<std::string, std::set<const Listed*>> by_knower_;
  uint64_t by_colour_[v1::Colour_ARRAYSIZE] = {};
  std::set<std::string> reviewing_;                // Households with something to review;
  std::set<std::string> opened_;                   // and those that were opened at all.
  std::set<std::pair<int64_t, std::string>> due_;  // Instant, report.
};

}  // namespace samenspel::intake
