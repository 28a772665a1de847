// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/planner.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <optional>
#include <set>
#include <span>

namespace samenspel::meeting {
namespace {

Instant RoundedUp(Instant instant, milliseconds step) {
  const auto since = instant.time_since_epoch();
  return Instant((since + step - milliseconds(1)) / step * step);
}

class Search {
 public:
  Search(const TableRules& rules, std::span<const SeatRule> seats, const Roster& roster)
      : rules_(rules), seats_(seats), roster_(roster) {}

  std::optional<Planned> Run(Instant now) const {
    const Instant last = now + rules_.horizon;
    Instant start = RoundedUp(now + rules_.notice, rules_.start_step);
    while (start <= last) {
      const auto next = LeastCommonStart(start, last);
      if (!next) return std::nullopt;
      start = *next;
      auto persons = Match({start, start + rules_.timebox});
      if (!persons.empty()) return Planned{{start, start + rules_.timebox}, std::move(persons)};
      start += rules_.start_step;
    }
    return std::nullopt;
  }

 private:
  // The first start from `from` to `last` at which every seat, taken alone, has somebody.
  std::optional<Instant> LeastCommonStart(Instant from, Instant last) const {
    for (Instant start = from;;) {
      Instant common = start;
      for (const SeatRule& seat : seats_) {
        const auto first = FirstFor(seat, common);
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

  // One person per seat, all different (Kuhn's augmenting paths); empty when that cannot be.
  std::vector<const Person*> Match(Interval when) const {
    std::vector<std::vector<const Person*>> candidates;
    for (const SeatRule& seat : seats_) candidates.push_back(Candidates(seat, when));
    std::map<const Person*, size_t> seat_of;
    for (size_t seat = 0; seat < candidates.size(); ++seat) {
      std::set<const Person*> tried;
      if (!Seat(seat, candidates, seat_of, tried)) return {};
    }
    std::vector<const Person*> persons(candidates.size());
    for (const auto& [person, seat] : seat_of) persons[seat] = person;
    return persons;
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
  std::span<const SeatRule> seats_;
  const Roster& roster_;
};

}  // namespace

Plan PlanTable(const TableRules& rules, const Roster& roster, Instant now) {
  const std::span<const SeatRule> seats(rules.seats);
  assert(!seats.empty());  // The rule file has at least one.
  if (auto planned = Search(rules, seats, roster).Run(now)) return std::move(*planned);
  // Seats that are kept by rank: the first with which no start is left is the one to mend.
  for (size_t kept = 1; kept < seats.size(); ++kept) {
    if (!Search(rules, seats.first(kept), roster).Run(now)) {
      return Unplannable{seats[kept - 1].function};
    }
  }
  return Unplannable{seats.back().function};
}

}  // namespace samenspel::meeting
