// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "services/intake/domain/decider.h"

namespace samenspel::intake {
namespace {

constexpr base::milliseconds kMarkLasts{10 * 60 * 1000};

Refusal NotFound(bool hidden) {
  common::v1::Reason reason;
  reason.set_code("not_found");
  reason.set_field("report");
  return {common::v1::STATUS_NOT_FOUND, {reason}, hidden};
}

bool MayRead(const state::Report& report, const Stamp& stamp) {
  return stamp.actor == report.sender() || stamp.organisation == report.organisation();
}

bool IsMarked(const state::Report& report, const Stamp& stamp) {
  return std::any_of(report.marks().begin(), report.marks().end(), [&](const auto& mark) {
    return mark.reader() == stamp.actor && mark.purpose() == stamp.purpose &&
           stamp.received_at < base::FromMs(mark.at_ms()) + kMarkLasts;
  });
}

Happened Mark(const state::Report& report, const Stamp& stamp, const v1::ReportShown& shown) {
  Happened happened;
  happened.stream = report.report();
  happened.version = report.version() + 1;
  happened.keeper = report.organisation();
  v1::ReportAccessed& accessed = *happened.event.mutable_report_accessed();
  accessed.set_report(report.report());
  accessed.set_reader(stamp.actor);
  accessed.set_purpose(stamp.purpose);
  if (shown.has_private_()) accessed.add_shown("private");
  if (shown.has_secret()) accessed.add_shown("secret");
  accessed.set_at_ms(base::ToMs(stamp.received_at));
  return happened;
}

v1::ReportShown ClearPart(const state::Report& report) {
  v1::ReportShown shown;
  shown.set_report(report.report());
  shown.set_case_number(report.case_number());
  shown.set_received_at_ms(report.received_at_ms());
  shown.set_sender(report.sender());
  shown.set_organisation(report.organisation());
  *shown.mutable_grade() = report.grade();
  *shown.mutable_answers() = report.answers();
  if (report.has_meeting()) *shown.mutable_meeting() = report.meeting();
  return shown;
}

// Of the secret only what the reader's circle covers; that something was held back is said.
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
}

}  // namespace

Circle CircleOf(const state::Report& report, const Stamp& stamp) {
  return {.hidden_reporter = stamp.organisation == report.organisation(),
          .secret_location = stamp.actor == report.sender()};
}

Decision DecideShowReport(const Facts& facts, const Stamp& stamp) {
  if (!facts.report) return NotFound(false);
  const state::Report& report = *facts.report;
  if (!MayRead(report, stamp)) return NotFound(true);
  Accepted accepted;
  v1::ReportShown& shown = *accepted.response.mutable_report_shown();
  shown = ClearPart(report);
  if (facts.sealed) {
    *shown.mutable_private_() = facts.sealed->private_();
    AddSecret(facts.sealed->secret(), CircleOf(report, stamp), shown);
  }
  if (!IsMarked(report, stamp)) accepted.events.push_back(Mark(report, stamp, shown));
  return accepted;
}

std::vector<Happened> NoteMeeting(const std::optional<state::Report>& report,
                                  const meeting::v1::Mdo& mdo) {
  if (!report) return {};
  v1::MeetingNote note;
  note.set_mdo(mdo.mdo());
  note.set_starts_at_ms(mdo.starts_at_ms());
  note.set_ends_at_ms(mdo.ends_at_ms());
  const v1::MeetingNote& known = report->meeting();
  if (known.mdo() == note.mdo() && known.starts_at_ms() == note.starts_at_ms() &&
      known.ends_at_ms() == note.ends_at_ms()) {
    return {};
  }
  Happened happened;
  happened.stream = report->report();
  happened.version = report->version() + 1;
  happened.keeper = report->organisation();
  happened.event.mutable_meeting_noted()->set_report(report->report());
  *happened.event.mutable_meeting_noted()->mutable_meeting() = note;
  return {happened};
}

Decision DecideAdopt(const Facts& facts, const v1::AdoptCrisismeter& request,
                     const Crisismeter& rules) {
  Happened happened;
  happened.stream = "crisismeter";
  happened.version = facts.rules_version + 1;
  v1::CrisismeterAdopted& adopted = *happened.event.mutable_crisismeter_adopted();
  adopted.set_toml(request.toml());
  adopted.set_hash(rules.hash);
  adopted.set_version(rules.version);
  adopted.set_adopted_on(rules.adopted_on);
  adopted.set_adopted_by(rules.adopted_by);
  Accepted accepted;
  accepted.events.push_back(std::move(happened));
  return accepted;
}

}  // namespace samenspel::intake
