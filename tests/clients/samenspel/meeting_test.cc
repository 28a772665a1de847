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
using testing::IsEmpty;
using testing::Not;

meeting::v1::Mdo Table() {
  meeting::v1::Mdo mdo;
  mdo.set_mdo("mdo_00000000000000000000000008");
  mdo.set_report(kDailyReport);
  mdo.set_case_number(kDailyCase);
  mdo.set_colour(intake::v1::COLOUR_RED);
  mdo.set_starts_at_ms(NowMs() + 60 * kMinuteMs);
  mdo.set_ends_at_ms(NowMs() + 120 * kMinuteMs);
  mdo.set_chair(kColleague);
  mdo.set_notes(kPrincipal);
  mdo.mutable_join()->set_room("Crisis room");
  mdo.mutable_join()->set_phone("0900-0000");
  auto* chair = mdo.add_seats();
  chair->set_function("protection_worker");
  chair->set_professional(kColleague);
  chair->set_name("Zuzanna Terpstra");
  chair->set_accepted_at_ms(NowMs());
  auto* mine = mdo.add_seats();
  mine->set_function("legal_counsel");
  mine->set_professional(kPrincipal);
  mine->set_name("Noor Yıldız");
  mine->set_subject_en("What the law allows, and what the court must be asked.");
  mine->set_reason_en("There may be a court order in force.");
  mine->set_conditional(true);
  auto* missing = mdo.add_missing();
  missing->set_function("police_liaison");
  missing->set_cause(meeting::v1::MISSING_CAUSE_NOBODY_ON_DUTY);
  return mdo;
}

class MeetingTest : public testing::Test {
 protected:
  std::string Show(const meeting::v1::MdoShown& shown, std::vector<std::string> more = {}) {
    meeting::v1::Response response;
    *response.mutable_mdo_shown() = shown;
    Answering(world, response);
    more.insert(more.begin(), {"meeting", "show", kDailyCase});
    EXPECT_EQ(world.Run(more), 0) << world.err();
    return world.out();
  }
  meeting::v1::MdoShown Shown() {
    meeting::v1::MdoShown shown;
    *shown.mutable_mdo() = Table();
    return shown;
  }
  void Lists(const std::vector<meeting::v1::Mdo>& mdos) {
    meeting::v1::Response response;
    response.mutable_mdos_listed();
    for (const auto& mdo : mdos) *response.mutable_mdos_listed()->add_mdos() = mdo;
    Answering(world, response);
  }
  meeting::v1::Request Asked() {
    meeting::v1::Request request;
    EXPECT_TRUE(request.ParseFromString(world.SentTo("meeting").back().envelope.request()));
    return request;
  }
  FakeWorld world;
};

// P.20, P.21: what each seat brings and why it is asked for. P.03: chair, notes, how to join.
TEST_F(MeetingTest, ShowsWhoBringsWhatWhyAndHowToJoin) {
  const std::string text = Show(Shown());
  EXPECT_THAT(text, AllOf(HasSubstr("lawyer: Noor Yıldız (you), has not said yes yet"),
                          HasSubstr("Brings: What the law allows"),
                          HasSubstr("Because: There may be a court order"),
                          HasSubstr("Chair         Zuzanna Terpstra"), HasSubstr("Crisis room"),
                          HasSubstr("0900-0000"), HasSubstr("said yes, Sat 21 Nov 20:45")));
  EXPECT_THAT(text, AllOf(HasSubstr("police or prosecution: nobody with this function is on duty"),
                          HasSubstr("samenspel meeting accept 2026-004711-J")));
  EXPECT_LE(WidestLine(text), 100U);
}

// P.01
TEST_F(MeetingTest, PutsTheFirstStepAboveTheMeeting) {
  EXPECT_THAT(Show(Shown()), HasSubstr("NOBODY FOR THE CHILD YET"));
  auto shown = Shown();
  shown.mutable_first_step()->set_step(intake::v1::FIRST_STEP_STAYS_IN_HOSPITAL);
  const std::string text = Show(shown);
  EXPECT_THAT(text, AllOf(HasSubstr("the child stays in hospital"), Not(HasSubstr("NOBODY"))));
  EXPECT_LT(text.find("stays in hospital"), text.find("mdo_"));
}

TEST_F(MeetingTest, NamesTheSeatThatKeepsItFromStarting) {
  auto shown = Shown();
  shown.mutable_mdo()->set_starts_at_ms(0);
  shown.mutable_mdo()->set_binding_function("confidential_physician");
  EXPECT_THAT(Show(shown), HasSubstr("nobody for the seat confidential physician"));
}

TEST_F(MeetingTest, GivesProgramsSeatsMissingOnesAndJoin) {
  const json object = json::parse(Show(Shown(), {"--json"}));
  EXPECT_EQ(object["seats"][1]["accepted_at"], nullptr);
  EXPECT_EQ(object["seats"][1]["conditional"], true);
  EXPECT_EQ(object["missing"][0]["cause"], "nobody_on_duty");
  EXPECT_EQ(object["join"]["room"], "Crisis room");
  EXPECT_EQ(object["first_step"], nullptr);
}

