// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "proto/intake/v1/requests.pb.h"
#include "tests/clients/samenspel/fake_services.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kOther[] = "pro_00000000000000000000000002";

TEST(Policy, ListsEveryRequestOfEveryService) {
  FakeWorld world;
  ASSERT_TRUE(world.files->Remove(kConfigPath).ok());
  EXPECT_EQ(world.Run({"policy", "--json"}), 0) << world.err();
  std::set<std::string> kinds;
  const json object = json::parse(world.out());
  for (const auto& one : object["policy"]) {
    kinds.insert(one["service"].get<std::string>() + "." + one["request"].get<std::string>());
    const bool internal = one["effect"] == "internal";
    EXPECT_EQ(one["roles"].empty(), internal) << one;
    EXPECT_EQ(one["purposes"].empty(), internal) << one;
  }
  for (const std::string kind : {"intake.submit_report", "meeting.show_roster",
                                 "escalation.acknowledge_alarm", "audit.read_leaves"}) {
    EXPECT_THAT(kinds, Contains(kind));
  }
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST(Policy, SaysInWordsWhatARequestDoes) {
  FakeWorld world;
  EXPECT_EQ(world.Run({"policy"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("submit_report"));
  EXPECT_THAT(world.out(), HasSubstr("change"));
  EXPECT_THAT(world.out(), HasSubstr("the service itself only"));
  world.language = "nl";
  EXPECT_EQ(world.Run({"policy"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("alleen de dienst zelf"));
}

class PolicyExplain : public testing::Test {
 protected:
  PolicyExplain() {
    world.answer = [this](const std::string& service, const common::v1::Envelope& envelope) {
      EXPECT_EQ(service, "intake");
      intake::v1::Request request;
      EXPECT_TRUE(request.ParseFromString(envelope.request()));
      asked = request.explain_access();
      intake::v1::Response response;
      *response.mutable_access_explained() = said;
      return FakeWorld::Answer(ReplyWith(response));
    };
    said.set_allowed(true);
    said.set_registered(true);
    said.set_role_fits(true);
    said.set_involved(true);
    said.add_roles("desk_worker");
    said.add_roles_needed("table_member");
    said.add_purposes("child_safety");
    said.set_organisation("org_desk");
    said.set_employer("org_other");
    auto& involvement = *said.add_involvements();
    involvement.set_kind(common::v1::INVOLVEMENT_KIND_DESK);
    involvement.set_organisation("org_desk");
    involvement.set_role("desk_worker");
    involvement.set_from_ms(1795290000000);
  }
  int Explain(const std::string& who, const std::string& what = "show_report",
              const std::string& in_case = kCase) {
    return world.Run({"policy", "explain", who, what, in_case});
  }

  FakeWorld world;
  intake::v1::ExplainAccess asked;
  intake::v1::AccessExplained said;
};

TEST_F(PolicyExplain, TellsStepByStepWhyYes) {
  EXPECT_EQ(Explain("me"), 0) << world.err();
  EXPECT_EQ(asked.who(), "");
  EXPECT_EQ(asked.what(), "show_report");
  EXPECT_EQ(asked.report(), kCase);
  for (const std::string words :
       {"YES: me may show_report", "● Is in the registry", "Has a role that this needs",
        "Must name one of these purposes: child_safety", "Acts for org_desk, employed by org_other",
        "● Is involved in the case", "desk, as desk_worker of org_desk, since Sat 21 Nov 20:40",
        "without end"}) {
    EXPECT_THAT(world.out(), HasSubstr(words));
  }
}

TEST_F(PolicyExplain, TellsStepByStepWhyNo) {
  said.set_allowed(false);
  said.set_role_fits(false);
  said.set_involved(false);
  said.mutable_involvements(0)->set_person(kOther);
  said.mutable_involvements(0)->set_until_ms(1795290060000);  // A while ago.
  said.set_secret_location(true);
  EXPECT_EQ(Explain(kOther), 0);
  EXPECT_EQ(asked.who(), kOther);
  for (const std::string words :
       {"NO: ", "■ Has no role that this needs: desk_worker (needed: table_member)",
        "■ Is not involved in the case now", "by name", "ended Sat 21 Nov 20:41",
        "There is a secret place"}) {
    EXPECT_THAT(world.out(), HasSubstr(words));
  }
  world.language = "nl";
  EXPECT_EQ(Explain(kOther), 0);
  EXPECT_THAT(world.out(), HasSubstr("NEE: "));
  EXPECT_THAT(world.out(), HasSubstr("Is nu niet bij de zaak betrokken"));
}

TEST_F(PolicyExplain, GivesAllOfItInJson) {
  EXPECT_EQ(world.Run({"policy", "explain", "me", "show_report", kReport, "--json"}), 0);
  const json object = json::parse(world.out());
  EXPECT_EQ(object["allowed"], true);
  EXPECT_EQ(object["involvements"][0]["kind"], "desk");
}

TEST_F(PolicyExplain, RefusesAQuestionThatIsNone) {
  EXPECT_EQ(Explain("somebody"), 2);
  EXPECT_EQ(Explain("me", "peek"), 2);
  EXPECT_THAT(world.err(), HasSubstr("show_report"));
  EXPECT_EQ(Explain("me", "show_report", "case 12"), 2);
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(PolicyExplain, PassesNotFoundAndAbsenceOn) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(ReplyWith(common::v1::STATUS_NOT_FOUND, "not_found", "report"));
  };
  EXPECT_EQ(Explain("me"), 3);
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(Explain("me"), 6);
}

}  // namespace
}  // namespace samenspel::cli
