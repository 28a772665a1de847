// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/domain/people.h"

#include <algorithm>

namespace samenspel::escalation {
namespace {

bool OnDuty(const state::Person& person, base::Instant now) {
  const int64_t at = base::ToMs(now);
  return std::any_of(person.shifts().begin(), person.shifts().end(), [&](const auto& shift) {
    return shift.from_ms() <= at && at < shift.until_ms();
  });
}

bool ActsFor(const state::Person& person, const std::string& organisation) {
  return person.professional().organisation() == organisation;
}

// The first of these lists that is not empty.
std::vector<std::string> FirstFilled(std::initializer_list<std::vector<std::string>> lists) {
  for (const auto& list : lists) {
    if (!list.empty()) return list;
  }
  return {};
}

}  // namespace

void People::Set(const state::Person& person) { persons_[person.professional().id()] = person; }

const meeting::v1::Professional* People::Find(std::string_view id) const {
  const auto found = persons_.find(id);
  return found == persons_.end() ? nullptr : &found->second.professional();
}

template <class Fits>
std::vector<std::string> People::Holding(std::string_view function, const Fits& fits) const {
  std::vector<std::string> holding;
  for (const auto& [id, person] : persons_) {
    const auto& functions = person.professional().functions();
    const bool holds = std::find(functions.begin(), functions.end(), function) != functions.end();
    if (holds && fits(person)) holding.push_back(id);
  }
  return holding;
}

std::vector<std::string> People::Reach(std::string_view function, const std::string& organisation,
                                       base::Instant now) const {
  const auto there = Holding(function, [&](const state::Person& person) {
    return ActsFor(person, organisation) && OnDuty(person, now);
  });
  return FirstFilled({there, ReachAnywhere(function, now)});
}

std::vector<std::string> People::ReachAnywhere(std::string_view function, base::Instant now) const {
  return FirstFilled(
      {Holding(function, [&](const state::Person& person) { return OnDuty(person, now); }),
       Holding(function, [](const state::Person&) { return true; })});
}

std::vector<std::string> People::ReachWithin(std::string_view function,
                                             const std::string& organisation,
                                             base::Instant now) const {
  const auto within = [&](const state::Person& person) { return ActsFor(person, organisation); };
  return FirstFilled(
      {Holding(function,
               [&](const state::Person& person) { return within(person) && OnDuty(person, now); }),
       Holding(function, within)});
}

}  // namespace samenspel::escalation
