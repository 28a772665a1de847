// SPDX-License-Identifier: EUPL-1.2
// Who comes without a key of ours, and how they are turned away.
#include "tests/attack/scene.h"
#include "tests/support/ask.h"

namespace samenspel::attack {
namespace {

// Revocation holds within a second; the registry is looked at four times in one.
constexpr base::milliseconds kRevokedWithin{1000};

class Entry : public Attack {
 protected:
  // A connection that says `opening` is hung up on, without having been heard.
  void ExpectTurnedAway(std::string_view opening, const std::string& what) {
    Connection connection(PortOf());
    (void)connection.Say(opening);
    EXPECT_TRUE(connection.IsHungUpOn(base::milliseconds(4000))) << what;
  }

  // Whoever comes with `keys` does not get in, and what it says all the same is not heard.
  void ExpectRefused(const bus::CurveKeys& keys, const std::string& what) {
    RawPeer peer = PeerWith(keys);
    EXPECT_FALSE(peer.Enter()) << what;
    (void)peer.Send(ReportBytes(1));
    EXPECT_TRUE(peer.connection().IsHungUpOn()) << what;
  }

  void Revoke(const std::string& member) {
    bus::Principal principal = region_.PrincipalOf(member);
    principal.revoked_at = base::SystemClock().Wall();
    region_.Reenter(principal);
  }
};

TEST_F(Entry, OfAMechanismOtherThanCurveIsRefused) {
  Under([&] {
    const std::string ready = CommandFrame("READY", Properties(DealerMetadata()));
    const std::string report = Frame(0, ReportBytes(1));
    const std::string user = BigEndian(5, 1) + "admin" + BigEndian(5, 1) + "admin";
    ExpectTurnedAway(Greeting("NULL") + ready + report, "NULL");
    ExpectTurnedAway(Greeting("NULL", true) + ready + report, "NULL as a server");
    ExpectTurnedAway(Greeting("PLAIN") + CommandFrame("HELLO", user) +
                         CommandFrame("INITIATE", Properties(DealerMetadata())) + report,
                     "PLAIN");
    ExpectTurnedAway(Greeting("GSSAPI") + CommandFrame("INITIATE", "x"), "GSSAPI");
    ExpectTurnedAway(Greeting("") + ready + report, "none");
    ExpectTurnedAway(Greeting("CURVED") + ready + report, "CURVED");
    ExpectTurnedAway(Greeting("CURVE") + ready + report, "CURVE, and then as with NULL");
    ExpectTurnedAway(Greeting("CURVE") + report, "CURVE, and then a message");
  });
  ExpectEntriesOnlyBy({kHonest});
}

// They know no mechanism: libzmq would fall back to none.
TEST_F(Entry, OfAnOlderProtocolIsRefused) {
  Under([&] {
    const std::string report = ReportBytes(1);
    const std::string first = BigEndian(1, 1) + std::string(1, '\0');
    const std::string old_frame = "\xFF" + BigEndian(report.size() + 1, 8) + '\0' + report;
    ExpectTurnedAway(first + old_frame, "ZMTP 1.0");
    const std::string signature("\xFF\0\0\0\0\0\0\0\1\x7F", 10);
    const std::string dealer(1, '\5');
    ExpectTurnedAway(signature + '\1' + dealer + std::string(2, '\0') + Frame(0, report),
                     "ZMTP 2.0");
    ExpectTurnedAway(signature + '\0' + std::string(2, '\0') + old_frame, "ZMTP 1.1");
  });
  ExpectEntriesOnlyBy({kHonest});
}

TEST_F(Entry, WithoutAKeyThatIsValidNowIsRefused) {
  Revoke("desk-gi");
  bus::Principal late = region_.PrincipalOf("desk-vt2");
  late.valid_until = base::SystemClock().Wall();
  region_.Reenter(late);
  bus::Principal early = region_.PrincipalOf("duty-vt");
  early.valid_from = base::SystemClock().Wall() + std::chrono::hours(1);
  region_.Reenter(early);
  // The daemon has seen the three when the first is refused.
  const auto end = std::chrono::steady_clock::now() + kHearPatience;
  while (PeerWith(KeysOf("duty-vt")).Enter() && std::chrono::steady_clock::now() < end) {
  }
  Under([&] {
    const bus::CurveKeys stranger = StrangersKeys();
    ExpectRefused(stranger, "a key that stands in no registry");
    ExpectRefused({KeysOf(kHonest).public_key, stranger.secret_key}, "somebody else's public key");
    ExpectRefused({KeyOf(), stranger.secret_key}, "the public key of the daemon itself");
    ExpectRefused({std::string(40, '0'), std::string(40, '0')}, "no key at all: zeros");
    ExpectRefused(KeysOf("desk-gi"), "revoked");
    ExpectRefused(KeysOf("desk-vt2"), "over");
    ExpectRefused(KeysOf("duty-vt"), "not yet valid");
  });
  ExpectEntriesOnlyBy({kHonest});
}

TEST_F(Entry, EndsWithinASecondForWhomIsRevokedWhileConnected) {
  RawPeer peer = PeerWith(KeysOf("desk-gi"));
  ASSERT_TRUE(peer.Enter());
  ASSERT_TRUE(peer.Send(ReportBytes(1)));
  ASSERT_TRUE(peer.Receive());
  Under([&] {
    Revoke("desk-gi");
    const auto revoked = std::chrono::steady_clock::now();
    auto last_answer = revoked;
    for (uint64_t number = 2; std::chrono::steady_clock::now() < revoked + 2 * kRevokedWithin;
         ++number) {
      if (!peer.Send(ReportBytes(number))) break;
      if (!peer.Receive(base::milliseconds(100))) continue;
      last_answer = std::chrono::steady_clock::now();
    }
    EXPECT_LT(last_answer, revoked + kRevokedWithin);
  });
  ExpectEntriesOnlyBy({kHonest, "desk-gi"});
}

}  // namespace
}  // namespace samenspel::attack
