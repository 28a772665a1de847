// SPDX-License-Identifier: EUPL-1.2
// Who asks for the journal, or claims to hold another one.
#include "proto/common/v1/envelope.pb.h"
#include "tests/attack/scene.h"
#include "tests/support/ask.h"
#include "tests/support/journal.h"

namespace samenspel::attack {
namespace {

using common::v1::Envelope;

class Follows : public Attack {
 protected:
  void SetUp() override { Begin({"intake", "meeting", "escalation", "audit"}); }

  // The code with which this Follow is refused; empty: it is not.
  static std::string Refusal(RawPeer& peer, const common::v1::Head& after) {
    Envelope envelope = support::NewEnvelope("");
    auto& follow = *envelope.mutable_follow();
    *follow.mutable_after() = after;
    follow.set_view(common::v1::VIEW_CLEAR);
    follow.set_session(++session_);
    follow.set_until_frame(1'000'000);
    EXPECT_TRUE(peer.Send(envelope.SerializeAsString()));
    common::v1::Answer answer;
    const auto bytes = peer.Receive();
    EXPECT_TRUE(bytes && answer.ParseFromString(*bytes));
    return answer.follow_refused().code();
  }

  common::v1::Head Head() const {
    return support::StatusOf(*region_.Connect("manager", "intake")).head();
  }

  static uint64_t session_;
};
uint64_t Follows::session_ = 1'000;

TEST_F(Follows, OfSomebodyWithoutAGrantAreRefused) {
  Under([&] {
    for (const char* member : {"desk-gi", "manager", "operator", "auditor"}) {
      RawPeer peer = PeerWith(KeysOf(member));
      ASSERT_TRUE(peer.Enter());
      EXPECT_EQ(Refusal(peer, {}), "not_granted") << member;
      EXPECT_EQ(Refusal(peer, Head()), "not_granted") << member;
    }
  });
  region_.Settle();
  ExpectEntriesOnlyBy({kHonest, "desk-gi", "manager", "operator", "auditor"});
}

// A service whose store is an old copy, or another's: it is told so, and the right one follows on.
TEST_F(Follows, OfAnEpochOrHistoryThatIsNotOursAreRefused) {
  Under([&] {
    RawPeer peer = PeerWith(KeysOf("escalation"));
    ASSERT_TRUE(peer.Enter());
    common::v1::Head head = Head();
    common::v1::Head stale = head;
    stale.set_epoch(head.epoch() - 1);
    stale.set_hash(std::string(32, 'x'));
    EXPECT_EQ(Refusal(peer, stale), "other_history");
    common::v1::Head later = head;
    later.set_epoch(head.epoch() + 1);
    EXPECT_EQ(Refusal(peer, later), "ahead_of_leader");
    common::v1::Head ahead = head;
    ahead.set_sequence(head.sequence() + 1'000'000);
    EXPECT_EQ(Refusal(peer, ahead), "ahead_of_leader");
    common::v1::Head other = head;
    other.set_hash(std::string(32, 'x'));
    EXPECT_EQ(Refusal(peer, other), "other_history");
  });
  region_.Settle();
  ExpectEntriesOnlyBy({kHonest});
}

}  // namespace
}  // namespace samenspel::attack
