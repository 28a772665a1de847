// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/planner.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

namespace samenspel::meeting {
namespace {

Instant RoundedUp(Instant instant, milliseconds step) {
  const auto since = instant.time_since_epoch();
  return Instant((since + step - milliseconds(1)) / step * step);
}

struct Seated {
  Interval when;
  std::vector<const Person*> persons;  // One per seat.
};

// What one planning asks of the roster, each question once: every table that is tried asks the same
// of the seats that it shares with the one before.
class Asked {
 public:
  Asked(const TableRules& rules, const Roster& roster, size_t seats)
      : rules_(rules), roster_(roster), seats_(seats) {}

  // The first start on the grid from `from` on at which somebody of this function is free.
  std::optional<Instant> FirstFor(const std::string& function, Instant from) {
    First& known = first_[function];
    const bool holds =
        known.asked && *known.asked <= from && (!known.start || from <= *known.start);
    if (!holds) known = {from, Look(function, from)};
    return known.start;
  }

  // Those who are free, best first; no more of them than there are seats.
  const std::vector<const Person*>& Candidates(const std::string& function, Interval when) {
    const auto [known, fresh] = candidates_.try_emplace({function, when.from});
    std::vector<const Person*>& free = known->second;
    if (!fresh) return free;
    for (const Person* person : roster_.Holding(function)) {
      if (person->IsFree(when)) free.push_back(person);
      // More candidates than seats are never needed: the others are at most all in use.
      if (free.size() == seats_) break;
    }
    return free;
  }

 private:
  struct First {
    std::optional<Instant> asked;
    std::optional<Instant> start;
  };

  std::optional<Instant> Look(const std::string& function, Instant from) const {
    std::optional<Instant> first;
    for (const Person* person : roster_.Holding(function)) {
      // A start that is not on the grid is no start: round up and ask again.
      for (Instant at = from;;) {
        const auto free = person->FirstFree(at, rules_.timebox);
        if (!free || (first && *free >= *first)) break;
        const Instant on_grid = RoundedUp(*free, rules_.start_step);
        if (on_grid == *free) {
          first = on_grid;
          break;
        }
        at = on_grid;
      }
      if (first == from) break;
    }
    return first;
  }

  const TableRules& rules_;
  const Roster& roster_;
  const size_t seats_;
  std::map<std::string, First, std::less<>> first_;
  std::map<std::pair<std::string, Instant>, std::vector<const Person*>> candidates_;  // By start.
};

class Search {
 public:
  Search(const TableRules& rules, std::vector<const SeatRule*> seats, Asked& asked)
      : rules_(rules), seats_(std::move(seats)), asked_(asked) {}

  // The earliest start from `start` to `last` that has a person for each seat.
  std::optional<Seated> Run(Instant start, Instant last) const {
    while (start <= last) {
      const auto next = LeastCommonStart(start, last);
      if (!next) return std::nullopt;
      start = *next;
      auto persons = Match({start, start + rules_.timebox});
      if (!persons.empty()) return Seated{{start, start + rules_.timebox}, std::move(persons)};
      start += rules_.start_step;
    }
    return std::nullopt;
  }

  // One person per seat, all different (Kuhn's augmenting paths); empty when that cannot be.
  std::vector<const Person*> Match(Interval when) const {
    std::vector<std::vector<const Person*>> candidates;
    candidates.reserve(seats_.size());
    for (const SeatRule* seat : seats_) {
      candidates.push_back(asked_.Candidates(seat->function, when));
      if (candidates.back().empty()) return {};
    }
    std::map<const Person*, size_t> seat_of;
    for (size_t seat = 0; seat < candidates.size(); ++seat) {
      std::set<const Person*> tried;
      if (!Seat(seat, candidates, seat_of, tried)) return {};
    }
    std::vector<const Person*> persons(candidates.size());
    for (const auto& [person, seat] : seat_of) persons[seat] = person;
    return persons;
  }

 private:
  // The first start from `from` to `last` at which every seat, taken alone, has somebody.
  std::optional<Instant> LeastCommonStart(Instant from, Instant last) const {
    for (Instant start = from;;) {
      Instant common = start;
      for (const SeatRule* seat : seats_) {
        const auto first = asked_.FirstFor(seat->function, common);
        if (!first || *first > last) return std::nullopt;
        common = *first;
      }
      if (common == start) return start;
      start = common;
    }
  }

  bool Seat(size_t seat, const std::vector<std::vector<const Person*>>& candidates,
            std::map<const Person*, size_t>& seat_of, std::set<const Person*>& tried) const {
    for (const Person* person : candidates[seat]) {
      if (seat_of.try_emplace(person, seat).second) return true;
    }
    for (const Person* person : candidates[seat]) {
      if (!tried.insert(person).second) continue;
      if (Seat(seat_of.at(person), candidates, seat_of, tried)) {
        seat_of[person] = seat;
        return true;
      }
    }
    return false;
  }

