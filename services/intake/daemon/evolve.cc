// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/crisismeter_file.h"
#include "services/intake/daemon/service.h"

namespace samenspel::intake {
namespace {

using daemon::View;

void Apply(View& view, const common::v1::EventRecord& record, const v1::ReportSubmitted& event) {
  state::Report report;
  report.set_version(record.version());
  report.set_report(event.report());
  report.set_case_number(event.case_number());
  report.set_household(event.household());
  report.set_sender(event.sender());
  report.set_organisation(event.organisation());
  report.set_received_at_ms(event.received_at_ms());
  *report.mutable_answers() = event.answers();
  view.Save(event.report(), report);
  state::ReportSealed sealed;
  *sealed.mutable_private_() = event.private_();
  if (event.has_secret()) *sealed.mutable_secret() = event.secret();
  view.SaveSealed(event.report(), record.keeper(), sealed);
  view.PutIndex("n/" + event.case_number(), event.report());
  state::CaseCounter counter;
  counter.set_year(event.case_year());
  counter.set_last(event.case_index());
  view.Save("case-numbers", counter);
}

void Apply(View& view, const common::v1::EventRecord& record, const v1::ReportGraded& event) {
  auto report = view.Load<state::Report>(event.report());
  report.set_version(record.version());
  *report.mutable_grade() = event.grade();
  view.Save(event.report(), report);
}

void Apply(View& view, const common::v1::EventRecord& record, const v1::MeetingNoted& event) {
  auto report = view.Load<state::Report>(event.report());
  report.set_version(record.version());
  *report.mutable_meeting() = event.meeting();
  view.Save(event.report(), report);
}

void Apply(View& view, const common::v1::EventRecord& record, const v1::ReportAccessed& event) {
  auto report = view.Load<state::Report>(event.report());
  report.set_version(record.version());
  state::AccessMark* mark = nullptr;
  for (auto& known : *report.mutable_marks()) {
    if (known.reader() == event.reader() && known.purpose() == event.purpose()) mark = &known;
  }
  if (mark == nullptr) mark = report.add_marks();
  mark->set_reader(event.reader());
  mark->set_purpose(event.purpose());
  mark->set_at_ms(event.at_ms());
  view.Save(event.report(), report);
}

}  // namespace

void Service::Evolve(View& view, const common::v1::Ref&, const common::v1::EventRecord& record,
                     const google::protobuf::Message& message) {
  const auto& event = static_cast<const v1::Event&>(message);
  switch (event.kind_case()) {
    case v1::Event::kReportSubmitted:
      return Apply(view, record, event.report_submitted());
    case v1::Event::kReportGraded:
      ++graded_[event.report_graded().grade().colour()];
      return Apply(view, record, event.report_graded());
    case v1::Event::kMeetingNoted:
      return Apply(view, record, event.meeting_noted());
    case v1::Event::kReportAccessed:
      return Apply(view, record, event.report_accessed());
    case v1::Event::kCrisismeterAdopted: {
      state::Rules rules;
      rules.set_version(record.version());
      rules.set_toml(event.crisismeter_adopted().toml());
      rules.set_hash(event.crisismeter_adopted().hash());
      view.Save("crisismeter", rules);
      auto parsed = ParseCrisismeter(rules.toml(), "adopted crisismeter.toml");
      if (parsed.ok()) adopted_ = std::move(*parsed);
      return;
    }
    case v1::Event::kRegistryChanged:
    case v1::Event::kTurnedAway:
    case v1::Event::KIND_NOT_SET:
      return;
  }
}

}  // namespace samenspel::intake
