// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/report_change.h"

#include "common/base/mutant.h"

namespace samenspel::intake {

v1::ReportChanged Standing(const state::Report& report) {
  v1::ReportChanged standing;
  standing.set_report(report.report());
  standing.set_case_number(report.case_number());
  *standing.mutable_ownership() = OwnershipOf(report);
  if (report.has_first_step()) *standing.mutable_first_step() = report.first_step();
  standing.set_outcome(report.outcome());
  standing.set_version(report.version());
  return standing;
}

std::optional<Refusal> NoPart(const Facts& facts, const Stamp& stamp) {
  const auto right = RightTo(facts, stamp);
  if (!right) return NotKnown(facts);
  if (!IsByRule(*right)) return RefusedBy(kOnlyByBreakGlass);
  return std::nullopt;
}

bool IsStale(const state::Report& report, const Stamp& stamp) {
  if (base::Mutated(base::Mutant::kVersionIgnored)) return false;
  const uint64_t seen = stamp.expected_version;
  return seen != 0 && (seen < report.changed_version() || seen > report.version());
}

Refusal Conflict(const char* code, v1::ReportChanged both) {
  v1::Response response;
  *response.mutable_report_changed() = std::move(both);
  Refusal refusal = decide::Refuse(common::v1::STATUS_CONFLICT, code);
  refusal.response = response.SerializeAsString();
  return refusal;
}

Refusal RefusedBy(const char* code) { return decide::Refuse(common::v1::STATUS_REFUSED, code); }

Accepted Changed(Changes changes, v1::ReportChanged changed) {
  Accepted accepted;
  changed.set_version(changes.report_version());
  *accepted.response.mutable_report_changed() = std::move(changed);
  accepted.events = changes.Take();
  return accepted;
}

Accepted Unchanged(const state::Report& report) {
  Accepted accepted;
  *accepted.response.mutable_report_changed() = Standing(report);
  return accepted;
}

}  // namespace samenspel::intake
