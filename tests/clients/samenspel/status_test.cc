// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "clients/samenspel/table.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

common::v1::Reply Up(const std::string& service) {
  common::v1::Reply reply = ReplyWith(common::v1::STATUS_OK);
  auto* status = reply.mutable_service_status();
  status->set_service(service);
  status->set_started_at_ms(1795290300000);
  status->mutable_head()->set_sequence(42);
  auto* follow = status->add_follows();
  follow->set_service("meeting");
  follow->set_applied(3);
  follow->set_head(5);
  follow->set_heard_at_ms(1);
  return reply;
}

TEST(Status, ShowsAllServices) {
  FakeWorld world;
  world.answer = [](const std::string& service, const common::v1::Envelope& envelope) {
    EXPECT_TRUE(envelope.has_status());
    return FakeWorld::Answer(Up(service));
  };
  EXPECT_EQ(world.Run({"status"}), 0);
  for (const std::string part : {"intake", "meeting", "audit", "runs", "42", "meeting 2 behind"}) {
    EXPECT_THAT(world.out(), HasSubstr(part));
  }
  EXPECT_THAT(world.pauses, IsEmpty());
}

TEST(Status, ShowsVersionUptimeAndWhatAsksForAttention) {
  FakeWorld world;
  world.answer = [&](const std::string& service, const common::v1::Envelope&) {
    auto reply = Up(service);
    auto& status = *reply.mutable_service_status();
    status.set_version("0.2.0");
    status.set_started_at_ms(base::ToMs(world.clock.wall) - 5 * 60 * 1000);
    const auto count = [&](const std::string& name, uint64_t value) {
      status.add_counters()->set_name(name);
      status.mutable_counters()->rbegin()->set_value(value);
    };
    if (service == "intake") {
      count("queue_unclaimed", 3);
      count("queue_oldest_unclaimed_s", 60 * 60);
      count("requests_turned_away", 8);
    }
    if (service == "audit") {
      count("disk_low", 1);
      count("registry_refused", 1);
    }
    if (service == "escalation") {
      count("alarms_open", 2);
      count("alarms_oldest_s", 30);
    }
    auto& follower = *status.add_followers();
    follower.set_principal("svc_slow");
    follower.set_lagging(service == "meeting");
    return FakeWorld::Answer(reply);
  };
  EXPECT_EQ(world.Run({"status"}), 0);
  for (const std::string part :
       {"0.2.0", "5 min", "unclaimed: 3 (60 min)", "refused: 8", "alarms: 2 (30 s)",
        "svc_slow lags", "disk nearly full", "registry unreadable"}) {
    EXPECT_THAT(world.out(), HasSubstr(part));
  }
  world.language = "nl";
  EXPECT_EQ(world.Run({"status"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("onverdeeld: 3 (60 min)"));
}

TEST(Status, NeedsNoMoreServicesThanTheConfigNames) {
  FakeWorld world;
  std::string config = *world.files->Read(kConfigPath);
  const size_t from = config.find("[server.escalation]");
  config.erase(from, config.find("[server.audit]") - from);
  ASSERT_TRUE(world.files->Replace(kConfigPath, config).ok());
  world.answer = [](const std::string& service, const common::v1::Envelope&) {
    return FakeWorld::Answer(Up(service));
  };
  EXPECT_EQ(world.Run({"status"}), 0);
  EXPECT_THAT(world.out(), Not(HasSubstr("escalation")));
}

TEST(Status, FailsWhenOneIsAway) {
  FakeWorld world;
  world.answer = [](const std::string& service, const common::v1::Envelope&) {
    return service == "meeting" ? FakeWorld::Answer(Away()) : FakeWorld::Answer(Up(service));
  };
  EXPECT_EQ(world.Run({"status", "--json"}), 6);
  const json object = json::parse(world.out());
  EXPECT_EQ(object["up"], false);
  EXPECT_EQ(object["services"][0]["up"], true);
  EXPECT_EQ(object["services"][1]["up"], false);
}

TEST(Status, WaitsUntilAllAnswer) {
  FakeWorld world;
  int looks = 0;
  world.answer = [&](const std::string& service, const common::v1::Envelope&) {
    if (service == "audit" && ++looks < 4) return FakeWorld::Answer(Away());
    return FakeWorld::Answer(Up(service));
  };
  EXPECT_EQ(world.Run({"status", "--wait", "30"}), 0);
  EXPECT_EQ(looks, 4);
  EXPECT_EQ(world.pauses.size(), 3U);
}

TEST(Status, StopsWaitingInTheEnd) {
  FakeWorld world;
  EXPECT_EQ(world.Run({"status", "--wait", "1"}), 6);
  EXPECT_THAT(world.pauses, Not(IsEmpty()));
  EXPECT_THAT(world.out(), HasSubstr("does not answer"));
}

TEST(Status, StaysWithinTheTerminalAlsoWithAnAddressThatDoesNotAnswer) {
  FakeWorld world;
  std::string config = *world.files->Read(kConfigPath);
  const std::string endpoint = "endpoint = \"meeting\"";
  config.replace(config.find(endpoint), endpoint.size(),
                 "endpoint = \"tcp://meeting.samenspel.example:7102\"");
  ASSERT_TRUE(world.files->Replace(kConfigPath, config).ok());
  world.answer = [](const std::string& service, const common::v1::Envelope&) {
    return service.starts_with("tcp") ? FakeWorld::Answer(Away()) : FakeWorld::Answer(Up(service));
  };
  world.columns = 80;
  EXPECT_EQ(world.Run({"status"}), 6);
  EXPECT_LE(WidestLine(world.out()), 80U) << world.out();
  EXPECT_THAT(world.out(),
              HasSubstr("meeting: does not answer at tcp://meeting.samenspel.example:7102\n"));
}

TEST(Status, SaysLoudlyThatAFollowStands) {
  FakeWorld world;
  world.answer = [](const std::string& service, const common::v1::Envelope&) {
    auto reply = Up(service);
    reply.mutable_service_status()->mutable_follows(0)->set_stopped(true);
    return FakeWorld::Answer(reply);
  };
  EXPECT_EQ(world.Run({"status"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("STOPPED"));
}

}  // namespace
}  // namespace samenspel::cli
