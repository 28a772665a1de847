// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/case_list.h"

#include <algorithm>

#include "common/base/mutant.h"
#include "services/intake/domain/new_id.h"

namespace samenspel::intake {
namespace {

using common::v1::CaseList;
using common::v1::Involvement;
using common::v1::InvolvementKind;

constexpr const char* kDeskRole = "desk_worker";

// Derived, so that the same right given again replaces itself.
std::string InvolvementId(const std::string& household, const Involvement& one) {
  const std::string& whose = one.person().empty() ? one.organisation() : one.person();
  return IdFrom("inv", {household, InvolvementKind_Name(one.kind()), whose, one.role()});
}

Involvement Make(const std::string& household, InvolvementKind kind, const std::string& person,
                 const std::string& organisation, const std::string& role) {
  Involvement one;
  one.set_kind(kind);
  one.set_person(person);
  one.set_organisation(organisation);
  one.set_role(role);
  one.set_id(InvolvementId(household, one));
  return one;
}

// One a person and alarm: two alarms may ring for the same person, and end apart.
std::string AlarmInvolvementId(const std::string& household, const std::string& person,
                               const std::string& alarm) {
  return IdFrom("inv", {household, "alarm", person, alarm});
}

}  // namespace

CaseList KnowersOf(const state::Case& kase, const state::Report& report) {
  if (!kase.list().involvements().empty()) return kase.list();
  CaseList former;
  former.set_household(report.household());
  former.set_case_number(report.case_number());
  *former.add_involvements() = Make(report.household(), common::v1::INVOLVEMENT_KIND_SENDER,
                                    report.sender(), report.organisation(), "");
  *former.add_involvements() = Make(report.household(), common::v1::INVOLVEMENT_KIND_DESK, "",
                                    report.organisation(), kDeskRole);
  for (Involvement& one : *former.mutable_involvements()) {
    one.set_from_ms(report.received_at_ms());
  }
  return former;
}

std::optional<Involvement> RightTo(const Facts& facts, const Stamp& stamp) {
  if (!facts.report) return std::nullopt;
  const CaseList knowers = KnowersOf(facts.kase, *facts.report);
  const Involvement* right = decide::MayKnow(knowers, stamp);
  return right == nullptr ? std::nullopt : std::optional(*right);
}

Refusal NotKnown(const Facts& facts) {
  if (base::Mutated(base::Mutant::kNotFoundAdmits) && facts.report) {
    return decide::Refuse(common::v1::STATUS_DENIED, "not_permitted");
  }
  return decide::NotFound("report", facts.report ? facts.report->report() : "");
}

bool IsByRule(const Involvement& right) {
  return right.kind() != common::v1::INVOLVEMENT_KIND_BREAK_GLASS;
}

int64_t SeatsEndMs(const state::Report& report, base::Instant now) {
  return std::max(report.meeting().ends_at_ms(), base::ToMs(now));
}

v1::Ownership OwnershipOf(const state::Report& report) {
  if (!report.ownership().owner().empty()) return report.ownership();
  v1::Ownership former;
  former.set_owner(report.sender());
  former.set_desk(report.organisation());
  former.set_open(true);
  former.set_since_ms(report.received_at_ms());
  return former;
}

Circle CircleOf(const state::Report& report, const Stamp& stamp, const Involvement& right) {
  if (base::Mutated(base::Mutant::kSecretShown)) return {true, true};
  if (!IsByRule(right)) return {};
  const auto& named = report.secret_circle();
  return {.hidden_reporter = stamp.organisation == report.organisation(),
          .secret_location = stamp.actor == report.sender() ||
                             std::find(named.begin(), named.end(), stamp.actor) != named.end()};
}

Changes::Changes(const state::Report& report, const state::Case& kase, base::Instant now)
    : report_(report),
      knowers_(KnowersOf(kase, report)),
      former_(kase.list().involvements().empty() && report.version() > 0),
      report_version_(report.version()),
      case_version_(kase.list().version()),
      now_(now) {
  if (report.version() == 0) knowers_.clear_involvements();  // Being made.
}

Happened& Changes::Add(const std::string& stream, uint64_t version, bool urgent) {
  Happened& happened = events_.emplace_back();
  happened.stream = stream;
  happened.version = version;
  happened.urgent = urgent;
  happened.keeper = report_.organisation();
  return happened;
}

v1::Event& Changes::OnReport(bool urgent) {
  return Add(report_.report(), ++report_version_, urgent).event;
}

v1::Event& Changes::OnCase(bool urgent) {
  return Add(report_.household(), ++case_version_, urgent).event;
}

// What held for a report from before the case list was kept becomes part of it with its first
// change: it would be lost beside the first right that is recorded.
void Changes::RecordFormer() {
  if (!std::exchange(former_, false)) return;
  const CaseList held = knowers_;
  for (const Involvement& one : held.involvements()) Set(one, false);
}

void Changes::Set(Involvement involvement, bool urgent) {
  common::v1::InvolvementSet& set = *OnCase(urgent).mutable_involvement_set();
  set.set_household(report_.household());
  set.set_case_number(report_.case_number());
  *set.mutable_involvement() = std::move(involvement);
  decide::Evolve(knowers_, set, case_version_);
}

std::vector<Involvement> Changes::Held() const {
  std::vector<Involvement> held;
  for (const Involvement& one : knowers_.involvements()) {
    if (decide::Covers(one, now_)) held.push_back(one);
  }
  return held;
}

Involvement Changes::Ended(Involvement one, int64_t until_ms) {
  one.set_until_ms(until_ms);
  return one;
}

void Changes::EndSeats() {
  RecordFormer();
  const int64_t end = SeatsEndMs(report_, now_);
  for (const Involvement& one : Held()) {
    if (one.kind() != common::v1::INVOLVEMENT_KIND_SEAT) continue;
    if (one.until_ms() == 0 || one.until_ms() > end) Set(Ended(one, end), false);
  }
}

void Changes::Open(InvolvementKind kind, const std::string& person, const std::string& organisation,
                   const std::string& role, int64_t until_ms, bool urgent) {
  RecordFormer();
  Involvement opened = Make(report_.household(), kind, person, organisation, role);
  opened.set_from_ms(base::ToMs(now_));
  opened.set_until_ms(until_ms);
  for (const Involvement& one : Held()) {
    if (one.id() != opened.id()) continue;
    if (one.until_ms() == until_ms && one.organisation() == organisation) return;
    opened.set_from_ms(one.from_ms());  // Lengthened.
  }
  Set(std::move(opened), urgent);
}

void Changes::OpenForAlarm(const std::string& alarm, const std::string& person,
                           const std::string& organisation) {
  Involvement opened =
      Make(report_.household(), common::v1::INVOLVEMENT_KIND_ALARM, person, organisation, "");
  opened.set_id(AlarmInvolvementId(report_.household(), person, alarm));
  for (const Involvement& one : knowers_.involvements()) {
    if (one.id() == opened.id()) return;  // Rung before, or over already.
  }
  RecordFormer();
  opened.set_from_ms(base::ToMs(now_));
  Set(std::move(opened), /*urgent=*/true);
}

void Changes::EndForAlarm(const std::string& alarm, int64_t until_ms) {
  for (const Involvement& one : Held()) {
    if (one.id() != AlarmInvolvementId(report_.household(), one.person(), alarm)) continue;
    if (one.until_ms() == 0) Set(Ended(one, until_ms), false);
  }
}

void Changes::OpenDesk(const std::string& organisation) {
  Open(common::v1::INVOLVEMENT_KIND_DESK, "", organisation, kDeskRole);
}

std::string Changes::OrganisationOf(InvolvementKind kind, const std::string& person) const {
  for (const Involvement& one : Held()) {
    if (one.kind() == kind && one.person() == person) return one.organisation();
  }
  return "";
}

}  // namespace samenspel::intake
