// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/crisismeter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <optional>

#include "tests/services/intake/domain/given.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;

constexpr v1::AnswerValue kYes = v1::ANSWER_VALUE_YES;
constexpr v1::AnswerValue kNo = v1::ANSWER_VALUE_NO;
constexpr v1::AnswerValue kUnknown = v1::ANSWER_VALUE_UNKNOWN;
constexpr std::array<const char*, 3> kAsked = {"injury", "access", "worry"};

// What may stand in a form for one indicator; nothing: it was not asked.
using Choice = std::optional<v1::AnswerValue>;
using Combination = std::array<Choice, 3>;

std::vector<Combination> AllCombinations() {
  const std::array<Choice, 4> choices = {kYes, kNo, kUnknown, std::nullopt};
  std::vector<Combination> all;
  for (const Choice& first : choices) {
    for (const Choice& second : choices) {
      for (const Choice& third : choices) all.push_back({first, second, third});
    }
  }
  return all;
}

Answers AnswersOf(const Combination& combination, const std::vector<size_t>& order = {0, 1, 2}) {
  Answers answers;
  for (const size_t i : order) {
    if (!combination[i]) continue;
    v1::IndicatorAnswer& answer = *answers.Add();
    answer.set_indicator(kAsked[i]);
    answer.set_value(*combination[i]);
  }
  return answers;
}

v1::Grade Graded(const Combination& combination) {
  return GradeOf(Rules(), AnswersOf(combination));
}

std::vector<std::string> Fired(const v1::Grade& grade) {
  std::vector<std::string> fired;
  for (const v1::FiredRule& rule : grade.fired()) {
    std::string line = rule.rule();
    for (const std::string& indicator : rule.indicators()) line += " " + indicator;
    fired.push_back(line);
  }
  return fired;
}

bool IsKnown(const Choice& choice) { return choice == kYes || choice == kNo; }

// What 003.12, 003.15 and P.11 ask, written a second time without looking at the rules.
v1::Colour Expected(const Combination& combination) {
  if (combination[0] == kYes || combination[1] == kYes) return v1::COLOUR_RED;
  if (combination[2] == kYes) return v1::COLOUR_AMBER;
  const bool all_known = std::all_of(combination.begin(), combination.end(), IsKnown);
  return all_known ? v1::COLOUR_GREEN : v1::COLOUR_AMBER;
}

TEST(Crisismeter, GivesTheColourOfItsRulesForEveryCombinationOfAnswers) {  // 003.12, 003.15
  for (const Combination& combination : AllCombinations()) {
    EXPECT_EQ(Graded(combination).colour(), Expected(combination))
        << AnswersOf(combination).size() << " answers";
  }
}

TEST(Crisismeter, NamesEachRuleThatFiredWithItsIndicatorsAndBothTexts) {  // 003.12
  const v1::Grade grade = Graded({kYes, kNo, kYes});
  EXPECT_THAT(Fired(grade), ElementsAre("red_injury injury", "amber_worry worry"));
  EXPECT_EQ(grade.fired(0).colour(), v1::COLOUR_RED);
  EXPECT_EQ(grade.fired(1).colour(), v1::COLOUR_AMBER);
  EXPECT_EQ(grade.fired(0).text_nl(), "letsel");
  EXPECT_EQ(grade.fired(0).text_en(), "injury");
  EXPECT_EQ(grade.rules_hash(), Rules().hash);
}

TEST(Crisismeter, NamesWhatIsNotKnownBesideWhatFired) {
  EXPECT_THAT(Fired(Graded({kYes, kUnknown, std::nullopt})),
              ElementsAre("red_injury injury", "unknown access worry"));
}

TEST(Crisismeter, SaysInWordsThatNothingWasFound) {
  const v1::Grade grade = Graded({kNo, kNo, kNo});
  EXPECT_THAT(Fired(grade), ElementsAre("clear"));
  EXPECT_EQ(grade.fired(0).text_nl(), "niets gevonden");
}

TEST(Crisismeter, IsNeverGreenWhileAnythingIsNotKnown) {  // 003.15: unknown is not safe
  for (const Combination& combination : AllCombinations()) {
    if (std::all_of(combination.begin(), combination.end(), IsKnown)) continue;
    EXPECT_GE(Graded(combination).colour(), v1::COLOUR_AMBER);
  }
}

TEST(Crisismeter, NeverLowersTheColourForOneYesMore) {
  for (const Combination& combination : AllCombinations()) {
    for (size_t i = 0; i < combination.size(); ++i) {
      Combination more = combination;
      more[i] = kYes;
      EXPECT_GE(Graded(more).colour(), Graded(combination).colour());
    }
  }
}

TEST(Crisismeter, NeverTurnsGreenByKnowingLess) {
  for (const Combination& combination : AllCombinations()) {
    for (size_t i = 0; i < combination.size(); ++i) {
      for (const Choice& less : {Choice(kUnknown), Choice(std::nullopt)}) {
        Combination forgot = combination;
        forgot[i] = less;
        EXPECT_NE(Graded(forgot).colour(), v1::COLOUR_GREEN);
      }
    }
  }
}

TEST(Crisismeter, GradesTheSameInAnyOrderOfAnswers) {
  for (const Combination& combination : AllCombinations()) {
    const std::string straight = Graded(combination).SerializeAsString();
    std::vector<size_t> order = {0, 1, 2};
    while (std::next_permutation(order.begin(), order.end())) {
      EXPECT_EQ(GradeOf(Rules(), AnswersOf(combination, order)).SerializeAsString(), straight);
    }
  }
}

TEST(Crisismeter, NamesEachYesOfARuleThatAsksForAnyOfSeveral) {
  Crisismeter rules = Rules();
  rules.rules = {{"any", v1::COLOUR_RED, {"injury", "access", "worry"}, "een", "one"}};
  const v1::Grade grade = GradeOf(rules, AnswersOf({kYes, kNo, kYes}));
  EXPECT_THAT(Fired(grade), ElementsAre("any injury worry"));
}

TEST(Crisismeter, TreatsAnAnswerWithoutValueAsUnknown) {
  const v1::Grade grade = Graded({v1::ANSWER_VALUE_UNSPECIFIED, kNo, kNo});
  EXPECT_EQ(grade.colour(), v1::COLOUR_AMBER);
}

}  // namespace
}  // namespace samenspel::intake
