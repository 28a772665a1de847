// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "clients/samenspel/texts.h"
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
  static common::v1::Reply Listed(const std::vector<escalation::v1::Alarm>& alarms) {
    escalation::v1::Response response;
    response.mutable_alarms_listed();
    for (const auto& alarm : alarms) *response.mutable_alarms_listed()->add_alarms() = alarm;
    return ReplyWith(response);
  }
  void Lists(const std::vector<escalation::v1::Alarm>& alarms) {
    world.answer = [reply = Listed(alarms)](const std::string&, const common::v1::Envelope&) {
      return FakeWorld::Answer(reply);
    };
  }
  void Shows(const escalation::v1::Alarm& alarm) {
    escalation::v1::Response response;
    *response.mutable_alarm_shown()->mutable_alarm() = alarm;
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
  Shows(Rings());
  EXPECT_EQ(world.Run({"alarm", "show", kAlarm}), 0) << world.err();
  EXPECT_THAT(world.out(), AllOf(HasSubstr(kAlarm), HasSubstr("Nobody keeps the child safe yet."),
                                 HasSubstr("■ red"), HasSubstr("6 min over"),
                                 HasSubstr("Zuzanna Terpstra (owner), has been at it since"),
                                 HasSubstr("you (deputy), asked Sat 21 Nov 20:44"),
                                 HasSubstr("4 min left"), HasSubstr("samenspel alarm ack alm_")));
  EXPECT_LE(WidestLine(world.out()), 100U);
  world.language = "nl";
  world.Run({"alarm", "show", kAlarm});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("Nog niemand houdt"), HasSubstr("(vervanger)")));
}

// Whoever is woken must not have to look for what ends it.
TEST_F(AlarmTest, OfEveryKindNameTheCommandThatEndsThemUnderWhatIsAsked) {
  for (const auto& [kind, command] : std::map<std::string, std::string>{
           {"no_first_step", "samenspel report hold 2026-004711-J --step CODE"},
           {"meeting_not_planned", "samenspel roster coverage"},
           {"seat_empty", "samenspel roster show --function police_liaison"},
           {"term_near", "samenspel queue settle 2026-004711-J"},
           {"term_passed", "samenspel queue settle 2026-004711-J --outcome meeting"},
           {"provisional_red", "samenspel report confirm 2026-004711-J"},
           {"break_glass_review", "samenspel review brk_1 --justified"},
           {"follower_lagging", "samenspel status"}}) {
    auto alarm = Rings();
    alarm.set_kind(kind);
    alarm.set_subject("brk_1");
    alarm.set_detail(kind == "seat_empty" ? "police_liaison" : "");
    Shows(alarm);
    world.Run({"alarm", "show", kAlarm});
    EXPECT_THAT(world.out(), HasSubstr(command)) << kind;
    EXPECT_LT(world.out().find(command), world.out().find("Rings since")) << kind;
  }
  for (const auto language : {Language::kDutch, Language::kEnglish}) {
    for (const std::string& kind : Texts(language).Codes("alarm_kind")) {
      EXPECT_THAT(Texts(language).Word("alarm_do", kind), HasSubstr("samenspel ")) << kind;
    }
  }
}

TEST_F(AlarmTest, AreListedInTwoLinesEachTheMostUrgentFirst) {
  auto term = Rings();
  term.set_kind("term_near");
  term.set_case_number("2026-004712-K");
  term.set_colour(intake::v1::COLOUR_GREEN);
  term.set_raised_at_ms(NowMs() - 60 * kMinuteMs);
  term.clear_asked();
  auto seat = Rings();
  seat.set_kind("seat_empty");
  seat.set_detail("police_liaison");
  seat.set_raised_at_ms(NowMs() - 30 * kMinuteMs);
  Lists({term, seat, Rings()});
  EXPECT_EQ(world.Run({"alarm", "list"}), 0) << world.err();
  const std::string& text = world.out();
  EXPECT_LT(text.find("nobody for the child"), text.find("empty seat at the table: police"));
  EXPECT_LT(text.find("empty seat"), text.find("term almost over"));
  EXPECT_THAT(text, AllOf(HasSubstr("■ red    2026-004711-J  6 min over  nobody for the child\n"
                                    "  waits for you; at it: Zuzanna Terpstra\n"),
                          HasSubstr("samenspel alarm ack 2026-004711-J")));
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 3 * 2 + 2);
  for (const size_t columns : {60, 80}) {
    world.columns = columns;
    world.Run({"alarm", "list"});
    EXPECT_LE(WidestLine(world.out()), columns) << world.out();
  }
}

TEST_F(AlarmTest, PassesOnWhatIsAskedFor) {
  Lists({});
  EXPECT_EQ(world.Run({"alarm", "list", "--all", "--mine", "--kind", "seat_empty"}), 0);
  EXPECT_TRUE(Asked().list_alarms().with_ended());
  EXPECT_TRUE(Asked().list_alarms().asked_me());
  EXPECT_EQ(Asked().list_alarms().kind(), "seat_empty");
  EXPECT_EQ(world.out(), "No alarm has rung yet that is as you asked.\n");
}

// "No alarms ring" must not be what a slip of the pen leads to.
TEST_F(AlarmTest, RefuseAKindThatDoesNotExistAndNameThoseThatDo) {
  Lists({});
  EXPECT_EQ(world.Run({"alarm", "list", "--kind", "nonsense"}), 2);
  EXPECT_THAT(world.err(), AllOf(HasSubstr("--kind"), HasSubstr("nonsense"),
                                 HasSubstr("no_first_step, meeting_not_planned")));
  EXPECT_THAT(world.sent, testing::IsEmpty());
}

