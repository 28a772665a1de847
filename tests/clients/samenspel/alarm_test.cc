// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/clients/samenspel/daily.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr char kAlarm[] = "alm_00000000000000000000000009";

escalation::v1::Alarm Rings() {
  escalation::v1::Alarm alarm;
  alarm.set_alarm(kAlarm);
  alarm.set_kind("no_first_step");
  alarm.set_report(kDailyReport);
  alarm.set_case_number(kDailyCase);
  alarm.set_colour(intake::v1::COLOUR_RED);
  alarm.set_due_at_ms(NowMs() - 6 * kMinuteMs);
  alarm.set_raised_at_ms(NowMs() - 6 * kMinuteMs);
  alarm.set_text_en("Nobody keeps the child safe yet.");
  alarm.set_text_nl("Nog niemand houdt het kind veilig.");
  auto* owner = alarm.add_asked();
  owner->set_person(kColleague);
  owner->set_name("Zuzanna Terpstra");
  owner->set_as("owner");
  owner->set_since_ms(NowMs() - 6 * kMinuteMs);
  owner->set_acknowledged_at_ms(NowMs() - 5 * kMinuteMs);
  auto* me = alarm.add_asked();
  me->set_person(kPrincipal);
  me->set_as("deputy");
  me->set_since_ms(NowMs() - kMinuteMs);
  alarm.set_next_at_ms(NowMs() + 4 * kMinuteMs);
  return alarm;
}

class AlarmTest : public testing::Test {
 protected:
  void Lists(const std::vector<escalation::v1::Alarm>& alarms) {
    escalation::v1::Response response;
    response.mutable_alarms_listed();
    for (const auto& alarm : alarms) *response.mutable_alarms_listed()->add_alarms() = alarm;
    Answering(world, response);
  }
  escalation::v1::Request Asked() {
    escalation::v1::Request request;
    EXPECT_TRUE(request.ParseFromString(world.SentTo("escalation").back().envelope.request()));
    return request;
  }
  FakeWorld world;
};

TEST_F(AlarmTest, ShowsWhatSinceWhenWhoIsAskedAndWhoIsNext) {
  Lists({Rings()});
  EXPECT_EQ(world.Run({"alarm", "list"}), 0) << world.err();
  EXPECT_THAT(world.out(), AllOf(HasSubstr(kAlarm), HasSubstr("Nobody keeps the child safe yet."),
                                 HasSubstr("■ red"), HasSubstr("6 min over"),
                                 HasSubstr("Zuzanna Terpstra (owner), has been at it since"),
                                 HasSubstr("you (deputy), asked Sat 21 Nov 20:44"),
                                 HasSubstr("4 min left"), HasSubstr("samenspel alarm ack alm_")));
  EXPECT_LE(WidestLine(world.out()), 100U);
  world.language = "nl";
  world.Run({"alarm", "list"});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("Nog niemand houdt"), HasSubstr("(vervanger)")));
}

TEST_F(AlarmTest, PassesOnWhatIsAskedFor) {
  Lists({});
  EXPECT_EQ(world.Run({"alarm", "list", "--all", "--mine", "--kind", "seat_empty"}), 0);
  EXPECT_TRUE(Asked().list_alarms().with_ended());
  EXPECT_TRUE(Asked().list_alarms().asked_me());
  EXPECT_EQ(Asked().list_alarms().kind(), "seat_empty");
  EXPECT_EQ(world.out(), "No alarms ring.\n");
}

TEST_F(AlarmTest, OnesThatEndedSayHowAndAskNobody) {
  auto ended = Rings();
  ended.set_ended_at_ms(NowMs());
  ended.set_ended_by("first_step_named");
  Lists({ended});
  world.Run({"alarm", "list", "--all"});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("the first step was put down"),
                                 Not(HasSubstr("alarm ack")), Not(HasSubstr("Next in line"))));
}

TEST_F(AlarmTest, AreAcknowledgedByPerson) {
  escalation::v1::Response response;
  *response.mutable_alarm_acknowledged()->mutable_alarm() = Rings();
  Answering(world, response);
  EXPECT_EQ(world.Run({"alarm", "ack", kAlarm}), 0);
  EXPECT_EQ(Asked().acknowledge_alarm().alarm(), kAlarm);
  EXPECT_THAT(world.out(), HasSubstr("The alarm goes on until it is done"));
}

TEST_F(AlarmTest, AreShownOneByOne) {
  escalation::v1::Response response;
  *response.mutable_alarm_shown()->mutable_alarm() = Rings();
  response.mutable_alarm_shown()->set_version(4);
  Answering(world, response);
  EXPECT_EQ(world.Run({"alarm", "show", kAlarm, "--json"}), 0);
  const json object = json::parse(world.out());
  EXPECT_EQ(object["version"], 4);
  EXPECT_EQ(object["asked"][0]["acknowledged_at"], "2026-11-21T20:40:00.000+01:00");
  EXPECT_EQ(object["asked"][1]["acknowledged_at"], nullptr);
}

TEST_F(AlarmTest, RefuseInWordsAndSaySilencePlainly) {
  Answering(world, common::v1::STATUS_REFUSED, "not_asked", "alarm");
  EXPECT_EQ(world.Run({"alarm", "ack", kAlarm}), 1);
  EXPECT_THAT(world.err(), HasSubstr("you were not asked about this"));
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Silent());
  };
  EXPECT_EQ(world.Run({"alarm", "ack", kAlarm}), 7);
  EXPECT_EQ(world.Run({"alarm", "list"}), 6);
}

}  // namespace
}  // namespace samenspel::cli
