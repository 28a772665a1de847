// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/terms_file.h"

#include <gtest/gtest.h>

#include "common/base/file_system.h"
#include "common/tlog/sha256.h"

namespace samenspel::intake {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::string Shipped() { return *base::RealFileSystem()->Read(TERMS_TOML); }

// The shipped file with one piece of text replaced.
std::string With(const std::string& text, const std::string& other) {
  std::string toml = Shipped();
  const size_t at = toml.find(text);
  EXPECT_NE(at, std::string::npos) << text;
  return toml.replace(at, text.size(), other);
}

// What is said of it, without the line number.
std::string FaultOf(const std::string& toml) {
  const auto parsed = ParseTerms(toml, "terms.toml");
  if (parsed.ok()) return "";
  const std::string message = parsed.status().message();
  EXPECT_TRUE(message.starts_with("terms.toml:")) << message;
  const size_t space = message.find(": ");
  EXPECT_GT(std::stoi(message.substr(11)), 0) << message;
  return message.substr(space + 2);
}

TEST(TermsFile, HoldsWhatTheShippedFileSays) {  // P.01, P.17
  const auto parsed = ParseTerms(Shipped(), "terms.toml");
  ASSERT_TRUE(parsed.ok()) << parsed.status().message();
  const TermRules& rules = *parsed;
  EXPECT_EQ(rules.red.first_step, minutes(10));
  EXPECT_EQ(rules.red.meeting_planned, minutes(5));
  EXPECT_EQ(rules.red.table, minutes(120));
  EXPECT_EQ(rules.red.confirm, minutes(30));
  EXPECT_EQ(rules.amber.settle, hours(24));
  EXPECT_EQ(rules.amber.warn_before, hours(4));
  EXPECT_EQ(rules.green.settle_working_days, 5);
  EXPECT_EQ(rules.green.warn_before, hours(24));
  EXPECT_EQ(rules.break_glass.open, minutes(60));
  EXPECT_EQ(rules.break_glass.review, hours(72));
  EXPECT_EQ(rules.hash, tlog::Sha256(Shipped()));
  EXPECT_FALSE(rules.version.empty());
  EXPECT_EQ(rules.adopted_on.size(), 10u);
  EXPECT_FALSE(rules.adopted_by.empty());
}

TEST(TermsFile, NamesTheLineOfWhatIsWrong) {
  const auto parsed = ParseTerms("name = \"terms\"\nversion = \"1\"\nadopted_on = 1\n", "t.toml");
  ASSERT_FALSE(parsed.ok());
  EXPECT_TRUE(parsed.status().message().starts_with("t.toml:3: ")) << parsed.status().message();
}

TEST(TermsFile, IsRefusedWithAnyKeyMissing) {
  for (const char* key :
       {"version = ", "adopted_on", "adopted_by", "[red]", "first_step_minutes",
        "meeting_planned_minutes", "table_minutes", "confirm_minutes", "[amber]", "settle_hours",
        "[green]", "settle_working_days", "[break_glass]", "\nminutes", "review_hours"}) {
    const std::string renamed = *key == '\n'  ? "\nx_" + std::string(key + 1)
                                : *key == '[' ? "[x_" + std::string(key + 1)
                                              : "x_" + std::string(key);
    EXPECT_NE(FaultOf(With(key, renamed)), "") << key;
  }
}

TEST(TermsFile, IsRefusedWithAKeyThatItDoesNotKnow) {
  EXPECT_NE(FaultOf(With("[amber]", "grace_minutes = 3\n[amber]")), "");
  EXPECT_NE(FaultOf(Shipped() + "\n[purple]\nminutes = 1\n"), "");
}

TEST(TermsFile, IsRefusedOutsideItsBounds) {
  EXPECT_NE(FaultOf(With("first_step_minutes = 10", "first_step_minutes = -1")), "");
  EXPECT_NE(FaultOf(With("first_step_minutes = 10", "first_step_minutes = 1441")), "");
  EXPECT_NE(FaultOf(With("first_step_minutes = 10", "first_step_minutes = 2.5")), "");
  EXPECT_NE(FaultOf(With("settle_working_days = 5", "settle_working_days = 0")), "");
  EXPECT_NE(FaultOf(With("review_hours = 72", "review_hours = 721")), "");
}

TEST(TermsFile, IsRefusedWhenItContradictsItself) {
  EXPECT_EQ(FaultOf(With("table_minutes = 120", "table_minutes = 4")),
            "table_minutes is shorter than meeting_planned_minutes");
  EXPECT_EQ(FaultOf(With("warn_hours_before = 4", "warn_hours_before = 24")),
            "warn_hours_before is not shorter than settle_hours");
  EXPECT_EQ(FaultOf(With("warn_hours_before = 24", "warn_hours_before = 121")),
            "warn_hours_before is longer than settle_working_days");
  EXPECT_EQ(FaultOf(With("name = \"terms\"", "name = \"crisismeter\"")), "name is not terms");
}

TEST(TermsFile, IsRefusedWhenItIsCutShort) {
  const std::string whole = Shipped();
  for (size_t size = 0; size < whole.find("review_hours"); size += 7) {
    EXPECT_FALSE(ParseTerms(whole.substr(0, size), "terms.toml").ok()) << size;
  }
  EXPECT_EQ(FaultOf(whole + "#" + std::string(16 * 1024, 'x')), "the file is larger than 16 KiB");
}

}  // namespace
}  // namespace samenspel::intake
