// SPDX-License-Identifier: EUPL-1.2
// Who is heard, and what of a message is looked at before it is decided.
#include <google/protobuf/stubs/logging.h>

#include "tests/common/daemon/core_test.h"

namespace samenspel::daemon {
namespace {

using common::v1::STATUS_BUSY;
using common::v1::STATUS_DENIED;
using common::v1::STATUS_INVALID;
using common::v1::STATUS_OK;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using CoreAdmission = CoreTest;

TEST_F(CoreAdmission, RecordsAndAnswersAWholeRequest) {
  const auto reply = Asked("pro_anna", Ask(1, Report(true)));
  EXPECT_EQ(reply.status(), STATUS_OK);
  EXPECT_EQ(reply.request_id(), IdOf(1));
  EXPECT_EQ(reply.entry().sequence(), first_);
  const auto entry = intake_.LastEntry();
  EXPECT_EQ(entry.principal(), "pro_anna");
  EXPECT_EQ(entry.organisation(), "org_north");
  EXPECT_EQ(entry.purpose(), "child_safety");
  EXPECT_EQ(entry.received_at_ms(), base::ToMs(now_));
  EXPECT_EQ(entry.kind(), "submit_report");
  EXPECT_EQ(entry.outcome(), STATUS_OK);
  EXPECT_EQ(entry.request_id(), IdOf(1));
  EXPECT_GE(entry.events_size(), 2);
}

TEST_F(CoreAdmission, KeepsFamilyDataOutOfTheClearPart) {
  (void)Asked("pro_anna", Ask(1, Report(true, "CANARY")));
  const auto entry = intake_.store().Read(first_);
  EXPECT_THAT(entry->bytes, Not(HasSubstr("CANARY")));
  EXPECT_THAT(entry->sealed, Each(Not(HasSubstr("CANARY"))));
  EXPECT_THAT(intake_.log, Each(Not(HasSubstr("CANARY"))));
}

TEST_F(CoreAdmission, RefusesAnotherProtocol) {
  for (const uint32_t protocol : {0U, 2U}) {
    auto envelope = Ask(1, Report(true));
    envelope.set_protocol(protocol);
    EXPECT_THAT(Asked("pro_anna", envelope), Says(STATUS_INVALID, "unknown_protocol", "protocol"));
  }
  EXPECT_EQ(intake_.LastEntry().request_id(), "") << "no first answer of what is not understood";
  EXPECT_EQ(Asked("pro_anna", Ask(1, Report(true))).status(), STATUS_OK);
}

TEST_F(CoreAdmission, RefusesARequestIdThatIsNot16Bytes) {
  for (const size_t size : {0, 15, 17}) {
    auto envelope = Ask(1, Report(true));
    envelope.set_request_id(std::string(size, 'i'));
    const auto reply = Asked("pro_anna", envelope);
    EXPECT_THAT(reply, Says(STATUS_INVALID, "bad_request_id", "request_id"));
    EXPECT_EQ(reply.request_id(), "");
  }
}

TEST_F(CoreAdmission, RefusesAnEnvelopeWithoutKind) {
  auto envelope = Ask(1, Report(true));
  envelope.clear_request();
  EXPECT_THAT(Asked("pro_anna", envelope), Says(STATUS_INVALID, "no_request_kind", ""));
}

TEST_F(CoreAdmission, RefusesARequestWithoutKind) {
  EXPECT_THAT(Asked("pro_anna", Ask(1, intake::v1::Request())),
              Says(STATUS_INVALID, "no_request_kind", ""));
}

TEST_F(CoreAdmission, RefusesASignatureUntilThereIsAProtocolForIt) {
  auto envelope = Ask(1, Report(true));
  envelope.set_signature("signed");
  EXPECT_THAT(Asked("pro_anna", envelope), Says(STATUS_INVALID, "unknown_field", "signature"));
}

TEST_F(CoreAdmission, RefusesAFieldOfTheEnvelopeThatItDoesNotKnow) {
  auto input = From("pro_anna", Ask(1, Report(true)));
  input.bytes += "\x70\x01";  // Field 14.
  EXPECT_THAT(intake_.AskOne(now_, input), Says(STATUS_INVALID, "unknown_field", ""));
}

TEST_F(CoreAdmission, RefusesWhatIsNoEnvelope) {
  for (const std::string& bytes :
       {std::string("\xff\xff\xff"), std::string("hello"), std::string(1000, '\0')}) {
    auto input = From("pro_anna", Ask(1, Report(true)));
    input.bytes = bytes;
    EXPECT_EQ(intake_.AskOne(now_, input).status(), STATUS_INVALID);
  }
  EXPECT_EQ(EntriesSinceStart(), 3U);
}

TEST_F(CoreAdmission, NamesTheFieldThatCannotBeRead) {
  auto envelope = Ask(1, Report(true));
  *envelope.mutable_request() += "\x7a\x01x";
  EXPECT_THAT(Asked("pro_anna", envelope), Says(STATUS_INVALID, "unknown_field", "15"));
  const google::protobuf::LogSilencer silent;  // The library has a word about it, too.
  envelope = Ask(2, Report(true, "caf\xe9"));
  EXPECT_THAT(Asked("pro_anna", envelope),
              Says(STATUS_INVALID, "invalid_utf8", "private.happening.text"));
}

TEST_F(CoreAdmission, IsSilentTowardsAKeyThatIsNotInTheRegistry) {
  auto input = From("pro_nobody", Ask(1, Report(true)));
  EXPECT_THAT(Step({input}).out, IsEmpty());
  input.key.clear();
  EXPECT_THAT(Step({input}).out, IsEmpty());
  EXPECT_EQ(EntriesSinceStart(), 0U);
}

TEST_F(CoreAdmission, IsSilentTowardsARevokedKeyFromThatMomentOn) {
  people_[0].revoked_at = now_ + milliseconds(1000);
  intake_.core().UseRegistry(RegistryOf(people_));
  EXPECT_EQ(Asked("pro_anna", Ask(1, Report(true))).status(), STATUS_OK);
  now_ += milliseconds(1000);
  EXPECT_THAT(RepliesOf(Step({From("pro_anna", Ask(2, Report(true)))})), IsEmpty());
}

TEST_F(CoreAdmission, IsSilentTowardsAKeyOutsideItsTime) {
  people_[0].valid_until = now_ + milliseconds(10);
  people_[1].valid_from = now_ + milliseconds(10);
  intake_.core().UseRegistry(RegistryOf(people_));
  EXPECT_THAT(RepliesOf(Step({From("pro_bert", Ask(1, Report(true)))})), IsEmpty());
  now_ += milliseconds(10);
  EXPECT_THAT(RepliesOf(Step({From("pro_anna", Ask(2, Report(true)))})), IsEmpty());
  EXPECT_EQ(Asked("pro_bert", Ask(3, Report(true))).status(), STATUS_OK);
}

TEST_F(CoreAdmission, RecordsADenialWithoutAFirstAnswer) {
  EXPECT_THAT(Asked("pro_dirk", Ask(1, Report(true))), Says(STATUS_DENIED, "not_permitted", ""));
  const auto entry = intake_.LastEntry();
  EXPECT_EQ(entry.outcome(), STATUS_DENIED);
  EXPECT_EQ(entry.principal(), "pro_dirk");
  EXPECT_EQ(entry.kind(), "submit_report");
  EXPECT_EQ(entry.request_id(), "");
  EXPECT_EQ(entry.events_size(), 0);
  people_[3].roles.push_back("desk_worker");
  intake_.core().UseRegistry(RegistryOf(people_));
  EXPECT_EQ(Asked("pro_dirk", Ask(1, Report(true))).status(), STATUS_OK);
}

TEST_F(CoreAdmission, DeniesARequestWithoutAPurposeOfTheTable) {
  EXPECT_THAT(Asked("pro_anna", Ask(1, Report(true), "")),
              Says(STATUS_DENIED, "purpose_missing", ""));
}

TEST_F(CoreAdmission, WritesNoPurposeIntoTheJournalThatNoPolicyKnows) {
  EXPECT_THAT(Asked("pro_anna", Ask(1, Report(true), "Noor was hit by her father")),
              Says(STATUS_DENIED, "purpose_missing", ""));
  EXPECT_EQ(intake_.LastEntry().purpose(), "");
  EXPECT_THAT(Asked("pro_anna", Ask(2, intake::v1::Request(), "Noor was hit by her father")),
              HasStatus(STATUS_INVALID));
  EXPECT_EQ(intake_.LastEntry().purpose(), "");
}

TEST_F(CoreAdmission, DeniesToEverybodyWhatItAsksItself) {
  intake::v1::Request adopt;
  adopt.mutable_adopt_crisismeter()->set_toml("name = \"mine\"");
  EXPECT_THAT(Asked("svc_intake", Ask(1, adopt)), Says(STATUS_DENIED, "not_permitted", ""));
}

TEST_F(CoreAdmission, ActsForSomebodyOfAnOrganisationThatTheSenderMayActFor) {
  people_[4].may_act_for = {"org_north"};  // svc_intake has no desk role of its own.
  intake_.core().UseRegistry(RegistryOf(people_));
  auto envelope = Ask(1, Report(true));
  envelope.set_on_behalf_of("pro_anna");
  EXPECT_EQ(Asked("svc_intake", envelope).status(), STATUS_OK);
  const auto entry = *(intake_.Entries().end() - 2);  // The registry's change comes after it.
  EXPECT_EQ(entry.principal(), "svc_intake");
  EXPECT_EQ(entry.on_behalf_of(), "pro_anna");
  EXPECT_EQ(entry.organisation(), "org_north");
}

TEST_F(CoreAdmission, DeniesActingForOthers) {
  people_[4].may_act_for = {"org_north"};
  intake_.core().UseRegistry(RegistryOf(people_));
  Settle();
  for (const char* person : {"pro_carla", "pro_nobody", "Noor, 3 years old"}) {
    auto envelope = Ask(1, Report(true));
    envelope.set_on_behalf_of(person);
    EXPECT_THAT(Asked("svc_intake", envelope),
                Says(STATUS_DENIED, "may_not_act_for", "on_behalf_of"));
    EXPECT_EQ(intake_.LastEntry().on_behalf_of(), "") << "unproven text stays out of the journal";
  }
  auto envelope = Ask(2, Report(true));
  envelope.set_on_behalf_of("pro_bert");
  EXPECT_THAT(Asked("pro_anna", envelope), HasStatus(STATUS_DENIED)) << "not even of one's own";
}

TEST_F(CoreAdmission, DeniesActingForAServiceAsIfItWereSomebody) {
  people_[0].may_act_for = {people_[4].organisation};
  intake_.core().UseRegistry(RegistryOf(people_));
  auto envelope = Ask(1, Report(true));
  envelope.set_on_behalf_of("svc_intake");
  EXPECT_THAT(Asked("pro_anna", envelope), Says(STATUS_DENIED, "may_not_act_for", "on_behalf_of"));
}

TEST_F(CoreAdmission, DeniesActingForSomebodyWhoIsNoLongerValid) {
  people_[4].may_act_for = {"org_north"};
  people_[0].revoked_at = now_;
  intake_.core().UseRegistry(RegistryOf(people_));
  auto envelope = Ask(1, Report(true));
  envelope.set_on_behalf_of("pro_anna");
  EXPECT_THAT(Asked("svc_intake", envelope),
              Says(STATUS_DENIED, "may_not_act_for", "on_behalf_of"));
}

TEST_F(CoreAdmission, AnswersASixtyFifthRequestInOneTurnWithBusy) {
  std::vector<bus::Input> inputs;
  for (uint64_t i = 0; i < 70; ++i) inputs.push_back(From("pro_anna", Ask(i, Report(false))));
  inputs.push_back(From("pro_bert", Ask(1, Report(false))));
  const auto replies = RepliesOf(Step(inputs));
  ASSERT_THAT(replies, SizeIs(71));
  size_t busy = 0;
  for (const auto& reply : replies) {
    if (reply.status() != STATUS_BUSY) continue;
    ++busy;
    EXPECT_THAT(reply, Says(STATUS_BUSY, "too_many_requests", ""));
    EXPECT_GT(reply.retry_after_ms(), 0U);
  }
  EXPECT_EQ(busy, 6U);
  EXPECT_EQ(EntriesSinceStart(), 65U) << "Bert's is among them";
  EXPECT_EQ(Asked("pro_anna", Ask(69, Report(false))).status(), STATUS_OK) << "the next turn";
}

TEST_F(CoreAdmission, RecordsTwentyRefusalsAMinuteAndThenCounts) {
  const auto bad = Ask(1, intake::v1::Request());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Asked("pro_anna", bad).status(), STATUS_INVALID);
  for (int i = 0; i < 5; ++i) {
    const auto reply = Asked("pro_anna", bad);
    EXPECT_THAT(reply, Says(STATUS_BUSY, "too_many_requests", ""));
    EXPECT_GT(reply.retry_after_ms(), 0U);
  }
  EXPECT_EQ(EntriesSinceStart(), 20U);
  EXPECT_EQ(Asked("pro_anna", Ask(2, Report(false))).status(), STATUS_OK) << "good ones pass";
  now_ += milliseconds(60'000);
  Settle();
  const auto entry = DecidedSinceStart().back();
  EXPECT_EQ(entry.kind(), "turned_away");
  ASSERT_EQ(entry.events_size(), 1);
  EXPECT_EQ(EntriesSinceStart(), 22U);
}

TEST_F(CoreAdmission, RefusesARequestAbove256KiB) {
  auto envelope = Ask(1, Report(true));
  envelope.set_request(std::string(kRequestBytesMax + 1, 'x'));
  EXPECT_THAT(Asked("pro_anna", envelope), Says(STATUS_INVALID, "request_too_large", ""));
  EXPECT_EQ(EntriesSinceStart(), 1U);
}

TEST_F(CoreAdmission, SaysSoOfARequestFarAbove256KiBUnderItsId) {
  auto envelope = Ask(1, Report(true));
  envelope.set_request(std::string(2 * kRequestBytesMax, 'x'));
  const auto reply = Asked("pro_anna", envelope);
  EXPECT_THAT(reply, Says(STATUS_INVALID, "request_too_large", ""));
  EXPECT_EQ(reply.request_id(), envelope.request_id()) << "or its sender would wait for ever";
}

TEST_F(CoreAdmission, TakesALargeFormThatFits) {
  auto request = Report(true);
  auto& family = *request.mutable_submit_report()->mutable_private_();
  for (int i = 0; i < 4; ++i) family.add_adults()->set_safe_contact(std::string(63 << 10, 'a'));
  EXPECT_EQ(Asked("pro_anna", Ask(1, request)).status(), STATUS_OK);
}

TEST_F(CoreAdmission, AnswersStatus) {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(IdOf(1));
  envelope.mutable_status();
  const auto reply = Asked("pro_dirk", envelope);
  EXPECT_EQ(reply.service_status().service(), "intake");
  EXPECT_EQ(reply.service_status().version(), "test");
  EXPECT_EQ(reply.service_status().head().sequence(), intake_.store().head().sequence);
  EXPECT_EQ(reply.service_status().follows(0).service(), "meeting");
  EXPECT_EQ(EntriesSinceStart(), 0U);
}

// P.75: that a region is busy tells whoever has no part in it that a crisis came in.
TEST_F(CoreAdmission, CountsCasesOnlyForThoseWhoKeepTheServiceRunning) {
  (void)Asked("pro_anna", Ask(1, Report(true)));
  const auto counters = [&](const std::string& who) {
    common::v1::Envelope envelope;
    envelope.set_protocol(1);
    envelope.set_request_id(IdOf(2));
    envelope.mutable_status();
    const auto reply = Asked(who, envelope);
    std::set<std::string> names;
    for (const auto& one : reply.service_status().counters()) names.insert(one.name());
    return names;
  };
  EXPECT_TRUE(counters("pro_dirk").contains("reports_red"));  // A region manager.
  EXPECT_FALSE(counters("pro_anna").contains("reports_red"));
  EXPECT_FALSE(counters("pro_carla").contains("reports_red"));
}

TEST_F(CoreAdmission, RecordsWhoAskedToFollowWithoutAGrantWithinTheLimit) {
  common::v1::Envelope envelope = Ask(1, Report(true));
  envelope.mutable_follow()->set_every_entry(true);
  envelope.mutable_follow()->set_view(common::v1::VIEW_SEALED);
  const size_t lines = intake_.log.size();
  for (int i = 0; i < 50; ++i) (void)Step({From("pro_anna", envelope)});
  EXPECT_EQ(EntriesSinceStart(), 20u);
  EXPECT_LE(intake_.log.size(), lines + 40) << "the log is no way to fill a disk";
  const auto entry = intake_.LastEntry();
  EXPECT_EQ(entry.kind(), "follow");
  EXPECT_EQ(entry.principal(), "pro_anna");
  EXPECT_EQ(entry.outcome(), STATUS_DENIED);
  EXPECT_EQ(entry.reasons(0).code(), "not_granted");
}

}  // namespace
}  // namespace samenspel::daemon
