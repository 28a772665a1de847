// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/ownership.h"

#include <algorithm>

#include "common/base/mutant.h"
#include "services/intake/domain/decider.h"
#include "services/intake/domain/report_change.h"

namespace samenspel::intake {
namespace {

using common::v1::INVOLVEMENT_KIND_OWNER;
using decide::Invalid;

constexpr const char* kDeskRole = "desk_worker";

bool IsSame(const v1::Ownership& one, const v1::Ownership& other) {
  return one.SerializeAsString() == other.SerializeAsString();
}

Refusal OwnerConflict(const char* code, const state::Report& report, v1::Ownership asked) {
  v1::ReportChanged both = Standing(report);
  *both.mutable_asked_ownership() = std::move(asked);
  return Conflict(code, std::move(both));
}

Accepted Owned(Changes changes, const state::Report& report, const v1::Ownership& next) {
  v1::ReportChanged changed = Standing(report);
  *changed.mutable_ownership() = next;
  return Changed(std::move(changes), std::move(changed));
}

// Why nobody may take, offer or give back the report; nothing: they may.
std::optional<Refusal> Closed(const state::Report& report, const Stamp& stamp,
                              const v1::Ownership& asked) {
  if (IsStale(report, stamp)) return OwnerConflict("changed_since", report, asked);
  if (report.outcome() != v1::OUTCOME_UNSPECIFIED) return RefusedBy("settled");
  return std::nullopt;
}

// What the report would be like once `to` was asked; nothing: there is nobody of that name.
std::optional<v1::Ownership> Offered(const Facts& facts, const v1::Ownership& now,
                                     const std::string& to) {
  v1::Ownership next = now;
  if (std::find(facts.desks.begin(), facts.desks.end(), to) != facts.desks.end()) {
    next.set_desk(to);
    next.set_open(true);
    next.clear_offered_to();
    return next;
  }
  const auto person = facts.persons.find(to);
  if (person == facts.persons.end()) return std::nullopt;
  const auto& roles = person->second.roles();
  if (std::find(roles.begin(), roles.end(), kDeskRole) == roles.end()) return std::nullopt;
  next.set_offered_to(to);
  return next;
}

// The organisation for which the owner answers for it now.
std::string OwnersDesk(const state::Report& report, const Changes& changes,
                       const v1::Ownership& now) {
  const std::string desk = changes.OrganisationOf(INVOLVEMENT_KIND_OWNER, now.owner());
  return desk.empty() ? report.organisation() : desk;
}

}  // namespace

void SetOwner(Changes& changes, const state::Report& report, const Stamp& stamp,
              const v1::Ownership& next, const Owners& owners, const v1::NotePrivate* note) {
  v1::OwnerChanged& changed = *changes.OnReport().mutable_owner_changed();
  changed.set_report(report.report());
  changed.set_household(report.household());
  changed.set_case_number(report.case_number());
  *changed.mutable_ownership() = next;
  changed.set_by(stamp.actor);
  if (note != nullptr) *changed.mutable_private_() = *note;

  changes.Open(INVOLVEMENT_KIND_OWNER, next.owner(), owners.desk);
  if (!next.offered_to().empty()) {
    changes.Open(INVOLVEMENT_KIND_OWNER, next.offered_to(), owners.offered_desk);
  }
  changes.OpenDesk(report.organisation());
  changes.OpenDesk(next.desk());
  changes.End(INVOLVEMENT_KIND_OWNER, [&](const common::v1::Involvement& one) {
    return one.person() == next.owner() || one.person() == next.offered_to();
  });
  changes.End(common::v1::INVOLVEMENT_KIND_DESK, [&](const common::v1::Involvement& one) {
    return one.organisation() == report.organisation() || one.organisation() == next.desk() ||
           one.organisation() == owners.desk;
  });
}

Decision DecideClaimReport(const Facts& facts, const Stamp& stamp) {
  if (auto none = NoPart(facts, stamp)) return *none;
  const state::Report& report = *facts.report;
  const v1::Ownership now = OwnershipOf(report);
  const bool asked_me = now.offered_to() == stamp.actor;
  if (now.owner() == stamp.actor && !now.open()) return Unchanged(report);
  v1::Ownership next;
  next.set_owner(stamp.actor);
  next.set_desk(stamp.organisation);
  next.set_since_ms(base::ToMs(stamp.received_at));
  if (auto closed = Closed(report, stamp, next)) return *closed;
  // Somebody was first: who claims hears who, also without having said what they saw.
  const bool taken = !now.open() && !base::Mutated(base::Mutant::kClaimTwice);
  if (taken && !asked_me) return OwnerConflict("claimed_already", report, next);
  if (!asked_me && now.desk() != stamp.organisation) return RefusedBy("not_your_desk");
  if (now.owner() == stamp.actor) next.set_since_ms(now.since_ms());
  Changes changes(report, facts.kase, stamp.received_at);
  SetOwner(changes, report, stamp, next, {.desk = stamp.organisation, .offered_desk = ""}, nullptr);
  return Owned(std::move(changes), report, next);
}

Decision DecideHandOver(const Facts& facts, const Stamp& stamp, const v1::HandOver& request) {
  if (auto none = NoPart(facts, stamp)) return *none;
  const state::Report& report = *facts.report;
  const v1::Ownership now = OwnershipOf(report);
  if (request.to().empty()) return Invalid("missing", "to");
  const auto next = Offered(facts, now, request.to());
  if (!next) {
    const bool desk = request.to().starts_with("org_");
    return Invalid(desk ? "unknown_organisation" : "unknown_professional", "to");
  }
  const bool repeat = IsSame(*next, now) && request.private_().note().empty();
  if (repeat && report.outcome() == v1::OUTCOME_UNSPECIFIED) return Unchanged(report);
  if (auto closed = Closed(report, stamp, *next)) return *closed;
  if (next->offered_to() == now.owner()) return RefusedBy("owns_it_already");
  const bool of_desk = now.open() && now.desk() == stamp.organisation;
  if (now.owner() != stamp.actor && !of_desk) return RefusedBy("not_owner");
  Changes changes(report, facts.kase, stamp.received_at);
  const auto asked = facts.persons.find(next->offered_to());
  SetOwner(changes, report, stamp, *next,
           {.desk = OwnersDesk(report, changes, now),
            .offered_desk = asked == facts.persons.end() ? "" : asked->second.organisation()},
           &request.private_());
  return Owned(std::move(changes), report, *next);
}

Decision DecideHandBack(const Facts& facts, const Stamp& stamp, const v1::HandBack& request) {
  if (auto none = NoPart(facts, stamp)) return *none;
  const state::Report& report = *facts.report;
  const v1::Ownership now = OwnershipOf(report);
  Changes changes(report, facts.kase, stamp.received_at);
  v1::Ownership next = now;
  next.set_desk(OwnersDesk(report, changes, now));
  next.set_open(true);
  next.clear_offered_to();
  const bool owner = now.owner() == stamp.actor;
  const bool repeat = owner && IsSame(next, now) && request.private_().note().empty();
  if (repeat && report.outcome() == v1::OUTCOME_UNSPECIFIED) return Unchanged(report);
  if (auto closed = Closed(report, stamp, next)) return *closed;
  if (!owner) return RefusedBy("not_owner");
  SetOwner(changes, report, stamp, next, {.desk = next.desk(), .offered_desk = ""},
           &request.private_());
  return Owned(std::move(changes), report, next);
}

}  // namespace samenspel::intake
