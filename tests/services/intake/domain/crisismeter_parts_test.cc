// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/intake/domain/meter.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;

// Everything answered no, but for these.
v1::Grade But(const Given& others) {
  Given given = AllNo();
  for (const auto& [indicator, value] : others) given[indicator] = value;
  return GradeOf(Meter(), Told(given));
}

TEST(CrisismeterParts, KnocksOutWhenAllOfTheOnesAndAnyOfTheOthersAreYes) {  // 003.12
  EXPECT_EQ(But({{"young", kYes}}).colour(), v1::COLOUR_GREEN);
  EXPECT_EQ(But({{"dirt", kYes}}).colour(), v1::COLOUR_GREEN);
  const v1::Grade grade = But({{"young", kYes}, {"dirt", kYes}});
  EXPECT_EQ(grade.colour(), v1::COLOUR_RED);
  EXPECT_THAT(FiredIn(grade), ElementsAre("red_young young dirt"));
}

TEST(CrisismeterParts, CountsTheYesOfADomain) {  // 003.12
  const v1::Grade grade = But({{"dirt", kYes}, {"debts", kYes}});
  EXPECT_EQ(grade.colour(), v1::COLOUR_AMBER);
  EXPECT_THAT(FiredIn(grade), ElementsAre("count_home dirt debts"));
  EXPECT_EQ(grade.fired(0).text_en(), "home");
}

TEST(CrisismeterParts, AddsUpWeightsExactlyFromTheThreshold) {       // 003.12
  const v1::Grade enough = But({{"young", kYes}, {"debts", kYes}});  // 6 + 6 = 12
  EXPECT_EQ(enough.colour(), v1::COLOUR_AMBER);
  EXPECT_THAT(FiredIn(enough), ElementsAre("weights young debts"));
  Crisismeter rules = Meter();
  rules.weights.amber_at_least = 13;
  Given given = AllNo();
  given["young"] = given["debts"] = kYes;
  EXPECT_EQ(GradeOf(rules, Told(given)).colour(), v1::COLOUR_GREEN);
}

TEST(CrisismeterParts, ListsEverythingThatFiredAndTakesTheHighestColour) {  // 003.12
  const v1::Grade grade = But({{"injury", kYes}, {"dirt", kYes}, {"debts", kYes}});
  EXPECT_EQ(grade.colour(), v1::COLOUR_RED);
  EXPECT_THAT(FiredIn(grade), ElementsAre("red_injury injury", "count_home dirt debts",
                                          "weights injury dirt debts"));
}

TEST(CrisismeterParts, IsNotGreenWhileADirectQuestionIsNotKnown) {  // 003.15, P.11
  EXPECT_THAT(FiredIn(But({{"threat", kUnknown}})), ElementsAre("unknown threat"));
  EXPECT_EQ(But({{"threat", kUnknown}}).colour(), v1::COLOUR_AMBER);
  EXPECT_EQ(But({{"young", kUnknown}}).colour(), v1::COLOUR_GREEN);  // Too light to matter.
}

TEST(CrisismeterParts, IsNotGreenWhileWhatIsNotKnownCouldWeighEnough) {
  const v1::Grade grade = But({{"young", kUnknown}, {"debts", kUnknown}});
  EXPECT_EQ(grade.colour(), v1::COLOUR_AMBER);
  EXPECT_THAT(FiredIn(grade), ElementsAre("unknown_weight young debts"));
  EXPECT_EQ(grade.fired(0).text_nl(), "veel onbekend");
  EXPECT_EQ(grade.weight(), 0u);
  EXPECT_EQ(grade.weight_possible(), 12u);
  EXPECT_THAT(FiredIn(But({{"young", kYes}, {"debts", kUnknown}})),
              ElementsAre("unknown_weight debts"));
}

TEST(CrisismeterParts, SaysOfOneFormOnlyOnceThatThingsAreNotKnown) {
  EXPECT_THAT(FiredIn(GradeOf(Meter(), {})), ElementsAre("unknown injury threat"));
}

TEST(CrisismeterParts, CountsTheAnswersOfEachDomain) {  // 003.12
  const v1::Grade grade = But({{"injury", kYes}, {"young", kUnknown}, {"dirt", kYes}});
  ASSERT_EQ(grade.domains_size(), 2);
  EXPECT_EQ(grade.domains(0).domain(), "body");
  EXPECT_EQ(grade.domains(0).text_nl(), "Lichaam");
  EXPECT_EQ(grade.domains(0).yes(), 1u);
  EXPECT_EQ(grade.domains(0).no(), 1u);
  EXPECT_EQ(grade.domains(0).unknown(), 1u);
  EXPECT_EQ(grade.domains(1).yes(), 1u);
  EXPECT_EQ(grade.domains(1).no(), 1u);
  EXPECT_EQ(grade.weight(), 14u);
  EXPECT_EQ(grade.weight_possible(), 20u);
}

TEST(CrisismeterParts, TakesTheFirstOfTwoAnswersAndPassesOverWhatIsNotAsked) {
  Answers answers = Told(AllNo());
  answers.Add()->set_indicator("injury");
  answers.rbegin()->set_value(kYes);
  answers.Add()->set_indicator("weather");
  answers.rbegin()->set_value(kYes);
  EXPECT_EQ(GradeOf(Meter(), answers).colour(), v1::COLOUR_GREEN);
}

}  // namespace
}  // namespace samenspel::intake
