// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/copies.h"

#include <algorithm>

namespace samenspel::simulation::model {
namespace {

using escalation::v1::ReportCopied;

// Seats that must ring: those that are missed and say so, or the one that keeps it from a start.
std::set<std::string> EmptySeats(const meeting::v1::Mdo& mdo) {
  std::set<std::string> empty;
  for (const auto& one : mdo.missing()) {
    if (one.rings()) empty.insert(one.function());
  }
  if (!mdo.binding_function().empty()) empty.insert(mdo.binding_function());
  return empty;
}

std::string TextOf(const ReportFacts& facts) {
  return "colour " + std::to_string(facts.colour) + (facts.provisional ? ", provisional" : "") +
         (facts.first_step ? ", first step" : "") + (facts.settled ? ", settled" : "") +
         ", owner " + facts.owner + ", desk " + facts.desk + ", " + facts.terms.ShortDebugString();
}

// As far as alarms follow from them: none follows from the instant by which a grade was confirmed.
bool SameTerms(const intake::v1::Terms& left, const intake::v1::Terms& right) {
  return left.first_step_due_ms() == right.first_step_due_ms() &&
         left.meeting_due_ms() == right.meeting_due_ms() &&
         left.settle_due_ms() == right.settle_due_ms() && left.warn_at_ms() == right.warn_at_ms();
}

bool SameAs(const ReportCopied& copy, const ReportFacts& facts, const intake::v1::Terms& terms) {
  return copy.colour() == facts.colour && copy.provisional() == facts.provisional &&
         SameTerms(copy.terms(), terms) && copy.owner() == facts.owner &&
         copy.organisation() == facts.desk && copy.first_step_named() == facts.first_step &&
         copy.settled() == facts.settled;
}

bool SameAs(const ReportCopied& copy, const meeting::v1::Mdo& mdo) {
  const std::set<std::string> empty(copy.empty_seats().begin(), copy.empty_seats().end());
  return copy.mdo() == mdo.mdo() && copy.meeting_starts_at_ms() == mdo.starts_at_ms() &&
         copy.meeting_ends_at_ms() == mdo.ends_at_ms() && empty == EmptySeats(mdo);
}

}  // namespace

const ReportCopied* Copies::Find(const std::string& report) const {
  const auto found = reports_copied_.find(report);
  return found == reports_copied_.end() ? nullptr : &found->second;
}

void Copies::Take(const Seen& seen) {
  touched_.clear();
  Note(seen);
  if (seen.service == kEscalation) TakeEscalation(seen);
  if (seen.service == kMeeting && seen.IsCausedBy(kIntake)) {
    CompareSteps(seen.where(), seen.header().cause().sequence());
  }
}

// What others will have to copy, and what was noted from them.
void Copies::Note(const Seen& seen) {
  for (const auto& event : seen.intake) {
    std::string report;
    if (event.has_report_graded()) report = event.report_graded().report();
    if (event.has_owner_changed()) report = event.owner_changed().report();
    if (event.has_report_settled()) report = event.report_settled().report();
    if (event.has_first_step_named()) {
      report = event.first_step_named().report();
      steps_.push_back({seen.sequence(), report, event.first_step_named().first_step()});
    }
    if (!report.empty()) said_by_intake_.emplace_back(seen.sequence(), report);
    if (!event.has_meeting_noted()) continue;
    const auto& note = event.meeting_noted();
    const Table* table = tables_.OfReport(note.report());
    const auto* mdo = table == nullptr ? nullptr : table->At(seen.header().cause().sequence());
    if (!seen.IsCausedBy(kMeeting) || mdo == nullptr || mdo->mdo() != note.meeting().mdo() ||
        mdo->starts_at_ms() != note.meeting().starts_at_ms() ||
        mdo->ends_at_ms() != note.meeting().ends_at_ms()) {
      notebook_.Find(seen.where() + " notes another meeting of " + note.report() +
                     " than meeting said");
    }
  }
  for (const auto& event : seen.meeting) {
    if (event.has_mdo_planned()) {
      said_by_meeting_.emplace_back(seen.sequence(), event.mdo_planned().mdo().report());
    }
    if (event.has_mdo_unplannable()) {
      said_by_meeting_.emplace_back(seen.sequence(), event.mdo_unplannable().mdo().report());
    }
    if (event.has_first_step_copied()) {
      const auto& copy = event.first_step_copied();
      steps_copied_[copy.report()] = copy.first_step().SerializeAsString();
    }
  }
}

void Copies::Touch(std::deque<std::pair<uint64_t, std::string>>& said, uint64_t heard) {
  for (; !said.empty() && said.front().first <= heard; said.pop_front()) {
    touched_.insert(said.front().second);
  }
}

void Copies::TakeEscalation(const Seen& seen) {
  for (const auto& event : seen.escalation) {
    if (event.has_report_copied()) {
      reports_copied_[event.report_copied().report()] = event.report_copied();
      touched_.insert(event.report_copied().report());
    }
    if (event.has_person_copied()) TakePerson(event.person_copied());
  }
  Touch(said_by_intake_, effects_.Last(kEscalation, kIntake));
  Touch(said_by_meeting_, effects_.Last(kEscalation, kMeeting));
  const Heard heard{effects_.Last(kEscalation, kIntake), effects_.Last(kEscalation, kMeeting),
                    seen.stamp()};
  for (const std::string& report : touched_) Compare(seen.where(), report, heard);
}

void Copies::TakePerson(const escalation::v1::PersonCopied& event) {
  people_.insert(event.id());
  meeting::v1::Event as;
  if (event.has_professional()) {
    *as.mutable_professional_registered()->mutable_professional() = event.professional();
    roster_.Take(as);
  }
  if (!event.with_shifts()) return;
  as.mutable_shifts_set()->set_professional(event.id());
  *as.mutable_shifts_set()->mutable_shifts() = event.shifts();
  roster_.Take(as);
}

void Copies::Compare(const std::string& where, const std::string& id, const Heard& heard) {
  const ReportCopied* copy = Find(id);
  const Report* report = reports_.Find(id);
  const ReportFacts* facts = report == nullptr ? nullptr : report->At(heard.intake);
  const Table* table = tables_.OfReport(id);
  const meeting::v1::Mdo* mdo = table == nullptr ? nullptr : table->At(heard.meeting);
  if (copy == nullptr) return notebook_.Find(where + ": escalation keeps nothing of " + id);
  ReportFacts of_meeting;  // Unheard of by intake, it is its sender's and of the desk that took it.
  if (report != nullptr) of_meeting.owner = report->sender;
  if (report != nullptr) of_meeting.desk = report->organisation;
  TermsHeard& terms = terms_heard_[id];
  if (facts != nullptr && facts->graded != terms.graded) {
    common::v1::ClockSeen back;
    back.set_off_ms(-AheadMs(facts->graded_ms, heard.at_ms));
    terms = {facts->graded, facts->said};
    MoveTerms(back, terms.terms);
  }
  if (!SameAs(*copy, facts == nullptr ? of_meeting : *facts, terms.terms)) {
    notebook_.Find(where + ": escalation has " + id +
                   " otherwise than intake: " + copy->ShortDebugString() + " where it is " +
                   TextOf(facts == nullptr ? of_meeting : *facts) + ", heard " +
                   terms.terms.ShortDebugString());
  }
  if (!SameAs(*copy, mdo == nullptr ? meeting::v1::Mdo() : *mdo)) {
    notebook_.Find(where + ": escalation has the meeting of " + id +
                   " otherwise than meeting: " + copy->ShortDebugString());
  }
}

void Copies::GoBack(const common::v1::ClockSeen& back) {
  for (auto& [report, copy] : reports_copied_) {
    if (copy.settled()) continue;
    MoveTermsAll(back, *copy.mutable_terms());
    MoveTermsAll(back, terms_heard_[report].terms);
  }
}

void Copies::CompareSteps(const std::string& where, uint64_t heard) {
  std::map<std::string, std::string> last;
  for (; !steps_.empty() && steps_.front().sequence <= heard; steps_.pop_front()) {
    last[steps_.front().report] = steps_.front().note.SerializeAsString();
  }
  for (const auto& [report, note] : last) {
    if (steps_copied_[report] != note) {
      notebook_.Find(where + ": meeting has not copied the first step of " + report);
    }
  }
}

void Copies::AtEnd(base::Instant /*true_time*/) {
  touched_.clear();
  Touch(said_by_intake_, UINT64_MAX);
  Touch(said_by_meeting_, UINT64_MAX);
  // What changed nothing in the copy left no entry, so that only the copies can tell.
  for (const std::string& report : touched_) {
    Compare("at the end", report, {UINT64_MAX, UINT64_MAX, INT64_MAX});
  }
  CompareSteps("meeting at the end", UINT64_MAX);
}

}  // namespace samenspel::simulation::model
