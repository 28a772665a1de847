// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "common/base/ids.h"
#include "common/base/mutant.h"
#include "common/time/local_date.h"
#include "services/intake/domain/decider.h"
#include "services/intake/domain/form.h"
#include "services/intake/domain/new_id.h"
#include "services/intake/domain/ownership.h"

namespace samenspel::intake {
namespace {

struct Number {
  int year;
  uint32_t index;
};

// A clock that was set back over New Year counts on in the year that had begun: no number is given
// out twice (P.04).
Number NextCaseNumber(const state::CaseCounter& counter, std::chrono::year_month_day today) {
  const bool again = base::Mutated(base::Mutant::kCaseNumberAgain) && counter.last() > 0;
  if (again) return {counter.year(), counter.last()};
  const int year = static_cast<int>(today.year());
  if (year > counter.year()) return {year, 1};
  return {counter.year(), counter.last() + 1};
}

v1::ReportSubmitted Submitted(const Stamp& stamp, const v1::SubmitReport& form, Number number) {
  v1::ReportSubmitted submitted;
  submitted.set_report(IdFrom("rpt", stamp));
  submitted.set_household(IdFrom("hh", stamp));
  submitted.set_case_number(base::CaseNumber(number.year, number.index));
  submitted.set_case_year(number.year);
  submitted.set_case_index(number.index);
  submitted.set_sender(stamp.actor);
  submitted.set_organisation(stamp.organisation);
  submitted.set_received_at_ms(base::ToMs(stamp.received_at));
  *submitted.mutable_answers() = form.answers();
  *submitted.mutable_private_() = form.private_();
  if (form.has_secret()) *submitted.mutable_secret() = form.secret();
  return submitted;
}

// The report before its first event: what the events of its entry are written for.
state::Report Blank(const v1::ReportSubmitted& submitted) {
  state::Report report;
  report.set_report(submitted.report());
  report.set_case_number(submitted.case_number());
  report.set_household(submitted.household());
  report.set_sender(submitted.sender());
  report.set_organisation(submitted.organisation());
  report.set_received_at_ms(submitted.received_at_ms());
  return report;
}

v1::ReportGraded Graded(const Facts& facts, const state::Report& report,
                        const v1::SubmitReport& form) {
  v1::ReportGraded graded;
  graded.set_report(report.report());
  graded.set_case_number(report.case_number());
  graded.set_household(report.household());
  graded.set_sender(report.sender());
  graded.set_organisation(report.organisation());
  graded.set_received_at_ms(report.received_at_ms());
  *graded.mutable_grade() = GradeOf(*facts.crisismeter, form.answers());
  AddYes(form.answers(), graded);
  graded.set_provisional(form.bulk());
  *graded.mutable_terms() = TermsOf(*facts.terms, graded.grade().colour(), form.bulk(),
                                    base::FromMs(report.received_at_ms()));
  return graded;
}

// The sender answers for it until somebody of the desk that is asked has claimed it (P.13, P.16).
void OpenCase(Changes& changes, const state::Report& report, const Stamp& stamp,
              const std::string& for_desk) {
  v1::Ownership first;
  first.set_owner(report.sender());
  first.set_desk(for_desk.empty() ? report.organisation() : for_desk);
  first.set_open(true);
  first.set_since_ms(report.received_at_ms());
  changes.Open(common::v1::INVOLVEMENT_KIND_SENDER, report.sender(), report.organisation());
  SetOwner(changes, report, stamp, first, {.desk = report.organisation(), .offered_desk = ""},
           nullptr);
}

std::vector<common::v1::Reason> FaultsOf(const Facts& facts, const Stamp& stamp,
                                         const v1::SubmitReport& form) {
  auto faults = FaultsOf(form, *facts.crisismeter, time::LocalDate(stamp.received_at));
  const auto& desks = facts.desks;
  if (!form.for_desk().empty() && form.for_desk() != stamp.organisation &&
      std::find(desks.begin(), desks.end(), form.for_desk()) == desks.end()) {
    faults.push_back(decide::Invalid("unknown_organisation", "for_desk").reasons.front());
  }
  return faults;
}

}  // namespace

void AddYes(const Answers& answers, v1::ReportGraded& graded) {
  std::copy_if(
      answers.begin(), answers.end(),
      google::protobuf::RepeatedFieldBackInserter(graded.mutable_answers()),
      [](const v1::IndicatorAnswer& answer) { return answer.value() == v1::ANSWER_VALUE_YES; });
}

Decision DecideSubmitReport(const Facts& facts, const Stamp& stamp, const v1::SubmitReport& form) {
  if (facts.crisismeter == nullptr || facts.terms == nullptr) {
    return decide::Refuse(common::v1::STATUS_UNAVAILABLE, "no_rules");
  }
  auto faults = FaultsOf(facts, stamp, form);
  if (!faults.empty()) {
    Refusal refusal;
    refusal.status = common::v1::STATUS_INVALID;
    refusal.reasons = std::move(faults);
    return refusal;
  }
  const auto today = time::LocalDate(stamp.received_at);
  v1::ReportSubmitted submitted = Submitted(stamp, form, NextCaseNumber(facts.case_numbers, today));
  const state::Report report = Blank(submitted);
  v1::ReportGraded graded = Graded(facts, report, form);
  const bool red = graded.grade().colour() == v1::COLOUR_RED;

  Accepted accepted;
  v1::ReportReceived& received = *accepted.response.mutable_report_received();
  received.set_report(report.report());
  received.set_case_number(report.case_number());
  *received.mutable_grade() = graded.grade();
  received.set_provisional(graded.provisional());
  *received.mutable_terms() = graded.terms();

  Changes changes(report, {}, stamp.received_at);
  *changes.OnReport().mutable_report_submitted() = std::move(submitted);
  const bool urgent = red && !graded.provisional();  // 003.14, P.17
  DropDomainTexts(*graded.mutable_grade());
  *changes.OnReport(urgent).mutable_report_graded() = std::move(graded);
  OpenCase(changes, report, stamp, form.for_desk());
  accepted.events = changes.Take();
  return accepted;
}

}  // namespace samenspel::intake
