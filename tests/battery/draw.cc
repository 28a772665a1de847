// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/draw.h"

#include <algorithm>

#include "common/base/ids.h"
#include "tests/battery/cast.h"

namespace samenspel::battery {
namespace {

constexpr int kCandidates = 10;
constexpr int kTries = 12;
constexpr uint64_t kNoSuchEntry = 1'000'000;
constexpr base::milliseconds kDay{86'400'000};

std::vector<std::string> Everybody() {
  std::vector<std::string> ids;
  for (const bus::Principal& one : NaturalCast()) ids.push_back(one.id);
  return ids;
}

bool IsNamed(const std::string& purpose) { return purpose != "any" && purpose != "none"; }

bool IsLive(const std::string& key) { return key == "valid" || key == "moved"; }

}  // namespace

std::string Draw::Id(base::Instant now) { return base::NewRequestId(now, chance_); }

std::string Draw::Key(bus::Principal& principal, base::Instant now) {
  const uint64_t drawn = chance_.Below(100);
  if (drawn < 60) return "valid";
  if (drawn < 76) {
    const std::string home = principal.organisation;
    while (principal.organisation == home) {
      principal.organisation = OrganisationOf(Pick(kOrganisations));
    }
    return "moved";
  }
  if (drawn < 82) return "unknown";
  if (drawn < 88) {
    principal.revoked_at = now - base::milliseconds(chance_.Below(1000));
    return "revoked";
  }
  if (drawn < 94) {
    principal.valid_until = now - base::milliseconds(chance_.Below(1000));
    return "expired";
  }
  principal.valid_from = now + kDay;
  return "not_yet";
}

Casting Draw::NextCasting(base::Instant now) {
  Casting casting;
  for (bus::Principal principal : NaturalCast()) {
    if (principal.id == IdOf(kNobody)) {
      casting.keys[principal.id] = "unknown";
      continue;
    }
    std::string& key = casting.keys[principal.id];
    if (IsFixed(principal.id)) {
      key = "valid";
    } else {
      key = Key(principal, now);
      const uint64_t drawn = chance_.Below(100);
      if (drawn >= 50) principal.roles.clear();
      if (drawn >= 58) principal.roles.emplace_back(Pick(kRoles));
      if (drawn >= 84) {
        const std::string second = Pick(kRoles);
        if (second != principal.roles[0]) principal.roles.push_back(second);
      }
      for (const char* letter : kOrganisations) {
        if (Percent(20)) principal.may_act_for.push_back(OrganisationOf(letter));
      }
    }
    if (key != "unknown") casting.principals[principal.id] = std::move(principal);
  }
  return casting;
}

std::string Draw::Sender(const Row& row, const Casting& casting, bool fitting) {
  static const std::vector<std::string> everybody = Everybody();
  std::string who = Pick(everybody);
  for (int i = 0; i < kTries; ++i) {
    const bool disturbs = who.starts_with("svc_") && row.name == "envelope.follow";
    const auto found = casting.principals.find(who);
    const bool fits = found != casting.principals.end() && IsLive(casting.keys.at(who)) &&
                      std::ranges::any_of(
                          row.roles, [&](const auto& role) { return found->second.HasRole(role); });
    if (!disturbs && (fits || !fitting)) return who;
    who = Pick(everybody);
  }
  return IdOf("x_fixed");
}

void Draw::DrawBehalf(Attempt& attempt, const Casting& casting) {
  static const std::vector<std::string> everybody = Everybody();
  attempt.behalf = Pick(std::array{"self", "allowed", "allowed", "forbidden", "nobody"});
  if (attempt.behalf == "self") attempt.on_behalf_of = attempt.who;
  if (attempt.behalf == "nobody") {
    attempt.on_behalf_of = chance_.OneIn(2) ? base::MakeId("pro", {}) : IdOf(kNobody);
  }
  const auto sender = casting.principals.find(attempt.who);
  for (int i = 0; i < 40 && attempt.on_behalf_of.empty(); ++i) {
    const std::string& person = Pick(everybody);
    const auto found = casting.principals.find(person);
    if (found == casting.principals.end() || person == attempt.who) continue;
    const bool allowed = sender != casting.principals.end() && IsLive(casting.keys.at(person)) &&
                         sender->second.MayActFor(found->second.organisation);
    if (allowed == (attempt.behalf == "allowed")) attempt.on_behalf_of = person;
  }
  if (attempt.on_behalf_of.empty()) attempt.behalf = "none";
}

void Draw::PointNowhere(Attempt& attempt) {
  const std::string& target = attempt.row->target;
  const bool by_place = target == "entry" || target == "cause";
  attempt.target = !by_place && target != "journal" && chance_.OneIn(2) ? "malformed" : "no_such";
  if (by_place) {
    attempt.entry.set_service(target == "cause" ? "intake" : "meeting");
    attempt.entry.set_epoch(1);
    attempt.entry.set_sequence(kNoSuchEntry);
    return;
  }
  if (attempt.target == "malformed") {
    attempt.word = Pick(std::array<std::string, 6>{"", "rpt_", "geen nummer", "' or 1=1 --",
                                                   std::string(300, 'a'), "../../registry"});
    return;
  }
  base::IdBytes bytes{};
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(chance_.Below(256));
  const char* prefix = target == "opening" ? "brk" : target == "alarm" ? "alm" : "rpt";
  const bool number = prefix == std::string("rpt") && chance_.OneIn(2);
  attempt.word = number
                     ? base::CaseNumber(2026, 900'000 + static_cast<uint32_t>(chance_.Below(999)))
                     : base::MakeId(prefix, bytes);
  if (target == "journal") attempt.word = "library";
}

// False: this case has no such thing.
bool Draw::PointAt(Attempt& attempt, Case& about) {
  const std::string& target = attempt.row->target;
  attempt.target = chance_.OneIn(2) ? "report" : "number";
  attempt.word = attempt.target == "report" ? about.report : about.number;
  if (target == "opening") {
    attempt.target = "opening";
    std::vector<const OpeningFact*> waiting;
    for (const OpeningFact& one : about.openings) {
      if (!one.reviewed) waiting.push_back(&one);
    }
    if (waiting.empty()) return false;
    attempt.opening = Pick(waiting);
    attempt.word = attempt.opening->id;
  } else if (target == "alarm") {
    attempt.target = "alarm";
    if (about.alarms.empty()) return false;
    attempt.alarm = &Pick(about.alarms);
    attempt.word = attempt.alarm->id;
  } else if (target == "mdo") {
    if (about.mdo.empty()) return false;
    if (chance_.OneIn(2)) {
      attempt.target = "mdo";
      attempt.word = about.mdo;
    }
  } else if (target == "stream") {
    const uint64_t drawn = chance_.Below(6);
    if (drawn == 0) {
      attempt.target = "household";
      attempt.word = about.household;
    } else if (drawn == 1 && !about.mdo.empty()) {
      attempt.target = "mdo";
      attempt.word = about.mdo;
    } else if (drawn == 2) {
      attempt.target = "entry";
      attempt.entry = about.submitted;
    }
  } else if (target == "cause") {
    attempt.target = "entry";
    attempt.entry = about.submitted;
  }
  attempt.about = &about;
  return true;
}

bool Draw::PointAtCase(Attempt& attempt, Scene& scene) {
  for (int i = 0; i < 2 * kTries; ++i) {
    Case& about = scene.cases[chance_.Below(scene.cases.size())];
    if (!about.spent && PointAt(attempt, about)) return true;
  }
  return false;
}

void Draw::DrawTarget(Attempt& attempt, Scene& scene, bool there) {
  const std::string& target = attempt.row->target;
  if (attempt.row->name == "envelope.await_elsewhere") {
    attempt.entry = scene.cases[0].submitted;
    return;
  }
  if (target == "none") return;
  if (!there) return PointNowhere(attempt);
  if (target == "entry") {
    attempt.target = "entry";
    attempt.entry = scene.roster_entry;
    return;
  }
  if (target == "journal") {
    attempt.target = "journal";
    attempt.word = kServices[chance_.Below(3)];
    return;
  }
  if (target == "alarm" && !scene.caseless.empty() && chance_.OneIn(4)) {
    attempt.target = "alarm";
    attempt.alarm = &Pick(scene.caseless);
    attempt.word = attempt.alarm->id;
    return;
  }
  if (!PointAtCase(attempt, scene)) PointNowhere(attempt);
}

// Every other time one of whose answers some are still to come.
const Row& Draw::PickRow(const Coverage& coverage) {
  if (chance_.OneIn(2)) return Pick(table_.rows());
  std::vector<const Row*> unmet;
  for (const Row& row : table_.rows()) {
    if (coverage.HasUnmetAnswer(row)) unmet.push_back(&row);
  }
  return unmet.empty() ? Pick(table_.rows()) : *Pick(unmet);
}

Attempt Draw::Candidate(const Row& row, Scene& scene, const Casting& casting) {
  Attempt attempt;
  attempt.row = &row;
  const bool fitting = Percent(60);  // As it should be, or nearly so.
  attempt.who = Sender(row, casting, fitting && !Percent(10));
  const bool right_purpose = fitting && !Percent(10) && !row.purposes.empty();
  attempt.purpose =
      right_purpose && IsNamed(row.purposes[0]) ? Pick(row.purposes) : Pick(kPurposes);
  const bool elsewhere = row.name == "envelope.await_elsewhere";
  for (size_t i = 0; i < std::size(kServices); ++i) {
    if (row.service() == kServices[i]) attempt.service = i;
  }
  if (row.service() == "envelope" && row.name != "envelope.await_cause") {
    attempt.service = elsewhere ? 1 + chance_.Below(3) : chance_.Below(4);
  }
  DrawTarget(attempt, scene, Percent(fitting ? 92 : 60));
  if (row.name == "intake.explain_access" && chance_.OneIn(2)) {
    attempt.asked_about = chance_.OneIn(2) ? attempt.who : IdOf("x_fixed");
  }
  if (Percent(fitting ? 12 : 60)) DrawBehalf(attempt, casting);
  return attempt;
}

Attempt Draw::Next(Scene& scene, const Casting& casting, base::Instant now,
                   const Coverage& coverage) {
  const Monitor monitor(table_, casting, now);
  Attempt best;
  uint64_t most = 0;
  for (int i = 0; i < kCandidates; ++i) {
    Attempt candidate = Candidate(PickRow(coverage), scene, casting);
    const Verdict verdict = monitor.Expect(candidate);
    const uint64_t worth =
        1 + coverage.Worth(DimensionsOf(candidate, casting, monitor), CellOf(candidate, verdict));
    if (worth <= most) continue;
    most = worth;
    best = std::move(candidate);
  }
  return best;
}

Attempt Draw::Forbidden(const Casting& casting, const std::string& who) {
  Attempt attempt;
  attempt.row = &table_.At(casting.principals.at(who).HasRole("auditor") ? "intake.show_report"
                                                                         : "audit.read_leaves");
  attempt.service = attempt.row->service() == "intake" ? kIntake : kAudit;
  attempt.who = who;
  attempt.purpose = "curiosity";
  attempt.target = attempt.row->target == "none" ? "none" : "no_such";
  attempt.word = base::CaseNumber(2026, 900'000);
  return attempt;
}

}  // namespace samenspel::battery
