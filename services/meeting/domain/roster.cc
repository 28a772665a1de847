// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/roster.h"

#include <algorithm>
#include <cassert>
#include <tuple>

namespace samenspel::meeting {
namespace {

// The first interval that ends after `at`.
std::vector<Interval>::const_iterator EndingAfter(const std::vector<Interval>& intervals,
                                                  Instant at) {
  return std::upper_bound(intervals.begin(), intervals.end(), at,
                          [](Instant moment, const Interval& one) { return moment < one.until; });
}

bool IsWithin(const std::vector<Interval>& intervals, Interval interval) {
  const auto at = EndingAfter(intervals, interval.from);
  return at != intervals.end() && at->from <= interval.from && interval.until <= at->until;
}

// Takes `taken` out of the free intervals it overlaps.
void CutOut(std::vector<Interval>& free, Interval taken) {
  std::vector<Interval> left;
  for (const Interval& one : free) {
    if (one.until <= taken.from || one.from >= taken.until) {
      left.push_back(one);
      continue;
    }
    if (one.from < taken.from) left.push_back({one.from, taken.from});
    if (taken.until < one.until) left.push_back({taken.until, one.until});
  }
  free = std::move(left);
}

}  // namespace

bool LeastBooked::operator()(const Person* left, const Person* right) const {
  return std::tie(left->booked, left->id) < std::tie(right->booked, right->id);
}

bool Person::IsFree(Interval interval) const { return IsWithin(free, interval); }

bool Person::IsOnDuty(Interval interval) const { return IsWithin(duty, interval); }

std::optional<Instant> Person::FirstFree(Instant from, milliseconds length) const {
  for (auto at = EndingAfter(free, from); at != free.end(); ++at) {
    const Instant start = std::max(from, at->from);
    if (start + length <= at->until) return start;
  }
  return std::nullopt;
}

void Roster::SetOrganisation(const v1::Organisation& organisation) {
  organisations_[organisation.id()] = organisation;
}

void Roster::SetPerson(const v1::Professional& professional) {
  Person& person = persons_[professional.id()];
  std::vector<std::string> functions(professional.functions().begin(),
                                     professional.functions().end());
  const bool same = person.functions == functions;
  if (!same) Unlist(person);
  person.id = professional.id();
  person.name = professional.name();
  person.organisation = professional.organisation();
  person.employer = professional.employer();
  person.deputy = professional.deputy();
  person.functions = std::move(functions);
  if (!same) List(person);
}

void Roster::SetShifts(const std::string& id, std::vector<Interval> shifts) {
  const auto found = persons_.find(id);
  assert(found != persons_.end());
  Person& person = found->second;
  person.shifts = std::move(shifts);
  person.duty.clear();
  for (const Interval& shift : person.shifts) {  // Shifts that touch are one stretch of duty.
    if (!person.duty.empty() && person.duty.back().until == shift.from) {
      person.duty.back().until = shift.until;
    } else {
      person.duty.push_back(shift);
    }
  }
  person.free = person.duty;
  for (const Interval& booking : person.bookings) CutOut(person.free, booking);
}

void Roster::Book(const std::string& id, Interval interval) {
  const auto found = persons_.find(id);
  assert(found != persons_.end());
  Person& person = found->second;
  const auto at = EndingAfter(person.bookings, interval.from);
  assert(at == person.bookings.end() || at->from >= interval.until);
  person.bookings.insert(at, interval);
  Unlist(person);  // They go by it.
  person.booked += interval.until - interval.from;
  List(person);
  CutOut(person.free, interval);
}

const Person* Roster::Find(std::string_view id) const {
  const auto found = persons_.find(id);
  return found == persons_.end() ? nullptr : &found->second;
}

const v1::Organisation* Roster::Organisation(std::string_view id) const {
  const auto found = organisations_.find(id);
  return found == organisations_.end() ? nullptr : &found->second;
}

const People& Roster::Holding(std::string_view function) const {
  static const People nobody;
  const auto found = by_function_.find(function);
  return found == by_function_.end() ? nobody : found->second;
}

// One by one: a region registers its people one after the other, and a start reads all of them.
void Roster::List(const Person& person) {
  for (const std::string& function : person.functions) by_function_[function].insert(&person);
}

void Roster::Unlist(const Person& person) {
  for (const std::string& function : person.functions) by_function_[function].erase(&person);
}

}  // namespace samenspel::meeting
