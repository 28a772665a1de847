// SPDX-License-Identifier: EUPL-1.2
// Bytes that were right once.
#include "proto/common/v1/envelope.pb.h"
#include "tests/attack/scene.h"
#include "tests/support/ask.h"
#include "tests/support/journal.h"

namespace samenspel::attack {
namespace {

using common::v1::Envelope;

constexpr const char* kInsider = "desk-gi";
constexpr base::milliseconds kAMoment{300};

class Replay : public Attack {
 protected:
  // The daemon hears nothing of what comes over this connection from now on.
  static void ExpectNotHeard(RawPeer& peer, std::string_view frame) {
    ASSERT_TRUE(peer.connection().Say(frame));
    (void)peer.Send(ReportBytes(9));
    EXPECT_FALSE(peer.Receive(kAMoment));
  }

  size_t ReportsBy(const std::string& member) {
    region_.StopAll();
    size_t reports = 0;
    for (const auto& entry : support::StoppedStore(region_, "intake").Entries()) {
      const bool by = entry->header.principal() == region_.PrincipalOf(member).id;
      reports += by && !entry->header.events().empty() ? 1 : 0;
    }
    return reports;
  }
};

TEST_F(Replay, OfAFrameOnItsConnectionIsNotHeardNorWhatFollows) {
  Under([&] {
    RawPeer peer = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(peer.Enter());
    const std::string frame = Frame(0, peer.curve().Message(ReportBytes(1)));
    ASSERT_TRUE(peer.connection().Say(frame));
    ASSERT_TRUE(peer.Receive());
    ExpectNotHeard(peer, frame);
  });
  EXPECT_EQ(ReportsBy(kInsider), 1);
}

TEST_F(Replay, OfAFrameOnAnotherConnectionIsNotHeardNorWhatFollows) {
  Under([&] {
    RawPeer first = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(first.Enter());
    const std::string frame = Frame(0, first.curve().Message(ReportBytes(1)));
    RawPeer second = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(second.Enter());
    ExpectNotHeard(second, frame);
  });
  EXPECT_EQ(ReportsBy(kInsider), 0);
}

TEST_F(Replay, OfAFrameWithBitsChangedIsNotHeardNorWhatFollows) {
  Under([&] {
    for (const size_t at : {10, 17, 20, 40}) {
      RawPeer peer = PeerWith(KeysOf(kInsider));
      ASSERT_TRUE(peer.Enter());
      std::string body = peer.curve().Message(ReportBytes(1));
      body[at] = static_cast<char>(body[at] ^ 1);
      ExpectNotHeard(peer, Frame(0, body));
    }
  });
  EXPECT_EQ(ReportsBy(kInsider), 0);
}

// What a listener on the line has of a whole conversation.
TEST_F(Replay, OfAWholeConversationGetsNobodyIn) {
  Under([&] {
    RawPeer heard = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(heard.Greet());
    const std::string hello = Frame(kCommand, heard.curve().Hello());
    ASSERT_TRUE(heard.connection().Say(hello));
    ASSERT_TRUE(heard.curve().TakeWelcome(heard.connection().HearFrame()->body));
    const std::string initiate =
        Frame(kCommand, heard.curve().Initiate(Properties(DealerMetadata())));
    ASSERT_TRUE(heard.connection().Say(initiate));
    ASSERT_TRUE(heard.connection().HearFrame());
    const std::string report = Frame(0, heard.curve().Message(ReportBytes(1)));

    RawPeer again = PeerWith(StrangersKeys());
    ASSERT_TRUE(again.Greet());
    ASSERT_TRUE(again.connection().Say(hello));
    ASSERT_TRUE(again.connection().HearFrame());
    ASSERT_TRUE(again.connection().Say(initiate + report));
    EXPECT_TRUE(again.connection().IsHungUpOn());
    Connection at_once(PortOf());
    ASSERT_TRUE(at_once.Say(Greeting("CURVE") + hello + initiate + report));
    EXPECT_TRUE(at_once.IsHungUpOn());
  });
  EXPECT_EQ(ReportsBy(kInsider), 0);
}

TEST_F(Replay, OfARequestIdWithOtherContentIsRefused) {
  Under([&] {
    RawPeer peer = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(peer.Enter());
    Envelope envelope = support::EnvelopeOf(support::RedReport(1));
    ASSERT_TRUE(peer.Send(envelope.SerializeAsString()));
    const auto first = peer.Receive();
    envelope.set_request(support::RedReport(2).SerializeAsString());
    ASSERT_TRUE(peer.Send(envelope.SerializeAsString()));
    const auto other = peer.Receive();
    common::v1::Answer answer;
    ASSERT_TRUE(other && answer.ParseFromString(*other));
    EXPECT_EQ(answer.reply().status(), common::v1::STATUS_INVALID);
    EXPECT_EQ(support::Reasons(answer.reply()), "request_id_reused request_id");
    envelope.set_request(support::RedReport(1).SerializeAsString());
    ASSERT_TRUE(peer.Send(envelope.SerializeAsString()));
    EXPECT_EQ(peer.Receive(), first);
  });
  EXPECT_EQ(ReportsBy(kInsider), 1);
}

}  // namespace
}  // namespace samenspel::attack
