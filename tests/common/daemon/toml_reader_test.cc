// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/toml_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace samenspel::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

TomlTable Parsed(const std::string& content) {
  auto table = TomlTable::Parse(content, "intake.toml");
  EXPECT_TRUE(table.ok()) << table.status().message();
  return *std::move(table);
}

TEST(TomlReader, ReadsEveryType) {
  TomlTable table = Parsed(
      "text = \"words\"\nnumber = 12\nyes = true\nday = 2026-11-21\nlist = [\"a\", \"b\"]\n"
      "[one]\nkey = \"in a table\"\n[[many]]\nkey = \"first\"\n[[many]]\nkey = \"second\"\n");
  EXPECT_EQ(table.Text("text"), "words");
  EXPECT_EQ(table.Number("number", 1, 12), 12);
  EXPECT_TRUE(table.BoolOr("yes", false));
  EXPECT_EQ(table.Date("day"), "2026-11-21");
  EXPECT_THAT(table.TextsOr("list", {}), ElementsAre("a", "b"));
  EXPECT_EQ(table.Table("one").Text("key"), "in a table");
  auto many = table.Tables("many");
  ASSERT_EQ(many.size(), 2U);
  EXPECT_EQ(many[0].Text("key"), "first");
  EXPECT_EQ(many[1].Text("key"), "second");
  EXPECT_TRUE(table.Finish().ok());
}

TEST(TomlReader, GivesFallbacksForWhatIsNotThere) {
  TomlTable table = Parsed("");
  EXPECT_EQ(table.TextOr("text", "fallback"), "fallback");
  EXPECT_TRUE(table.BoolOr("yes", true));
  EXPECT_THAT(table.TextsOr("list", {"a"}), ElementsAre("a"));
  EXPECT_TRUE(table.Tables("many").empty());
  EXPECT_FALSE(table.Has("text"));
  EXPECT_TRUE(table.Finish().ok());
}

/// What Finish says after `read` on `content`.
template <class Read>
std::string Fault(const std::string& content, const Read& read) {
  TomlTable table = Parsed(content);
  read(table);
  const base::Status status = table.Finish();
  EXPECT_EQ(status.code(), base::Code::kInvalid);
  return status.message();
}

TEST(TomlReader, NamesFileAndLineOfAnUnknownKey) {
  EXPECT_EQ(Fault("known = \"a\"\n\nstrange = 1\n", [](auto& table) { (void)table.Text("known"); }),
            "intake.toml:3: unknown key strange");
}

TEST(TomlReader, NamesFileAndLineOfAnUnknownKeyInATable) {
  EXPECT_EQ(Fault("[[many]]\nkey = \"a\"\n[[many]]\nkey = \"b\"\nstrange = 1\n",
                  [](auto& table) {
                    for (TomlTable& one : table.Tables("many")) (void)one.Text("key");
                  }),
            "intake.toml:5: unknown key strange");
}

TEST(TomlReader, NamesTheLineOfEachWrongType) {
  EXPECT_THAT(Fault("\na = 1", [](auto& t) { EXPECT_EQ(t.Text("a"), ""); }),
              StartsWith("intake.toml:2: a is missing or not a text"));
  EXPECT_THAT(Fault("\na = \"\"", [](auto& t) { (void)t.Text("a"); }),
              StartsWith("intake.toml:2: a is missing"));
  EXPECT_THAT(Fault("\na = \"1\"", [](auto& t) { EXPECT_EQ(t.Number("a", 3, 9), 3); }),
              HasSubstr(":2: a is missing or not a whole number from 3 to 9"));
  EXPECT_THAT(Fault("\na = 1.0", [](auto& t) { (void)t.Number("a", 0, 9); }), HasSubstr(":2: a"));
  EXPECT_THAT(Fault("\na = 1", [](auto& t) { EXPECT_FALSE(t.BoolOr("a", false)); }),
              HasSubstr(":2: a is not true or false"));
  EXPECT_THAT(Fault("\na = \"2026-11-21\"", [](auto& t) { EXPECT_EQ(t.Date("a"), ""); }),
              HasSubstr(":2: a is missing or not a date"));
  EXPECT_THAT(Fault("\na = \"b\"", [](auto& t) { (void)t.TextsOr("a", {}); }),
              HasSubstr(":2: a is not a list"));
  EXPECT_THAT(Fault("\na = [\"b\", 1]", [](auto& t) { (void)t.TextsOr("a", {}); }),
              HasSubstr(":2: a holds something that is not a text"));
  EXPECT_THAT(Fault("\na = 1", [](auto& t) { (void)t.Table("a").Text("b"); }),
              HasSubstr(":2: a is missing or not a table"));
  EXPECT_THAT(Fault("\na = 1", [](auto& t) { (void)t.Tables("a"); }),
              HasSubstr(":2: a is not a list of tables"));
  EXPECT_THAT(Fault("\na = [1]",
                    [](auto& t) {
                      for (TomlTable& one : t.Tables("a")) (void)one.Text("b");
                    }),
              HasSubstr(":2: a is not a list of tables"));
}

TEST(TomlReader, RefusesNumbersOutsideTheirBounds) {
  for (const char* number : {"0", "11", "-5"}) {
    EXPECT_THAT(Fault(std::string("a = ") + number, [](auto& t) { (void)t.Number("a", 1, 10); }),
                HasSubstr(":1: a"));
  }
}

TEST(TomlReader, NamesAMissingKey) {
  EXPECT_THAT(Fault("b = 1",
                    [](auto& t) {
                      (void)t.Text("a");
                      (void)t.Number("b", 0, 9);
                    }),
              HasSubstr("a is missing"));
}

TEST(TomlReader, KeepsTheFirstFault) {
  EXPECT_THAT(Fault("a = 1\nb = 2\n",
                    [](auto& t) {
                      (void)t.Text("b");
                      (void)t.Text("a");
                    }),
              StartsWith("intake.toml:2:"));
}

TEST(TomlReader, TakesFaultsOfTheReadersOwnRules) {
  EXPECT_EQ(Fault("a = \"x\"\nb = \"y\"\n",
                  [](auto& t) {
                    (void)t.Text("a");
                    (void)t.Text("b");
                    t.Refuse("b", "is not what was agreed");
                  }),
            "intake.toml:2: b is not what was agreed");
}

TEST(TomlReader, NamesTheLineThatIsNoToml) {
  const auto table = TomlTable::Parse("a = 1\nb = = 2\n", "intake.toml");
  ASSERT_FALSE(table.ok());
  EXPECT_THAT(table.status().message(), StartsWith("intake.toml:2:"));
}

TEST(TomlReader, NamesTheLineThatNestsTablesTooDeeply) {
  std::string deep = "a";
  for (int i = 0; i < 200'000; ++i) deep += ".a";
  const auto refused = TomlTable::Parse("text = \"words\"\n[" + deep + "]\n", "intake.toml");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.status().message(), "intake.toml:2: is nested too deeply here");
}

TEST(TomlReader, RefusesAKeyThatStandsTwice) {
  const auto table = TomlTable::Parse("a = 1\na = 2\n", "intake.toml");
  ASSERT_FALSE(table.ok());
  EXPECT_THAT(table.status().message(), StartsWith("intake.toml:2:"));
}

}  // namespace
}  // namespace samenspel::daemon
