// SPDX-License-Identifier: EUPL-1.2
// Who takes all the time that there is.
#include <chrono>
#include <list>

#include "tests/attack/scene.h"

namespace samenspel::attack {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kEachPhase = 30;
// A byte a time: too slow for any phase, too fast to look dead.
constexpr base::milliseconds kPace{50};
// Two seconds for a handshake, and as much again for a loaded machine.
constexpr base::milliseconds kSentAwayWithin{4000};

struct Dribbler {
  RawPeer peer;
  std::string rest;
};

class Slow : public Attack {
 protected:
  Dribbler AtGreeting() { return {PeerWith(StrangersKeys()), Greeting("CURVE")}; }
  Dribbler AtHello() {
    Dribbler one{PeerWith(StrangersKeys()), {}};
    EXPECT_TRUE(one.peer.Greet());
    one.rest = Frame(kCommand, one.peer.curve().Hello());
    return one;
  }
  Dribbler AtInitiate() {
    Dribbler one{PeerWith(StrangersKeys()), {}};
    EXPECT_TRUE(one.peer.Greet() && one.peer.SayHello());
    one.rest = Frame(kCommand, one.peer.curve().Initiate(Properties(DealerMetadata())));
    return one;
  }
};

TEST_F(Slow, SendersInAnyPhaseOfTheHandshakeAreSentAwayAndKeepNobodyWaiting) {
  Under([&] {
    std::list<Dribbler> all;
    for (int i = 0; i < kEachPhase; ++i) {
      all.push_back(AtGreeting());
      all.push_back(AtHello());
      all.push_back(AtInitiate());
    }
    const auto began = SteadyClock::now();
    for (size_t at = 0; !all.empty(); ++at) {
      ASSERT_LT(SteadyClock::now() - began, kSentAwayWithin) << all.size() << " are still there";
      for (Dribbler& one : all) {
        if (at < one.rest.size()) (void)one.peer.connection().Say(one.rest.substr(at, 1));
      }
      (void)all.front().peer.connection().IsHungUpOn(kPace);
      std::erase_if(all, [](Dribbler& one) {
        return one.peer.connection().IsHungUpOn(base::milliseconds(0));
      });
    }
  });
  ExpectEntriesOnlyBy({kHonest});
}

}  // namespace
}  // namespace samenspel::attack
