// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/domain/heard.h"

namespace samenspel::escalation {
namespace {

using IntakeEvent = intake::v1::Event;
using MeetingEvent = meeting::v1::Event;

template <class Event>
void Name(v1::ReportCopied& copy, const Event& event) {
  copy.set_report(event.report());
  copy.set_household(event.household());
  copy.set_case_number(event.case_number());
}

void ApplyGraded(v1::ReportCopied& copy, const intake::v1::ReportGraded& graded) {
  const bool first = copy.colour() == intake::v1::COLOUR_UNSPECIFIED;
  Name(copy, graded);
  copy.set_colour(graded.grade().colour());
  copy.set_provisional(graded.provisional());
  const int64_t confirm_due = copy.terms().confirm_due_ms();
  *copy.mutable_terms() = graded.terms();
  // Kept: it tells whether a person confirmed the grade, or its term did.
  if (graded.terms().confirm_due_ms() == 0) copy.mutable_terms()->set_confirm_due_ms(confirm_due);
  if (!first) return;  // Since then it may have another owner.
  copy.set_owner(graded.sender());
  copy.set_organisation(graded.organisation());
}

void ApplyMdo(v1::ReportCopied& copy, const meeting::v1::Mdo& mdo, const std::string& sender,
              const std::string& organisation) {
  Name(copy, mdo);
  if (copy.owner().empty()) {
    copy.set_owner(sender);
    copy.set_organisation(organisation);
  }
  copy.set_mdo(mdo.mdo());
  copy.set_meeting_starts_at_ms(mdo.starts_at_ms());
  copy.set_meeting_ends_at_ms(mdo.ends_at_ms());
  copy.clear_empty_seats();
  for (const auto& missing : mdo.missing()) {
    if (missing.rings()) copy.add_empty_seats(missing.function());
  }
  if (mdo.starts_at_ms() == 0 && copy.empty_seats().empty()) {
    copy.add_empty_seats(mdo.binding_function());
  }
}

}  // namespace

std::string ReportOf(const IntakeEvent& event) {
  switch (event.kind_case()) {
    case IntakeEvent::kReportGraded:
      return event.report_graded().report();
    case IntakeEvent::kFirstStepNamed:
      return event.first_step_named().report();
    case IntakeEvent::kOwnerChanged:
      return event.owner_changed().report();
    case IntakeEvent::kReportSettled:
      return event.report_settled().report();
    default:
      return {};
  }
}

std::string ReportOf(const MeetingEvent& event) {
  switch (event.kind_case()) {
    case MeetingEvent::kMdoPlanned:
      return event.mdo_planned().mdo().report();
    case MeetingEvent::kMdoUnplannable:
      return event.mdo_unplannable().mdo().report();
    default:
      return {};
  }
}

void Apply(v1::ReportCopied& copy, const IntakeEvent& event) {
  if (event.has_report_graded()) ApplyGraded(copy, event.report_graded());
  if (event.has_first_step_named()) {
    Name(copy, event.first_step_named());
    copy.set_first_step_named(true);
  }
  if (event.has_report_settled()) {
    Name(copy, event.report_settled());
    copy.set_settled(true);
  }
  if (event.has_owner_changed()) {
    Name(copy, event.owner_changed());
    copy.set_owner(event.owner_changed().ownership().owner());
    copy.set_organisation(event.owner_changed().ownership().desk());
  }
}

void Apply(v1::ReportCopied& copy, const MeetingEvent& event) {
  if (event.has_mdo_planned()) {
    const auto& planned = event.mdo_planned();
    ApplyMdo(copy, planned.mdo(), planned.sender(), planned.organisation());
  }
  if (event.has_mdo_unplannable()) {
    const auto& without = event.mdo_unplannable();
    ApplyMdo(copy, without.mdo(), without.sender(), without.organisation());
  }
}

}  // namespace samenspel::escalation
