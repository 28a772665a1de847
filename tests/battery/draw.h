// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/battery/monitor.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::battery {

/// What an attempt depends on, by name: "kind", "roles", "tie", ...
using Dimensions = std::vector<std::pair<std::string, std::string>>;

/// Which cells of the table and which pairs of dimensions were met, and how often.
class Coverage {
 public:
  /// How much there is to learn from this one.
  uint64_t Worth(const Dimensions& dimensions, const std::string& cell) const;
  void Meet(const Dimensions& dimensions, const std::string& cell);
  /// Whether some answer of this row was never called for.
  bool HasUnmetAnswer(const Row& row) const;
  /// Of those that each run must meet: see docs/testing.md.
  std::vector<std::string> Missing(const Table& table) const;
  size_t cells() const { return cells_.size(); }
  size_t pairs() const { return pairs_.size(); }

 private:
  std::map<std::string, uint64_t> cells_;
  std::set<std::string> pairs_;
};

/// Draws who everybody is, and what they try. Equal seeds draw equally.
class Draw {
 public:
  Draw(uint64_t seed, const Table& table) : chance_(seed), table_(table) {}

  /// Roles, organisation, key and whom to act for, anew for everybody who may be cast.
  Casting NextCasting(base::Instant now);
  /// The one of several candidates from which there is most to learn.
  Attempt Next(Scene& scene, const Casting& casting, base::Instant now, const Coverage& coverage);
  /// Nothing but this kind, by somebody who may not ask it in any case.
  Attempt Forbidden(const Casting& casting, const std::string& who);
  std::string Id(base::Instant now);
  uint64_t Below(uint64_t end) { return chance_.Below(end); }

 private:
  template <class List>
  const auto& Pick(const List& list) {
    return list[chance_.Below(std::size(list))];
  }
  bool Percent(uint64_t percent) { return chance_.Below(100) < percent; }
  std::string Key(bus::Principal& principal, base::Instant now);
  const Row& PickRow(const Coverage& coverage);
  Attempt Candidate(const Row& row, Scene& scene, const Casting& casting);
  std::string Sender(const Row& row, const Casting& casting, bool fitting);
  void DrawBehalf(Attempt& attempt, const Casting& casting);
  void DrawTarget(Attempt& attempt, Scene& scene, bool there);
  bool PointAtCase(Attempt& attempt, Scene& scene);
  bool PointAt(Attempt& attempt, Case& about);
  void PointNowhere(Attempt& attempt);

  support::SeededEntropy chance_;
  const Table& table_;
};

Dimensions DimensionsOf(const Attempt& attempt, const Casting& casting, const Monitor& monitor);
std::string CellOf(const Attempt& attempt, const Verdict& verdict);
/// "one", "pair" or "none" of roles, by name.
std::string RolesLabel(const std::vector<std::string>& roles);

inline constexpr const char* kPurposes[] = {
    "child_safety", "privacy_review", "audit", "region_setup", "repair", "", "curiosity"};

}  // namespace samenspel::battery
