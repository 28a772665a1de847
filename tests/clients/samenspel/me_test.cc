// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/clients/samenspel/daily.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class MeTest : public testing::Test {
 protected:
  MeTest() {
    alarms.mutable_alarms_listed();
    reports.mutable_mine_shown();
    meetings.mutable_mdos_listed();
    world.answer = [this](const std::string& service, const common::v1::Envelope&) {
      if (service == silent) return FakeWorld::Answer(Silent());
      if (service == denied) {
        return FakeWorld::Answer(ReplyWith(common::v1::STATUS_DENIED, "not_permitted", ""));
      }
      if (service == "escalation") return FakeWorld::Answer(ReplyWith(alarms));
      return FakeWorld::Answer(service == "intake" ? ReplyWith(reports) : ReplyWith(meetings));
    };
  }
  FakeWorld world;
  escalation::v1::Response alarms;
  intake::v1::Response reports;
  meeting::v1::Response meetings;
  std::string silent;
  std::string denied;
};

TEST_F(MeTest, SaysThatNothingWaits) {
  EXPECT_EQ(world.Run({"me"}), 0) << world.err();
  EXPECT_EQ(world.out(), "Nothing waits for you.\n");
}

TEST_F(MeTest, GathersAlarmsReportsAndSeatsWithWhatRingsFirst) {
  alarms.mutable_alarms_listed()->add_alarms()->set_text_en("It rings.");
  *reports.mutable_mine_shown()->add_owned() = RedLine();
  *reports.mutable_mine_shown()->add_unclaimed() = AmberLine();
  reports.mutable_mine_shown()->add_reviews()->set_opening("brk_1");
  meetings.mutable_mdos_listed()->add_mdos()->set_case_number(kDailyCase);
  EXPECT_EQ(world.Run({"me"}), 0);
  EXPECT_THAT(world.out(),
              AllOf(HasSubstr("It rings."), HasSubstr("Yours\n"),
                    HasSubstr("Waits for somebody of your desk"), HasSubstr("To be reviewed"),
                    HasSubstr("Seats that wait for your yes")));
  EXPECT_LT(world.out().find("It rings."), world.out().find("Yours"));
  EXPECT_LE(WidestLine(world.out()), 100U);
  world.Run({"me", "--json"});
  const json object = json::parse(world.out());
  EXPECT_EQ(object["owned"][0]["case_number"], kDailyCase);
  EXPECT_EQ(object["meetings"].size(), 1U);
}

// Each report once, where it asks most of the user.
TEST_F(MeTest, ShowsEachReportOnce) {
  auto red = RedLine();
  red.set_provisional(true);
  red.mutable_ownership()->set_open(true);
  auto amber = AmberLine();
  amber.mutable_ownership()->set_owner(kPrincipal);
  for (const auto& line : {red, amber}) {
    *reports.mutable_mine_shown()->add_owned() = line;
    *reports.mutable_mine_shown()->add_unclaimed() = line;
  }
  *reports.mutable_mine_shown()->add_unconfirmed() = red;
  EXPECT_EQ(world.Run({"me"}), 0);
  const std::string text = world.out();
  for (const std::string& number : {red.case_number(), amber.case_number()}) {
    EXPECT_NE(text.find(number), std::string::npos);
    EXPECT_EQ(text.find(number, text.find(number) + 1), std::string::npos) << text;
  }
  EXPECT_THAT(text, AllOf(HasSubstr("Seen by nobody yet"), HasSubstr("no step, unconfirmed"),
                          HasSubstr("Yours"), Not(HasSubstr("Waits for somebody"))));
  EXPECT_LT(text.find(red.case_number()), text.find("Yours"));
  world.Run({"me", "--json"});
  EXPECT_EQ(json::parse(world.out())["unclaimed"].size(), 2U);
}

TEST_F(MeTest, FitsAScreenOrTwoAfterAnImport) {
  for (int i = 0; i < 50; ++i) {
    auto line = AmberLine();
    line.set_report("rpt_" + std::to_string(i));
    *reports.mutable_mine_shown()->add_unclaimed() = line;
    *meetings.mutable_mdos_listed()->add_mdos() = meeting::v1::Mdo();
  }
  EXPECT_EQ(world.Run({"me"}), 0);
  EXPECT_THAT(world.out(), AllOf(HasSubstr("And 40 more: samenspel queue --unclaimed"),
                                 HasSubstr("And 40 more: samenspel meeting list --to-accept")));
  const std::string text = world.out();
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 30);
}

TEST_F(MeTest, SaysThatATableStartsAfterItsTerm) {
  auto red = RedLine();
  red.mutable_meeting()->set_starts_at_ms(NowMs() + 180 * kMinuteMs);
  *reports.mutable_mine_shown()->add_owned() = red;
  auto& mdo = *meetings.mutable_mdos_listed()->add_mdos();
  mdo.set_report(red.report());
  mdo.set_starts_at_ms(red.meeting().starts_at_ms());
  EXPECT_EQ(world.Run({"me"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("■ starts 60 min after the term"));
}

// Nothing there and nothing heard are not the same.
TEST_F(MeTest, SaysWhichServiceItDidNotHear) {
  silent = "escalation";
  *reports.mutable_mine_shown()->add_owned() = RedLine();
  EXPECT_EQ(world.Run({"me"}), 6);
  EXPECT_THAT(world.out(), AllOf(HasSubstr(kDailyCase), HasSubstr("escalation does not answer"),
                                 Not(HasSubstr("Nothing waits"))));
}

TEST_F(MeTest, SaysWhichServiceItCouldNotAskForThisPurpose) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(ReplyWith(common::v1::STATUS_DENIED, "purpose_missing", ""));
  };
  EXPECT_EQ(world.Run({"me"}), 5);
  EXPECT_THAT(world.out(), AllOf(HasSubstr("with this purpose you cannot ask intake"),
                                 Not(HasSubstr("Nothing waits"))));
}

TEST_F(MeTest, HasNothingWhereTheUserMayNotAsk) {
  denied = "meeting";
  EXPECT_EQ(world.Run({"me"}), 0);
  EXPECT_EQ(world.out(), "Nothing waits for you.\n");
}

}  // namespace
}  // namespace samenspel::cli
