// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/intake/domain/given.h"

#include <gtest/gtest.h>

#include <cstdio>

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
  return {at, actor, organisation, "child_safety", std::string(16, 'r')};
}

Facts With(const Crisismeter& rules) {
  Facts facts;
  facts.crisismeter = &rules;
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

state::Report StateOf(const Accepted& accepted) {
  state::Report report;
  const v1::ReportSubmitted& submitted = accepted.events.at(0).event.report_submitted();
  report.set_version(accepted.events.at(1).version);
  report.set_report(submitted.report());
  report.set_case_number(submitted.case_number());
  report.set_household(submitted.household());
  report.set_sender(submitted.sender());
  report.set_organisation(submitted.organisation());
  report.set_received_at_ms(submitted.received_at_ms());
  *report.mutable_answers() = submitted.answers();
  *report.mutable_grade() = accepted.events.at(1).event.report_graded().grade();
  return report;
}

}  // namespace samenspel::intake
