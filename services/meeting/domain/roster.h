// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/instant.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::meeting {

using base::Instant;
using base::milliseconds;

/// [from, until) in UTC.
struct Interval {
  Instant from;
  Instant until;
  bool operator==(const Interval&) const = default;
};

/// A professional as the planner sees one.
struct Person {
  std::string id;
  std::string name;
  std::string organisation;
  std::vector<std::string> functions;
  std::string employer;
  std::string deputy;              ///< Empty: none.
  std::vector<Interval> shifts;    ///< Sorted, not overlapping.
  std::vector<Interval> duty;      ///< Shifts; those that touch are one.
  std::vector<Interval> bookings;  ///< Sorted, not overlapping (invariant 3).
  std::vector<Interval> free;      ///< Duty without bookings, sorted.
  milliseconds booked{0};          ///< Sum of all bookings: who has much of it is asked last.

  bool IsFree(Interval interval) const;
  /// On duty for all of it, free or not.
  bool IsOnDuty(Interval interval) const;
  /// The first start at or after `from` at which this person is free for `length`.
  std::optional<Instant> FirstFree(Instant from, milliseconds length) const;
};

/// Who has been booked least comes first; between equals the order of the ids.
struct LeastBooked {
  bool operator()(const Person* left, const Person* right) const;
};
using People = std::set<const Person*, LeastBooked>;

/// Who is on duty when, and booked for what. Follows from the journal; kept resident.
class Roster {
 public:
  Roster() = default;
  Roster(Roster&&) = default;  // No copies: by_function_ points into persons_.
  Roster& operator=(Roster&&) = default;

  void SetOrganisation(const v1::Organisation& organisation);
  void SetPerson(const v1::Professional& professional);
  void SetShifts(const std::string& id, std::vector<Interval> shifts);
  /// The person must be free in `interval`: a double booking is a mistake of ours and ends the
  /// process.
  void Book(const std::string& id, Interval interval);

  const Person* Find(std::string_view id) const;
  /// Null: not registered.
  const v1::Organisation* Organisation(std::string_view id) const;
  /// Everybody, by id.
  const std::map<std::string, Person, std::less<>>& persons() const { return persons_; }
  /// All who hold the function, who has been booked least first.
  const People& Holding(std::string_view function) const;

 private:
  void List(const Person& person);
  void Unlist(const Person& person);
  std::map<std::string, v1::Organisation, std::less<>> organisations_;
  std::map<std::string, Person, std::less<>> persons_;
  std::map<std::string, People, std::less<>> by_function_;
};

}  // namespace samenspel::meeting
