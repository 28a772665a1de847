// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/rule_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/store/disk.h"
#include "services/escalation/daemon/alarms_file.h"
#include "services/intake/daemon/crisismeter_file.h"
#include "services/intake/daemon/terms_file.h"
#include "services/meeting/daemon/table_file.h"

namespace samenspel::daemon {
namespace {

using testing::StartsWith;

constexpr const char* kPath = "/rules.toml";
constexpr const char* kWhy =
    ": the last line is not # end; without it a half-written file cannot be told from a whole one";

std::string Fault(const std::string& text) { return CheckWhole(text, "f.toml").message(); }

TEST(RuleFileEnd, IsTheLastLineThatIsNotEmpty) {
  for (const char* text :
       {"# end", "# end\n", "a = 1\n# end\n", "a = 1\r\n# end\r\n", "a = 1\n\n# end\n\n \n"}) {
    EXPECT_EQ(Fault(text), "") << text;
  }
}

TEST(RuleFileEnd, IsMissedByFileAndTheNumberOfTheLastLine) {
  const auto at = [](int line) { return "f.toml:" + std::to_string(line) + kWhy; };
  EXPECT_EQ(Fault(""), at(1));
  EXPECT_EQ(Fault("a = 1"), at(1));
  EXPECT_EQ(Fault("a = 1\nb = 2\n\n"), at(2));
  EXPECT_EQ(Fault("# end\na = 1\n"), at(2));
}

TEST(RuleFileEnd, IsNothingThatOnlyLooksLikeIt) {
  for (const char* text : {"# en", "# ending", "#end", "a = 1 # end", "  # end", "# end # end"}) {
    EXPECT_NE(Fault(text), "") << text;
  }
}

std::string Shipped(const std::string& name) {
  const auto text =
      base::RealFileSystem()->Read(std::string(SAMENSPEL_SOURCE) + "/deploy/config/" + name);
  EXPECT_TRUE(text.ok()) << text.status().message();
  return *text;
}

// The file as an editor leaves it that was stopped between two lines, for each line.
template <class Rules>
void ExpectOnlyTheWhole(const std::string& name, typename RuleFile<Rules>::Parse parse) {
  const std::string whole = Shipped(name);
  const auto disk = store::Disk::Memory();
  ASSERT_TRUE(disk->files().Replace(kPath, whole).ok());
  auto file = RuleFile<Rules>::Open(disk->files(), kPath, parse);
  ASSERT_TRUE(file.ok()) << file.status().message();
  ASSERT_TRUE(file->Adopt(whole).ok());
  ASSERT_TRUE(file->TakeDue("", 0));
  size_t cuts = 0;
  for (size_t edge = 0; edge < whole.size(); edge = whole.find('\n', edge) + 1, ++cuts) {
    ASSERT_TRUE(disk->files().Replace(kPath, whole.substr(0, edge)).ok());
    const auto opened = RuleFile<Rules>::Open(disk->files(), kPath, parse);
    EXPECT_FALSE(opened.ok()) << edge;
    EXPECT_EQ(opened.status().code(), base::Code::kInvalid);
    EXPECT_THAT(opened.status().message(), StartsWith(std::string(kPath) + ":"));
    EXPECT_FALSE(file->Reload().ok()) << edge;
    EXPECT_EQ(file->bytes(), whole);
    EXPECT_FALSE(file->due());
  }
  EXPECT_GT(cuts, 20u);
  ASSERT_TRUE(disk->files().Replace(kPath, "# changed\n" + whole).ok());
  EXPECT_TRUE(file->Reload().ok());
  EXPECT_TRUE(file->due());
}

TEST(RuleFile, TakesNoTableThatWasCutBetweenTwoLines) {
  ExpectOnlyTheWhole<meeting::TableRules>("table.toml", meeting::ParseTable);
}
TEST(RuleFile, TakesNoAlarmsThatWereCutBetweenTwoLines) {
  ExpectOnlyTheWhole<escalation::AlarmRules>("alarms.toml", escalation::ParseAlarms);
}
TEST(RuleFile, TakesNoTermsThatWereCutBetweenTwoLines) {
  ExpectOnlyTheWhole<intake::TermRules>("terms.toml", intake::ParseTerms);
}
TEST(RuleFile, TakesNoCrisismeterThatWasCutBetweenTwoLines) {
  ExpectOnlyTheWhole<intake::Crisismeter>("crisismeter.toml", intake::ParseCrisismeter);
}

// What a journal adopted before files had to end so, was whole: it is replayed as it was.
TEST(RuleFile, GoesOnWithWhatWasAdoptedWithoutAnEnd) {  // Invariant 8
  const std::string whole = Shipped("table.toml");
  const auto disk = store::Disk::Memory();
  ASSERT_TRUE(disk->files().Replace(kPath, whole).ok());
  auto file = RuleFile<meeting::TableRules>::Open(disk->files(), kPath, meeting::ParseTable);
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(file->Adopt(whole.substr(0, whole.rfind("# end"))).ok());
  EXPECT_NE(file->adopted(), nullptr);
}

}  // namespace
}  // namespace samenspel::daemon
