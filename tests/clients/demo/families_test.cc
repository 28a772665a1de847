// SPDX-License-Identifier: EUPL-1.2
#include "clients/demo/families.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

namespace samenspel::demo {
namespace {

using intake::v1::ANSWER_VALUE_NO;
using intake::v1::ANSWER_VALUE_UNKNOWN;
using intake::v1::ANSWER_VALUE_YES;
using intake::v1::COLOUR_AMBER;
using intake::v1::COLOUR_GREEN;
using intake::v1::COLOUR_RED;
using intake::v1::SubmitReport;

constexpr uint64_t kSeed = 11;
constexpr int kReports = 300;

int CountOf(const SubmitReport& report, intake::v1::AnswerValue value) {
  int count = 0;
  for (const auto& answer : report.answers()) count += answer.value() == value ? 1 : 0;
  return count;
}

bool PassesElevenTest(const std::string& bsn) {
  if (bsn.size() != 9) return false;
  int sum = -(bsn[8] - '0');
  for (int i = 0; i < 8; ++i) sum += (9 - i) * (bsn[i] - '0');
  return sum % 11 == 0;
}

TEST(Families, AreTheSameForTheSameNumber) {
  EXPECT_EQ(Invent(kSeed, 5, COLOUR_RED).SerializeAsString(),
            Invent(kSeed, 5, COLOUR_RED).SerializeAsString());
  EXPECT_NE(Invent(kSeed, 5, COLOUR_RED).SerializeAsString(),
            Invent(kSeed, 6, COLOUR_RED).SerializeAsString());
  EXPECT_NE(Invent(kSeed, 5, COLOUR_RED).SerializeAsString(),
            Invent(kSeed + 1, 5, COLOUR_RED).SerializeAsString());
}

TEST(Families, HaveTheColourThatWasAsked) {
  for (uint64_t i = 0; i < kReports; ++i) {
    EXPECT_GE(CountOf(Invent(kSeed, i, COLOUR_RED), ANSWER_VALUE_YES), 1);
    const auto green = Invent(kSeed, i, COLOUR_GREEN);
    EXPECT_EQ(CountOf(green, ANSWER_VALUE_NO), green.answers_size());
    EXPECT_EQ(CountOf(Invent(kSeed, i, COLOUR_AMBER), ANSWER_VALUE_YES), 0);
    EXPECT_GE(CountOf(Invent(kSeed, i, COLOUR_AMBER), ANSWER_VALUE_UNKNOWN), 1);
  }
}

// What was not answered counts as unknown, and unknown is never green.
TEST(Families, AnswerEveryQuestionOfTheCrisismeter) {
  std::ifstream file(CRISISMETER_TOML);
  std::set<std::string> asked;
  bool indicator = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('[')) indicator = line == "[[indicator]]";
    if (indicator && line.starts_with("id = ")) asked.insert(line.substr(6, line.size() - 7));
  }
  std::set<std::string> answered;
  const auto green = Invent(kSeed, 1, COLOUR_GREEN);
  for (const auto& answer : green.answers()) {
    answered.insert(answer.indicator());
  }
  EXPECT_GE(asked.size(), 25u);
  EXPECT_EQ(answered, asked);
}

TEST(Families, AlwaysHaveAChildAndWhatIsRequired) {
  for (uint64_t i = 0; i < kReports; ++i) {
    const auto report = Invent(kSeed, i, COLOUR_RED);
    const auto& family = report.private_();
    EXPECT_GE(family.children_size(), 1);
    EXPECT_NE(family.happening().unknown(), !family.happening().text().empty());
    EXPECT_NE(family.child_now().unknown(), !family.child_now().text().empty());
    EXPECT_TRUE(family.reporter().unknown() || !family.reporter().name().empty());
    std::set<std::string> asked;
    for (const auto& answer : report.answers()) {
      EXPECT_TRUE(asked.insert(answer.indicator()).second);
    }
  }
}

TEST(Families, SometimesHaveASecretPart) {
  int secret = 0;
  for (uint64_t i = 0; i < kReports; ++i) {
    const auto report = Invent(kSeed, i, COLOUR_RED);
    secret += report.has_secret() ? 1 : 0;
    // A hidden reporter must not stand in the open part as well.
    if (report.secret().has_hidden_reporter()) {
      EXPECT_TRUE(report.private_().reporter().name().empty());
    }
  }
  EXPECT_GT(secret, kReports / 20);
  EXPECT_LT(secret, kReports / 2);
}

TEST(Families, HaveNumbersThatPassTheElevenTest) {
  for (uint64_t i = 0; i < 20000; ++i) {
    const std::string bsn = InventedBsn(i);
    ASSERT_TRUE(PassesElevenTest(bsn)) << bsn;
    ASSERT_TRUE(bsn.starts_with("9999"));
  }
}

TEST(Families, HaveTextsThatAreValidUtf8) {
  for (uint64_t i = 0; i < kReports; ++i) {
    SubmitReport again;
    // The parser of a proto3 message refuses texts that are not.
    EXPECT_TRUE(again.ParseFromString(Invent(kSeed, i, COLOUR_RED).SerializeAsString()));
  }
}

}  // namespace
}  // namespace samenspel::demo
