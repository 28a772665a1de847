// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/instant.h"
#include "proto/escalation/state/state.pb.h"

namespace samenspel::escalation {

/// The professionals that meeting knows, with functions and shifts. Follows from the journal; kept
/// resident.
class People {
 public:
  void Set(const state::Person& person);
  /// Null: not in the roster.
  const meeting::v1::Professional* Find(std::string_view id) const;
  /// Who is asked as `function`, in the order of their ids: those on duty now at `organisation`;
  /// where nobody is, those on duty anywhere; where nobody is either, all who hold the function.
  std::vector<std::string> Reach(std::string_view function, const std::string& organisation,
                                 base::Instant now) const;
  /// The same without looking at organisations.
  std::vector<std::string> ReachAnywhere(std::string_view function, base::Instant now) const;
  /// The same within one organisation: what it keeps is no affair of others.
  std::vector<std::string> ReachWithin(std::string_view function, const std::string& organisation,
                                       base::Instant now) const;

 private:
  template <class Fits>
  std::vector<std::string> Holding(std::string_view function, const Fits& fits) const;
  std::map<std::string, state::Person, std::less<>> persons_;
};

}  // namespace samenspel::escalation
