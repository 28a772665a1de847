// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/reports.h"

#include <algorithm>

#include "common/base/ids.h"

namespace samenspel::simulation::model {
namespace {

bool Equal(const google::protobuf::MessageLite& left, const google::protobuf::MessageLite& right) {
  return left.SerializeAsString() == right.SerializeAsString();
}

}  // namespace

const ReportFacts* Report::At(uint64_t sequence) const {
  const auto after = std::upper_bound(history.begin(), history.end(), sequence,
                                      [](uint64_t at, const auto& one) { return at < one.first; });
  return after == history.begin() ? nullptr : &std::prev(after)->second;
}

const Report* Reports::Find(const std::string& id) const {
  const auto found = reports_.find(id);
  return found == reports_.end() ? nullptr : &found->second;
}

const Report* Reports::FindNamed(const std::string& name) const {
  const auto found = by_case_.find(name);
  return Find(found == by_case_.end() ? name : found->second);
}

ReportFacts* Reports::Facts(const Seen& seen, const std::string& report) {
  const auto found = reports_.find(report);
  if (found == reports_.end()) {
    Find(seen, report, "there is no such report");
    return nullptr;
  }
  auto& history = found->second.history;
  if (history.empty()) history.emplace_back(seen.sequence(), ReportFacts());
  if (history.back().first != seen.sequence()) {
    const ReportFacts before = history.back().second;
    history.emplace_back(seen.sequence(), before);
  }
  return &history.back().second;
}

void Reports::Take(const Seen& seen) {
  if (seen.service != kIntake) return;
  if (const auto back = seen.went_back()) GoBack(*back);
  for (size_t i = 0; i < seen.intake.size(); ++i) {
    const intake::v1::Event& event = seen.intake[i];
    if (event.has_report_submitted()) Submitted(seen, event.report_submitted());
    if (event.has_report_graded()) {
      Graded(seen, seen.header().events(static_cast<int>(i)), event.report_graded());
    }
    if (event.has_first_step_named()) FirstStep(seen, event.first_step_named());
    if (event.has_owner_changed()) {
      if (ReportFacts* facts = Facts(seen, event.owner_changed().report())) {
        facts->owner = event.owner_changed().ownership().owner();
        facts->desk = event.owner_changed().ownership().desk();
      }
    }
    if (event.has_report_settled()) {
      if (ReportFacts* facts = Facts(seen, event.report_settled().report())) facts->settled = true;
      to_confirm_.Clear(event.report_settled().report());
    }
    if (event.has_meeting_noted() && Facts(seen, event.meeting_noted().report()) != nullptr) {
      reports_[event.meeting_noted().report()].meeting = event.meeting_noted().meeting();
    }
  }
  if (const auto missed = to_confirm_.Missed(seen)) {
    Find(seen, *missed, "is provisionally red beyond its term and does not convene");
  }
}

void Reports::Restarted(size_t service) {
  if (service == kIntake) to_confirm_.Restarted();
}

void Reports::Submitted(const Seen& seen, const intake::v1::ReportSubmitted& event) {
  const auto [found, is_new] = reports_.emplace(event.report(), Report());
  if (!is_new) return Find(seen, event.report(), "was sent before");
  if (!by_case_.emplace(event.case_number(), event.report()).second) {
    Find(seen, event.report(), "shares its case number " + event.case_number());
  }
  if (!base::IsCaseNumber(event.case_number())) Find(seen, event.report(), "has no case number");
  if (seen.header().kind() != "submit_report" || event.sender() != seen.person() ||
      event.organisation() != seen.header().organisation() ||
      event.received_at_ms() != seen.stamp()) {
    Find(seen, event.report(), "is not recorded as its sender sent it");
  }
  Report& report = found->second;
  report.id = event.report();
  report.household = event.household();
  report.case_number = event.case_number();
  report.sender = event.sender();
  report.organisation = event.organisation();
  report.received_ms = event.received_at_ms();
  report.sent_at = seen.true_time;
  report.answers = event.answers();
  report.terms = rules_.terms();
  report.history.emplace_back(seen.sequence(), ReportFacts());
  const bool graded = std::any_of(seen.intake.begin(), seen.intake.end(), [&](const auto& other) {
    return other.has_report_graded() && other.report_graded().report() == event.report();
  });
  if (!graded) Find(seen, event.report(), "was not graded when it came in");
}

void Reports::Graded(const Seen& seen, const common::v1::EventRecord& record,
                     const intake::v1::ReportGraded& event) {
  ReportFacts* facts = Facts(seen, event.report());
  if (facts == nullptr) return;
  Report& report = reports_[event.report()];
  if (event.case_number() != report.case_number || event.household() != report.household ||
      event.sender() != report.sender || event.organisation() != report.organisation ||
      event.received_at_ms() != report.received_ms) {
    Find(seen, report.id, "is graded as another report");
  }
  const bool red = event.grade().colour() == intake::v1::COLOUR_RED;
  if (record.urgent() != red && !(red && event.provisional())) {
    Find(seen, report.id,
         "urgent is not what red is, in " + seen.header().kind() +
             (event.provisional() ? ", provisional" : ""));
  }
  if (facts->colour == intake::v1::COLOUR_UNSPECIFIED) {
    FirstGrade(seen, event, report);
    report.grade = event.grade();
    if (red) report.red_since = seen.true_time;
  } else {
    LastGrade(seen, event, report);
  }
  facts->colour = event.grade().colour();
  facts->provisional = event.provisional();
  facts->terms = facts->said = event.terms();
  facts->graded = seen.sequence();
  facts->graded_ms = seen.stamp();
  to_confirm_.Clear(report.id);
  if (red && event.provisional()) to_confirm_.Set(report.id, event.terms().confirm_due_ms());
}

void Reports::FirstGrade(const Seen& seen, const intake::v1::ReportGraded& event,
                         const Report& report) {
  if (event.grade().rules_hash() != rules_.crisismeter_hash()) {
    Find(seen, report.id, "was not graded with the rules in force");
  }
  const auto& used = seen.header().rule_hashes();
  if (std::find(used.begin(), used.end(), event.grade().rules_hash()) == used.end()) {
    Find(seen, report.id, "was graded without naming the rules");
  }
  const auto colour = rules_.crisismeter().ColourOf(report.answers);
  if (!rules_.crisismeter().empty() && event.grade().colour() != colour) {
    Find(seen, report.id,
         "has colour " + std::to_string(event.grade().colour()) + " where its answers give " +
             std::to_string(colour));
  }
  if (!Equal(event.terms(), report.terms.For(event.grade().colour(), event.provisional(),
                                             report.received_ms, report.received_ms))) {
    Find(seen, report.id,
         "has other terms than terms.toml gives: " + event.terms().ShortDebugString());
  }
}

void Reports::LastGrade(const Seen& seen, const intake::v1::ReportGraded& event,
                        const Report& report) {
  const ReportFacts& before = report.now();
  if (!Equal(event.grade(), report.grade)) Find(seen, report.id, "was graded otherwise later");
  if (!before.provisional || event.provisional()) {
    Find(seen, report.id, "was graded again though its grade was final");
  }
  if (before.settled && before.colour == intake::v1::COLOUR_RED) {
    Find(seen, report.id, "convenes after it was settled");
  }
  const bool by_itself = seen.IsOwn();
  if (by_itself && seen.stamp() < before.terms.confirm_due_ms()) {
    Find(seen, report.id, "convenes by itself before its term has passed");
  }
  if (!by_itself && seen.header().kind() != "confirm_grade") {
    Find(seen, report.id, "was made final by " + seen.header().kind());
  }
  const auto colour = event.grade().colour();
  auto then = report.terms.For(colour, false, report.received_ms, seen.stamp());
  auto now = rules_.terms().For(colour, false, report.received_ms, seen.stamp());
  // What has been running since it came in runs on, as time may have moved it.
  for (auto* terms : {&then, &now}) {
    if (colour != intake::v1::COLOUR_RED) *terms = before.terms;
    terms->set_first_step_due_ms(before.terms.first_step_due_ms());
    terms->clear_confirm_due_ms();
  }
  if (!Equal(event.terms(), then) && !Equal(event.terms(), now)) {
    Find(seen, report.id,
         "has other terms than terms.toml gives when it became final: " +
             event.terms().ShortDebugString());
  }
}

void Reports::GoBack(const common::v1::ClockSeen& back) {
  to_confirm_.Move(back);
  for (auto& [id, report] : reports_) {
    if (!report.history.empty() && !report.now().settled) {
      MoveTermsAll(back, report.history.back().second.terms);
    }
  }
}

void Reports::FirstStep(const Seen& seen, const intake::v1::FirstStepNamed& event) {
  ReportFacts* facts = Facts(seen, event.report());
  if (facts == nullptr) return;
  facts->first_step = true;
  const auto& step = event.first_step();
  if (step.step() == intake::v1::FIRST_STEP_UNSPECIFIED || step.named_by() != seen.person() ||
      step.named_at_ms() != seen.stamp() || seen.header().kind() != "hold_report") {
    Find(seen, event.report(), "has a first step that nobody named then");
  }
}

void Reports::AtEnd(base::Instant /*true_time*/) {
  for (const auto& [id, report] : reports_) {
    if (report.history.empty() || report.now().colour == intake::v1::COLOUR_UNSPECIFIED) {
      notebook_.Find(id + " has no colour at the end");
    }
  }
}

}  // namespace samenspel::simulation::model
