// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/model/seen.h"

namespace samenspel::simulation::model {

/// Who works in the region, who is on duty when, and who is booked when, as meeting knows it.
class Roster {
 public:
  /// Takes over what an event of meeting says of people and shifts.
  void Take(const meeting::v1::Event& event);

  const meeting::v1::Professional* Find(const std::string& id) const;
  bool Holds(const std::string& id, const std::string& function) const;
  bool AnybodyHolds(const std::string& function) const;
  bool AnybodyHoldsAt(const std::string& function, const std::string& organisation) const;
  /// Whether somebody is on duty in all of [from, until).
  bool OnDuty(const std::string& id, int64_t from_ms, int64_t until_ms) const;

  /// The meeting that keeps this person from [from, until); empty: none.
  std::string BookedBy(const std::string& id, int64_t from_ms, int64_t until_ms) const;
  void Book(const std::string& id, int64_t from_ms, int64_t until_ms, const std::string& mdo);

 private:
  using Span = std::pair<int64_t, int64_t>;
  std::map<std::string, meeting::v1::Professional> people_;
  std::map<std::string, std::vector<Span>> duty_;  // Sorted; spans that touch are one.
  struct Booking {
    int64_t until;
    std::string mdo;
  };
  std::map<std::string, std::map<int64_t, Booking>> booked_;  // By start.
};

}  // namespace samenspel::simulation::model
