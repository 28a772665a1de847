// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "tests/services/intake/domain/meter.h"

namespace samenspel::intake {
namespace {

std::string Next(const Given& given) {
  const v1::Grade grade = GradeOf(Meter(), Told(given));
  if (!grade.has_next()) return "";
  return grade.next().indicator() + " " + v1::Colour_Name(grade.next().colour());
}

TEST(NextQuestion, IsTheOneWhoseYesRaisesTheColourMost) {  // 003.12
  EXPECT_EQ(Next({}), "injury COLOUR_RED");
  EXPECT_EQ(Next({{"injury", kNo}, {"threat", kNo}}), "");  // No single yes gives red; amber it is.
  EXPECT_EQ(Next({{"injury", kNo}, {"threat", kNo}, {"young", kYes}}), "dirt COLOUR_RED");
}

TEST(NextQuestion, PrefersDirectDangerThenWeightThenTheOrderOfTheFile) {
  Crisismeter rules = Meter();
  EXPECT_EQ(GradeOf(rules, Told({{"young", kYes}})).next().indicator(), "injury");
  rules.indicators[0].direct = false;  // injury; threat stays direct.
  EXPECT_EQ(GradeOf(rules, Told({{"young", kYes}})).next().indicator(), "threat");
  rules.indicators[0].direct = true;
  rules.indicators[1].weight = rules.indicators[0].weight + 1;
  EXPECT_EQ(GradeOf(rules, Told({})).next().indicator(), "threat");
}

TEST(NextQuestion, GivesItsTextInBothLanguages) {
  const v1::Grade grade = GradeOf(Meter(), {});
  EXPECT_EQ(grade.next().text_nl(), "nl injury");
  EXPECT_EQ(grade.next().text_en(), "en injury");
}

TEST(NextQuestion, IsAbsentWhenNoAnswerCanRaiseTheColour) {
  EXPECT_EQ(Next({{"injury", kYes}}), "");
  EXPECT_EQ(Next(AllNo()), "");
}

TEST(NextQuestion, TellsWhatCouldStillTurnGreenIntoAmber) {
  Given given = AllNo();
  given["dirt"] = kYes;
  given.erase("debts");
  EXPECT_EQ(GradeOf(Meter(), Told(given)).colour(), v1::COLOUR_GREEN);
  EXPECT_EQ(Next(given), "debts COLOUR_AMBER");
}

TEST(NextQuestion, NeverPromisesAnotherColourThanItsYesGives) {
  for (int mask = 0; mask < 1 << 5; ++mask) {
    Given given;
    for (int i = 0; i < 5; ++i) {
      if (mask >> i & 1) given[kAsked[i]] = i % 2 == 0 ? kNo : kYes;
    }
    const v1::Grade grade = GradeOf(Meter(), Told(given));
    if (!grade.has_next()) continue;
    EXPECT_GT(grade.next().colour(), grade.colour());
    given[grade.next().indicator()] = kYes;
    EXPECT_EQ(GradeOf(Meter(), Told(given)).colour(), grade.next().colour());
  }
}

}  // namespace
}  // namespace samenspel::intake
