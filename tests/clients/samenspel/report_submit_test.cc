// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/clients/samenspel/fake_services.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr char kForm[] = R"({
  "answers": [{"indicator": "fresh_injury", "value": "ANSWER_VALUE_YES"}],
  "private": {"happening": {"text": "CANARY-1"}, "child_now": {"unknown": true},
              "reporter": {"unknown": true}, "children": [{"name": "CANARY-2"}]},
  "secret": {"secret_location": "CANARY-3"}})";

class ReportSubmit : public testing::Test {
 protected:
  ReportSubmit() { EXPECT_TRUE(world.files->Replace("/form.json", kForm).ok()); }
  int Submit(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"report", "submit", "/form.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return world.Run(arguments);
  }
  int Retry() { return world.Run({"report", "submit", "--retry"}); }
  void ShowsNoFamilyData() { EXPECT_THAT(world.out() + world.err(), Not(HasSubstr("CANARY"))); }

  FakeWorld world;
};

TEST_F(ReportSubmit, ShowsColourMeetingSeatsAndProof) {
  FakeServices services(world);
  EXPECT_EQ(Submit(), 0) << world.err();
  EXPECT_THAT(world.out(), HasSubstr(kReport));
  EXPECT_THAT(world.out(), HasSubstr(kCase));
  EXPECT_THAT(world.out(), HasSubstr("■ red"));
  EXPECT_THAT(world.out(), HasSubstr("There is a fresh injury."));
  EXPECT_THAT(world.out(), HasSubstr("Sat 21 Nov 22:15 - 23:15 (+01:00)"));
  EXPECT_THAT(world.out(), HasSubstr("child protection worker"));
  EXPECT_THAT(world.out(), HasSubstr("Zuzanna Terpstra"));
  EXPECT_THAT(world.out(), HasSubstr("report received"));
  EXPECT_THAT(world.out(), HasSubstr("meeting planned"));
  EXPECT_THAT(world.out(), Not(HasSubstr("does not show all")));
  EXPECT_THAT(world.out(), HasSubstr("holds"));
  EXPECT_THAT(world.out(), Not(HasSubstr("\x1b")));
  ShowsNoFamilyData();
}

TEST_F(ReportSubmit, SaysThatTheMeetingStartsAfterItsTerm) {
  FakeServices services(world);
  services.settle_due_ms = services.mdo.starts_at_ms();
  EXPECT_EQ(Submit(), 0);
  EXPECT_THAT(world.out(), Not(HasSubstr("after the term")));
  services.settle_due_ms -= 11LL * 3600 * 1000;
  EXPECT_EQ(Submit(), 0);
  EXPECT_THAT(world.out(), HasSubstr("■ starts 11 h after the term"));
}

TEST_F(ReportSubmit, MeasuresFromSendingToPlannedAndAudited) {
  FakeServices services(world);
  EXPECT_EQ(Submit({"--json"}), 0);
  const json object = json::parse(world.out());
  // Two milliseconds a call: submit, meeting's await, two awaits at audit.
  EXPECT_EQ(object["milliseconds"]["received"], 2);
  EXPECT_EQ(object["milliseconds"]["planned"], 4);
  EXPECT_EQ(object["milliseconds"]["audited"], 8);
  EXPECT_EQ(object["grade"]["colour"], "red");
  EXPECT_EQ(object["meeting"]["seats"][0]["name"], "Zuzanna Terpstra");
  EXPECT_EQ(object["entries"][0]["proof"], "ok");
  ShowsNoFamilyData();
}

TEST_F(ReportSubmit, SendsAWellFormedEnvelopeWithTheWholeForm) {
  FakeServices services(world);
  Submit();
  const common::v1::Envelope envelope = world.SentTo("intake").at(0).envelope;
  EXPECT_EQ(envelope.protocol(), 1U);
  EXPECT_THAT(envelope.request_id(), SizeIs(16));
  EXPECT_EQ(envelope.request_id()[6] & 0xF0, 0x70);
  EXPECT_EQ(envelope.purpose(), "child_safety");
  intake::v1::Request request;
  ASSERT_TRUE(request.ParseFromString(envelope.request()));
  EXPECT_EQ(request.submit_report().private_().children(0).name(), "CANARY-2");
  EXPECT_EQ(request.submit_report().secret().secret_location(), "CANARY-3");
}

