// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "common/daemon/common_events.h"
#include "common/decide/case_list.h"
#include "services/intake/daemon/index_rows.h"
#include "services/intake/daemon/service.h"

namespace samenspel::intake {
namespace {

using daemon::View;

// One event on its way into the state and into what is kept resident of it.
class Evolving {
 public:
  Evolving(View& view, DeskBook& book, const common::v1::EventRecord& record)
      : view_(view), book_(book), record_(record) {}

  void Apply(const v1::ReportSubmitted& event);
  void Apply(const v1::ReportGraded& event);
  void Apply(const v1::MeetingNoted& event);
  void Apply(const v1::ReportAccessed& event);
  void Apply(const common::v1::InvolvementSet& event);
  void Apply(const v1::FirstStepNamed& event);
  void Apply(const v1::OwnerChanged& event);
  void Apply(const v1::ReportSettled& event);
  void Apply(const v1::GlassBroken& event);
  void Apply(const v1::GlassReviewed& event);
  void Apply(const v1::SecretCircleSet& event);

 private:
  template <class Change>
  void OnReport(const std::string& id, const Change& change) {
    auto report = view_.Take<state::Report>(id);
    const v1::Colour former = report.grade().colour();
    report.set_version(record_.version());
    change(report);
    book_.Coloured(former, report.grade().colour());
    book_.Put(report);
    HoldCase(report);
    view_.Keep(id, std::move(report));
  }
  // The book lets go of the case of what is settled: it is wanted again with a report that waits.
  void HoldCase(const state::Report& report) {
    if (report.outcome() != v1::OUTCOME_UNSPECIFIED || book_.HoldsCase(report.household())) return;
    if (const auto kase = view_.Find<state::Case>(report.household())) book_.Put(*kase);
  }
  // Something that a person decided: who saw the report before it must look again.
  template <class Change>
  void OnChanged(const std::string& id, const Change& change) {
    OnReport(id, [&](state::Report& report) {
      report.set_changed_version(record_.version());
      change(report);
    });
  }
  template <class Change>
  void OnCase(const std::string& household, const std::string& case_number, const Change& change) {
    auto kase = view_.Take<state::Case>(household);
    common::v1::CaseList& list = *kase.mutable_list();
    list.set_version(record_.version());
    list.set_household(household);
    if (!case_number.empty()) list.set_case_number(case_number);
    change(kase);
    book_.Put(kase);
    view_.Keep(household, std::move(kase));
  }
  // Nothing when it was erased: what is gone stays away.
  template <class Sealed, class Change>
  void OnSealed(const std::string& stream, const Change& change) {
    auto sealed = view_.LoadSealed<Sealed>(stream);
    if (!sealed) return;
    change(*sealed);
    view_.SaveSealed(stream, record_.keeper(), *sealed);
  }

