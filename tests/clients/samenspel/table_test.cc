// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/table.h"

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
