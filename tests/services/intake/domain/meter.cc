// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/intake/domain/meter.h"

namespace samenspel::intake {

Indicator Question(const std::string& id, const std::string& domain, uint32_t weight, bool direct) {
  return {.id = id,
          .domain = domain,
          .nl = "nl " + id,
          .en = "en " + id,
          .help_nl = "hulp",
          .help_en = "help",
          .source = "003.12",
          .weight = weight,
          .direct = direct};
}

Crisismeter Meter() {
  Crisismeter rules;
  rules.version = "test.2";
  rules.hash = std::string(32, 'm');
  rules.domains = {{"body", "Lichaam", "Body"}, {"home", "Thuis", "Home"}};
  rules.indicators = {Question("injury", "body", 9, true), Question("threat", "body", 8, true),
                      Question("young", "body", 6, false), Question("dirt", "home", 5, false),
                      Question("debts", "home", 6, false)};
  rules.rules = {{"red_injury", v1::COLOUR_RED, {"injury"}, "letsel", "injury"},
                 {"red_threat", v1::COLOUR_RED, {"threat"}, "dreiging", "threat"},
                 {"red_young", v1::COLOUR_RED, {"dirt"}, "jong kind", "young child", {"young"}}};
  rules.counts = {{"count_home", "home", 2, v1::COLOUR_AMBER, "thuis", "home"}};
  rules.weights = {12, "samen", "together"};
  rules.unknown = {v1::COLOUR_AMBER, "onbekend", "not known"};
  rules.unknown_weight = {v1::COLOUR_AMBER, "veel onbekend", "much not known"};
  rules.clear = {v1::COLOUR_GREEN, "niets gevonden", "nothing found"};
  return rules;
}

Given AllNo() {
  Given given;
  for (const char* indicator : kAsked) given[indicator] = kNo;
  return given;
}

Answers Told(const Given& given) {
  Answers answers;
  for (const auto& [indicator, value] : given) {
    answers.Add()->set_indicator(indicator);
    answers.rbegin()->set_value(value);
  }
  return answers;
}

std::vector<std::string> FiredIn(const v1::Grade& grade) {
  std::vector<std::string> fired;
  for (const v1::FiredRule& rule : grade.fired()) {
    std::string line = rule.rule();
    for (const std::string& indicator : rule.indicators()) line += " " + indicator;
    fired.push_back(line);
  }
  return fired;
}

}  // namespace samenspel::intake
