// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "common/base/ids.h"
#include "common/time/local_date.h"
#include "common/tlog/sha256.h"
#include "services/intake/domain/decider.h"
#include "services/intake/domain/form.h"

namespace samenspel::intake {
namespace {

// The same request always makes the same ids, so that a repeat cannot make a second report.
std::string IdFrom(const Stamp& stamp, const char* prefix) {
  const std::string digest = tlog::Sha256({prefix, "|", stamp.actor, "|", stamp.request_id});
  base::IdBytes bytes;
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  return base::MakeId(prefix, bytes);
}

struct Number {
  int year;
  uint32_t index;
};

Number NextCaseNumber(const state::CaseCounter& counter, std::chrono::year_month_day today) {
  const int year = static_cast<int>(today.year());
  return {year, counter.year() == year ? counter.last() + 1 : 1};
}

v1::ReportSubmitted Submitted(const Stamp& stamp, const v1::SubmitReport& form, Number number) {
  v1::ReportSubmitted submitted;
  submitted.set_report(IdFrom(stamp, "rpt"));
  submitted.set_household(IdFrom(stamp, "hh"));
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

v1::ReportGraded Graded(const v1::ReportSubmitted& submitted, v1::Grade grade) {
  v1::ReportGraded graded;
  graded.set_report(submitted.report());
  graded.set_case_number(submitted.case_number());
  graded.set_household(submitted.household());
  graded.set_sender(submitted.sender());
  graded.set_organisation(submitted.organisation());
  graded.set_received_at_ms(submitted.received_at_ms());
  *graded.mutable_grade() = std::move(grade);
  return graded;
}

Happened OnReport(const v1::ReportSubmitted& submitted, uint64_t version) {
  Happened happened;
  happened.stream = submitted.report();
  happened.version = version;
  happened.keeper = submitted.organisation();
  return happened;
}

}  // namespace

Decision DecideSubmitReport(const Facts& facts, const Stamp& stamp, const v1::SubmitReport& form) {
  if (facts.crisismeter == nullptr) {
    common::v1::Reason reason;
    reason.set_code("no_rules");
    return Refusal{common::v1::STATUS_UNAVAILABLE, {reason}};
  }
  const auto today = time::LocalDate(stamp.received_at);
  auto faults = FaultsOf(form, *facts.crisismeter, today);
  if (!faults.empty()) return Refusal{common::v1::STATUS_INVALID, std::move(faults)};

  v1::ReportSubmitted submitted = Submitted(stamp, form, NextCaseNumber(facts.case_numbers, today));
  v1::ReportGraded graded = Graded(submitted, GradeOf(*facts.crisismeter, form.answers()));
  Accepted accepted;
  v1::ReportReceived& received = *accepted.response.mutable_report_received();
  received.set_report(submitted.report());
  received.set_case_number(submitted.case_number());
  *received.mutable_grade() = graded.grade();

  Happened first = OnReport(submitted, 1);
  Happened second = OnReport(submitted, 2);
  second.urgent = graded.grade().colour() == v1::COLOUR_RED;  // 003.14
  *first.event.mutable_report_submitted() = std::move(submitted);
  *second.event.mutable_report_graded() = std::move(graded);
  accepted.events = {std::move(first), std::move(second)};
  return accepted;
}

}  // namespace samenspel::intake
