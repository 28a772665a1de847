// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/samenspel/daily.h"

namespace samenspel::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class NamesTest : public testing::Test {
 protected:
  NamesTest() {
    intake::v1::Response response;
    *response.mutable_reports_listed()->add_lines() = AmberLine();
    *response.mutable_reports_listed()->add_lines() = RedLine();  // The user's own.
    Answering(world, response);
    world.roster = {{kColleague, "Zuzanna Terpstra"}, {kDesk, "Veilig Thuis Maasveen"}};
  }
  std::string List(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"report", "list"});
    EXPECT_EQ(world.Run(more), 0) << world.err();
    return world.out();
  }
  FakeWorld world;
};

TEST_F(NamesTest, StandInsteadOfIds) {
  const std::string text = List();
  EXPECT_THAT(text, HasSubstr("Zuzanna Terpstra"));
  EXPECT_THAT(text, Not(HasSubstr("pro_")));
}

TEST_F(NamesTest, AreAskedOnceForAllAndNotForTheUser) {
  List();
  EXPECT_THAT(world.names_asked, ElementsAre(ElementsAre(kDesk, kColleague)));
}

TEST_F(NamesTest, AreAComfortThatTheCommandDoesWithout) {
  world.roster_is_away = true;
  EXPECT_THAT(List(), HasSubstr("pro_…000a"));
  EXPECT_THAT(world.err(), IsEmpty());
  world.roster_is_away = false;
  world.roster.clear();  // Somebody who left.
  EXPECT_THAT(List(), HasSubstr("pro_…000a"));
}

TEST_F(NamesTest, AreNotAskedForPrograms) {
  EXPECT_THAT(List({"--json"}), HasSubstr(kColleague));
  EXPECT_THAT(world.names_asked, IsEmpty());
}

TEST_F(NamesTest, ThatAreLongAreCutInALine) {
  world.roster[kColleague] = "Maria-Fernanda van Oosterhout-Benschop";
  EXPECT_THAT(List(), HasSubstr("Maria-Fernanda van …"));
}

TEST_F(NamesTest, CannotSteerTheTerminal) {
  world.roster[kColleague] = "Zuz\x1b[2J";
  EXPECT_THAT(List(), HasSubstr("Zuz?[2J"));
}

// A terminal of 80 columns shows the table without the hour of receipt, not broken lines.
TEST_F(NamesTest, LeaveATableThatFitsTheTerminal) {
  EXPECT_THAT(List(), HasSubstr("Received"));
  world.columns = 80;
  const std::string narrow = List();
  EXPECT_LE(WidestLine(narrow), 80U);
  EXPECT_THAT(narrow, HasSubstr("Zuzanna Terpstra"));
  EXPECT_THAT(narrow, Not(HasSubstr("Received")));
}

}  // namespace
}  // namespace samenspel::cli
