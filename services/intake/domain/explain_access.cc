// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "proto/common/v1/options.pb.h"
#include "services/intake/domain/access_mark.h"
#include "services/intake/domain/case_list.h"
#include "services/intake/domain/decider.h"

namespace samenspel::intake {
namespace {

using common::v1::Policy;
using google::protobuf::FieldDescriptor;

template <class Roles>
bool Has(const Roles& roles, const std::string& role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

const FieldDescriptor* KindNamed(const std::string& name) {
  return v1::Request::descriptor()->FindFieldByName(name);
}

// Whoever names a report must have a part in its case, save those who ask for one, or ask why.
bool NeedsInvolvement(const FieldDescriptor& kind) {
  if (kind.name() == "break_glass" || kind.name() == "explain_access") return false;
  return kind.message_type()->FindFieldByName("report") != nullptr;
}

// Whether the actor watches over the case: auditors over every one, a privacy officer over those
// that their own organisation keeps.
bool Oversees(const state::Report& report, const Stamp& stamp) {
  return Has(stamp.roles, "auditor") ||
         (Has(stamp.roles, "privacy_officer") && stamp.organisation == report.organisation());
}

// The person as their own requests would be stamped (P.05).
Stamp AsAsker(const common::v1::PrincipalKey& person, base::Instant now) {
  Stamp stamp;
  stamp.received_at = now;
  stamp.actor = person.principal();
  stamp.organisation = person.organisation();
  stamp.roles.assign(person.roles().begin(), person.roles().end());
  return stamp;
}

void DescribePerson(const common::v1::PrincipalKey& person, const Policy& policy,
                    v1::AccessExplained& explained) {
  explained.set_registered(true);
  *explained.mutable_roles() = person.roles();
  explained.set_organisation(person.organisation());
  explained.set_employer(person.employer());
  explained.set_role_fits(
      !policy.internal() &&
      std::any_of(policy.roles().begin(), policy.roles().end(),
                  [&](const std::string& role) { return Has(person.roles(), role); }));
}

void DescribeRights(const Facts& facts, const Stamp& stamp, v1::AccessExplained& explained) {
  const common::v1::CaseList knowers = KnowersOf(facts.kase, *facts.report);
  for (const auto& one : knowers.involvements()) {
    // Also what was given to them for another organisation than they act for now.
    const bool theirs = one.person() == stamp.actor || decide::IsOf(one, stamp);
    if (theirs) *explained.add_involvements() = one;
  }
  const auto right = RightTo(facts, stamp);
  if (!right) return;
  explained.set_involved(true);
  const Circle circle = CircleOf(*facts.report, stamp, *right);
  explained.set_secret_location(circle.secret_location);
  explained.set_hidden_reporter(circle.hidden_reporter);
}

}  // namespace

Decision DecideExplainAccess(const Facts& facts, const Stamp& stamp,
                             const v1::ExplainAccess& request) {
  const std::string& who = request.who().empty() ? stamp.actor : request.who();
  if (!facts.report) return NotKnown(facts);
  const bool overseer = Oversees(*facts.report, stamp);
  if (!overseer && (who != stamp.actor || !RightTo(facts, stamp))) return NotKnown(facts);
  const FieldDescriptor* kind = KindNamed(request.what());
  if (kind == nullptr) return decide::Invalid("unknown_kind", "what");

  const Policy& policy = kind->message_type()->options().GetExtension(common::v1::policy);
  Accepted accepted;
  if (overseer) {
    const state::Report& report = *facts.report;
    const Look look{report.report(), report.household(), report.organisation(), {}};
    if (auto mark = MarkOf(look, facts.kase, stamp)) accepted.events.push_back(std::move(*mark));
  }
  v1::AccessExplained& explained = *accepted.response.mutable_access_explained();
  *explained.mutable_roles_needed() = policy.roles();
  *explained.mutable_purposes() = policy.purposes();
  const auto person = facts.persons.find(who);
  if (person == facts.persons.end()) return accepted;
  DescribePerson(person->second, policy, explained);
  DescribeRights(facts, AsAsker(person->second, stamp.received_at), explained);
  if (!NeedsInvolvement(*kind)) explained.set_involved(true);
  explained.set_allowed(explained.role_fits() && explained.involved());
  return accepted;
}

}  // namespace samenspel::intake
