// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace samenspel::cli {
namespace {

TEST(Table, CountsColumnsNotBytes) {
  EXPECT_EQ(Width("Noë"), 3U);
  EXPECT_EQ(Width("漢字"), 4U);
  EXPECT_EQ(Width("e\xcc\x81"), 1U);  // An accent of its own takes no column.
  EXPECT_EQ(Width("■ rood"), 6U);
}

TEST(Table, AlignsColumnsWithoutSpacesAtTheEnd) {
  EXPECT_EQ(Table({{"a", "b", ""}, {"Öztürk", "漢字", "x"}, {"Zoë", ""}}),
            "a       b\n"
            "Öztürk  漢字  x\n"
            "Zoë\n");
}

TEST(Table, IndentsEachLine) { EXPECT_EQ(Table({{"a"}, {"b"}}, "  "), "  a\n  b\n"); }

TEST(FittedTable, GoesOnBelowWithinTheColumn) {
  EXPECT_EQ(FittedTable({{"Who", "What"}, {"Anne", "one two three four"}}, 16),
            "Who   What\n"
            "Anne  one two\n"
            "      three four\n");
  EXPECT_EQ(FittedTable({{"a", "b"}}, 16), "a  b\n");  // Nothing is done without need.
}

TEST(FittedTable, BreaksAWordOnlyWhenNothingElseHelps) {
  EXPECT_EQ(FittedTable({{"key", std::string(12, 'x')}}, 12), "key  xxxxxxx\n     xxxxx\n");
  const auto rows = std::vector<std::vector<std::string>>(
      1, {"a long cell of words", "tcp://127.0.0.1:7101", "another long cell of words"});
  for (size_t columns = 10; columns < 70; ++columns) {
    EXPECT_LE(WidestLine(FittedTable(rows, columns)), columns);
  }
  EXPECT_THAT(FittedTable(rows, 50), testing::HasSubstr("tcp://127.0.0.1:7101"));
}

TEST(FittedTable, LeavesColouredAndNamedColumnsTheirRoom) {
  EXPECT_EQ(FittedTable({{"\x1b[1;31m■ red\x1b[0m", "one two three"}}, 14),
            "\x1b[1;31m■ red\x1b[0m  one two\n       three\n");
  EXPECT_EQ(FittedTable({{"one two", "three four"}}, 15, "", {0, 10}), "one  three four\ntwo\n");
}

TEST(FittedTable, SqueezesNamedColumnsLast) {
  const std::string id(30, 'i');
  const std::vector<std::vector<std::string>> rows{{id, std::string(20, 'f'), "one two"}};
  EXPECT_THAT(FittedTable(rows, 48, "", {30}), testing::HasSubstr(id));
  EXPECT_LE(WidestLine(FittedTable(rows, 48, "", {30})), 48U);
  EXPECT_LE(WidestLine(FittedTable(rows, 20, "", {30})), 20U);
}

TEST(Folded, GoesOnUnderWhereTheTextBegan) {
  EXPECT_EQ(Folded("een twee drie vier\n  vijf\n", 10), "een twee\n  drie\n  vier\n  vijf\n");
  EXPECT_EQ(Folded("  ■ een twee drie", 10), "  ■ een\n    twee\n    drie");
  EXPECT_EQ(Folded("Kleur   rood omdat het moet, en daarom", 30),
            "Kleur   rood omdat het moet,\n        en daarom");
}

TEST(Folded, LeavesACommandWholeSoThatItCanBeCopied) {
  EXPECT_EQ(Folded("Typ nu: samenspel report show x. Dan verder.", 30),
            "Typ nu:\n  samenspel report show x. Dan\n  verder.");
  const std::string command = "  samenspel report list --page " + std::string(60, 'a');
  EXPECT_EQ(Folded(command, 40), command);
}

TEST(Table, SurvivesTextThatIsNoUtf8) { EXPECT_EQ(Printable("a\xe2\x82").substr(0, 1), "a"); }

TEST(Printable, TakesAwayWhatSteersATerminal) {
  EXPECT_EQ(Printable("a\x1b[31mb\nc\xc2\x9b"
                      "d"),
            "a?[31mb?c?d");
  EXPECT_EQ(Printable("Yıldırım"), "Yıldırım");
}

TEST(Wrapped, KeepsLineEndsAndBreaksLongLinesBetweenWords) {
  EXPECT_EQ(Wrapped("een twee drie\nvier", 9, "  "), "een twee\n  drie\n  vier");
  EXPECT_EQ(Wrapped("onafgebrokenwoord kort", 6, ""), "onafgebrokenwoord\nkort");
  EXPECT_EQ(Wrapped("alinea\n\nalinea\n", 20, "> "), "alinea\n> \n> alinea");
}

TEST(Wrapped, TakesAwayWhatSteersATerminal) { EXPECT_EQ(Wrapped("a\x1b[2J b", 20, ""), "a?[2J b"); }

TEST(Table, AlignsColumnsUnderColoursOfAnyLength) {
  EXPECT_EQ(Width("\x1b[1;31m■ red\x1b[0m"), 5U);
  EXPECT_EQ(Width("a\x1b[1"), 1U);
  EXPECT_EQ(Table({{"\x1b[1;31m■\x1b[0m", "a"}, {"\x1b[32m●\x1b[0m", "b"}, {"-", "c"}}),
            "\x1b[1;31m■\x1b[0m  a\n\x1b[32m●\x1b[0m  b\n-  c\n");
}

}  // namespace
}  // namespace samenspel::cli