TEST_F(ReportSubmit, LiesInTheSpoolBeforeTheFirstByteLeaves) {
  std::vector<std::string> seen;
  world.answer = [&](const std::string&, const common::v1::Envelope& envelope) {
    seen = world.Spooled();
    EXPECT_THAT(seen, ElementsAre(envelope.request_id()));
    return FakeWorld::Answer(Away());
  };
  Submit();
  EXPECT_THAT(seen, SizeIs(1));
}

TEST_F(ReportSubmit, LeavesTheSpoolAfterTheAnswer) {
  FakeServices services(world);
  Submit();
  EXPECT_THAT(world.Spooled(), IsEmpty());
}

TEST_F(ReportSubmit, KeepsTheReportWhenIntakeIsAway) {
  EXPECT_EQ(Submit(), 6);
  EXPECT_THAT(world.Spooled(), SizeIs(1));
  EXPECT_THAT(world.err(), HasSubstr("NOT sent"));
  EXPECT_THAT(world.err(), HasSubstr("samenspel report submit --retry"));
  ShowsNoFamilyData();
}

TEST_F(ReportSubmit, KeepsTheReportWhenNoAnswerComes) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Silent());
  };
  EXPECT_EQ(Submit(), 7);
  EXPECT_THAT(world.Spooled(), SizeIs(1));
  EXPECT_THAT(world.err(), HasSubstr("does not count twice"));
}

TEST_F(ReportSubmit, DoesNotKnowTheOutcomeWhenTheConnectionIsLostAfterSending) {
  int calls = 0;
  world.answer = [&](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(++calls == 1 ? Silent() : Away());
  };
  EXPECT_EQ(Submit(), 7);
  EXPECT_EQ(calls, 2);
}

TEST_F(ReportSubmit, KeepsTheReportWhileIntakeIsBusy) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    auto reply = ReplyWith(common::v1::STATUS_BUSY, "too_many_requests", "");
    reply.set_retry_after_ms(1500);
    return FakeWorld::Answer(reply);
  };
  EXPECT_EQ(Submit(), 6);
  EXPECT_THAT(world.Spooled(), SizeIs(1));
  EXPECT_THAT(world.err(), HasSubstr("in 2 s"));
}

TEST_F(ReportSubmit, ShowsWhyIntakeRefusesAndKeepsNothing) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(
        ReplyWith(common::v1::STATUS_INVALID, "in_the_future", "private.children[0].birth_date"));
  };
  EXPECT_EQ(Submit(), 2);
  EXPECT_THAT(world.Spooled(), IsEmpty());
  EXPECT_THAT(world.err(), HasSubstr("private.children[0].birthDate: this date is in the future"));
}

TEST_F(ReportSubmit, ShowsACodeThatIsNewerThanThisCommand) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(ReplyWith(common::v1::STATUS_REFUSED, "of_next_year", ""));
  };
  EXPECT_EQ(Submit(), 1);
  EXPECT_THAT(world.err(), HasSubstr("of_next_year"));
}

TEST_F(ReportSubmit, RetriesTheSameBytesOnce) {
  Submit();
  const std::string first = world.sent.at(0).envelope.SerializeAsString();
  world.sent.clear();
  FakeServices services(world);
  EXPECT_EQ(Retry(), 0) << world.err();
  ASSERT_THAT(world.SentTo("intake"), SizeIs(1));
  EXPECT_EQ(world.SentTo("intake")[0].envelope.SerializeAsString(), first);
  EXPECT_THAT(world.out(), HasSubstr(kReport));
  EXPECT_THAT(world.Spooled(), IsEmpty());
  world.sent.clear();
  EXPECT_EQ(Retry(), 0);
  EXPECT_THAT(world.sent, IsEmpty());
  EXPECT_THAT(world.out(), HasSubstr("Nothing waits"));
}

TEST_F(ReportSubmit, RetriesEverythingThatWaits) {
  Submit();
  Submit();
  EXPECT_THAT(world.err(), HasSubstr("1 earlier request(s)"));
  world.sent.clear();
  FakeServices services(world);
  EXPECT_EQ(world.Run({"report", "submit", "--retry", "--json"}), 0);
  EXPECT_EQ(json::parse(world.out())["results"].size(), 2U);
  EXPECT_THAT(world.Spooled(), IsEmpty());
}

