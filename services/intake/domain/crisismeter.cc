// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/crisismeter.h"

#include <algorithm>

namespace samenspel::intake {
namespace {

v1::AnswerValue AnswerTo(const std::string& indicator, const Answers& answers) {
  for (const v1::IndicatorAnswer& answer : answers) {
    if (answer.indicator() == indicator) return answer.value();
  }
  return v1::ANSWER_VALUE_UNKNOWN;
}

void Fire(v1::Grade& grade, const std::string& id, v1::Colour colour, const std::string& nl,
          const std::string& en, const std::vector<std::string>& indicators) {
  grade.set_colour(std::max(grade.colour(), colour));
  v1::FiredRule& fired = *grade.add_fired();
  fired.set_rule(id);
  fired.set_colour(colour);
  fired.set_text_nl(nl);
  fired.set_text_en(en);
  for (const std::string& indicator : indicators) fired.add_indicators(indicator);
}

}  // namespace

v1::Grade GradeOf(const Crisismeter& rules, const Answers& answers) {
  v1::Grade grade;
  grade.set_rules_hash(rules.hash);
  for (const Rule& rule : rules.rules) {
    std::vector<std::string> yes;
    std::copy_if(rule.any_yes.begin(), rule.any_yes.end(), std::back_inserter(yes),
                 [&](const std::string& indicator) {
                   return AnswerTo(indicator, answers) == v1::ANSWER_VALUE_YES;
                 });
    if (!yes.empty()) Fire(grade, rule.id, rule.colour, rule.nl, rule.en, yes);
  }
  std::vector<std::string> unknown;
  for (const Indicator& indicator : rules.indicators) {
    const v1::AnswerValue value = AnswerTo(indicator.id, answers);
    if (value != v1::ANSWER_VALUE_YES && value != v1::ANSWER_VALUE_NO)
      unknown.push_back(indicator.id);
  }
  if (!unknown.empty()) {
    Fire(grade, "unknown", rules.unknown.colour, rules.unknown.nl, rules.unknown.en, unknown);
  }
  if (grade.fired().empty()) {
    Fire(grade, "clear", rules.clear.colour, rules.clear.nl, rules.clear.en, {});
  }
  return grade;
}

}  // namespace samenspel::intake
