// SPDX-License-Identifier: EUPL-1.2
#include "common/base/mutant.h"
#include "services/intake/domain/access_mark.h"
#include "services/intake/domain/case_list.h"
#include "services/intake/domain/decider.h"

namespace samenspel::intake {
namespace {

v1::ReportShown ClearPart(const state::Report& report) {
  v1::ReportShown shown;
  shown.set_report(report.report());
  shown.set_case_number(report.case_number());
  shown.set_household(report.household());
  shown.set_received_at_ms(report.received_at_ms());
  shown.set_sender(report.sender());
  shown.set_organisation(report.organisation());
  *shown.mutable_grade() = report.grade();
  *shown.mutable_answers() = report.answers();
  shown.set_provisional(report.provisional());
  if (report.has_terms()) *shown.mutable_terms() = report.terms();
  if (report.has_meeting()) *shown.mutable_meeting() = report.meeting();
  if (report.has_first_step()) *shown.mutable_first_step() = report.first_step();
  *shown.mutable_ownership() = OwnershipOf(report);
  shown.set_outcome(report.outcome());
  shown.set_settled_at_ms(report.settled_at_ms());
  shown.set_version(report.version());
  return shown;
}

// Of the secret only what the reader's circle covers; that something was held back is said, and
// whom to call (P.06).
void AddSecret(const v1::ReportSecret& secret, const Circle& circle, v1::ReportShown& shown) {
  const bool has_location = !secret.secret_location().empty();
  const bool has_reporter = secret.has_hidden_reporter();
  if (has_location && circle.secret_location) {
    shown.mutable_secret()->set_secret_location(secret.secret_location());
  }
  if (has_reporter && circle.hidden_reporter) {
    *shown.mutable_secret()->mutable_hidden_reporter() = secret.hidden_reporter();
  }
  shown.set_secret_withheld((has_location && !circle.secret_location) ||
                            (has_reporter && !circle.hidden_reporter));
  if (shown.secret_withheld()) shown.set_secret_ask(shown.sender());
}

}  // namespace

Decision DecideShowReport(const Facts& facts, const Stamp& stamp) {
  const auto right = RightTo(facts, stamp);
  if (!right) return NotKnown(facts);
  Accepted accepted;
  v1::ReportShown& shown = *accepted.response.mutable_report_shown();
  shown = ClearPart(*facts.report);
  if (facts.crisismeter != nullptr) AddDomainTexts(*facts.crisismeter, *shown.mutable_grade());
  *shown.mutable_by_right_of() = *right;
  if (facts.sealed) {
    *shown.mutable_private_() = facts.sealed->private_();
    AddSecret(facts.sealed->secret(), CircleOf(*facts.report, stamp, *right), shown);
  }
  if (base::Mutated(base::Mutant::kMarkForgotten)) return accepted;
  Look look{facts.report->report(), facts.report->household(), facts.report->organisation(), {}};
  if (shown.has_private_()) look.shown.push_back("private");
  if (shown.has_secret()) look.shown.push_back("secret");
  if (auto mark = MarkOf(look, facts.kase, stamp)) accepted.events.push_back(std::move(*mark));
  return accepted;
}

}  // namespace samenspel::intake
