// SPDX-License-Identifier: EUPL-1.2
// Who has a key of ours, and wants to be somebody else.
#include "proto/common/v1/envelope.pb.h"
#include "tests/attack/scene.h"
#include "tests/support/ask.h"
#include "tests/support/journal.h"

namespace samenspel::attack {
namespace {

using common::v1::Envelope;
using common::v1::Reply;

constexpr const char* kInsider = "desk-gi";

class Identity : public Attack {
 protected:
  static Reply ReplyIn(const std::optional<std::string>& bytes) {
    common::v1::Answer answer;
    EXPECT_TRUE(bytes && answer.ParseFromString(*bytes) && answer.has_reply());
    return answer.reply();
  }

  // What `peer` is answered.
  static Reply Ask(RawPeer& peer, const Envelope& envelope) {
    EXPECT_TRUE(peer.Send(envelope.SerializeAsString()));
    Reply reply = ReplyIn(peer.Receive());
    EXPECT_EQ(reply.request_id(), envelope.request_id());
    return reply;
  }

  // Whose report it became.
  std::string PrincipalOf(const Reply& reply) {
    region_.StopAll();
    const auto entry = support::StoppedStore(region_, "intake")->Read(reply.entry().sequence());
    return entry->header.principal();
  }
};

TEST_F(Identity, IsThatOfTheKeyWhateverTheMetadataClaims) {
  const std::string token = std::string(64, '0') + ":" + KeysOf(kHonest).public_key;
  Reply reply;
  Under([&] {
    for (const char* name :
         {"User-Id", "user-id", "Peer-Address", "Routing-Id", "__fd", "X-Role"}) {
      for (const std::string& value :
           {token, KeysOf(kHonest).public_key, std::string("svc_audit")}) {
        RawPeer peer = PeerWith(KeysOf(kInsider));
        Metadata metadata = DealerMetadata();
        metadata.emplace_back(name, value);
        metadata.emplace_back(name, value);
        ASSERT_TRUE(peer.Enter(metadata)) << name;
        reply = Ask(peer, support::EnvelopeOf(support::RedReport(1)));
        EXPECT_EQ(reply.status(), common::v1::STATUS_OK) << name;
      }
    }
  });
  EXPECT_EQ(PrincipalOf(reply), region_.PrincipalOf(kInsider).id);
}

TEST_F(Identity, InTheEnvelopeOfSomebodyWhomOneMayNotActForIsDenied) {
  Under([&] {
    RawPeer peer = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(peer.Enter());
    for (const char* member : {kHonest, "manager", "operator", "audit"}) {
      Envelope envelope = support::EnvelopeOf(support::RedReport(1));
      envelope.set_on_behalf_of(region_.PrincipalOf(member).id);
      const Reply reply = Ask(peer, envelope);
      EXPECT_EQ(reply.status(), common::v1::STATUS_DENIED) << member;
      EXPECT_EQ(support::Reasons(reply), "may_not_act_for on_behalf_of");
    }
    Envelope signed_envelope = support::EnvelopeOf(support::RedReport(1));
    signed_envelope.set_signature("by the manager");
    EXPECT_EQ(Ask(peer, signed_envelope).status(), common::v1::STATUS_INVALID);
    Envelope longer = support::EnvelopeOf(support::RedReport(1));
    longer.GetReflection()->MutableUnknownFields(&longer)->AddLengthDelimited(99, "pro_manager");
    EXPECT_EQ(Ask(peer, longer).status(), common::v1::STATUS_INVALID);
  });
  region_.StopAll();
  for (const auto& entry : support::StoppedStore(region_, "intake").Entries()) {
    if (entry->header.principal() != region_.PrincipalOf(kInsider).id) continue;
    EXPECT_THAT(entry->header.events(), testing::IsEmpty());
    EXPECT_EQ(entry->header.on_behalf_of(), "");
  }
}

// The second who takes a routing id is not heard; the first keeps it, and its answers.
TEST_F(Identity, OfAnotherConnectionCannotBeTaken) {
  Under([&] {
    const Metadata named = {{"Socket-Type", "DEALER"}, {"Identity", "desk-1"}};
    RawPeer owner = PeerWith(KeysOf("desk-vt2"));
    ASSERT_TRUE(owner.Enter(named));
    const Envelope asked = support::EnvelopeOf(support::RedReport(1));
    EXPECT_EQ(Ask(owner, asked).status(), common::v1::STATUS_OK);
    RawPeer thief = PeerWith(KeysOf(kInsider));
    ASSERT_TRUE(thief.Enter(named));
    ASSERT_TRUE(thief.Send(ReportBytes(2)));
    for (uint64_t number = 3; number < 20; ++number) {
      EXPECT_EQ(Ask(owner, support::EnvelopeOf(support::RedReport(number))).status(),
                common::v1::STATUS_OK);
    }
    EXPECT_FALSE(thief.Receive(base::milliseconds(200)));
  });
  ExpectEntriesOnlyBy({kHonest, "desk-vt2"});
}

TEST_F(Identity, MadeOfAnythingInTheMetadataDisturbsNobody) {
  Under([&] {
    const std::string nothing("\0\0\0\0\0", 5);
    for (const std::string& id : {nothing, std::string(255, 'x'), std::string(256, 'x'),
                                  std::string(60'000, 'x'), std::string("\0", 1)}) {
      RawPeer peer = PeerWith(KeysOf(kInsider));
      if (peer.Enter({{"Socket-Type", "DEALER"}, {"Identity", id}})) (void)peer.Send("?");
    }
    for (const char* type : {"", "PUB", "ROUTER", "REP", "PAIR", "STREAM", "dealer", "SERVER"}) {
      RawPeer peer = PeerWith(KeysOf(kInsider));
      if (peer.Enter({{"Socket-Type", type}})) (void)peer.Send("?");
    }
    Metadata many = DealerMetadata();
    for (int i = 0; i < 5000; ++i)
      many.emplace_back("X-" + std::to_string(i), std::string(100, 'x'));
    RawPeer talker = PeerWith(KeysOf(kInsider));
    (void)talker.Enter(many);
  });
  region_.StopAll();
  for (const auto& entry : support::StoppedStore(region_, "intake").Entries()) {
    if (entry->header.principal() != region_.PrincipalOf(kInsider).id) continue;
    EXPECT_THAT(entry->header.events(), testing::IsEmpty());
  }
}

}  // namespace
}  // namespace samenspel::attack
