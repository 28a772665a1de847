// SPDX-License-Identifier: EUPL-1.2
// Thousands of handshakes, each wrong in a way of its own.
#include <cstdlib>
#include <vector>

#include "common/base/entropy.h"
#include "tests/attack/scene.h"
#include "tests/attack/spoiler.h"
#include "tests/support/journal.h"

namespace samenspel::attack {
namespace {

constexpr size_t kAttempts = 4000;
constexpr size_t kAtATime = 64;
constexpr base::milliseconds kMoment{20};
constexpr const char* kInsider = "desk-gi";

// What is spoilt, the rest being as it should.
enum class Part { kGreeting, kHello, kInitiate, kMetadata, kInsidersMetadata, kOrder, kMessage };
constexpr uint64_t kParts = 7;

uint64_t NumberFrom(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::stoull(text) : otherwise;
}

uint64_t AnySeed() {
  uint64_t seed = 0;
  base::SystemEntropy().Fill(&seed, sizeof seed);
  return seed;
}

class Handshakes : public Attack {
 protected:
  // One attempt, left as it is after the last byte that it had to say.
  RawPeer Attempt() {
    const auto part = static_cast<Part>(spoiler_.Below(kParts));
    const bool inside = part == Part::kInsidersMetadata || part == Part::kMessage;
    RawPeer peer = PeerWith(inside ? insider_ : stranger_);
    Spoilt(peer, part);
    // Had it been let in, this would be taken.
    if (!inside) (void)peer.Send(ReportBytes(1));
    return peer;
  }

  void Spoilt(RawPeer& peer, Part part) {
    Connection& line = peer.connection();
    const std::string properties = Properties(DealerMetadata());
    const auto hello = [&] { return Frame(kCommand, peer.curve().Hello()); };
    const auto initiate = [&](const std::string& says) {
      return Frame(kCommand, peer.curve().Initiate(says));
    };
    if (part == Part::kGreeting) {
      (void)line.Say(spoiler_.Spoil(Greeting("CURVE")) + hello());
      return;
    }
    if (!peer.Greet()) return;
    if (part == Part::kHello) {
      (void)line.Say(spoiler_.Spoil(hello()));
      return;
    }
    if (part == Part::kOrder) {
      (void)line.Say(initiate(properties) + hello());
      return;
    }
    if (!peer.SayHello()) return;
    if (part == Part::kInitiate) {
      (void)line.Say(spoiler_.Spoil(initiate(properties)));
    } else if (part == Part::kMessage) {
      if (peer.SayInitiate(properties)) {
        (void)line.Say(spoiler_.Spoil(Frame(0, peer.curve().Message("?"))));
      }
    } else {
      (void)line.Say(initiate(spoiler_.Spoil(properties)));
    }
  }

  // Attempts at once, so that those that the daemon waits for are waited for together.
  void Volley(size_t size) {
    std::vector<RawPeer> peers;
    peers.reserve(size);
    for (size_t i = 0; i < size; ++i) peers.push_back(Attempt());
    (void)peers.back().connection().IsHungUpOn(kMoment);
  }

  const uint64_t seed_ = NumberFrom("SAMENSPEL_SEED", AnySeed());
  Spoiler spoiler_{seed_};
  const bus::CurveKeys stranger_ = StrangersKeys();
  bus::CurveKeys insider_;
};

TEST_F(Handshakes, ThatAreMalformedLetNobodyInAndDisturbNobody) {
  const size_t attempts = NumberFrom("SAMENSPEL_ATTACKS", kAttempts);
  std::cout << attempts << " handshakes, SAMENSPEL_SEED=" << seed_ << '\n';
  insider_ = KeysOf(kInsider);
  Under([&] {
    for (size_t done = 0; done < attempts; done += kAtATime) {
      Volley(std::min(kAtATime, attempts - done));
    }
  });
  region_.StopAll();
  for (const auto& entry : support::StoppedStore(region_, "intake").Entries()) {
    if (entry->header.principal() != region_.PrincipalOf(kInsider).id) continue;
    EXPECT_THAT(entry->header.events(), testing::IsEmpty());
  }
  ExpectEntriesOnlyBy({kHonest, kInsider});
}

}  // namespace
}  // namespace samenspel::attack