  View& view_;
  DeskBook& book_;
  const common::v1::EventRecord& record_;
};

template <class Marks>
state::AccessMark& MarkOf(Marks& marks, const v1::ReportAccessed& event) {
  for (state::AccessMark& known : marks) {
    if (known.reader() == event.reader() && known.purpose() == event.purpose() &&
        known.by() == event.by()) {
      return known;
    }
  }
  state::AccessMark& mark = *marks.Add();
  mark.set_reader(event.reader());
  mark.set_by(event.by());
  mark.set_purpose(event.purpose());
  return mark;
}

void Evolving::Apply(const v1::ReportSubmitted& event) {
  state::Report report;
  report.set_version(record_.version());
  report.set_report(event.report());
  report.set_case_number(event.case_number());
  report.set_household(event.household());
  report.set_sender(event.sender());
  report.set_organisation(event.organisation());
  report.set_received_at_ms(event.received_at_ms());
  *report.mutable_answers() = event.answers();
  book_.Coloured(std::nullopt, report.grade().colour());
  book_.Put(report);
  view_.Keep(event.report(), std::move(report));
  state::ReportSealed sealed;
  *sealed.mutable_private_() = event.private_();
  if (event.has_secret()) *sealed.mutable_secret() = event.secret();
  view_.SaveSealed(event.report(), record_.keeper(), sealed);
  view_.PutIndex(NumberRow(event.case_number()), event.report());
  state::CaseCounter counter;
  counter.set_year(event.case_year());
  counter.set_last(event.case_index());
  view_.Save("case-numbers", counter);
}

void Evolving::Apply(const v1::ReportGraded& event) {
  OnReport(event.report(), [&](state::Report& report) {
    *report.mutable_grade() = event.grade();
    report.set_provisional(event.provisional());
    if (event.has_terms()) *report.mutable_terms() = event.terms();
  });
}

void Evolving::Apply(const v1::MeetingNoted& event) {
  OnReport(event.report(),
           [&](state::Report& report) { *report.mutable_meeting() = event.meeting(); });
}

void Evolving::Apply(const v1::ReportAccessed& event) {
  if (event.household().empty()) {  // Before 0.2 the marks stood on the report.
    return OnReport(event.report(), [&](state::Report& report) {
      MarkOf(*report.mutable_marks(), event).set_at_ms(event.at_ms());
    });
  }
  OnCase(event.household(), "", [&](state::Case& kase) {
    state::AccessMark& mark = MarkOf(*kase.mutable_marks(), event);
    mark.set_at_ms(event.at_ms());
    mark.set_with_secret(std::find(event.shown().begin(), event.shown().end(), "secret") !=
                         event.shown().end());
  });
}

void Evolving::Apply(const common::v1::InvolvementSet& event) {
  OnCase(event.household(), event.case_number(), [&](state::Case& kase) {
    decide::Evolve(*kase.mutable_list(), event, record_.version());
  });
}

void Evolving::Apply(const v1::FirstStepNamed& event) {
  OnChanged(event.report(),
            [&](state::Report& report) { *report.mutable_first_step() = event.first_step(); });
  if (!event.has_private_()) return;
  OnSealed<state::ReportSealed>(event.report(), [&](state::ReportSealed& sealed) {
    *sealed.mutable_private_()->mutable_afterwards()->mutable_first_step() = event.private_();
  });
}

void Evolving::Apply(const v1::OwnerChanged& event) {
  OnChanged(event.report(),
            [&](state::Report& report) { *report.mutable_ownership() = event.ownership(); });
  if (!event.has_private_()) return;
  OnSealed<state::ReportSealed>(event.report(), [&](state::ReportSealed& sealed) {
    sealed.mutable_private_()->mutable_afterwards()->set_ownership_note(event.private_().note());
  });
}

void Evolving::Apply(const v1::ReportSettled& event) {
  OnChanged(event.report(), [&](state::Report& report) {
    report.set_outcome(event.outcome());
    report.set_settled_at_ms(event.at_ms());
  });
  if (!event.has_private_()) return;
  OnSealed<state::ReportSealed>(event.report(), [&](state::ReportSealed& sealed) {
    sealed.mutable_private_()->mutable_afterwards()->set_outcome_note(event.private_().note());
  });
}

void Evolving::Apply(const v1::GlassBroken& event) {
  OnCase(event.household(), event.case_number(), [&](state::Case& kase) {
    state::Opening& opening = *kase.add_openings();
    opening.set_opening(event.opening());
    opening.set_reader(event.reader());
    opening.set_organisation(event.organisation());
    opening.set_keeper(event.keeper());
    opening.set_at_ms(event.at_ms());
    opening.set_until_ms(event.until_ms());
    opening.set_review_due_ms(event.review_due_ms());
  });
  view_.PutIndex(OpeningRow(event.opening()), event.household());
  auto sealed =
      view_.LoadSealed<state::CaseSealed>(event.household()).value_or(state::CaseSealed());
  state::OpeningReason& reason = *sealed.add_reasons();
  reason.set_opening(event.opening());
  *reason.mutable_private_() = event.private_();
  view_.SaveSealed(event.household(), record_.keeper(), sealed);
}

void Evolving::Apply(const v1::GlassReviewed& event) {
  OnCase(event.household(), event.case_number(), [&](state::Case& kase) {
    for (state::Opening& opening : *kase.mutable_openings()) {
      if (opening.opening() == event.opening()) opening.set_reviewed(true);
    }
  });
  OnSealed<state::CaseSealed>(event.household(), [&](state::CaseSealed& sealed) {
    auto& reasons = *sealed.mutable_reasons();
    const auto done = std::remove_if(reasons.begin(), reasons.end(), [&](const auto& reason) {
      return reason.opening() == event.opening();
    });
    reasons.erase(done, reasons.end());
  });
}

void Evolving::Apply(const v1::SecretCircleSet& event) {
  OnChanged(event.report(),
            [&](state::Report& report) { *report.mutable_secret_circle() = event.persons(); });
}

}  // namespace

void Service::Evolve(View& view, const common::v1::Ref&, const common::v1::EventRecord& record,
                     const google::protobuf::Message& message) {
  const auto& event = static_cast<const v1::Event&>(message);
  Evolving evolving(view, book_, record);
  switch (event.kind_case()) {
    case v1::Event::kReportSubmitted:
      return evolving.Apply(event.report_submitted());
    case v1::Event::kReportGraded:
      return evolving.Apply(event.report_graded());
    case v1::Event::kMeetingNoted:
      return evolving.Apply(event.meeting_noted());
    case v1::Event::kReportAccessed:
      return evolving.Apply(event.report_accessed());
    case v1::Event::kInvolvementSet:
      return evolving.Apply(event.involvement_set());
    case v1::Event::kFirstStepNamed:
      return evolving.Apply(event.first_step_named());
    case v1::Event::kOwnerChanged:
      return evolving.Apply(event.owner_changed());
    case v1::Event::kReportSettled:
      return evolving.Apply(event.report_settled());
    case v1::Event::kGlassBroken:
      return evolving.Apply(event.glass_broken());
    case v1::Event::kGlassReviewed:
      return evolving.Apply(event.glass_reviewed());
    case v1::Event::kSecretCircleSet:
      return evolving.Apply(event.secret_circle_set());
    case v1::Event::kCrisismeterAdopted:
      return Adopted(view, record, event.crisismeter_adopted());
    case v1::Event::kTermsAdopted:
      return Adopted(view, record, event.terms_adopted());
    case v1::Event::kClockSeen:
      return TimeMoved(view, event.clock_seen());
    case v1::Event::kFollowerSeen:
    case v1::Event::kRegistryChanged:
    case v1::Event::kTurnedAway:
    case v1::Event::KIND_NOT_SET:
      return;
  }
}

// What was still to come comes earlier by as much as time went back, and what was due stays due:
// never later than it should, also where the terms are told again.
void Service::TimeMoved(View& view, const common::v1::ClockSeen& seen) {
  if (!seen.accepted() || seen.off_ms() >= 0) return;
  for (const std::string& id : book_.Unsettled()) {
    auto report = view.Load<state::Report>(id);
    daemon::MoveEnds(seen, *report.mutable_terms());
    view.Save(id, report);
    book_.Put(report);
  }
  for (const std::string& household : book_.Opened()) {
    auto kase = view.Load<state::Case>(household);
    for (state::Opening& opening : *kase.mutable_openings()) {
      opening.set_until_ms(daemon::MovedEnd(seen, opening.until_ms()));
      opening.set_review_due_ms(daemon::MovedDue(seen, opening.review_due_ms()));
    }
    view.Save(household, kase);
    book_.Put(kase);
  }
}

void Service::Adopted(View& view, const common::v1::EventRecord& record,
                      const v1::CrisismeterAdopted& event) {
  state::Rules rules;
  rules.set_version(record.version());
  rules.set_toml(event.toml());
  rules.set_hash(event.hash());
  view.Save("crisismeter", rules);
  (void)meter_.Adopt(rules.toml());  // It was parsed before it was adopted.
}

void Service::Adopted(View& view, const common::v1::EventRecord& record,
                      const v1::TermsAdopted& event) {
  state::TermsFile terms;
  terms.set_version(record.version());
  terms.set_toml(event.toml());
  terms.set_hash(event.hash());
  view.Save("terms", terms);
  (void)terms_.Adopt(terms.toml());
}

}  // namespace samenspel::intake
