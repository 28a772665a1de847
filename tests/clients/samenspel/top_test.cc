// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "clients/samenspel/table.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

void Count(common::v1::ServiceStatus& status, const std::string& name, uint64_t value) {
  auto& counter = *status.add_counters();
  counter.set_name(name);
  counter.set_value(value);
}

class TopTest : public testing::Test {
 protected:
  TopTest() {
    world.answer = [this](const std::string& service, const common::v1::Envelope&) {
      if (service == away) return FakeWorld::Answer(Away());
      common::v1::Reply reply = ReplyWith(common::v1::STATUS_OK);
      auto& status = *reply.mutable_service_status();
      status.set_started_at_ms(started_at_ms);
      status.mutable_head()->set_sequence(entries);
      auto& follow = *status.add_follows();
      follow.set_applied(3);
      follow.set_head(10);
      if (service == "intake") {
        Count(status, "queue_unclaimed", 4);
        Count(status, "queue_oldest_unclaimed_s", 720);
        Count(status, "requests_turned_away", 9);
      }
      if (service == "escalation") {
        Count(status, "alarms_open", alarms);
        Count(status, "alarms_oldest_s", 300);
      }
      return FakeWorld::Answer(reply);
    };
  }
  FakeWorld world;
  std::string away;
  int64_t started_at_ms = base::ToMs(world.clock.wall) - 3 * 3600 * 1000;
  uint64_t entries = 42;
  uint64_t alarms = 2;
};

TEST_F(TopTest, PrintsOnePlainFrameWithoutATerminal) {
  EXPECT_EQ(world.Run({"top"}), 0) << world.err();
  for (const std::string words : {"intake", "meeting", "escalation", "audit", "42", "3 h",
                                  "4 (12 min)", "Alarms open: 2 (5 min)", "7"}) {
    EXPECT_THAT(world.out(), HasSubstr(words));
  }
  EXPECT_THAT(world.out(), Not(HasSubstr("\x1b")));
  alarms = 0;
  world.language = "nl";
  EXPECT_EQ(world.Run({"top", "--once"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("Geen alarm open."));
  EXPECT_THAT(world.out(), HasSubstr("3 uur"));
}

TEST_F(TopTest, ShowsWhoIsAway) {
  away = "meeting";
  EXPECT_EQ(world.Run({"top", "--once"}), 6);
  EXPECT_THAT(world.out(), HasSubstr("■ meeting does not answer\n"));
  EXPECT_EQ(world.Run({"top", "--json"}), 6);
  EXPECT_EQ(json::parse(world.out())["services"][1]["up"], false);
}

// Not heard is not the same as none.
TEST_F(TopTest, DoesNotCallAlarmsNoneThatItCannotKnowOf) {
  alarms = 0;
  away = "escalation";
  EXPECT_EQ(world.Run({"top", "--once"}), 6);
  EXPECT_THAT(world.out(), HasSubstr("■ escalation does not answer: alarms unknown"));
  EXPECT_THAT(world.out(), Not(HasSubstr("No alarm open")));
  away = "intake";
  EXPECT_EQ(world.Run({"top", "--once"}), 6);
  EXPECT_THAT(world.out(), HasSubstr("■ intake does not answer: queue unknown"));
  EXPECT_THAT(world.out(), HasSubstr("● No alarm open."));
  world.language = "nl";
  away = "escalation";
  EXPECT_EQ(world.Run({"top", "--once"}), 6);
  EXPECT_THAT(world.out(), HasSubstr("■ escalation antwoordt niet: alarmen onbekend"));
}

TEST_F(TopTest, KeepsAlarmsAndRefusalsOnATerminalOfEightyColumns) {
  away = "audit";
  world.columns = 80;
  for (const char* language : {"nl", "en"}) {
    world.language = language;
    world.Run({"top", "--once"});
    EXPECT_LE(WidestLine(world.out()), 80U) << world.out();
    EXPECT_THAT(world.out(), HasSubstr("4 (12 min)"));
    EXPECT_THAT(world.out(), HasSubstr("2 (5 min)"));
    EXPECT_THAT(world.out(), HasSubstr("  9\n"));
  }
  EXPECT_THAT(world.out(), HasSubstr("Refused"));
}

// Keeps what was shown; asks to leave after so many frames.
class FakeScreen : public Screen {
 public:
  FakeScreen(std::vector<std::string>& frames, size_t last, FakeWorld& world, uint64_t& entries)
      : frames_(frames), last_(last), world_(world), entries_(entries) {}
  void Show(const std::string& text) override { frames_.push_back(text); }
  bool LeaveAsked(base::milliseconds wait) override {
    world_.clock.Advance(wait);
    entries_ += 10;
    return frames_.size() >= last_;
  }

 private:
  std::vector<std::string>& frames_;
  size_t last_;
  FakeWorld& world_;
  uint64_t& entries_;
};

TEST_F(TopTest, RefreshesTheScreenUntilAskedToLeave) {
  std::vector<std::string> frames;
  world.in_is_terminal = world.out_is_terminal = true;
  world.open_screen = [&] { return std::make_unique<FakeScreen>(frames, 2, world, entries); };
  EXPECT_EQ(world.Run({"top", "--interval", "5"}), 0);
  ASSERT_THAT(frames, SizeIs(2));
  EXPECT_THAT(frames[0], HasSubstr("Every 5 s; q leaves."));
  EXPECT_THAT(frames[1], HasSubstr("2.0"));  // 10 entries in 5 seconds.
  EXPECT_EQ(world.out(), "");
}

TEST_F(TopTest, TakesNoScreenWhenAskedForOneLook) {
  world.in_is_terminal = world.out_is_terminal = true;
  world.open_screen = []() -> std::unique_ptr<Screen> {
    ADD_FAILURE();
    return nullptr;
  };
  EXPECT_EQ(world.Run({"top", "--once", "--no-color"}), 0);
  EXPECT_EQ(world.Run({"top", "--json"}), 0);
}

TEST_F(TopTest, FallsBackOnAPlainFrame) {
  world.in_is_terminal = world.out_is_terminal = true;
  world.open_screen = [] { return std::unique_ptr<Screen>(); };
  EXPECT_EQ(world.Run({"top"}), 0);
  EXPECT_THAT(world.out(), HasSubstr("escalation"));
}

}  // namespace
}  // namespace samenspel::cli
