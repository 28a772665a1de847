// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr int64_t kHourMs = 60 * 60 * 1000;

/// Services whose clocks are as far off as a test says.
class ClockTest : public testing::Test {
 protected:
  ClockTest() {
    world.answer = [this](const std::string& service, const common::v1::Envelope& envelope) {
      if (service == away) return FakeWorld::Answer(Away());
      if (!envelope.has_accept_clock()) return FakeWorld::Answer(StatusOf(service));
      accepted[service] = envelope.accept_clock().off_ms();
      return FakeWorld::Answer(answer);
    };
  }
  common::v1::Reply StatusOf(const std::string& service) {
    common::v1::Reply reply = ReplyWith(common::v1::STATUS_OK);
    auto& status = *reply.mutable_service_status();
    status.set_service(service);
    status.set_started_at_ms(base::ToMs(world.clock.wall) - off[service] - 3 * kHourMs);
    status.set_now_ms(base::ToMs(world.clock.wall) - off[service]);
    status.set_clock_off_ms(off[service]);
    return reply;
  }
  FakeWorld world;
  std::map<std::string, int64_t> off;
  std::string away;
  std::map<std::string, int64_t> accepted;
  common::v1::Reply answer = ReplyWith(common::v1::STATUS_OK);
};

TEST_F(ClockTest, SaysThatAllClocksAreBelieved) {
  EXPECT_EQ(world.Run({"clock"}), 0) << world.err();
  for (const char* part : {"intake", "meeting", "escalation", "audit", "believed", "20:45:00"}) {
    EXPECT_THAT(world.out(), HasSubstr(part));
  }
  EXPECT_THAT(world.out(), Not(HasSubstr("accept")));
  EXPECT_THAT(accepted, IsEmpty());
}

TEST_F(ClockTest, ShowsBothTimesAndWhatToDoWhenOneIsNotBelieved) {
  off["meeting"] = 3 * kHourMs;
  off["audit"] = -3653 * 24 * kHourMs;
  EXPECT_EQ(world.Run({"clock"}), 1);
  for (const char* part : {"17:45:00", "20:45:00", "3 h ahead, not believed", "2036-",
                           "3653 d behind, not believed", "samenspel clock accept"}) {
    EXPECT_THAT(world.out(), HasSubstr(part));
  }
  world.language = "nl";
  EXPECT_EQ(world.Run({"clock"}), 1);
  EXPECT_THAT(world.out(), HasSubstr("3 uur voor, niet geloofd"));
  EXPECT_THAT(accepted, IsEmpty()) << "it only looks";
}

TEST_F(ClockTest, TellsProgramsTheSame) {
  off["meeting"] = 3 * kHourMs;
  EXPECT_EQ(world.Run({"clock", "--json"}), 1);
  const json object = json::parse(world.out());
  EXPECT_EQ(object["believed"], false);
  EXPECT_EQ(object["services"][0]["believed"], true);
  EXPECT_EQ(object["services"][1]["off_ms"], 3 * kHourMs);
  EXPECT_THAT(object["services"][1]["own"], HasSubstr("17:45:00"));
}

TEST_F(ClockTest, SaysWhoIsAway) {
  away = "audit";
  EXPECT_EQ(world.Run({"clock"}), 6);
  EXPECT_THAT(world.out(), HasSubstr("?"));
}

TEST_F(ClockTest, KnowsServicesThatDoNotTellTheTime) {  // Of before 0.3.
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    common::v1::Reply reply = ReplyWith(common::v1::STATUS_OK);
    reply.mutable_service_status()->set_service("intake");
    return FakeWorld::Answer(reply);
  };
  EXPECT_EQ(world.Run({"clock"}), 0);
  EXPECT_THAT(world.out(), Not(HasSubstr("1970")));
}

TEST_F(ClockTest, AcceptsWhereItIsNotBelievedAndSaysWhatThatMeans) {
  off["intake"] = 3 * kHourMs;
  off["escalation"] = -2 * kHourMs;
  EXPECT_EQ(world.Run({"clock", "accept"}), 0) << world.err();
  EXPECT_EQ(accepted, (std::map<std::string, int64_t>{{"escalation", -2 * kHourMs},
                                                      {"intake", 3 * kHourMs}}));
  EXPECT_THAT(world.out(), HasSubstr("intake: follows its clock again; its time went 3 h forward"));
  EXPECT_THAT(world.out(), HasSubstr("escalation: follows its clock again; its time went"));
  EXPECT_THAT(world.out(), HasSubstr("keep the time that they had left"));
  EXPECT_THAT(world.out(), HasSubstr("audit: its clock is believed"));
  world.language = "nl";
  EXPECT_EQ(world.Run({"clock", "accept"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("de tijd ging 3 uur vooruit"));
}

TEST_F(ClockTest, AcceptsForOneServiceOnly) {
  off["intake"] = off["meeting"] = 3 * kHourMs;
  EXPECT_EQ(world.Run({"clock", "accept", "--service", "meeting"}), 0);
  EXPECT_EQ(accepted, (std::map<std::string, int64_t>{{"meeting", 3 * kHourMs}}));
  EXPECT_THAT(world.out(), Not(HasSubstr("intake")));
  EXPECT_EQ(world.Run({"clock", "accept", "--service", "kitchen"}), 2);
}

TEST_F(ClockTest, SaysWhyAServiceDidNot) {
  off["intake"] = 3 * kHourMs;
  answer = ReplyWith(common::v1::STATUS_REFUSED);
  answer.add_reasons()->set_code("clock_moved");
  EXPECT_EQ(world.Run({"clock", "accept"}), 1);
  EXPECT_THAT(world.out(), HasSubstr("intake: the clock moved since you looked"));
  answer = ReplyWith(common::v1::STATUS_DENIED);
  answer.add_reasons()->set_code("not_permitted");
  EXPECT_EQ(world.Run({"clock", "accept"}), 5);
  away = "intake";
  EXPECT_EQ(world.Run({"clock", "accept", "--json"}), 6);
  EXPECT_EQ(json::parse(world.out())["services"][0]["outcome"], "away");
}

TEST_F(ClockTest, StandsInStatusAndTop) {
  off["meeting"] = 3 * kHourMs;
  EXPECT_EQ(world.Run({"status"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("clock off by 3 h: samenspel clock"));
  EXPECT_EQ(world.Run({"status", "--json"}), 0);
  EXPECT_EQ(json::parse(world.out())["services"][1]["clock_off_ms"], 3 * kHourMs);
  EXPECT_EQ(world.Run({"top", "--once"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("■ meeting does not believe its clock, off by 3 h"));
  EXPECT_THAT(world.out(), HasSubstr("3 h")) << "up for, by its own time";
  world.language = "nl";
  EXPECT_EQ(world.Run({"top", "--once"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("■ meeting gelooft haar klok niet, die 3 uur afwijkt"));
}

}  // namespace
}  // namespace samenspel::cli
