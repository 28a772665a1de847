// SPDX-License-Identifier: EUPL-1.2
// Who has a key of ours, and sends frames that are too large, too many, in pieces, or no frames.
#include "tests/attack/crowd.h"
#include "tests/attack/scene.h"
#include "tests/support/ask.h"
#include "tests/support/journal.h"

namespace samenspel::attack {
namespace {

constexpr const char* kInsider = "desk-gi";
constexpr size_t kMegabyte = 1 << 20;
constexpr base::milliseconds kStopped{200};
constexpr base::milliseconds kTwoHeartbeats{2500};

class Frames : public Attack {
 protected:
  RawPeer Insider() {
    RawPeer peer = PeerWith(KeysOf(kInsider));
    EXPECT_TRUE(peer.Enter());
    return peer;
  }

  // Nothing of the insider's took effect; refusals are within what the turnstile lets through.
  void ExpectOnlyRefusals() {
    region_.StopAll();
    int refusals = 0;
    for (const auto& entry : support::StoppedStore(region_, "intake").Entries()) {
      if (entry->header.principal() != region_.PrincipalOf(kInsider).id) continue;
      EXPECT_THAT(entry->header.events(), testing::IsEmpty());
      ++refusals;
    }
    constexpr int kEntriesAMinute = 20;
    EXPECT_LE(refusals, 2 * (kEntriesAMinute + 1));  // The minute may turn while it goes on.
  }
};

TEST_F(Frames, AboveTheMaximumEndTheConnectionBeforeTheyAreRead) {
  Under([&] {
    for (const uint64_t size :
         {uint64_t{1} << 63, ~uint64_t{0}, uint64_t{1} << 32, uint64_t{2} * kMegabyte}) {
      RawPeer peer = Insider();
      ASSERT_TRUE(peer.connection().Say(LongHead(0, size) + "begin"));
      EXPECT_TRUE(peer.connection().IsHungUpOn()) << size;
      Connection stranger(PortOf());
      ASSERT_TRUE(stranger.Say(Greeting("CURVE") + LongHead(kCommand, size)));
      EXPECT_TRUE(stranger.IsHungUpOn()) << size;
    }
  });
  ExpectEntriesOnlyBy({kHonest});
}

TEST_F(Frames, InPiecesOfAByteAreHeardAndKeepNobodyWaiting) {
  Under([&] {
    RawPeer peer = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(peer.connection().SayByteByByte(Greeting("CURVE")));
    ASSERT_EQ(peer.connection().Hear(kGreetingBytes).size(), kGreetingBytes);
    ASSERT_TRUE(peer.connection().SayByteByByte(Frame(kCommand, peer.curve().Hello())));
    ASSERT_TRUE(peer.curve().TakeWelcome(peer.connection().HearFrame()->body));
    ASSERT_TRUE(peer.connection().SayByteByByte(
        Frame(kCommand, peer.curve().Initiate(Properties(DealerMetadata())))));
    ASSERT_TRUE(peer.curve().OpenReady(peer.connection().HearFrame()->body));
    ASSERT_TRUE(peer.connection().SayByteByByte(Frame(0, peer.curve().Message(ReportBytes(1)))));
    common::v1::Answer answer;
    EXPECT_TRUE(answer.ParseFromString(*peer.Receive()));
    EXPECT_EQ(answer.reply().status(), common::v1::STATUS_OK);
  });
  ExpectEntriesOnlyBy({kHonest, kInsider});
}

TEST_F(Frames, OfTheMaximumInAFloodTakeNoMemory) {
  Under([&] {
    std::vector<RawPeer> peers;
    for (int i = 0; i < 10; ++i) peers.push_back(Insider());
    const std::string large(kMegabyte, 'x');
    for (int i = 0; i < 40; ++i) {
      for (RawPeer& peer : peers) (void)peer.Send(large);  // Some are cut.
    }
  });
  ExpectOnlyRefusals();
}

// libzmq hands a message over when its last part is there, and counts its parts nowhere.
TEST_F(Frames, OfAMessageWithoutEndTakeNoMemory) {
  Under([&] {
    RawPeer peer = Insider();
    const std::string part(kMegabyte / 2, 'x');
    for (int i = 0; i < 200 && peer.Send(part, kBoxedMore); ++i) {
    }
  });
  ExpectEntriesOnlyBy({kHonest});
}

// Who takes another's routing id is let in, but its queue is never read: the doorkeeper bounds it.
TEST_F(Frames, InAQueueThatNobodyReadsAreFew) {
  Under([&] {
    const Metadata named = {{"Socket-Type", "DEALER"}, {"Identity", "desk-1"}};
    RawPeer first = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(first.Enter(named));
    RawPeer hidden = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(hidden.Enter(named));
    const std::string frame(kMegabyte / 2, 'x');
    for (int i = 0; i < 100; ++i) {
      (void)hidden.connection().SayNow(Frame(0, hidden.curve().Message(frame)));
    }
  });
  ExpectEntriesOnlyBy({kHonest});
}

// A message that does not open, or a queue that is full, would stop the input of the connection in
// libzmq; when the peer hangs up then, a heartbeat would abort the daemon.
TEST_F(Frames, BeforeHangingUpDoNotEndTheDaemon) {
  Under([&] {
    const Metadata named = {{"Socket-Type", "DEALER"}, {"Identity", "desk-1"}};
    RawPeer watcher = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(watcher.Enter(named));
    {
      RawPeer garbled = Insider();
      std::string body = garbled.curve().Message("?");
      body.back() = static_cast<char>(body.back() ^ 1);
      ASSERT_TRUE(garbled.connection().Say(Frame(0, body)));
      RawPeer full = PeerWith(KeysOf(kInsider));
      ASSERT_TRUE(full.Enter(named));
      for (int i = 0; i < 2000; ++i) ASSERT_TRUE(full.Send("?"));
      (void)full.connection().IsHungUpOn(kStopped);
    }
    (void)watcher.connection().IsHungUpOn(kTwoHeartbeats);
  });
  ExpectEntriesOnlyBy({kHonest});
}

TEST_F(Frames, ThatAreAnsweredButNeverReadTakeNoMemory) {
  Under([&] {
    std::vector<RawPeer> peers;
    for (int i = 0; i < 3; ++i) peers.push_back(Insider());
    auto report = support::RedReport(1);
    report.mutable_submit_report()->mutable_private_()->mutable_happening()->set_text(
        std::string(60 << 10, 'x'));
    ASSERT_TRUE(peers[0].Send(support::EnvelopeOf(report).SerializeAsString()));
    common::v1::Answer answer;
    ASSERT_TRUE(answer.ParseFromString(*peers[0].Receive()));
    const std::string id = support::ReceivedIn(answer.reply()).report();
    for (int i = 0; i < 2000; ++i) {
      const std::string show = support::EnvelopeOf(support::ShowReport(id)).SerializeAsString();
      for (RawPeer& peer : peers) (void)peer.Send(show);
    }
  });
  ExpectEntriesOnlyBy({kHonest, kInsider});
}

TEST_F(Frames, ThatAreNoFramesOrNoCommandsDisturbNobody) {
  Under([&] {
    const std::vector<std::string> commands = {
        "",
        "\4PING",
        "\4PING\xff",
        "\4PONG",
        Command("SUBSCRIBE", ""),
        "\xff",
        "\4PI",
        Command("CANCEL", "x"),
        "\5ERROR",
        Command("READY", "\1"),
        Command("PING", std::string("\0\1", 2) + std::string(1000, 'x'))};
    for (const std::string& command : commands) {
      RawPeer peer = Insider();
      (void)peer.Send(command, kBoxedCommand);
      (void)peer.Send("", kBoxedMore);
    }
    for (const char* flags : {"\x08", "\x10", "\x80", "\xff", "\x04", "\x05", "\x01"}) {
      RawPeer peer = Insider();
      (void)peer.connection().Say(flags + BigEndian(4, 1) + "none");
      RawPeer other = Insider();
      (void)other.connection().Say(Frame(static_cast<uint8_t>(*flags), other.curve().Message("?")));
    }
  });
  ExpectOnlyRefusals();
}

}  // namespace
}  // namespace samenspel::attack
