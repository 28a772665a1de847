// SPDX-License-Identifier: EUPL-1.2
#include <zmq.hpp>

#include "tests/attack/raw_peer.h"
#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

using attack::Connection;
using attack::RawPeer;

class HostilePeerTest : public BusTest {
 protected:
  // A socket of libzmq without the manners of ours.
  zmq::socket_t RawDealer(const CurveKeys& keys) {
    zmq::socket_t dealer(context_, ZMQ_DEALER);
    dealer.set(zmq::sockopt::linger, 0);
    dealer.set(zmq::sockopt::curve_serverkey, service_.public_key);
    dealer.set(zmq::sockopt::curve_publickey, keys.public_key);
    dealer.set(zmq::sockopt::curve_secretkey, keys.secret_key);
    return dealer;
  }

  uint16_t Port() const {
    const std::string endpoint = link_->endpoint();
    return static_cast<uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1)));
  }
  // One that speaks by hand.
  RawPeer Raw(const CurveKeys& keys) const { return RawPeer(Port(), service_.public_key, keys); }

  zmq::context_t context_;
  std::unique_ptr<Link> link_ = OpenLink();
};

TEST_F(HostilePeerTest, WithoutCurveIsRefused) {
  zmq::socket_t plain(context_, ZMQ_DEALER);
  plain.set(zmq::sockopt::linger, 0);
  plain.connect(link_->endpoint());
  plain.send(zmq::str_buffer("hello"));
  const auto came = TurnUntil(*link_, [&] { return link_->counters().handshakes_failed > 0; });
  EXPECT_THAT(came, testing::IsEmpty());
}

TEST_F(HostilePeerTest, WithAPasswordInsteadOfCurveIsRefused) {
  zmq::socket_t plain(context_, ZMQ_DEALER);
  plain.set(zmq::sockopt::linger, 0);
  plain.set(zmq::sockopt::plain_username, "admin");
  plain.set(zmq::sockopt::plain_password, "admin");
  plain.connect(link_->endpoint());
  plain.send(zmq::str_buffer("hello"));
  const auto came = TurnUntil(*link_, [&] { return link_->counters().handshakes_failed > 0; });
  EXPECT_THAT(came, testing::IsEmpty());
}

TEST_F(HostilePeerTest, CannotPutAUserIdOfItsOwnChoice) {
  const std::string forged = std::string(64, '0') + ":" + service_.public_key;
  RawPeer peer = Raw(anna_);
  ASSERT_TRUE(peer.Enter({{"Socket-Type", "DEALER"}, {"Identity", ""}, {"User-Id", forged}}));
  ASSERT_TRUE(peer.Send("hello"));
  const Input input = AwaitFrame(*link_);
  EXPECT_EQ(input.bytes, "hello");
  EXPECT_EQ(input.key, anna_.public_key);
}

TEST_F(HostilePeerTest, UnderAKeyThatItDoesNotHoldIsRefused) {
  const CurveKeys borrowed{.public_key = anna_.public_key, .secret_key = NewKeys().secret_key};
  RawPeer peer = Raw(borrowed);
  EXPECT_FALSE(peer.Enter());
  TurnUntil(*link_, [&] { return link_->counters().handshakes_failed > 0; });
}

TEST_F(HostilePeerTest, WhomWeDoNotKnowGetsNoFurtherThanTheHandshake) {
  RawPeer peer = Raw(NewKeys());
  EXPECT_FALSE(peer.Enter({{"Socket-Type", "DEALER"}, {"User-Id", "admin"}}));
  (void)peer.Send("hello");
  const auto came = TurnUntil(*link_, [&] { return link_->counters().handshakes_failed > 0; });
  EXPECT_THAT(came, testing::IsEmpty());
}

TEST_F(HostilePeerTest, ThatSendsSeveralFramesIsNotHeard) {
  zmq::socket_t dealer = RawDealer(anna_);
  dealer.connect(link_->endpoint());
  dealer.send(zmq::str_buffer(""), zmq::send_flags::sndmore);
  dealer.send(zmq::str_buffer("two"));
  for (int i = 0; i < 9; ++i) dealer.send(zmq::str_buffer("x"), zmq::send_flags::sndmore);
  dealer.send(zmq::str_buffer("ten"));
  dealer.send(zmq::str_buffer("one"));
  EXPECT_EQ(AwaitFrame(*link_).bytes, "one");
  EXPECT_EQ(link_->counters().malformed_messages, 2U);
}

