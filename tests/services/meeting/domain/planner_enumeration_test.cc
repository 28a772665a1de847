// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <bitset>
#include <random>
#include <set>

#include "tests/services/meeting/domain/given.h"

// The planner against trying everything, on small random rosters. The other side knows no
// intervals: it counts minutes.
namespace samenspel::meeting {
namespace {

constexpr int kCases = 4000;
constexpr int kMinutes = 2000;  // More than the horizon of one day and a timebox.
constexpr uint32_t kSeed = 20261121;

struct Somebody {
  std::string id;
  std::set<std::string> functions;
  std::bitset<kMinutes> on_duty;
  std::bitset<kMinutes> booked;

  bool IsFree(int from, int length) const {
    for (int minute = from; minute < from + length; ++minute) {
      if (!on_duty[minute] || booked[minute]) return false;
    }
    return true;
  }
};

struct Case {
  TableRules rules;
  Roster roster;
  std::vector<Somebody> people;
  int now = 0;                // Minute in which it is now,
  milliseconds behind_it{0};  // and how far in it.
};

class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  Case Make() {
    Case made;
    made.rules = Table({});
    for (const char* function : {"a", "b", "c"}) {
      if (Upto(3) == 0 && !made.rules.seats.empty()) continue;
      made.rules.seats.emplace_back();
      made.rules.seats.back().function = function;
    }
    made.rules.timebox = minutes(5 * (1 + Upto(6)));
    made.rules.start_step = minutes(Upto(2) == 0 ? 5 : 15);
    made.rules.notice = minutes(Upto(30));
    made.now = Upto(60);
    made.behind_it = milliseconds(Upto(3) == 0 ? 1 + Upto(59'999) : 0);
    const int people = 2 + Upto(6);
    for (int i = 0; i < people; ++i) AddPerson(made, i);
    return made;
  }

 private:
  int Upto(int bound) { return static_cast<int>(random_() % static_cast<uint32_t>(bound)); }

  void AddPerson(Case& made, int index) {
    Somebody person;
    person.id = std::string("pro_") + static_cast<char>('A' + index);
    for (const char* function : {"a", "b", "c"}) {
      if (Upto(3) > 0) person.functions.insert(function);
    }
    made.roster.SetPerson(person.id, person.id, kDesk,
                          {person.functions.begin(), person.functions.end()});
    const bool shifts_first = Upto(2) == 0;
    if (shifts_first) AddShifts(made, person);
    AddBookings(made, person);
    if (!shifts_first) AddShifts(made, person);
    made.people.push_back(std::move(person));
  }

  // Most duty lies in the first hours, some of it round the horizon.
  void AddShifts(Case& made, Somebody& person) {
    std::vector<Interval> shifts;
    int at = Upto(4) == 0 ? 24 * 60 - 60 + Upto(120) : Upto(120);
    for (int i = Upto(4); i > 0; --i) {
      const int until = at + 1 + Upto(120);
      shifts.push_back(Minutes(at, until));
      for (int minute = at; minute < until; ++minute) person.on_duty.set(minute);
      at = until + (Upto(3) == 0 ? 0 : Upto(40));  // Some touch.
    }
    made.roster.SetShifts(person.id, std::move(shifts));
  }

  void AddBookings(Case& made, Somebody& person) {
    for (int i = Upto(3); i > 0; --i) {
      const int from = Upto(200);
      const int until = from + 1 + Upto(40);
      bool taken = false;
      for (int minute = from; minute < until; ++minute) taken |= person.booked[minute];
      if (taken) continue;
      for (int minute = from; minute < until; ++minute) person.booked.set(minute);
      made.roster.Book(person.id, Minutes(from, until));
    }
  }

  std::mt19937 random_;
};

bool CanSit(const Case& made, size_t seats, size_t seat, int start, std::set<size_t>& sitting) {
  if (seat == seats) return true;
  const int length = static_cast<int>(made.rules.timebox.count());
  for (size_t i = 0; i < made.people.size(); ++i) {
    const Somebody& person = made.people[i];
    if (!person.functions.contains(made.rules.seats[seat].function)) continue;
    if (!person.IsFree(start, length) || !sitting.insert(i).second) continue;
    if (CanSit(made, seats, seat + 1, start, sitting)) return true;
    sitting.erase(i);
  }
  return false;
}

// The earliest start for the first `seats` seats, by trying each; -1: none.
int FirstStart(const Case& made, size_t seats) {
  const Instant now = Minute(made.now) + made.behind_it;
  for (int start = 0; start <= 26 * 60; start += static_cast<int>(made.rules.start_step.count())) {
    const Instant at = Minute(start);
    if (at < now + made.rules.notice || at > now + made.rules.horizon) continue;
    std::set<size_t> sitting;
    if (CanSit(made, seats, 0, start, sitting)) return start;
  }
  return -1;
}

void ExpectSeated(const Case& made, const Planned& planned, int start) {
  ASSERT_EQ(planned.when.from, Minute(start));
  ASSERT_EQ(planned.when.until, Minute(start) + made.rules.timebox);
  ASSERT_EQ(planned.persons.size(), made.rules.seats.size());
  std::set<const Person*> seated;
  for (size_t seat = 0; seat < planned.persons.size(); ++seat) {
    const Person* person = planned.persons[seat];
    ASSERT_NE(person, nullptr);
    ASSERT_TRUE(seated.insert(person).second) << person->id << " sits twice";
    const Somebody& somebody = made.people[static_cast<size_t>(person->id.back() - 'A')];
    ASSERT_TRUE(somebody.functions.contains(made.rules.seats[seat].function));
    ASSERT_TRUE(somebody.IsFree(start, static_cast<int>(made.rules.timebox.count())));
  }
}

// The first seat with which the seats up to it have no start.
std::string FirstThatCannotBeKept(const Case& made) {
  for (size_t kept = 1; kept <= made.rules.seats.size(); ++kept) {
    if (FirstStart(made, kept) < 0) return made.rules.seats[kept - 1].function;
  }
  return "";
}

TEST(PlannerEnumeration, FindsTheSameStartAsTryingEverything) {  // 003.17
  RecordProperty("seed", static_cast<int>(kSeed));
  Maker maker(kSeed);
  int planned = 0;
  for (int i = 0; i < kCases; ++i) {
    SCOPED_TRACE("seed " + std::to_string(kSeed) + ", case " + std::to_string(i));
    const Case made = maker.Make();
    const Plan plan = PlanTable(made.rules, made.roster, Minute(made.now) + made.behind_it);
    const int start = FirstStart(made, made.rules.seats.size());
    if (start < 0) {
      ASSERT_TRUE(std::holds_alternative<Unplannable>(plan)) << Said(plan);
      ASSERT_EQ(std::get<Unplannable>(plan).function, FirstThatCannotBeKept(made));
      continue;
    }
    ++planned;
    ASSERT_TRUE(std::holds_alternative<Planned>(plan)) << Said(plan) << ", not " << start;
    ExpectSeated(made, std::get<Planned>(plan), start);
    if (HasFatalFailure()) return;
  }
  // The cases are worth something: neither side is rare.
  EXPECT_GT(planned, kCases / 5);
  EXPECT_LT(planned, kCases * 4 / 5);
}

TEST(PlannerEnumeration, PlansTheSameTwice) {
  Maker maker(kSeed + 1);
  for (int i = 0; i < 300; ++i) {
    const Case made = maker.Make();
    const Instant now = Minute(made.now);
    EXPECT_EQ(Said(PlanTable(made.rules, made.roster, now)),
              Said(PlanTable(made.rules, made.roster, now)));
  }
}

}  // namespace
}  // namespace samenspel::meeting
