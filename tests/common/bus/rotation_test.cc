// SPDX-License-Identifier: EUPL-1.2
// A key changes while others are connected.
#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

using testing::HasSubstr;

class RotationTest : public BusTest {
 protected:
  std::unique_ptr<Client> ConnectBy(const Link& link, const std::string& key,
                                    const std::string& other) {
    return *Client::Connect({link.endpoint(), key, other}, anna_);
  }
  static Principal Service(const CurveKeys& keys, const std::string& other = {}) {
    Principal service = Person("svc_intake", keys);
    service.other_curve_key = other;
    return service;
  }

  const CurveKeys next_ = NewKeys();
};

TEST_F(RotationTest, ServesWhoKnowsBothKeysBeforeAndAfter) {
  const auto link = OpenLink();
  const auto anna = ConnectBy(*link, service_.public_key, next_.public_key);
  ExpectServed(*link, *anna, anna_);
  const std::string endpoint = link->endpoint();
  ASSERT_TRUE(link->UseKeys(next_).ok());
  TurnUntil(*link, [&] { return link->listens(); });
  EXPECT_EQ(link->endpoint(), endpoint);
  ExpectServed(*link, *anna, anna_);
  ExpectServed(*link, *ConnectBy(*link, service_.public_key, next_.public_key), anna_);
  ExpectServed(*link, *ConnectBy(*link, next_.public_key, ""), anna_);
}

TEST_F(RotationTest, ShowsTheFormerKeyToNobody) {
  const auto link = OpenLink();
  ASSERT_TRUE(link->UseKeys(next_).ok());
  TurnUntil(*link, [&] { return link->listens(); });
  const auto anna = ConnectBy(*link, service_.public_key, "");
  const auto reply = anna->Call(Request("hello"), milliseconds(500));
  EXPECT_EQ(reply.status().code(), base::Code::kUnavailable);
  EXPECT_THAT(reply.status().message(), HasSubstr("its key may be another"));
  EXPECT_THAT(link->Receive(milliseconds(0)), testing::IsEmpty());
}

TEST_F(RotationTest, AnswersNobodyElseAtARouteOfBefore) {
  const auto link = OpenLink();
  const auto anna = ConnectBy(*link, service_.public_key, next_.public_key);
  ASSERT_TRUE(anna->SendRaw("what became of it?").ok());
  const Peer before = AwaitFrame(*link).peer;
  ASSERT_TRUE(link->UseKeys(next_).ok());
  TurnUntil(*link, [&] { return link->listens(); });
  ExpectServed(*link, *anna, anna_);
  link->Send({{.peer = before, .bytes = "for the connection of before"}});
  const Input gone = Await(*link, Input::Kind::kPeerGone);
  EXPECT_EQ(gone.peer, before);
}

TEST_F(RotationTest, KeepsWhatItCounted) {
  const auto link = OpenLink();
  (void)Connect(*link, NewKeys())->Call(Request("let me in"), milliseconds(300));
  (void)link->Receive(milliseconds(0));
  const auto before = link->counters().handshakes_failed;
  ASSERT_GE(before, 1U);
  ASSERT_TRUE(link->UseKeys(next_).ok());
  EXPECT_GE(link->counters().handshakes_failed, before);
}

TEST_F(RotationTest, RefusesKeysThatDoNotBelongTogether) {
  const auto link = OpenLink();
  EXPECT_FALSE(link->UseKeys({next_.public_key, service_.secret_key}).ok());
  ExpectServed(*link, *Connect(*link, anna_), anna_);
}

// A follower knows its leader's keys from the registry.
class FollowerRotationTest : public RotationTest {
 protected:
  void SetUp() override {
    leader_ = OpenLink();
    leader_->UseRegistry(RegistryOf({Person("svc_meeting", follower_keys_)}));
    follower_ = OpenLink({.listen = "tcp://127.0.0.1:*",
                          .keys = follower_keys_,
                          .leaders = {{"intake", leader_->endpoint(), service_.public_key}}});
    Await(*follower_, Input::Kind::kUp);
  }
  void ExpectHeard(const CurveKeys& follower, const CurveKeys& leader) {
    follower_->Send({{.peer = {.socket = 1, .route = {}}, .bytes = "follow"}});
    const Input asked = AwaitFrame(*leader_);
    EXPECT_EQ(asked.key, follower.public_key);
    leader_->Send({{.peer = asked.peer, .bytes = "entries"}});
    EXPECT_EQ(AwaitFrame(*follower_).key, leader.public_key);
  }

  const CurveKeys follower_keys_ = NewKeys();
  std::unique_ptr<Link> leader_;
  std::unique_ptr<Link> follower_;
};

TEST_F(FollowerRotationTest, ComesBackToALeaderWithItsNextKey) {
  follower_->UseRegistry(RegistryOf({Service(service_, next_.public_key)}));
  ExpectHeard(follower_keys_, service_);
  ASSERT_TRUE(leader_->UseKeys(next_).ok());
  TurnUntil(*leader_, [&] { return leader_->listens(); });
  Await(*follower_, Input::Kind::kUp);
  ExpectHeard(follower_keys_, next_);
}

TEST_F(FollowerRotationTest, LeavesALeaderWhoseKeyCountsNoMore) {
  follower_->UseRegistry(RegistryOf({Service(next_)}));
  follower_->Send({{.peer = {.socket = 1, .route = {}}, .bytes = "follow"}});
  Await(*follower_, Input::Kind::kPeerGone);
  EXPECT_THAT(leader_->Receive(milliseconds(300)), testing::IsEmpty());
}

TEST_F(FollowerRotationTest, ComesAnewUnderItsOwnNextKey) {
  const CurveKeys own_next = NewKeys();
  leader_->UseRegistry(RegistryOf({Person("svc_meeting", own_next)}));
  ASSERT_TRUE(follower_->UseKeys(own_next).ok());
  Await(*follower_, Input::Kind::kUp);
  ExpectHeard(own_next, service_);
}

}  // namespace
}  // namespace samenspel::bus
