// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/planner.h"

#include <algorithm>
#include <map>
#include <set>

namespace samenspel::meeting {
namespace {

Instant RoundedUp(Instant instant, milliseconds step) {
  const auto since = instant.time_since_epoch();
  return Instant((since + step - milliseconds(1)) / step * step);
}

class Search {
 public:
  Search(const TableRules& rules, const Roster& roster) : rules_(rules), roster_(roster) {}

  Plan Run(Instant now) const {
    const Instant last = now + rules_.horizon;
    Instant start = RoundedUp(now + rules_.notice, rules_.start_step);
    std::string binding;
    while (start <= last) {
      const auto next = LeastCommonStart(start, binding);
      if (!next || *next > last) return Unplannable{binding};
      start = *next;
      auto persons = Match({start, start + rules_.timebox}, binding);
      if (!persons.empty()) return Planned{{start, start + rules_.timebox}, std::move(persons)};
      start += rules_.start_step;
    }
    return Unplannable{binding};
  }

 private:
  // The first start at or after `from` at which every seat, taken alone, has somebody; none:
  // `binding` is the seat.
  std::optional<Instant> LeastCommonStart(Instant from, std::string& binding) const {
    for (Instant start = from;;) {
      Instant common = start;
      for (const SeatRule& seat : rules_.seats) {
        const auto first = FirstFor(seat, common);
        if (!first || *first > common) binding = seat.function;
        if (!first) return std::nullopt;
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
  std::vector<const Person*> Match(Interval when, std::string& binding) const {
    std::vector<std::vector<const Person*>> candidates;
    for (const SeatRule& seat : rules_.seats) candidates.push_back(Candidates(seat, when));
    std::map<const Person*, size_t> seat_of;
    for (size_t seat = 0; seat < candidates.size(); ++seat) {
      std::set<const Person*> tried;
      if (!Seat(seat, candidates, seat_of, tried)) {
        binding = rules_.seats[seat].function;
        return {};
      }
    }
    std::vector<const Person*> persons(candidates.size());
    for (const auto& [person, seat] : seat_of) persons[seat] = person;
    return persons;
  }

  bool Seat(size_t seat, const std::vector<std::vector<const Person*>>& candidates,
            std::map<const Person*, size_t>& seat_of, std::set<const Person*>& tried) const {
    for (const Person* person : candidates[seat]) {
      if (!tried.insert(person).second) continue;
      const auto taken = seat_of.find(person);
      if (taken == seat_of.end() || Seat(taken->second, candidates, seat_of, tried)) {
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
    if (free.size() > rules_.seats.size()) free.resize(rules_.seats.size());
    return free;
  }

  const TableRules& rules_;
  const Roster& roster_;
};

}  // namespace

Plan PlanTable(const TableRules& rules, const Roster& roster, Instant now) {
  return Search(rules, roster).Run(now);
}

}  // namespace samenspel::meeting
