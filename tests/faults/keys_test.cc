// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "common/base/clock.h"
#include "proto/intake/v1/events.pb.h"
#include "tests/support/ask.h"
#include "tests/support/journal.h"
#include "tests/support/region.h"

namespace samenspel::faults {
namespace {

using base::Code;
using base::milliseconds;
using common::v1::Envelope;
using support::Ask;
using support::EnvelopeOf;
using testing::HasSubstr;
using SteadyClock = std::chrono::steady_clock;

// The bound on a revoked key.
constexpr std::chrono::seconds kRevokedWithin{1};

class Keys : public testing::Test {
 protected:
  void SetUp() override {
    region_.Launch("intake");
    region_.AwaitReady("intake");
  }

  void Revoke(const std::string& name) {
    const auto done = support::RunToEnd(
        region_.Client("manager", {"keys", "revoke", region_.PrincipalOf(name).id, "--registry",
                                   region_.folder() + "/registry"}));
    ASSERT_EQ(done.code, 0) << done.output;
  }

  static Envelope StatusRequest() {
    Envelope envelope = support::NewEnvelope();
    envelope.mutable_status();
    return envelope;
  }

  support::Region region_;
};

TEST_F(Keys, UnknownOnesGetNoConnection) {
  const auto stranger = region_.Connect(*bus::NewCurveKeys(), "intake");
  const auto reply =
      stranger->Call(EnvelopeOf(support::RedReport(1)), std::chrono::milliseconds(1500));
  EXPECT_EQ(reply.status().code(), Code::kUnavailable);
  EXPECT_THAT(reply.status().message(), HasSubstr("does not admit this key"));
}

TEST_F(Keys, ThatWereEnteredMeanwhileGetOne) {
  region_.Enter("newcomer", {"pro_0000000000000000000newcmr", region_.Organisation("veilig_thuis"),
                             "veilig_thuis_desk", "desk_worker", "child_safety"});
  const auto newcomer = region_.Connect("newcomer", "intake");
  EXPECT_EQ(Ask(*newcomer, EnvelopeOf(support::RedReport(1))).status(), common::v1::STATUS_OK);
}

TEST_F(Keys, RevokedOnAnOpenConnectionAreCutOffWithinASecond) {
  const auto desk = region_.Connect("desk-vt", "intake");
  const auto report = support::ReceivedIn(Ask(*desk, EnvelopeOf(support::RedReport(1)))).report();
  Revoke("desk-vt");
  const auto revoked = SteadyClock::now();
  auto answered = revoked;
  while (SteadyClock::now() < revoked + kRevokedWithin * 2) {
    const auto asked = SteadyClock::now();
    if (!desk->Call(EnvelopeOf(support::ShowReport(report)), milliseconds(250)).ok()) continue;
    answered = asked;
  }
  EXPECT_LT(answered - revoked, kRevokedWithin);
  // It is the key, not the daemon.
  EXPECT_EQ(support::StatusOf(*region_.Connect("desk-gi", "intake")).service(), "intake");
}

TEST_F(Keys, RevokedWhileFollowingHearNothingAfterASecond) {
  region_.StopAll();
  region_.Enter("watcher", {"svc_watcher", "org_region", "watcher", "service", "audit"});
  support::WriteFile(region_.ConfigPath("intake"),
                     support::ReadFile(region_.ConfigPath("intake")) +
                         "\n[[grant]]\nprincipal = \"svc_watcher\"\nview = \"sealed\"\n"
                         "every_entry = true\n");
  region_.Launch("intake");
  const auto watcher = region_.Connect("watcher", "intake");
  Envelope follow = support::NewEnvelope("audit");
  follow.mutable_follow()->set_every_entry(true);
  follow.mutable_follow()->set_view(common::v1::VIEW_SEALED);
  follow.mutable_follow()->set_session(1);
  follow.mutable_follow()->set_until_frame(1000);
  ASSERT_TRUE(watcher->SendRaw(follow.SerializeAsString()).ok());
  ASSERT_TRUE(watcher->ReceiveRaw(support::kPatience).ok());

  const auto desk = region_.Connect("desk-vt", "intake");
  Revoke("watcher");
  const auto end = SteadyClock::now() + kRevokedWithin;
  while (SteadyClock::now() < end) (void)watcher->ReceiveRaw(milliseconds(50));
  EXPECT_EQ(Ask(*desk, EnvelopeOf(support::RedReport(1))).status(), common::v1::STATUS_OK);
  EXPECT_EQ(watcher->ReceiveRaw(milliseconds(1500)).status().code(), Code::kTimeout);
}

TEST_F(Keys, RevokedWhileWaitingAreNotToldWhatTheyWaitedFor) {
  region_.Launch("audit");
  region_.AwaitReady("audit");
  const auto desk = region_.Connect("desk-vt", "intake");
  const auto other = region_.Connect("desk-gi", "intake");
  const auto audit = region_.Connect("desk-vt", "audit");
  // The next entry but one: the next will be that the registry has changed.
  common::v1::Ref later = Ask(*desk, EnvelopeOf(support::RedReport(1))).entry();
  later.set_sequence(later.sequence() + 2);
  Envelope await = support::NewEnvelope();
  await.set_time_left_ms(support::kPatience.count());
  *await.mutable_await()->mutable_cause() = later;
  await.mutable_await()->set_by("intake");
  ASSERT_TRUE(audit->SendRaw(await.SerializeAsString()).ok());
  EXPECT_EQ(support::StatusOf(*audit).service(), "audit");  // So the wait has begun.
  Revoke("desk-vt");
  const auto end = SteadyClock::now() + kRevokedWithin;
  while (SteadyClock::now() < end) (void)audit->ReceiveRaw(milliseconds(50));
  EXPECT_EQ(Ask(*other, EnvelopeOf(support::RedReport(2))).entry().sequence(), later.sequence());
  (void)support::Await(*region_.Connect("manager", "audit"), later, "intake");
  EXPECT_EQ(audit->ReceiveRaw(milliseconds(1500)).status().code(), Code::kTimeout);
}

TEST_F(Keys, DoNotLetAnyoneActForAnotherOrganisation) {
  const auto desk = region_.Connect("desk-vt", "intake");
  for (const std::string& person :
       {region_.PrincipalOf("desk-gi").id, std::string("pro_00000000000000000000nobody")}) {
    Envelope envelope = EnvelopeOf(support::RedReport(1));
    envelope.set_on_behalf_of(person);
    const auto reply = Ask(*desk, envelope);
    EXPECT_EQ(reply.status(), common::v1::STATUS_DENIED);
    EXPECT_EQ(support::Reasons(reply), "may_not_act_for on_behalf_of");
  }
  region_.StopAll();
  const support::StoppedStore intake(region_, "intake");
  EXPECT_EQ(intake.Events<intake::v1::Event>(intake::v1::Event::kReportSubmitted).size(), 0);
}

TEST_F(Keys, LetThoseActForAnotherOrganisationWhoWereGivenIt) {
  bus::Principal principal = region_.PrincipalOf("desk-vt");
  const bus::Principal& other = region_.PrincipalOf("desk-gi");
  principal.may_act_for = {other.organisation};
  region_.StopAll();
  region_.Reenter(principal);
  region_.Launch("intake");
  const auto desk = region_.Connect("desk-vt", "intake");
  Envelope envelope = EnvelopeOf(support::RedReport(1));
  envelope.set_on_behalf_of(other.id);
  EXPECT_EQ(Ask(*desk, envelope).status(), common::v1::STATUS_OK);
  region_.StopAll();
  const auto entry = support::StoppedStore(region_, "intake").Entries().back();
  EXPECT_EQ(entry->header.principal(), principal.id);
  EXPECT_EQ(entry->header.on_behalf_of(), other.id);
  EXPECT_EQ(entry->header.organisation(), other.organisation);
}

TEST_F(Keys, OfAnotherRoleMayNotReport) {
  const auto manager = region_.Connect("manager", "intake");
  const auto reply = Ask(*manager, EnvelopeOf(support::RedReport(1)));
  EXPECT_EQ(reply.status(), common::v1::STATUS_DENIED);
  EXPECT_EQ(support::Reasons(reply), "not_permitted ");
}

}  // namespace
}  // namespace samenspel::faults
