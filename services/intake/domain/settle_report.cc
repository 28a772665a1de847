// SPDX-License-Identifier: EUPL-1.2
#include "common/base/mutant.h"
#include "services/intake/domain/decider.h"
#include "services/intake/domain/report_change.h"

namespace samenspel::intake {
namespace {

using decide::Invalid;

// A red report belongs on a table, and leaves the desk once that table has a start (003.14).
bool NeedsATable(const state::Report& report, v1::Outcome outcome) {
  if (report.grade().colour() != v1::COLOUR_RED) return false;
  return outcome != v1::OUTCOME_MEETING || report.meeting().starts_at_ms() == 0;
}

v1::ReportSettled Settled(const state::Report& report, const Stamp& stamp,
                          const v1::SettleReport& request) {
  v1::ReportSettled settled;
  settled.set_report(report.report());
  settled.set_household(report.household());
  settled.set_case_number(report.case_number());
  settled.set_outcome(request.outcome());
  settled.set_by(stamp.actor);
  settled.set_at_ms(base::ToMs(stamp.received_at));
  *settled.mutable_private_() = request.private_();
  return settled;
}

}  // namespace

Decision DecideSettleReport(const Facts& facts, const Stamp& stamp,
                            const v1::SettleReport& request) {
  if (auto none = NoPart(facts, stamp)) return *none;
  const state::Report& report = *facts.report;
  if (request.outcome() == v1::OUTCOME_UNSPECIFIED) return Invalid("missing", "outcome");
  if (request.outcome() == v1::OUTCOME_STOPPED && request.private_().note().empty()) {
    return Invalid("missing", "private.note");
  }
  const bool owner = OwnershipOf(report).owner() == stamp.actor;
  if (owner && report.outcome() == request.outcome()) return Unchanged(report);
  if (IsStale(report, stamp)) {
    v1::ReportChanged both = Standing(report);
    both.set_asked_outcome(request.outcome());
    return Conflict("changed_since", std::move(both));
  }
  if (report.outcome() != v1::OUTCOME_UNSPECIFIED) return RefusedBy("settled");
  if (!owner) return RefusedBy("not_owner");
  if (NeedsATable(report, request.outcome())) return RefusedBy("red_needs_a_table");
  // Once it has left the queue nobody would ask any more who holds the child (P.01).
  const bool held = report.has_first_step() || base::Mutated(base::Mutant::kSettledUnheld);
  if (report.grade().colour() == v1::COLOUR_RED && !held) {
    return RefusedBy("no_first_step");
  }
  Changes changes(report, facts.kase, stamp.received_at);
  *changes.OnReport().mutable_report_settled() = Settled(report, stamp, request);
  changes.EndSeats();
  v1::ReportChanged changed = Standing(report);
  changed.set_outcome(request.outcome());
  return Changed(std::move(changes), std::move(changed));
}

}  // namespace samenspel::intake
