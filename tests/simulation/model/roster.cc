// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/roster.h"

#include <algorithm>

namespace samenspel::simulation::model {

void Roster::Take(const meeting::v1::Event& event) {
  if (event.has_professional_registered()) {
    const auto& professional = event.professional_registered().professional();
    people_[professional.id()] = professional;
  }
  if (!event.has_shifts_set()) return;
  auto& spans = duty_[event.shifts_set().professional()];
  spans.clear();
  for (const auto& shift : event.shifts_set().shifts()) {
    spans.emplace_back(shift.from_ms(), shift.until_ms());
  }
  std::sort(spans.begin(), spans.end());
  std::vector<Span> merged;
  for (const Span& span : spans) {
    if (!merged.empty() && merged.back().second == span.first) {
      merged.back().second = span.second;
    } else {
      merged.push_back(span);
    }
  }
  spans = std::move(merged);
}

const meeting::v1::Professional* Roster::Find(const std::string& id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? nullptr : &found->second;
}

bool Roster::Holds(const std::string& id, const std::string& function) const {
  const auto* person = Find(id);
  if (person == nullptr) return false;
  const auto& functions = person->functions();
  return std::find(functions.begin(), functions.end(), function) != functions.end();
}

bool Roster::AnybodyHolds(const std::string& function) const {
  return std::any_of(people_.begin(), people_.end(),
                     [&](const auto& one) { return Holds(one.first, function); });
}

bool Roster::AnybodyHoldsAt(const std::string& function, const std::string& organisation) const {
  return std::any_of(people_.begin(), people_.end(), [&](const auto& one) {
    return one.second.organisation() == organisation && Holds(one.first, function);
  });
}

bool Roster::OnDuty(const std::string& id, int64_t from_ms, int64_t until_ms) const {
  const auto found = duty_.find(id);
  if (found == duty_.end()) return false;
  const auto& spans = found->second;
  const auto after = std::upper_bound(spans.begin(), spans.end(), from_ms,
                                      [](int64_t at, const Span& span) { return at < span.first; });
  return after != spans.begin() && until_ms <= std::prev(after)->second;
}

std::string Roster::BookedBy(const std::string& id, int64_t from_ms, int64_t until_ms) const {
  const auto found = booked_.find(id);
  if (found == booked_.end()) return "";
  const auto& bookings = found->second;
  const auto after = bookings.lower_bound(until_ms);
  if (after == bookings.begin()) return "";
  const auto& last = *std::prev(after);
  return last.second.until > from_ms ? last.second.mdo : "";
}

void Roster::Book(const std::string& id, int64_t from_ms, int64_t until_ms,
                  const std::string& mdo) {
  booked_[id].emplace(from_ms, Booking{until_ms, mdo});
}

}  // namespace samenspel::simulation::model
