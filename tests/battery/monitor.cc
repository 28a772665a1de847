// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/monitor.h"

#include <algorithm>
#include <stdexcept>

#include "tests/battery/cast.h"

namespace samenspel::battery {
namespace {

bool Contains(const std::vector<std::string>& list, std::string_view text) {
  return std::ranges::find(list, text) != list.end();
}

// Those whom an alarm rings may act on it (P.01, P.73); who oversees the readers may not.
bool OpensCase(const std::string& as) {
  return as == "owner" || as == "deputy" || as == "duty_manager" || as == "every_duty_manager";
}

// Everybody may, for whatever and for whomever: for whom is not looked at either.
bool IsPlain(const Row& row) { return row.purposes == std::vector<std::string>{"any"}; }

}  // namespace

std::string HomeOf(const std::string& person) {
  static const auto homes = [] {
    std::map<std::string, std::string> all;
    for (const bus::Principal& one : NaturalCast()) all[one.id] = one.organisation;
    return all;
  }();
  return homes.at(person);
}

bool Asker::Has(std::string_view role) const { return Contains(roles, role); }

Asker Monitor::AskerOf(const Attempt& attempt) const {
  const bus::Principal& sender = casting_.principals.at(attempt.who);
  const bool for_oneself = attempt.on_behalf_of.empty() || IsPlain(*attempt.row);
  const bus::Principal& whose = for_oneself ? sender : casting_.principals.at(attempt.on_behalf_of);
  return {whose.id, whose.organisation, whose.roles};
}

bool Monitor::Allowed(const Attempt& attempt) const {
  if (attempt.on_behalf_of.empty()) return true;
  if (attempt.on_behalf_of.starts_with("svc_")) return false;
  const auto key = casting_.keys.find(attempt.on_behalf_of);
  if (key == casting_.keys.end() || (key->second != "valid" && key->second != "moved")) {
    return false;
  }
  const auto& may = casting_.principals.at(attempt.who).may_act_for;
  return Contains(may, casting_.principals.at(attempt.on_behalf_of).organisation);
}

bool Monitor::ByRight(const Asker& asker, const Case& about) const {
  const auto& ownership = about.ownership;
  const auto at_home = [&](const std::string& person) {
    return !person.empty() && ActsFor(asker, person, HomeOf(person));
  };
  const bool desk = asker.Has("desk_worker") &&
                    (asker.organisation == about.keeper || asker.organisation == ownership.desk());
  if (desk || at_home(about.sender) || at_home(about.first)) return true;
  if (at_home(ownership.owner()) || at_home(ownership.offered_to())) return true;
  for (const SeatFact& seat : about.seats) {
    if (seat.accepted && !seat.over && ActsFor(asker, seat.person, seat.organisation)) return true;
  }
  for (const AlarmFact& alarm : about.alarms) {
    const auto asked = alarm.asked.find(asker.person);
    if (asked == alarm.asked.end() || !OpensCase(asked->second)) continue;
    if (at_home(asker.person)) return true;  // Also for an hour after it ended.
  }
  return false;
}

bool Monitor::Knows(const Asker& asker, const Case& about) const {
  const bool opened = std::ranges::any_of(about.openings, [&](const OpeningFact& opening) {
    return ActsFor(asker, opening.person, opening.organisation) && now_ < opening.until;
  });
  return opened || ByRight(asker, about);
}

bool Monitor::HasSeat(const Asker& asker, const Case& about) const {
  return std::ranges::any_of(about.seats, [&](const SeatFact& seat) {
    return !seat.over && ActsFor(asker, seat.person, seat.organisation);
  });
}

bool Monitor::InCircle(const Asker& asker, const Case& about) const {
  const bool named = about.sender == asker.person || about.named.contains(asker.person);
  return named && ByRight(asker, about);
}

bool Monitor::SeesAlarm(const Asker& asker, const AlarmFact& alarm, const Case* about) const {
  const bool asked =
      alarm.asked.contains(asker.person) && ActsFor(asker, asker.person, HomeOf(asker.person));
  if (asked) return true;
  if (about != nullptr) return Knows(asker, *about);
  return asker.Has("operator") || asker.Has("duty_manager") || asker.Has("region_manager");
}

bool Monitor::HoldsOfCase(const std::string& fact, const Attempt& attempt,
                          const Asker& asker) const {
  const Case& about = *attempt.about;
  const auto& ownership = about.ownership;
  if (fact == "knows") return Knows(asker, about);
  if (fact == "by_right") return ByRight(asker, about);
  if (fact == "desk") return asker.organisation == ownership.desk();
  if (fact == "owner") return asker.person == ownership.owner();
  if (fact == "offered") return asker.person == ownership.offered_to();
  if (fact == "open") return ownership.open();
  if (fact == "settled") return about.settled;
  if (fact == "provisional") return about.provisional;
  if (fact == "ready") return !about.red || (about.first_step && !about.mdo.empty());
  if (fact == "keeper") return asker.organisation == about.keeper;
  if (fact == "circle") return InCircle(asker, about);
  if (fact == "seat") return HasSeat(asker, about);
  if (fact == "sat") {
    return std::ranges::any_of(about.seats, [&](const SeatFact& seat) {
      return seat.accepted && ActsFor(asker, seat.person, seat.organisation);
    });
  }
  if (fact == "opening") return !about.openings.empty() && asker.organisation == about.keeper;
  throw std::runtime_error("nobody says what " + fact + " is");
}

bool Monitor::Holds(const std::string& fact, const Attempt& attempt, const Asker& asker) const {
  if (fact[0] == '!') return !Holds(fact.substr(1), attempt, asker);
  const bool there = attempt.target != "no_such" && attempt.target != "malformed";
  if (fact == "exists") return there;
  if (fact == "for_another") {
    return asker.person != attempt.who && !attempt.who.starts_with("svc_");
  }
  if (fact == "auditor" || fact == "privacy_officer") return asker.Has(fact);
  if (fact == "for_review") return attempt.purpose == "privacy_review";
  if (fact == "overseer") {
    return asker.Has("operator") || asker.Has("duty_manager") || asker.Has("region_manager");
  }
  if (!there) return false;
  if (fact == "myself") return attempt.asked_about.empty() || attempt.asked_about == asker.person;
  if (fact == "opener") {
    return attempt.opening->person == asker.person || attempt.opening->person == attempt.who;
  }
  if (fact == "caseless") return attempt.alarm != nullptr && attempt.about == nullptr;
  if (fact == "ended") return attempt.alarm->ended;
  if (fact == "asked") {
    return attempt.alarm->asked.contains(asker.person) &&
           ActsFor(asker, asker.person, HomeOf(asker.person));
  }
  if (fact == "own_journal") return asker.person == "svc_" + attempt.word;
  if (fact == "own_deed") {
    if (attempt.about == nullptr) {
      return asker.person == IdOf("m_manager") || asker.organisation == OrganisationOf("m");
    }
    return asker.person == attempt.about->sender || asker.organisation == attempt.about->keeper;
  }
  return attempt.about != nullptr && HoldsOfCase(fact, attempt, asker);
}

Verdict Monitor::Expect(const Attempt& attempt) const {
  const std::string& key = casting_.keys.at(attempt.who);
  if (key != "valid" && key != "moved") return {{}, false, "key " + key};
  if (!IsPlain(*attempt.row) && !Allowed(attempt)) return {{"denied"}, false, "behalf"};
  const Asker asker = AskerOf(attempt);
  const auto& roles = attempt.row->roles;
  const bool any_role = Contains(roles, "any");
  if (!any_role && std::ranges::none_of(roles, [&](const auto& one) { return asker.Has(one); })) {
    return {{"denied"}, false, "roles"};
  }
  const auto& purposes = attempt.row->purposes;
  const bool any_purpose = Contains(purposes, "any") || Contains(purposes, "none");
  if (!any_purpose && !Contains(purposes, attempt.purpose)) {
    return {{"denied"}, false, "purposes"};
  }
  for (const Line& line : attempt.row->lines) {
    const bool all = std::ranges::all_of(
        line.facts, [&](const std::string& fact) { return Holds(fact, attempt, asker); });
    if (!all) continue;
    Verdict verdict = line.verdict;
    // Neither tells anything.
    if (attempt.target == "malformed" && verdict.Is("not_found")) verdict.answers.insert("invalid");
    return verdict;
  }
  throw std::runtime_error("the table says nothing of " + attempt.row->name);
}

std::string Monitor::TieOf(const std::string& person, const Case& about) const {
  const Asker home{person, HomeOf(person), {}};
  for (const OpeningFact& opening : about.openings) {
    if (opening.person == person) return now_ < opening.until ? "glass_open" : "glass_over";
  }
  if (about.sender == person) return about.ownership.owner() == person ? "sender" : "former owner";
  if (about.ownership.owner() == person) return "owner";
  if (about.ownership.offered_to() == person) return "offered";
  if (about.first == person) return "first_step";
  for (const SeatFact& seat : about.seats) {
    if (seat.person != person) continue;
    if (seat.over) return seat.accepted ? "seat_over" : "seat_not_taken";
    return seat.accepted ? "seat_accepted" : "seat_invited";
  }
  if (about.named.contains(person)) return "named";
  if (ByRight(home, about)) return "rung";
  if (home.organisation == about.keeper) return "keeper's";
  return home.organisation == about.ownership.desk() ? "asked desk's" : "none";
}

}  // namespace samenspel::battery
