// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/intake/domain/given.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "common/decide/case_list.h"
#include "common/time/local_date.h"
#include "services/intake/domain/form.h"

namespace samenspel::intake {
namespace {

std::vector<std::string> Lines(const std::vector<common::v1::Reason>& reasons) {
  std::vector<std::string> lines;
  for (const auto& reason : reasons) lines.push_back(reason.code() + " " + reason.field());
  return lines;
}

}  // namespace

base::Instant At(const std::string& utc) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  const auto date = time::ParseDate(utc.substr(0, 10));
  EXPECT_TRUE(date.has_value());
  EXPECT_EQ(std::sscanf(utc.c_str() + 10, "T%d:%d:%d", &hour, &minute, &second), 3);
  return std::chrono::sys_days(*date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

TermRules Terms() {
  using std::chrono::hours;
  using std::chrono::minutes;
  TermRules terms;
  terms.version = "test.1";
  terms.hash = std::string(32, 't');
  terms.red = {.first_step = minutes(10),
               .meeting_planned = minutes(5),
               .table = minutes(120),
               .confirm = minutes(30)};
  terms.amber = {.settle = hours(24), .warn_before = hours(4)};
  terms.green = {.settle_working_days = 5, .warn_before = hours(24)};
  terms.break_glass = {.open = minutes(60), .review = hours(72)};
  return terms;
}

Crisismeter Rules() {
  Crisismeter rules;
  rules.version = "test.1";
  rules.hash = std::string(32, 'h');
  for (const char* id : {"injury", "access", "worry"}) {
    Indicator indicator;
    indicator.id = id;
    rules.indicators.push_back(indicator);
  }
  rules.rules = {{"red_injury", v1::COLOUR_RED, {"injury"}, "letsel", "injury"},
                 {"red_access", v1::COLOUR_RED, {"access"}, "toegang", "access"},
                 {"amber_worry", v1::COLOUR_AMBER, {"worry"}, "zorg", "worry"}};
  rules.unknown = {v1::COLOUR_AMBER, "onbekend", "not known"};
  rules.clear = {v1::COLOUR_GREEN, "niets gevonden", "nothing found"};
  return rules;
}

v1::SubmitReport Form(const Given& answers) {
  v1::SubmitReport form;
  for (const auto& [indicator, value] : answers) {
    v1::IndicatorAnswer& answer = *form.add_answers();
    answer.set_indicator(indicator);
    answer.set_value(value);
  }
  form.mutable_private_()->mutable_happening()->set_text("Geschreeuw achter de deur");
  form.mutable_private_()->mutable_child_now()->set_unknown(true);
  form.mutable_private_()->mutable_reporter()->set_name("Buurvrouw Bakker");
  return form;
}

v1::SubmitReport QuietForm() {
  return Form({{"injury", v1::ANSWER_VALUE_NO},
               {"access", v1::ANSWER_VALUE_NO},
               {"worry", v1::ANSWER_VALUE_NO}});
}

Stamp By(const std::string& actor, const std::string& organisation, base::Instant at) {
  return {at, actor, organisation, {"desk_worker"}, "child_safety", std::string(16, 'r'), 0};
}

Facts With(const Crisismeter& rules) {
  Facts facts;
  static const TermRules terms = Terms();
  facts.crisismeter = &rules;
  facts.terms = &terms;
  return facts;
}

Accepted Taken(const Facts& facts, const Stamp& stamp, const v1::SubmitReport& form) {
  const Decision decision = DecideSubmitReport(facts, stamp, form);
  const auto* accepted = std::get_if<Accepted>(&decision);
  if (accepted == nullptr) {
    ADD_FAILURE() << "refused: " << testing::PrintToString(Why(decision));
    return {};
  }
  return *accepted;
}

std::vector<std::string> Why(const Decision& decision) {
  const auto* refusal = std::get_if<Refusal>(&decision);
  return refusal == nullptr ? std::vector<std::string>{} : Lines(refusal->reasons);
}

std::vector<std::string> Faults(const v1::SubmitReport& form, const std::string& today) {
  return Lines(FaultsOf(form, Rules(), *time::ParseDate(today)));
}

void Remember(Facts& facts, const std::vector<Happened>& events) {
  for (const Happened& happened : events) {
    const v1::Event& event = happened.event;
    if (event.has_report_submitted()) {
      const v1::ReportSubmitted& submitted = event.report_submitted();
      state::Report& report = facts.report.emplace();
      report.set_report(submitted.report());
      report.set_case_number(submitted.case_number());
      report.set_household(submitted.household());
      report.set_sender(submitted.sender());
      report.set_organisation(submitted.organisation());
      report.set_received_at_ms(submitted.received_at_ms());
      *report.mutable_answers() = submitted.answers();
      facts.sealed.emplace();
      *facts.sealed->mutable_private_() = submitted.private_();
      if (submitted.has_secret()) *facts.sealed->mutable_secret() = submitted.secret();
    }
    if (event.has_report_graded()) {
      *facts.report->mutable_grade() = event.report_graded().grade();
      facts.report->set_provisional(event.report_graded().provisional());
      *facts.report->mutable_terms() = event.report_graded().terms();
    }
    if (event.has_owner_changed()) {
      *facts.report->mutable_ownership() = event.owner_changed().ownership();
    }
    if (event.has_first_step_named()) {
      *facts.report->mutable_first_step() = event.first_step_named().first_step();
      *facts.sealed->mutable_private_()->mutable_afterwards()->mutable_first_step() =
          event.first_step_named().private_();
    }
    if (event.has_report_settled()) facts.report->set_outcome(event.report_settled().outcome());
    if (event.has_meeting_noted()) {
      *facts.report->mutable_meeting() = event.meeting_noted().meeting();
    }
    if (event.has_report_accessed()) {
      state::AccessMark& mark = *facts.kase.add_marks();
      mark.set_reader(event.report_accessed().reader());
      mark.set_purpose(event.report_accessed().purpose());
      mark.set_at_ms(event.report_accessed().at_ms());
      for (const std::string& part : event.report_accessed().shown()) {
        if (part == "secret") mark.set_with_secret(true);
      }
    }
    if (event.has_involvement_set()) {
      decide::Evolve(*facts.kase.mutable_list(), event.involvement_set(), happened.version);
    }
    if (happened.stream == facts.report->report()) {
      facts.report->set_version(happened.version);
    } else {
      facts.kase.mutable_list()->set_version(happened.version);
    }
  }
}

Facts Stored(const v1::SubmitReport& form, base::Instant at) {
  static const Crisismeter rules = Rules();
  Facts facts = With(rules);
  Remember(facts, Taken(facts, By(kNoor, kDesk, at), form).events);
  return facts;
}

}  // namespace samenspel::intake
