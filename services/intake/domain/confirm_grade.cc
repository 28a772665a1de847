// SPDX-License-Identifier: EUPL-1.2
#include "common/base/mutant.h"
#include "services/intake/domain/decider.h"
#include "services/intake/domain/report_change.h"

namespace samenspel::intake {
namespace {

// The grade as it was, now for good. What has been running since it was provisional runs on.
Changes Confirmed(const Facts& facts, base::Instant now) {
  const state::Report& report = *facts.report;
  const v1::Colour colour = report.grade().colour();
  Changes changes(report, facts.kase, now);
  v1::ReportGraded& graded =
      *changes.OnReport(/*urgent=*/colour == v1::COLOUR_RED).mutable_report_graded();
  graded.set_report(report.report());
  graded.set_case_number(report.case_number());
  graded.set_household(report.household());
  graded.set_sender(report.sender());
  graded.set_organisation(report.organisation());
  graded.set_received_at_ms(report.received_at_ms());
  const bool anew = base::Mutated(base::Mutant::kGradeChanged);
  *graded.mutable_grade() = anew ? GradeOf(*facts.crisismeter, report.answers()) : report.grade();
  AddYes(report.answers(), graded);
  *graded.mutable_terms() = ConfirmedTerms(*facts.terms, report.terms(), colour, now);
  return changes;
}

// P.17: the own desk of the report, or the one in whose queue it lies.
bool IsOfDesk(const state::Report& report, const Stamp& stamp) {
  const v1::Ownership now = OwnershipOf(report);
  return stamp.actor == now.owner() || stamp.organisation == now.desk() ||
         stamp.organisation == report.organisation();
}

}  // namespace

Decision DecideConfirmGrade(const Facts& facts, const Stamp& stamp) {
  if (auto none = NoPart(facts, stamp)) return *none;
  const state::Report& report = *facts.report;
  if (!report.provisional()) return Unchanged(report);
  if (IsStale(report, stamp)) return Conflict("changed_since", Standing(report));
  if (report.outcome() != v1::OUTCOME_UNSPECIFIED) return RefusedBy("settled");
  if (!IsOfDesk(report, stamp)) return RefusedBy("not_your_desk");
  return Changed(Confirmed(facts, stamp.received_at), Standing(report));
}

Decision DecideDeadlinePassed(const Facts& facts, const Stamp& stamp) {
  if (!facts.report) return NotKnown(facts);
  const state::Report& report = *facts.report;
  // Confirmed in the meantime.
  if (!report.provisional() || report.terms().confirm_due_ms() == 0) return Unchanged(report);
  if (base::ToMs(stamp.received_at) < report.terms().confirm_due_ms()) {
    return RefusedBy("too_early");
  }
  return Changed(Confirmed(facts, stamp.received_at), Standing(report));
}

}  // namespace samenspel::intake
