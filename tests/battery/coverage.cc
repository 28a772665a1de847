// SPDX-License-Identifier: EUPL-1.2
// What attempts depend on, and what was met so far.
#include "tests/battery/cast.h"
#include "tests/battery/draw.h"

namespace samenspel::battery {
namespace {

const bus::Principal& Natural(const std::string& id) {
  static const auto all = [] {
    std::map<std::string, bus::Principal> by_id;
    for (const bus::Principal& one : NaturalCast()) by_id[one.id] = one;
    return by_id;
  }();
  return all.at(id);
}

}  // namespace

std::string RolesLabel(const std::vector<std::string>& roles) {
  if (roles.empty()) return "no role";
  return roles.size() == 1 ? roles[0] : "two roles";
}

std::string CellOf(const Attempt& attempt, const Verdict& verdict) {
  return attempt.row->name + ", " + verdict.gate;
}

Dimensions DimensionsOf(const Attempt& attempt, const Casting& casting, const Monitor& monitor) {
  const std::string& key = casting.keys.at(attempt.who);
  const auto principal = casting.principals.find(attempt.who);
  const bool known = principal != casting.principals.end();
  const bus::Principal& person = known ? principal->second : Natural(attempt.who);
  std::string side = "no case";
  std::string tie = "no case";
  if (attempt.about != nullptr) {
    const bool keeps = person.organisation == attempt.about->keeper;
    const bool asked = person.organisation == attempt.about->ownership.desk();
    side = keeps ? (asked ? "keeper" : "keeper, asked another") : (asked ? "asked" : "elsewhere");
    tie = monitor.TieOf(attempt.who, *attempt.about);
  }
  return {{"kind", attempt.row->name},
          {"roles", RolesLabel(person.roles)},
          {"organisation", side},
          {"tie", tie},
          {"key", key},
          {"purpose", attempt.purpose},
          {"behalf", attempt.behalf},
          {"target", attempt.target}};
}

uint64_t Coverage::Worth(const Dimensions& dimensions, const std::string& cell) const {
  uint64_t worth = 0;
  for (size_t i = 0; i < dimensions.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const std::string pair = dimensions[j].first + "=" + dimensions[j].second + ", " +
                               dimensions[i].first + "=" + dimensions[i].second;
      if (!pairs_.contains(pair)) worth += 3;
    }
  }
  const auto met = cells_.find(cell);
  return worth + (met == cells_.end() ? 100 : 20 / (1 + met->second));
}

void Coverage::Meet(const Dimensions& dimensions, const std::string& cell) {
  ++cells_[cell];
  for (size_t i = 0; i < dimensions.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      pairs_.insert(dimensions[j].first + "=" + dimensions[j].second + ", " + dimensions[i].first +
                    "=" + dimensions[i].second);
    }
  }
}

bool Coverage::HasUnmetAnswer(const Row& row) const {
  for (size_t i = 1; i <= row.lines.size(); ++i) {
    if (!cells_.contains(row.name + ", answer " + std::to_string(i))) return true;
  }
  return false;
}

std::vector<std::string> Coverage::Missing(const Table& table) const {
  std::vector<std::string> missing;
  const auto want_pair = [&](const std::string& pair) {
    if (!pairs_.contains(pair)) missing.push_back(pair);
  };
  std::vector<std::string> roles = {"no role", "two roles"};
  roles.insert(roles.end(), std::begin(kRoles), std::end(kRoles));
  for (const Row& row : table.rows()) {
    const auto want_cell = [&](const std::string& gate) {
      const std::string cell = row.name + ", " + gate;
      if (!cells_.contains(cell)) missing.push_back(cell);
    };
    for (size_t i = 1; i <= row.lines.size(); ++i) want_cell("answer " + std::to_string(i));
    for (const char* key : {"unknown", "revoked", "expired", "not_yet"}) {
      want_cell(std::string("key ") + key);
    }
    const std::string kind = "kind=" + row.name + ", ";
    for (const std::string& one : roles) want_pair(kind + "roles=" + one);
    for (const char* one : kPurposes) want_pair(kind + "purpose=" + std::string(one));
    for (const char* one : {"none", "self", "allowed", "forbidden", "nobody"}) {
      want_pair(kind + "behalf=" + one);
    }
    for (const char* one : {"valid", "moved"}) want_pair(kind + "key=" + one);
  }
  for (const std::string& role : roles) {
    for (const char* key : {"valid", "moved", "revoked", "expired", "not_yet"}) {
      want_pair("roles=" + role + ", key=" + key);
    }
    for (const char* one : kPurposes) want_pair("roles=" + role + ", purpose=" + std::string(one));
  }
  return missing;
}

}  // namespace samenspel::battery
