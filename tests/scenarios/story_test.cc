// SPDX-License-Identifier: EUPL-1.2
#include "tests/scenarios/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace samenspel::scenarios {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Story, HoldsCommandsWithWhatCameOutAndHowTheyEnded) {
  const auto steps = ReadStory(
      "# Remarks count for nothing.\n"
      "$ samenspel status\n----\none\n\ntwo\nexit 6\n\n"
      "@ stop intake\n"
      "$ samenspel keys list\n----\n");
  ASSERT_EQ(steps.size(), 3);
  EXPECT_EQ(steps[0].text, "samenspel status");
  EXPECT_EQ(steps[0].line, 2);
  EXPECT_THAT(steps[0].output, ElementsAre("one", "", "two"));
  EXPECT_EQ(steps[0].exit_code, 6);
  EXPECT_FALSE(steps[1].command);
  EXPECT_EQ(steps[1].text, "stop intake");
  EXPECT_THAT(steps[2].output, IsEmpty());
  EXPECT_EQ(steps[2].exit_code, 0);
}

TEST(Story, RefusesAStrayLine) {
  EXPECT_THROW(ReadStory("something\n"), std::runtime_error);
  EXPECT_THROW(ReadStory("----\n"), std::runtime_error);
  EXPECT_THROW(ReadStory("@ stop intake\n----\n"), std::runtime_error);
}

TEST(Placeholder, MeansTheSameFromItsFirstUseOn) {
  Bindings bindings;
  EXPECT_TRUE(bindings.Match("Case <case>", "Case   2026-000001-K  "));
  EXPECT_TRUE(bindings.Match("<case>.", "2026-000001-K."));
  EXPECT_FALSE(bindings.Match("<case>", "2026-000002-M"));
  EXPECT_TRUE(bindings.Match("<case2>", "2026-000002-M"));
  EXPECT_EQ(bindings.Fill("show <case> <case2> <case3>"),
            "show 2026-000001-K 2026-000002-M <case3>");
}

TEST(Placeholder, TwiceInALineMeansTheSame) {
  Bindings bindings;
  EXPECT_FALSE(bindings.Match("<n> of <n>", "1 of 2"));
  EXPECT_TRUE(bindings.Match("<n> of <n>", "12 of 12"));
}

TEST(Placeholder, HasTheShapeOfItsKind) {
  Bindings bindings;
  EXPECT_FALSE(bindings.Match("<case>", "2026-000001"));
  EXPECT_FALSE(bindings.Match("<ms> ms", "soon ms"));
  EXPECT_TRUE(bindings.Match("<nonsense>", "<nonsense>"));
}

TEST(Placeholder, IsNotBoundByALineThatDiffers) {
  Bindings bindings;
  EXPECT_FALSE(bindings.Match("<n> done", "1 refused"));
  EXPECT_TRUE(bindings.Match("<n> done", "2 done"));
}

TEST(Output, IsComparedLineByLine) {
  Bindings bindings;
  EXPECT_EQ(bindings.Difference({"a", "<n>"}, {"a", "7"}), std::nullopt);
  EXPECT_EQ(bindings.Difference({"a", "<n> b"}, {"a", "8 b"}), "7 b");
  EXPECT_EQ(bindings.Difference({"a", "b"}, {"a"}), "b");
  EXPECT_EQ(bindings.Difference({"a"}, {"a", "more"}), "more");
  EXPECT_EQ(bindings.Difference({}, {}), std::nullopt);
}

TEST(Output, MayComeInAnyOrderWhereTheStorySaysSo) {
  Bindings bindings;
  const std::vector<std::string> expected{"first", "* a", "* b", "? c", "last"};
  EXPECT_EQ(bindings.Difference(expected, {"first", "b", "a", "last"}), std::nullopt);
  EXPECT_EQ(bindings.Difference(expected, {"first", "c", "a", "b", "last"}), std::nullopt);
  EXPECT_EQ(bindings.Difference(expected, {"first", "a", "c", "last"}), "* b");
  EXPECT_EQ(bindings.Difference(expected, {"first", "a", "a", "b", "last"}), "* b");
  EXPECT_EQ(bindings.Difference(expected, {"first", "a", "b", "d", "last"}), "last");
}

TEST(Line, IsTakenLiterallyButForBlanks) {
  Bindings bindings;
  EXPECT_TRUE(bindings.Match("a.b (c) [0]: $ 1+1?", "a.b  (c) [0]: $ 1+1?"));
  EXPECT_FALSE(bindings.Match("a.b", "axb"));
  EXPECT_FALSE(bindings.Match("a b", "ab"));
  EXPECT_FALSE(bindings.Match("a", "a b"));
}

TEST(Output, LetsAnyNumberOfLinesPassAtThreeDots) {
  Bindings bindings;
  EXPECT_EQ(bindings.Difference({"a", "...", "d"}, {"a", "b", "c", "d"}), std::nullopt);
  EXPECT_EQ(bindings.Difference({"a", "...", "b"}, {"a", "b"}), std::nullopt);
  EXPECT_EQ(bindings.Difference({"a", "..."}, {"a", "b", "c"}), std::nullopt);
  EXPECT_EQ(bindings.Difference({"...", "d"}, {"a", "b"}), "d");
  EXPECT_EQ(bindings.Difference({"...", "b"}, {"a", "b", "c"}), "c");
}

TEST(Output, LetsOtherLinesComeAmongThoseInAnyOrder) {
  Bindings bindings;
  EXPECT_EQ(bindings.Difference({"* a", "* b", "? ...", "end"}, {"x", "b", "y", "a", "end"}),
            std::nullopt);
  EXPECT_EQ(bindings.Difference({"* a", "* b", "? ...", "end"}, {"x", "b", "end"}), "* a");
  EXPECT_EQ(bindings.Difference({"* a", "? ...", "end"}, {"a", "x"}), "end");
}

}  // namespace
}  // namespace samenspel::scenarios
