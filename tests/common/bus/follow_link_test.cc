// SPDX-License-Identifier: EUPL-1.2
#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

// A leader, and a service that follows it under a key of its own.
class FollowLinkTest : public BusTest {
 protected:
  void SetUp() override { OpenLeader("tcp://127.0.0.1:*"); }

  void OpenLeader(const std::string& listen) {
    leader_ = OpenLink(listen);
    leader_->UseRegistry(RegistryOf({Person("svc_meeting", follower_keys_)}));
  }
  std::unique_ptr<Link> OpenFollower() {
    const LeaderAddress leader{
        .service = "intake", .endpoint = leader_->endpoint(), .server_key = service_.public_key};
    return OpenLink({.listen = "tcp://127.0.0.1:*", .keys = follower_keys_, .leaders = {leader}});
  }
  void ExpectTalk(Link& follower) {
    follower.Send({{.peer = {.socket = 1, .route = {}}, .bytes = "follow"}});
    const Input asked = AwaitFrame(*leader_);
    EXPECT_EQ(asked.key, follower_keys_.public_key);
    EXPECT_EQ(asked.bytes, "follow");
    leader_->Send({{.peer = asked.peer, .bytes = "entries"}});
    const Input entries = AwaitFrame(follower);
    EXPECT_EQ(entries.peer, (Peer{.socket = 1, .route = {}}));
    EXPECT_EQ(entries.key, service_.public_key);
    EXPECT_EQ(entries.bytes, "entries");
  }

  const CurveKeys follower_keys_ = NewKeys();
  std::unique_ptr<Link> leader_;
};

TEST_F(FollowLinkTest, SaysWhenTheConnectionComesUp) {
  const auto follower = OpenFollower();
  const Input up = Await(*follower, Input::Kind::kUp);
  EXPECT_EQ(up.peer, (Peer{.socket = 1, .route = {}}));
  ExpectTalk(*follower);
}

TEST_F(FollowLinkTest, SaysItAgainAfterTheLeaderRestarted) {
  const auto follower = OpenFollower();
  Await(*follower, Input::Kind::kUp);
  ExpectTalk(*follower);
  const std::string endpoint = leader_->endpoint();
  leader_.reset();
  OpenLeader(endpoint);
  Await(*follower, Input::Kind::kUp);
  ExpectTalk(*follower);
}

TEST_F(FollowLinkTest, ConnectsToALeaderThatComesLater) {
  const std::string endpoint = leader_->endpoint();
  const auto follower = OpenFollower();
  Await(*follower, Input::Kind::kUp);
  leader_.reset();
  // The refused attempts in between are what a leader that starts late looks like.
  EXPECT_THAT(follower->Receive(milliseconds(300)), testing::IsEmpty());
  OpenLeader(endpoint);
  Await(*follower, Input::Kind::kUp);
  ExpectTalk(*follower);
}

TEST_F(FollowLinkTest, ComesBackAfterTheLeaderRefusedItsKey) {
  leader_->UseRegistry(RegistryOf({}));
  const auto follower = OpenFollower();
  TurnUntil(*follower, [&] { return follower->counters().handshakes_failed > 0; });
  leader_->UseRegistry(RegistryOf({Person("svc_meeting", follower_keys_)}));
  Await(*follower, Input::Kind::kUp);
  ExpectTalk(*follower);
}

TEST_F(FollowLinkTest, TrustsNoLeaderWithAnotherKey) {
  const LeaderAddress wrong{
      .service = "intake", .endpoint = leader_->endpoint(), .server_key = NewKeys().public_key};
  const auto follower =
      OpenLink({.listen = "tcp://127.0.0.1:*", .keys = follower_keys_, .leaders = {wrong}});
  EXPECT_THAT(follower->Receive(milliseconds(300)), testing::IsEmpty());
}

TEST_F(FollowLinkTest, ReportsALeaderThatIsAway) {
  const std::string endpoint = leader_->endpoint();
  leader_.reset();
  const LeaderAddress leader{
      .service = "intake", .endpoint = endpoint, .server_key = service_.public_key};
  const auto follower =
      OpenLink({.listen = "tcp://127.0.0.1:*", .keys = follower_keys_, .leaders = {leader}});
  follower->Send({{.peer = {.socket = 1, .route = {}}, .bytes = "follow"}});
  const auto came = follower->Receive(milliseconds(0));
  ASSERT_EQ(came.size(), 1U);
  EXPECT_EQ(came[0].kind, Input::Kind::kPeerGone);
  EXPECT_EQ(came[0].peer.socket, 1U);
  EXPECT_EQ(follower->counters().sends_failed, 1U);
}

TEST_F(FollowLinkTest, HearsItsClientsWhileALeaderFloodsIt) {
  const LeaderAddress leader{
      .service = "intake", .endpoint = leader_->endpoint(), .server_key = service_.public_key};
  const auto follower = OpenLink({.listen = "tcp://127.0.0.1:*",
                                  .keys = follower_keys_,
                                  .leaders = {leader},
                                  .receive_at_most = 32});
  Await(*follower, Input::Kind::kUp);
  follower->Send({{.peer = {.socket = 1, .route = {}}, .bytes = "follow"}});
  const Peer peer = AwaitFrame(*leader_).peer;
  const auto client = Client::Connect(
      {.endpoint = follower->endpoint(), .server_key = follower_keys_.public_key}, anna_);
  ASSERT_TRUE(client.ok());
  ASSERT_TRUE((*client)->SendRaw("hello").ok());
  EXPECT_EQ(AwaitFrame(*follower).bytes, "hello");
  ASSERT_TRUE((*client)->SendRaw("may I?").ok());
  // All clients share a thread that sends, in order: once this arrived, the question has left too.
  leader_->UseRegistry(RegistryOf({Person("pro_anna", anna_)}));
  ASSERT_TRUE(Connect(*leader_, anna_)->SendRaw("sent?").ok());
  EXPECT_EQ(AwaitFrame(*leader_).bytes, "sent?");
  // More than the leader's own queue holds: hundreds are here already, several turns' worth.
  constexpr uint64_t kFlood = 1600;
  for (uint64_t tried = 1; tried - leader_->counters().sends_failed < kFlood; ++tried) {
    leader_->Send({{.peer = peer, .bytes = std::string(1000, 'f')}});
  }
  bool heard = false;
  for (int turn = 0; turn < 4 && !heard; ++turn) {
    for (const Input& input : follower->Receive(kPatience)) {
      heard = heard || input.peer.socket == 0;
    }
  }
  EXPECT_TRUE(heard);
}

TEST_F(FollowLinkTest, RefusesALeaderWithoutAKeyOrOverAnUnsafeTransport) {
  const auto open = [this](LeaderAddress leader) {
    return Link::Open(
        {.listen = "tcp://127.0.0.1:*", .keys = follower_keys_, .leaders = {std::move(leader)}},
        RegistryOf({}), entropy_);
  };
  EXPECT_EQ(open({"intake", leader_->endpoint(), ""}).status().code(), base::Code::kInvalid);
  EXPECT_EQ(open({"intake", "inproc://intake", service_.public_key}).status().code(),
            base::Code::kInvalid);
}

}  // namespace
}  // namespace samenspel::bus
