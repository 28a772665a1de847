// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/planner.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <optional>
#include <set>

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

class Search {
 public:
  Search(const TableRules& rules, std::vector<const SeatRule*> seats, const Roster& roster)
      : rules_(rules), seats_(std::move(seats)), roster_(roster) {}

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
    for (const SeatRule* seat : seats_) candidates.push_back(Candidates(*seat, when));
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
        const auto first = FirstFor(*seat, common);
        if (!first || *first > last) return std::nullopt;
        common = *first;
      }
      if (common == start) return start;
      start = common;
    }
  }

  std::optional<Instant> FirstFor(const SeatRule& seat, Instant from) const {
    std::optional<Instant> first;
    for (const Person* person : roster_.Holding(seat.function)) {
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

  std::vector<const Person*> Candidates(const SeatRule& seat, Interval when) const {
    std::vector<const Person*> free;
    for (const Person* person : roster_.Holding(seat.function)) {
      if (person->IsFree(when)) free.push_back(person);
    }
    std::sort(free.begin(), free.end(), [](const Person* left, const Person* right) {
      return std::tie(left->booked, left->id) < std::tie(right->booked, right->id);
    });
    // More candidates than seats are never needed: the others are at most all in use.
    if (free.size() > seats_.size()) free.resize(seats_.size());
    return free;
  }

  const TableRules& rules_;
  std::vector<const SeatRule*> seats_;
  const Roster& roster_;
};

// Tries tables of more and fewer of the seats that were asked for.
class Planner {
 public:
  Planner(const TableRules& rules, std::span<const AskedSeat> seats, const Roster& roster,
          Instant now, Instant term)
      : rules_(rules), seats_(seats), roster_(roster) {
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
    return {rules_, std::move(rules), roster_};
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
