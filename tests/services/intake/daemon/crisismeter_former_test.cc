// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "common/base/file_system.h"
#include "services/intake/daemon/crisismeter_file.h"

// The file that the first release adopted: it stands in the journals of that time.
namespace samenspel::intake {
namespace {

constexpr std::array<v1::AnswerValue, 4> kValues = {v1::ANSWER_VALUE_UNSPECIFIED,
                                                    v1::ANSWER_VALUE_YES, v1::ANSWER_VALUE_NO,
                                                    v1::ANSWER_VALUE_UNKNOWN};
constexpr std::array<const char*, 3> kAsked = {"fresh_injury", "suspect_has_access",
                                               "no_basic_care"};

using Combination = std::array<v1::AnswerValue, 3>;

Crisismeter Former() {
  const auto toml = base::RealFileSystem()->Read(FORMER_CRISISMETER_TOML);
  EXPECT_TRUE(toml.ok()) << toml.status().message();
  auto rules = ParseCrisismeter(*toml, "former.toml");
  EXPECT_TRUE(rules.ok()) << rules.status().message();
  return *rules;
}

v1::Grade Graded(const Crisismeter& rules, const Combination& combination) {
  Answers answers;
  for (size_t i = 0; i < kAsked.size(); ++i) {
    answers.Add()->set_indicator(kAsked[i]);
    answers.rbegin()->set_value(combination[i]);
  }
  return GradeOf(rules, answers);
}

// What the first release said: red for any yes, else amber for anything not known, else green.
std::vector<std::string> FormerlyFired(const Combination& combination) {
  std::vector<std::string> fired;
  for (size_t i = 0; i < kAsked.size(); ++i) {
    if (combination[i] == v1::ANSWER_VALUE_YES) fired.push_back("danger_" + std::string(kAsked[i]));
  }
  const bool known = std::all_of(combination.begin(), combination.end(), [](v1::AnswerValue value) {
    return value == v1::ANSWER_VALUE_YES || value == v1::ANSWER_VALUE_NO;
  });
  if (!known) fired.push_back("unknown");
  if (fired.empty()) fired.push_back("clear");
  return fired;
}

TEST(FormerCrisismeter, GoesOnToMeanWhatItMeant) {  // 003.12: history is untouched
  const Crisismeter rules = Former();
  for (const v1::AnswerValue one : kValues) {
    for (const v1::AnswerValue two : kValues) {
      for (const v1::AnswerValue three : kValues) {
        const Combination combination = {one, two, three};
        const v1::Grade grade = Graded(rules, combination);
        std::vector<std::string> fired;
        for (const v1::FiredRule& rule : grade.fired()) fired.push_back(rule.rule());
        EXPECT_EQ(fired, FormerlyFired(combination));
        const std::string& first = fired.front();
        EXPECT_EQ(grade.colour(), first == "clear"     ? v1::COLOUR_GREEN
                                  : first == "unknown" ? v1::COLOUR_AMBER
                                                       : v1::COLOUR_RED);
        EXPECT_EQ(grade.domains_size(), 0);
        EXPECT_EQ(grade.weight(), 0u);
      }
    }
  }
}

TEST(FormerCrisismeter, IsNotHeldToWhatIsAskedOfAFileToday) {
  auto toml = base::RealFileSystem()->Read(FORMER_CRISISMETER_TOML);
  ASSERT_TRUE(toml.ok());
  // Named twice, implied by another rule, and under a name that a part has since then.
  *toml +=
      "[[rule]]\nid = \"weights\"\ncolour = \"amber\"\n"
      "any_yes = [\"fresh_injury\", \"fresh_injury\"]\nnl = \"x\"\nen = \"x\"\n";
  const auto rules = ParseCrisismeter(*toml, "former.toml");
  EXPECT_TRUE(rules.ok()) << rules.status().message();
}

}  // namespace
}  // namespace samenspel::intake