TEST_F(ReportSubmit, DoesNotSendANewFileWithRetry) {
  FakeServices services(world);
  EXPECT_EQ(Submit({"--retry"}), 0);
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(ReportSubmit, FailsWhenARetryFailsAgain) {
  Submit();
  EXPECT_EQ(Retry(), 6);
  EXPECT_THAT(world.Spooled(), SizeIs(1));
}

TEST_F(ReportSubmit, SendsNothingWhenTheFormIsWrong) {
  world.Type(R"({"private": {"address": "CANARY", "address": "CANARY"}})");
  EXPECT_EQ(world.Run({"report", "submit", "-"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("private.address: this field stands here twice"));
  EXPECT_THAT(world.sent, IsEmpty());
  ShowsNoFamilyData();
}

TEST_F(ReportSubmit, ReadsStandardInput) {
  FakeServices services(world);
  world.Type(kForm);
  EXPECT_EQ(world.Run({"report", "submit", "-"}), 0);
}

TEST_F(ReportSubmit, SaysThatAFileCannotBeRead) {
  EXPECT_EQ(world.Run({"report", "submit", "/no.json"}), 2);
  EXPECT_THAT(world.err(), HasSubstr("/no.json"));
}

TEST_F(ReportSubmit, IsSafeWhenMeetingAndAuditAreLate) {
  FakeServices services(world);
  world.answer = [&](const std::string& service, const common::v1::Envelope& envelope) {
    return service == "intake" ? services.Answer(service, envelope) : FakeWorld::Answer(Silent());
  };
  EXPECT_EQ(Submit(), 0);
  EXPECT_THAT(world.out(), HasSubstr("stored safely. The meeting is not confirmed yet"));
  EXPECT_THAT(world.out(), HasSubstr("The audit log has not confirmed it yet"));
  EXPECT_THAT(world.Spooled(), IsEmpty());
}

TEST_F(ReportSubmit, DoesNotWaitForAMeetingWhenTheReportIsNotRed) {
  FakeServices services(world);
  services.colour = intake::v1::COLOUR_AMBER;
  EXPECT_EQ(Submit(), 0);
  EXPECT_THAT(world.SentTo("meeting"), IsEmpty());
  EXPECT_THAT(world.out(), HasSubstr("▲ amber"));
}

TEST_F(ReportSubmit, NamesTheSeatThatNobodyCanTake) {
  FakeServices services(world);
  services.mdo.set_starts_at_ms(0);
  services.mdo.clear_seats();
  services.mdo.set_binding_function("confidential_physician");
  EXPECT_EQ(Submit(), 0);
  EXPECT_THAT(world.out(), HasSubstr("nobody for the seat confidential physician"));
}

TEST_F(ReportSubmit, RaisesTheAlarmWhenAProofFails) {
  FakeServices services(world);
  const auto other = tlog::SigningKey::FromSeed("samenspel.example/test", std::string(32, 'x'));
  world.environment["SAMENSPEL_AUDIT_KEY"] = other->verifier().Text();
  EXPECT_EQ(Submit(), 1);
  EXPECT_THAT(world.err(), HasSubstr("THE PROOF DOES NOT HOLD"));
}

TEST_F(ReportSubmit, SaysSoWhenAuditLeavesAnEntryOut) {
  FakeServices services(world);
  world.answer = [&](const std::string& service, const common::v1::Envelope& envelope) {
    if (service != "audit" || envelope.has_await()) return services.Answer(service, envelope);
    audit::v1::Response response;
    *response.mutable_entries_shown() = services.log.Show({0});
    return FakeWorld::Answer(ReplyWith(response));
  };
  EXPECT_EQ(Submit(), 0);
  EXPECT_THAT(world.out(), HasSubstr("does not show all of this report"));
}

TEST_F(ReportSubmit, SaysThatTheProofWasNotCheckedWithoutAKey) {
  FakeServices services(world);
  world.environment.erase("SAMENSPEL_AUDIT_KEY");
  EXPECT_EQ(Submit(), 0);
  EXPECT_THAT(world.out(), HasSubstr("not checked"));
}

TEST_F(ReportSubmit, SaysLittleWhenQuiet) {
  FakeServices services(world);
  EXPECT_EQ(Submit({"--quiet"}), 0);
  EXPECT_THAT(world.out(), HasSubstr(kCase));
  EXPECT_THAT(world.out(), Not(HasSubstr("Zuzanna")));
}

TEST_F(ReportSubmit, PrintsOneErrorObject) {
  EXPECT_EQ(Submit({"--json"}), 6);
  const json object = json::parse(world.out());
  EXPECT_EQ(object["error"]["code"], "unavailable");
  EXPECT_EQ(object["error"]["exit"], 6);
  EXPECT_EQ(world.err(), "");
}

// P.01: whoever sends a red report hears at once that somebody must hold the child, above all else.
TEST_F(ReportSubmit, AsksForTheFirstStepOfARedReportAlsoWhenQuiet) {
  FakeServices services(world);
  services.first_step_due_ms = base::ToMs(world.clock.wall) + 10 * 60 * 1000;
  for (const bool quiet : {false, true}) {
    EXPECT_EQ(quiet ? Submit({"--quiet"}) : Submit(), 0);
    EXPECT_THAT(world.out(), HasSubstr("NOBODY FOR THE CHILD YET"));
    EXPECT_THAT(world.out(), HasSubstr("Sat 21 Nov 20:55 (+01:00)"));
    EXPECT_THAT(world.out(), HasSubstr("samenspel report hold 2026-004711-J --step"));
  }
  services.colour = intake::v1::COLOUR_AMBER;
  Submit();
  EXPECT_THAT(world.out(), Not(HasSubstr("NOBODY FOR THE CHILD")));
}

// P.17: a provisional red convenes nothing, so there is nothing to wait for.
TEST_F(ReportSubmit, DoesNotWaitForTheMeetingOfAProvisionalRed) {
  FakeServices services(world);
  services.provisional = true;
  EXPECT_EQ(Submit(), 0);
  EXPECT_THAT(world.SentTo("meeting"), IsEmpty());
}

// P.13, P.16: who has it now, by when it must be done, and how to go on; of the log only that it
// holds it.
TEST_F(ReportSubmit, TellsOfAmberAndGreenWhoHasItUntilWhenAndWhatNext) {
  FakeServices services(world);
  services.settle_due_ms = base::ToMs(world.clock.wall) + 3 * 3600 * 1000;
  for (const auto colour : {intake::v1::COLOUR_AMBER, intake::v1::COLOUR_GREEN}) {
    services.colour = colour;
    EXPECT_EQ(Submit(), 0);
    EXPECT_THAT(world.out(), HasSubstr("Owner         you, until a colleague of your desk takes"));
    EXPECT_THAT(world.out(), HasSubstr("Term          Sat 21 Nov 23:45 (+01:00), 3 h left"));
    EXPECT_THAT(world.out(), HasSubstr("samenspel claim 2026-004711-J"));
    EXPECT_THAT(world.out(), HasSubstr("Recorded in the audit log (entries: 3); proof: holds."));
    EXPECT_THAT(world.out(), Not(HasSubstr("report received")));
    EXPECT_EQ(Submit({"--json"}), 0);
    EXPECT_EQ(json::parse(world.out())["entries"].size(), 3U);
  }
  world.roster["org_00000000000000000000000003"] = "Wijkteam Lindewaard";
  EXPECT_EQ(Submit({"--for-desk", "org_00000000000000000000000003"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("you, until somebody of Wijkteam Lindewaard takes"));
  EXPECT_THAT(world.out(), HasSubstr("samenspel report show 2026-004711-J"));
  EXPECT_THAT(world.out(), Not(HasSubstr("samenspel claim")));
}

TEST_F(ReportSubmit, SaysWhatMayStandThereAsTheFormSpellsIt) {
  ASSERT_TRUE(world.files->Replace("/form.json", R"({"answers": [{"value": "YES"}]})").ok());
  EXPECT_EQ(Submit(), 2);
  EXPECT_THAT(world.err(), HasSubstr("Possible here: ANSWER_VALUE_YES, ANSWER_VALUE_NO"));
  ASSERT_TRUE(
      world.files->Replace("/form.json", R"({"private": {"children": [{"birthDate": 3}]}})").ok());
  EXPECT_EQ(Submit(), 2);
  EXPECT_THAT(world.err(), HasSubstr("private.children[0].birthDate: "));
}

TEST_F(ReportSubmit, AsksAnotherDeskToTakeIt) {
  FakeServices services(world);
  EXPECT_EQ(Submit({"--for-desk", "org_00000000000000000000000003"}), 0);
  intake::v1::Request request;
  ASSERT_TRUE(request.ParseFromString(world.SentTo("intake").at(0).envelope.request()));
  EXPECT_EQ(request.submit_report().for_desk(), "org_00000000000000000000000003");
}

}  // namespace
}  // namespace samenspel::cli