TEST_F(AlarmTest, ThatAreNotOfThisKindOrForOthersAreCounted) {
  const common::v1::Reply none = Listed({});
  const common::v1::Reply all = Listed({Rings(), Rings()});
  world.answer = [=](const std::string&, const common::v1::Envelope& envelope) {
    escalation::v1::Request request;
    EXPECT_TRUE(request.ParseFromString(envelope.request()));
    const auto& asked = request.list_alarms();
    return FakeWorld::Answer(asked.asked_me() || !asked.kind().empty() ? none : all);
  };
  EXPECT_EQ(world.Run({"alarm", "list", "--mine"}), 0);
  EXPECT_EQ(world.out(), "No alarm waits for you; 2 ring for others.\n");
  EXPECT_EQ(world.Run({"alarm", "list", "--kind", "seat_empty"}), 0);
  EXPECT_EQ(world.out(), "No alarm of this kind that you asked for; 2 others ring.\n");
  Lists({});
  world.Run({"alarm", "list", "--mine"});
  EXPECT_EQ(world.out(), "No alarms ring.\n");
  world.Run({"alarm", "list", "--all"});
  EXPECT_EQ(world.out(), "No alarm has rung yet that you may see.\n");
}

TEST_F(AlarmTest, OnesThatEndedSayHowAskNobodyAndCountOnNoMore) {
  auto ended = Rings();
  ended.set_ended_at_ms(NowMs());
  ended.set_ended_by("first_step_named");
  Lists({ended});
  world.Run({"alarm", "list", "--all"});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("the first step was put down"),
                                 Not(HasSubstr("min over")), Not(HasSubstr("alarm ack"))));
  Shows(ended);
  world.Run({"alarm", "show", kAlarm});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("the first step was put down"),
                                 Not(HasSubstr("min over")), Not(HasSubstr("alarm ack")),
                                 Not(HasSubstr("report hold")), Not(HasSubstr("Next in line"))));
}

// The one that does not follow stands still, not the one that is followed.
TEST_F(AlarmTest, OfAFollowerNameTheServiceThatStandsStill) {
  auto alarm = Rings();
  alarm.set_kind("follower_lagging");
  alarm.set_subject("svc_meeting");
  alarm.set_detail("intake");
  alarm.clear_case_number();
  alarm.clear_colour();
  Shows(alarm);
  world.Run({"alarm", "show", kAlarm});
  EXPECT_THAT(world.out(), HasSubstr("meeting has not followed intake since Sat 21 Nov 20:39"));
  EXPECT_THAT(world.out(), HasSubstr("Look at meeting"));
  Lists({alarm});
  world.Run({"alarm", "list"});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("service lags behind: meeting"), HasSubstr(kAlarm)));
  alarm.set_subject("svc_escalation");  // It tells of itself, so it runs.
  Shows(alarm);
  world.Run({"alarm", "show", kAlarm});
  EXPECT_THAT(world.out(), AllOf(HasSubstr("escalation has not heard intake since"),
                                 HasSubstr("Does intake stand still")));
}

// P.04: on the telephone there is a case number, no id.
TEST_F(AlarmTest, AreShownAndAcknowledgedByTheirCase) {
  auto second = Rings();
  second.set_alarm("alm_0000000000000000000000000a");
  second.set_kind("seat_empty");
  auto of_others = Rings();
  of_others.set_alarm("alm_0000000000000000000000000b");
  of_others.clear_asked();
  auto elsewhere = Rings();
  elsewhere.set_case_number("2026-004712-K");
  const common::v1::Reply listed = Listed({Rings(), second, of_others, elsewhere});
  std::vector<std::string> acknowledged;
  world.answer = [&](const std::string&, const common::v1::Envelope& envelope) {
    escalation::v1::Request request;
    EXPECT_TRUE(request.ParseFromString(envelope.request()));
    if (request.has_list_alarms()) return FakeWorld::Answer(listed);
    acknowledged.push_back(request.acknowledge_alarm().alarm());
    escalation::v1::Response response;
    *response.mutable_alarm_acknowledged()->mutable_alarm() = second;
    return FakeWorld::Answer(ReplyWith(response));
  };
  EXPECT_EQ(world.Run({"alarm", "ack", "2026-004711-j"}), 0) << world.err();
  EXPECT_THAT(acknowledged, testing::ElementsAre(kAlarm, second.alarm()));
  EXPECT_THAT(world.out(), AllOf(HasSubstr("you are at it"), HasSubstr(second.alarm())));
  EXPECT_EQ(world.Run({"alarm", "show", kDailyCase}), 0);
  EXPECT_THAT(world.out(), AllOf(HasSubstr(kAlarm), HasSubstr(of_others.alarm())));
}

TEST_F(AlarmTest, SaysThatNoneAboutACaseAsksTheUser) {
  auto of_others = Rings();
  of_others.clear_asked();
  Lists({of_others});
  EXPECT_EQ(world.Run({"alarm", "ack", kDailyCase}), 3);
  EXPECT_THAT(world.err(), HasSubstr("No alarm about 2026-004711-J asks you."));
  Lists({});
  EXPECT_EQ(world.Run({"alarm", "show", kDailyCase}), 3);
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