  const TableRules& rules_;
  std::vector<const SeatRule*> seats_;
  Asked& asked_;
};

// Tries tables of more and fewer of the seats that were asked for.
class Planner {
 public:
  Planner(const TableRules& rules, std::span<const AskedSeat> seats, const Roster& roster,
          Instant now, Instant term)
      : rules_(rules), seats_(seats), roster_(roster), asked_(rules, roster, seats.size()) {
    first_ = RoundedUp(now + rules.notice, rules.start_step);
    last_ = now + rules.horizon;
    term_ = std::min(term, last_);
  }

  Plan Find() const {
    Table all(seats_.size());
    std::iota(all.begin(), all.end(), size_t{0});
    const Table fixed = Fixed();
    assert(!fixed.empty());  // The rule file has at least one.
    const bool whole = fixed.size() == all.size();
    if (auto seated = Of(all).Run(first_, whole ? last_ : term_)) return Complete(all, *seated);
    auto seated = whole ? std::nullopt : Of(fixed).Run(first_, last_);
    if (!seated) return Unplannable{Binding(fixed)};
    if (seated->when.from <= term_) return WithinTerm(fixed, std::move(*seated));
    return At(seated->when, fixed);
  }

 private:
  using Table = std::vector<size_t>;  // Indexes of seats, in rank order.

  Table Fixed() const {
    Table fixed;
    for (size_t seat = 0; seat < seats_.size(); ++seat) {
      if (!seats_[seat].rule->conditional) fixed.push_back(seat);
    }
    return fixed;
  }

  static Table With(Table table, size_t seat) {
    table.insert(std::lower_bound(table.begin(), table.end(), seat), seat);
    return table;
  }

  Search Of(const Table& table) const {
    std::vector<const SeatRule*> rules;
    for (const size_t seat : table) rules.push_back(seats_[seat].rule);
    return {rules_, std::move(rules), asked_};
  }

  Plan WithinTerm(Table kept, Seated seated) const {
    for (size_t seat = 0; seat < seats_.size(); ++seat) {
      if (!seats_[seat].rule->conditional) continue;
      Table more = With(kept, seat);
      auto better = Of(more).Run(first_, term_);
      if (!better) continue;
      kept = std::move(more);
      seated = std::move(*better);
    }
    return Complete(kept, seated);
  }

  Plan At(Interval when, Table kept) const {
    for (size_t seat = 0; seat < seats_.size(); ++seat) {
      if (!seats_[seat].rule->conditional) continue;
      Table more = With(kept, seat);
      if (!Of(more).Match(when).empty()) kept = std::move(more);
    }
    return Complete(kept, {when, Of(kept).Match(when)});
  }

  Planned Complete(const Table& kept, const Seated& seated) const {
    Planned planned{seated.when, std::vector<const Person*>(seats_.size()), {}};
    for (size_t i = 0; i < kept.size(); ++i) planned.persons[kept[i]] = seated.persons[i];
    for (size_t seat = 0; seat < seats_.size(); ++seat) {
      if (planned.persons[seat] != nullptr) continue;
      planned.empty.push_back({seat, CauseAt(seats_[seat].rule->function, seated.when)});
    }
    return planned;
  }

  v1::MissingCause CauseAt(const std::string& function, Interval when) const {
    const auto& holding = roster_.Holding(function);
    if (holding.empty()) return v1::MISSING_CAUSE_NOBODY_HOLDS;
    const bool on_duty = std::any_of(holding.begin(), holding.end(),
                                     [&](const Person* person) { return person->IsOnDuty(when); });
    return on_duty ? v1::MISSING_CAUSE_ALL_BOOKED : v1::MISSING_CAUSE_NOBODY_ON_DUTY;
  }

  // Seats that are kept by rank: the first with which no start is left is the one to mend.
  const std::string& Binding(const Table& fixed) const {
    for (size_t kept = 1; kept < fixed.size(); ++kept) {
      const Table some(fixed.begin(), fixed.begin() + static_cast<std::ptrdiff_t>(kept));
      if (!Of(some).Run(first_, last_)) return seats_[some.back()].rule->function;
    }
    return seats_[fixed.back()].rule->function;
  }

  const TableRules& rules_;
  std::span<const AskedSeat> seats_;
  const Roster& roster_;
  mutable Asked asked_;  // Remembers; the answers are the same.
  Instant first_;
  Instant last_;
  Instant term_;
};

}  // namespace

Plan PlanTable(const TableRules& rules, std::span<const AskedSeat> seats, const Roster& roster,
               Instant now, Instant term) {
  return Planner(rules, seats, roster, now, term).Find();
}

}  // namespace samenspel::meeting
