// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/escalation/domain/given.h"

#include <gtest/gtest.h>

namespace samenspel::escalation {
namespace {

AlarmKind KindOf(std::string_view name, std::vector<AlarmStep> steps) {
  AlarmKind rule;
  rule.kind = name;
  rule.nl = "nl " + rule.kind;
  rule.en = "en " + rule.kind;
  rule.steps = std::move(steps);
  return rule;
}

}  // namespace

base::Instant Minute(int minute) {
  using namespace std::chrono;
  return sys_days(year(2026) / 11 / 23) + minutes(minute);
}

int64_t MinuteMs(int minute) { return base::ToMs(Minute(minute)); }

AlarmRules Rules() {
  AlarmRules rules;
  rules.version = "test.1";
  rules.hash = std::string(32, 'a');
  for (const std::string_view name : kind::kAll) {
    std::vector<AlarmStep> steps = {{{"duty_manager"}, minutes(0)}};
    if (name == kind::kNoFirstStep) {
      steps = {{{"owner", "duty_manager"}, minutes(0)},
               {{"deputy"}, minutes(5)},
               {{"every_duty_manager"}, minutes(10)}};
    }
    if (name == kind::kBreakGlassReview) steps = {{{"privacy_officer"}, minutes(0)}};
    if (name == kind::kFollowerLagging) steps = {{{"operator"}, minutes(0)}};
    rules.kinds.push_back(KindOf(name, steps));
  }
  return rules;
}

state::Person Somebody(const std::string& id, const std::string& organisation,
                       const std::vector<std::string>& functions,
                       const std::vector<std::pair<int, int>>& shifts) {
  state::Person person;
  person.mutable_professional()->set_id(id);
  person.mutable_professional()->set_name("Naam " + id.substr(id.size() - 3));
  person.mutable_professional()->set_organisation(organisation);
  for (const std::string& function : functions) {
    person.mutable_professional()->add_functions(function);
  }
  for (const auto& [from, until] : shifts) {
    auto& shift = *person.add_shifts();
    shift.set_from_ms(MinuteMs(from));
    shift.set_until_ms(MinuteMs(until));
  }
  return person;
}

People Everybody() {
  People people;
  state::Person owner = Somebody(kOwner, kDesk, {"veilig_thuis_desk"});
  owner.mutable_professional()->set_deputy(kDeputy);
  people.Set(owner);
  people.Set(Somebody(kDeputy, kDesk, {"veilig_thuis_desk"}));
  people.Set(Somebody(kManagerHere, kDesk, {"duty_manager"}, {{0, 1440}}));
  people.Set(Somebody(kManagerThere, kOtherDesk, {"duty_manager"}, {{0, 1440}}));
  return people;
}

v1::ReportCopied Copy(intake::v1::Colour colour) {
  v1::ReportCopied copy;
  copy.set_report(kReport);
  copy.set_household(kHousehold);
  copy.set_case_number(kCase);
  copy.set_colour(colour);
  *copy.mutable_terms() = Terms();
  copy.set_owner(kOwner);
  copy.set_organisation(kDesk);
  return copy;
}

intake::v1::Terms Terms() {
  intake::v1::Terms terms;
  terms.set_first_step_due_ms(MinuteMs(10));
  terms.set_meeting_due_ms(MinuteMs(5));
  terms.set_settle_due_ms(MinuteMs(120));
  terms.set_warn_at_ms(MinuteMs(90));
  terms.set_confirm_due_ms(MinuteMs(30));
  return terms;
}

Stamp At(int minute) {
  Stamp stamp;
  stamp.received_at = Minute(minute);
  return stamp;
}

Stamp By(const std::string& actor, const std::string& organisation,
         const std::vector<std::string>& roles, int minute) {
  return {Minute(minute), actor, organisation, roles, "child_safety", std::string(16, 'r'), 0};
}

std::vector<std::string> Said(const std::vector<Wanted>& wanted) {
  std::vector<std::string> lines;
  for (const Wanted& one : wanted) {
    lines.push_back(one.alarm.kind() +
                    (one.alarm.detail().empty() ? "" : " " + one.alarm.detail()) + ": " + one.done);
  }
  return lines;
}

std::vector<std::string> Said(const std::vector<v1::Asked>& asked) {
  std::vector<std::string> lines;
  for (const v1::Asked& one : asked) {
    lines.push_back(one.person() + " " + one.as() + " " + std::to_string(one.step()));
  }
  return lines;
}

std::vector<std::string> Said(const v1::Alarm& alarm) {
  return Said(std::vector<v1::Asked>(alarm.asked().begin(), alarm.asked().end()));
}

std::vector<std::string> Said(const std::vector<Happened>& events) {
  std::vector<std::string> lines;
  for (const Happened& happened : events) {
    const v1::Event& event = happened.event;
    if (event.has_watch_set()) lines.push_back("set " + event.watch_set().alarm().kind());
    if (event.has_watch_ended()) lines.push_back("ended by " + event.watch_ended().ended_by());
    for (const v1::Asked& asked : event.alarm_passed_on().asked()) {
      lines.push_back("asks " + asked.person() + " as " + asked.as());
    }
    if (event.has_alarm_ended()) {
      lines.push_back("alarm ended by " + event.alarm_ended().ended_by());
    }
  }
  return lines;
}

std::vector<std::string> Why(const Decision& decision) {
  std::vector<std::string> lines;
  if (const auto* refusal = std::get_if<Refusal>(&decision)) {
    for (const auto& reason : refusal->reasons) {
      lines.push_back(reason.code() + " " + reason.field());
    }
  }
  return lines;
}

const std::vector<Happened>& EventsOf(const Decision& decision) {
  static const std::vector<Happened> none;
  const auto* accepted = std::get_if<Accepted>(&decision);
  EXPECT_NE(accepted, nullptr);
  return accepted == nullptr ? none : accepted->events;
}

}  // namespace samenspel::escalation
