// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/desk_book.h"

#include <algorithm>

#include "services/intake/domain/case_list.h"
#include "services/intake/domain/lists.h"

namespace samenspel::intake {
namespace {

// When a provisional red convenes by itself; 0: it does not.
int64_t ConvenesAtMs(const v1::ReportLine& line) {
  return line.provisional() ? line.terms().confirm_due_ms() : 0;
}

template <class Map>
auto& At(Map& map, const std::string& key) {
  auto& held = map[key];
  if (held == nullptr) held = std::make_unique<typename Map::mapped_type::element_type>();
  return *held;
}

}  // namespace

void DeskBook::Put(const state::Report& report) {
  v1::ReportLine line = LineOf(report);
  if (!IsWaiting(line)) return Settle(report.report());
  Listed& listed = At(reports_, report.report());
  Household& household = At(households_, report.household());
  due_.erase({ConvenesAtMs(listed.line), report.report()});
  listed.line = std::move(line);
  listed.organisation = report.organisation();
  if (const int64_t at = ConvenesAtMs(listed.line); at != 0) due_.insert({at, report.report()});
  if (listed.knowers == nullptr) {
    if (!household.recorded) household.knowers = KnowersOf({}, report);
    household.reports.insert(&listed);
    listed.knowers = &household.knowers;
  }
  Index(household);
}

void DeskBook::Settle(const std::string& report) {
  const auto found = reports_.find(report);
  if (found == reports_.end()) return;
  const Listed* listed = found->second.get();
  const std::string id = listed->line.household();
  Household& household = *households_.at(id);
  for (const std::string& knower : household.indexed_by) {
    const auto known = by_knower_.find(knower);
    if (known == by_knower_.end()) continue;
    known->second.erase(listed);
    if (known->second.empty()) by_knower_.erase(known);
  }
  due_.erase({ConvenesAtMs(listed->line), report});
  household.reports.erase(listed);
  reports_.erase(found);
  DropIdle(id);
}

void DeskBook::Put(const state::Case& kase) {
  const std::string& id = kase.list().household();
  Household& household = At(households_, id);
  if (!kase.list().involvements().empty()) {
    household.knowers = kase.list();
    household.recorded = true;
    Index(household);
  }
  if (!kase.openings().empty()) opened_.insert(id);
  household.to_review.clear();
  std::copy_if(kase.openings().begin(), kase.openings().end(),
               std::back_inserter(household.to_review),
               [](const state::Opening& opening) { return !opening.reviewed(); });
  if (household.to_review.empty()) {
    reviewing_.erase(id);
  } else {
    reviewing_.insert(id);
  }
  DropIdle(id);
}

// Nothing of it waits for anybody: its case list is read when somebody asks.
void DeskBook::DropIdle(const std::string& household) {
  const auto found = households_.find(household);
  if (found->second->reports.empty() && found->second->to_review.empty()) households_.erase(found);
}

void DeskBook::Coloured(std::optional<v1::Colour> former, v1::Colour colour) {
  if (former) --by_colour_[*former];
  ++by_colour_[colour];
}

bool DeskBook::HoldsCase(const std::string& household) const {
  const auto found = households_.find(household);
  return found != households_.end() && found->second->recorded;
}

// Rights that ended stay indexed: whoever asks is checked against the list itself.
void DeskBook::Index(Household& household) {
  if (household.reports.empty()) return;
  for (const auto& one : household.knowers.involvements()) {
    const std::string& knower = one.person().empty() ? one.organisation() : one.person();
    household.indexed_by.insert(knower);
    by_knower_[knower].insert(household.reports.begin(), household.reports.end());
  }
}

std::vector<const Listed*> DeskBook::KnownTo(const std::string& person,
                                             const std::string& organisation) const {
  static const std::set<const Listed*> none;
  const auto known_by = [&](const std::string& knower) -> const std::set<const Listed*>& {
    const auto found = by_knower_.find(knower);
    return found == by_knower_.end() ? none : found->second;
  };
  const auto& named = known_by(person);
  std::vector<const Listed*> known(named.begin(), named.end());
  for (const Listed* one : known_by(organisation)) {
    if (!named.contains(one)) known.push_back(one);
  }
  return known;
}

std::vector<Unreviewed> DeskBook::PendingOf(const std::string& keeper) const {
  std::vector<Unreviewed> pending;
  for (const std::string& id : reviewing_) {
    const Household& household = *households_.at(id);
    for (const state::Opening& opening : household.to_review) {
      if (opening.keeper() != keeper) continue;
      Unreviewed& one = pending.emplace_back();
      one.opening = opening;
      one.household = id;
      one.case_number = household.knowers.case_number();
    }
  }
  std::sort(pending.begin(), pending.end(), [](const Unreviewed& one, const Unreviewed& other) {
    return std::pair(one.opening.review_due_ms(), one.opening.opening()) <
           std::pair(other.opening.review_due_ms(), other.opening.opening());
  });
  return pending;
}

std::vector<std::string> DeskBook::Unsettled() const {
  std::vector<std::string> reports;
  reports.reserve(reports_.size());
  for (const auto& [id, listed] : reports_) reports.push_back(id);
  return reports;
}

std::vector<std::pair<int64_t, std::string>> DeskBook::Overdue(base::Instant now) const {
  const auto until = due_.lower_bound({base::ToMs(now) + 1, ""});
  return {due_.begin(), until};
}

std::optional<base::Instant> DeskBook::NextDue() const {
  if (due_.empty()) return std::nullopt;
  return base::FromMs(due_.begin()->first);
}

DeskBook::Tally DeskBook::Count(base::Instant now) const {
  Tally tally;
  std::copy(std::begin(by_colour_), std::end(by_colour_), std::begin(tally.by_colour));
  int64_t oldest = base::ToMs(now);
  for (const auto& [id, listed] : reports_) {
    const v1::ReportLine& line = listed->line;
    if (line.ownership().open()) {
      ++tally.unclaimed;
      oldest = std::min(oldest, line.received_at_ms());
    }
    if (NextDueMs(line) <= base::ToMs(now)) ++tally.overdue;
    if (line.provisional()) ++tally.provisional;
  }
  tally.oldest_unclaimed_s = static_cast<uint64_t>((base::ToMs(now) - oldest) / 1000);
  for (const std::string& id : reviewing_) tally.to_review += households_.at(id)->to_review.size();
  return tally;
}

}  // namespace samenspel::intake
