// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/crowd.h"
#include "tests/attack/scene.h"
#include "tests/support/ask.h"

namespace samenspel::attack {
namespace {

constexpr size_t kCrowd = 2000;
constexpr size_t kChurn = 5000;
// Both ends of each connection, and what is open anyhow.
constexpr size_t kDescriptors = kCrowd + 500;
// Two seconds for a handshake, and as much again for a loaded machine.
constexpr base::milliseconds kSentAwayWithin{4000};

class Flood : public Attack {
 protected:
  void SetUp() override {
    ASSERT_TRUE(RaiseDescriptorLimit(kDescriptors)) << "too few descriptors for this test";
    Begin({"intake", "meeting", "escalation", "audit"});
  }
};

TEST_F(Flood, Of2000SilentConnectionsKeepsNobodyWaitingAtAnyDaemon) {
  for (const std::string_view service : support::kServices) {
    Under(
        [&] {
          Crowd crowd(PortOf(service), kCrowd);
          EXPECT_TRUE(crowd.IsSentAway(kSentAwayWithin)) << service;
        },
        std::string(service));
  }
  ExpectEntriesOnlyBy({kHonest});
}

TEST_F(Flood, ShowsInTheCountersOfTheDaemon) {
  Crowd crowd(PortOf(), kCrowd);
  EXPECT_TRUE(crowd.IsSentAway(kSentAwayWithin));
  const auto desk = region_.Connect(kHonest, "intake");
  const auto counted = [&](std::string_view name) {
    const auto status = support::StatusOf(*desk);
    for (const auto& counter : status.counters()) {
      if (counter.name() == name) return counter.value();
    }
    return uint64_t{0};
  };
  const auto end = std::chrono::steady_clock::now() + support::kPatience;
  while (counted("handshakes_failed") < kCrowd && std::chrono::steady_clock::now() < end) {
  }
  EXPECT_GE(counted("handshakes_failed"), kCrowd);
  EXPECT_GT(counted("connections_cut"), 0U);
}

TEST_F(Flood, Of2000WhoGreetAndFallSilentKeepsNobodyWaiting) {
  Under([&] {
    Crowd crowd(PortOf(), kCrowd, Greeting("CURVE"));
    EXPECT_TRUE(crowd.IsSentAway(kSentAwayWithin));
  });
  ExpectEntriesOnlyBy({kHonest});
}

TEST_F(Flood, Of2000WhoSayHelloAndFallSilentKeepsNobodyWaiting) {
  Under([&] {
    CurveClient curve(StrangersKeys(), KeyOf());
    Crowd crowd(PortOf(), kCrowd, Greeting("CURVE") + Frame(kCommand, curve.Hello()));
    EXPECT_TRUE(crowd.IsSentAway(kSentAwayWithin));
  });
  ExpectEntriesOnlyBy({kHonest});
}

TEST_F(Flood, Of2000WhoBeginAFrameOfAMegabyteTakesNoMemory) {
  Under([&] {
    Crowd crowd(PortOf(), kCrowd, Greeting("CURVE") + LongHead(kCommand, 1 << 20));
    crowd.Say(std::string(64 << 10, 'x'));
    EXPECT_TRUE(crowd.IsSentAway(kSentAwayWithin));
  });
  ExpectEntriesOnlyBy({kHonest});
}

TEST_F(Flood, OfConnectionsThatComeAndGoKeepsNobodyWaiting) {
  Under([&] {
    for (size_t i = 0; i < kChurn; ++i) Connection(PortOf()).SayNow(Greeting("CURVE"));
  });
  ExpectEntriesOnlyBy({kHonest});
}

}  // namespace
}  // namespace samenspel::attack