TEST_F(MeetingTest, ListsWithWhatWaitsForTheUser) {
  auto settled = Table();
  settled.set_case_number("2026-004712-K");
  settled.mutable_seats()->DeleteSubrange(1, 1);
  settled.clear_missing();
  Lists({Table(), settled});
  EXPECT_EQ(world.Run({"meeting", "list", "--to-accept", "--from", "2026-11-21"}), 0);
  EXPECT_TRUE(Asked().list_mdos().to_accept());
  EXPECT_EQ(Asked().list_mdos().from_ms(), 1795215600000);
  EXPECT_THAT(world.out(),
              AllOf(HasSubstr("■ red"), HasSubstr("waits for your yes"),
                    HasSubstr("1 of 1 said yes"), HasSubstr("Sat 21 Nov 21:45 - 22:45 (+01:00)")));
  EXPECT_LE(WidestLine(world.out()), 100U);
}

// Meeting does not know the term of a table; intake's list does.
TEST_F(MeetingTest, SaysThatItStartsAfterTheTerm) {
  intake::v1::Response reports;
  auto line = RedLine();
  line.mutable_terms()->set_settle_due_ms(NowMs() + 15 * kMinuteMs);
  *reports.mutable_reports_listed()->add_lines() = line;
  meeting::v1::Response list;
  *list.mutable_mdos_listed()->add_mdos() = Table();
  meeting::v1::Response shown;
  *shown.mutable_mdo_shown() = Shown();
  world.answer = [&](const std::string& service, const common::v1::Envelope& envelope) {
    meeting::v1::Request request;
    if (service == "intake") return FakeWorld::Answer(ReplyWith(reports));
    EXPECT_TRUE(request.ParseFromString(envelope.request()));
    return FakeWorld::Answer(ReplyWith(request.has_list_mdos() ? list : shown));
  };
  for (const char* verb : {"list", "show"}) {
    std::vector<std::string> command{"meeting", verb};
    if (command[1] == "show") command.push_back(kDailyCase);
    EXPECT_EQ(world.Run(command), 0) << world.err();
    EXPECT_THAT(world.out(), HasSubstr("■ starts 45 min after the term"));
    EXPECT_LE(WidestLine(world.out()), 100U);
  }
  reports.mutable_reports_listed()->mutable_lines(0)->mutable_terms()->set_settle_due_ms(
      Table().starts_at_ms());
  world.Run({"meeting", "list"});
  EXPECT_THAT(world.out(), Not(HasSubstr("after the term")));
}

TEST_F(MeetingTest, SaysThatItIsAboutToBeginAndNotEverybodySaidYes) {
  auto table = Table();
  table.set_starts_at_ms(NowMs() + 15 * kMinuteMs);
  Lists({table});
  world.Run({"meeting", "list"});
  EXPECT_THAT(world.out(), HasSubstr("■ begins soon: 1 of 2 said yes"));
  table.mutable_seats(0)->clear_accepted_at_ms();
  table.set_starts_at_ms(NowMs());
  Lists({table});
  world.Run({"meeting", "list"});
  EXPECT_THAT(world.out(), HasSubstr("■ has begun: nobody said yes"));
  table.set_ends_at_ms(NowMs());
  Lists({table});
  world.Run({"meeting", "list"});
  EXPECT_THAT(world.out(), Not(HasSubstr("nobody said yes")));
  table = Table();
  table.set_starts_at_ms(NowMs() + 15 * kMinuteMs + 1);
  Lists({table});
  world.Run({"meeting", "list"});
  EXPECT_THAT(world.out(), Not(HasSubstr("begins soon")));
}

TEST_F(MeetingTest, SaysInWordsThatNoneIsThere) {
  Lists({});
  world.Run({"meeting", "list"});
  EXPECT_EQ(world.out(), "There are no meetings that you may see here.\n");
  world.Run({"meeting", "list", "--to-accept"});
  EXPECT_EQ(world.out(), "No seat waits for your yes.\n");
}

// P.25: each confirms for themself.
TEST_F(MeetingTest, AcceptsTheOwnSeat) {
  meeting::v1::Response response;
  *response.mutable_seat_accepted()->mutable_mdo() = Table();
  response.mutable_seat_accepted()->mutable_mdo()->mutable_seats(1)->set_accepted_at_ms(NowMs());
  Answering(world, response);
  EXPECT_EQ(world.Run({"meeting", "accept", kDailyCase}), 0);
  EXPECT_EQ(Asked().accept_seat().mdo(), kDailyCase);
  EXPECT_THAT(world.out(), AllOf(HasSubstr("The seat is yours"), Not(HasSubstr("is waited for"))));
}

TEST_F(MeetingTest, GivesARefusalInWords) {
  Answering(world, common::v1::STATUS_REFUSED, "no_seat", "mdo");
  EXPECT_EQ(world.Run({"meeting", "accept", kDailyCase}), 1);
  EXPECT_THAT(world.err(), HasSubstr("you have no seat in this meeting"));
  Answering(world, common::v1::STATUS_CONFLICT, "changed_since", "mdo");
  EXPECT_EQ(world.Run({"meeting", "accept", kDailyCase}), 4);
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Silent());
  };
  EXPECT_EQ(world.Run({"meeting", "accept", kDailyCase}), 7);
  EXPECT_EQ(world.Run({"meeting", "show", kDailyCase}), 6);
}

}  // namespace
}  // namespace samenspel::cli