TEST_F(HostilePeerTest, CannotTakeAnotherRoute) {
  const auto anna = Connect(*link_, anna_);
  ASSERT_TRUE(anna->SendRaw("mine").ok());
  const Peer peer = AwaitFrame(*link_).peer;
  const CurveKeys bram = NewKeys();
  link_->UseRegistry(RegistryOf({Person("pro_bram", bram)}));
  zmq::socket_t thief = RawDealer(bram);
  thief.set(zmq::sockopt::routing_id, peer.route);
  thief.set(zmq::sockopt::rcvtimeo, 300);
  thief.connect(link_->endpoint());
  thief.send(zmq::str_buffer("mine too"));
  link_->Send({{.peer = peer, .bytes = "for Anna"}});
  EXPECT_EQ(*anna->ReceiveRaw(kPatience), "for Anna");
  zmq::message_t stolen;
  EXPECT_FALSE(thief.recv(stolen));
}

TEST_F(HostilePeerTest, ThatSendsTooMuchIsDroppedAndMayComeBack) {
  const auto anna = Connect(*link_, anna_);
  ASSERT_TRUE(anna->SendRaw(std::string(2 << 20, 'x')).ok());
  const auto other = Connect(*link_, anna_);
  ExpectServed(*link_, *other, anna_);
  // Its old connection may take this with it, so it asks as a client does: until it is answered.
  for (bool served = false; !served;) {
    ASSERT_TRUE(anna->SendRaw("small").ok());
    for (const Input& input : link_->Receive(milliseconds(200))) {
      EXPECT_EQ(input.bytes, "small");
      served = true;
    }
  }
}

TEST_F(HostilePeerTest, MaySendExactlyTheMaximum) {
  const auto anna = Connect(*link_, anna_);
  ASSERT_TRUE(anna->SendRaw(std::string((1 << 20) + 1, 'x')).ok());
  ASSERT_TRUE(anna->SendRaw(std::string(1 << 20, 'x')).ok());
  EXPECT_EQ(AwaitFrame(*link_).bytes.size(), size_t{1} << 20);
  EXPECT_EQ(link_->counters().malformed_messages, 1U);
}

TEST_F(HostilePeerTest, CannotKeepOthersOutBySilence) {
  std::vector<Connection> silent;
  silent.reserve(200);
  for (int i = 0; i < 200; ++i) silent.emplace_back(Port());
  const auto start = std::chrono::steady_clock::now();
  const auto anna = Connect(*link_, anna_);
  ExpectServed(*link_, *anna, anna_);
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(1));
}

// More than may be under way at a time, and none of them is.
TEST_F(HostilePeerTest, IsToldFromTheManyWhoWereLetIn) {
  std::vector<RawPeer> peers;
  peers.reserve(200);
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(peers.emplace_back(Raw(anna_)).Enter());
  (void)link_->Receive(milliseconds(50));
  EXPECT_EQ(link_->counters().connections_cut, 0U);
  for (RawPeer& peer : peers) ASSERT_TRUE(peer.Send("hello"));
  for (size_t heard = 0; heard < peers.size();) {
    const auto inputs = link_->Receive(kPatience);
    ASSERT_THAT(inputs, testing::Not(testing::IsEmpty()));
    heard += inputs.size();
  }
}

TEST_F(HostilePeerTest, ThatSpeaksNonsenseDisturbsNobody) {
  std::vector<Connection> talkers;
  talkers.reserve(100);
  for (int i = 0; i < 50; ++i) {
    (void)talkers.emplace_back(Port()).Say(entropy_.Bytes(1 + i * 7));
    (void)talkers.emplace_back(Port()).Say("GET / HTTP/1.1\r\n\r\n");
  }
  const auto anna = Connect(*link_, anna_);
  ExpectServed(*link_, *anna, anna_);
}

}  // namespace
}  // namespace samenspel::bus
