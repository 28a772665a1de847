// SPDX-License-Identifier: EUPL-1.2
#include "services/audit/domain/facts.h"

#include <algorithm>

#include "common/decide/case_list.h"
#include "common/decide/parsed.h"
#include "proto/escalation/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"

namespace samenspel::audit {
namespace {

void AddStream(Subject& subject, const std::string& stream) {
  if (stream.empty() || stream.front() == '!') return;  // Registry and counts are about no case.
  if (std::find(subject.streams.begin(), subject.streams.end(), stream) == subject.streams.end()) {
    subject.streams.push_back(stream);
  }
}

void AddMember(Subject& subject, const std::string& household, const std::string& stream) {
  if (household.empty() || stream.empty() || stream == household) return;
  subject.members.push_back({household, stream});
}

// The report of the case belongs to it too, whichever stream the event is of.
template <class Event>
void AddCase(Subject& subject, const Event& event, const std::string& stream) {
  AddMember(subject, event.household(), stream);
  if constexpr (requires { event.report(); }) {
    AddMember(subject, event.household(), event.report());
  }
}

void FromIntake(Subject& subject, const common::v1::EventRecord& record) {
  const decide::Parsed<intake::v1::Event> event(record.payload());
  if (!event.ok()) return;
  switch (event->kind_case()) {
    case intake::v1::Event::kReportSubmitted:
      subject.aliases.push_back({event->report_submitted().case_number(), record.stream()});
      return AddCase(subject, event->report_submitted(), record.stream());
    case intake::v1::Event::kReportGraded:
      return AddCase(subject, event->report_graded(), record.stream());
    case intake::v1::Event::kReportAccessed:
      return AddCase(subject, event->report_accessed(), record.stream());
    case intake::v1::Event::kInvolvementSet:
      subject.involvements.push_back(event->involvement_set());
      return AddCase(subject, event->involvement_set(), record.stream());
    case intake::v1::Event::kFirstStepNamed:
      return AddCase(subject, event->first_step_named(), record.stream());
    case intake::v1::Event::kOwnerChanged:
      return AddCase(subject, event->owner_changed(), record.stream());
    case intake::v1::Event::kReportSettled:
      return AddCase(subject, event->report_settled(), record.stream());
    case intake::v1::Event::kGlassBroken:
      subject.openings.push_back(
          {event->glass_broken().household(), event->glass_broken().keeper()});
      AddMember(subject, event->glass_broken().household(), event->glass_broken().opening());
      return AddCase(subject, event->glass_broken(), record.stream());
    case intake::v1::Event::kGlassReviewed:
      return AddCase(subject, event->glass_reviewed(), record.stream());
    default:  // About no case, or one that is known by its report.
      return;
  }
}

void FromMdo(Subject& subject, const meeting::v1::Mdo& mdo) {
  subject.links.push_back({mdo.report(), mdo.mdo()});
  AddCase(subject, mdo, mdo.mdo());
}

void FromMeeting(Subject& subject, const common::v1::EventRecord& record) {
  const decide::Parsed<meeting::v1::Event> event(record.payload());
  if (!event.ok()) return;
  switch (event->kind_case()) {
    case meeting::v1::Event::kMdoPlanned:
      return FromMdo(subject, event->mdo_planned().mdo());
    case meeting::v1::Event::kMdoUnplannable:
      return FromMdo(subject, event->mdo_unplannable().mdo());
    case meeting::v1::Event::kSeatTaken:
      return AddCase(subject, event->seat_taken(), record.stream());
    case meeting::v1::Event::kFirstStepCopied:
      return AddCase(subject, event->first_step_copied(), record.stream());
    default:
      return;
  }
}

void FromEscalation(Subject& subject, const common::v1::EventRecord& record) {
  const decide::Parsed<escalation::v1::Event> event(record.payload());
  if (!event.ok()) return;
  if (event->has_watch_set()) AddCase(subject, event->watch_set().alarm(), record.stream());
  if (event->has_alarm_raised()) AddCase(subject, event->alarm_raised().alarm(), record.stream());
}

}  // namespace

Subject SubjectOf(const common::v1::EntryHeader& header) {
  Subject subject;
  AddStream(subject, header.subject());
  for (const common::v1::EventRecord& record : header.events()) {
    AddStream(subject, record.stream());
    for (const std::string& person : record.about()) AddStream(subject, person);
    if (header.service() == "intake") FromIntake(subject, record);
    if (header.service() == "meeting") FromMeeting(subject, record);
    if (header.service() == "escalation") FromEscalation(subject, record);
  }
  return subject;
}

namespace {

bool HasRole(const decide::Stamp& reader, std::string_view role) {
  return std::find(reader.roles.begin(), reader.roles.end(), role) != reader.roles.end();
}

}  // namespace

bool IsAuditor(const decide::Stamp& reader) { return HasRole(reader, "auditor"); }

bool MayReadCase(const decide::Stamp& reader, const common::v1::CaseList& list, bool opening_kept) {
  if (IsAuditor(reader) || decide::MayKnow(list, reader) != nullptr) return true;
  return opening_kept && HasRole(reader, "privacy_officer") && reader.purpose == "privacy_review";
}

bool MaySee(const decide::Stamp& reader, const common::v1::EntryHeader& header) {
  if (IsAuditor(reader)) return true;
  // It names what the asker was not allowed to know of.
  if (!header.subject().empty()) return false;
  if (header.principal() == reader.actor) return true;
  return !header.organisation().empty() && header.organisation() == reader.organisation;
}

void Runs::Add(const std::string& service, uint64_t epoch, uint64_t sequence,
               const std::string& hash) {
  const bool goes_on = !runs_.empty() && runs_.back().service() == service &&
                       runs_.back().last().epoch() == epoch &&
                       runs_.back().last().sequence() + 1 == sequence;
  if (!goes_on) {
    runs_.emplace_back();
    runs_.back().set_service(service);
    runs_.back().set_first(sequence);
  }
  common::v1::Head& last = *runs_.back().mutable_last();
  last.set_epoch(epoch);
  last.set_sequence(sequence);
  last.set_hash(hash);
}

std::vector<v1::Run> Runs::Take() { return std::exchange(runs_, {}); }

}  // namespace samenspel::audit
