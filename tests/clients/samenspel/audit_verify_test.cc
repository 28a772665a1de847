// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "common/tlog/checkpoint.h"
#include "tests/clients/samenspel/chain_log.h"

namespace samenspel::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr char kSeen[] = "/spool.checkpoint";

class AuditVerify : public testing::Test {
 protected:
  AuditVerify() {
    for (int i = 0; i < 4; ++i) log.Append("intake");
    log.Append("meeting");
    log.Append("audit");
    log.Append("audit", [](auto& header) { header.set_sequence(4); });  // 2 and 3 are no leaves.
    log.Append("intake");
  }
  int Verify() { return world.Run({"audit", "verify", "--purpose", "audit"}); }
  void ExpectFault(const std::string& words) {
    EXPECT_EQ(Verify(), 1);
    EXPECT_THAT(world.err(), HasSubstr("THE LOG DOES NOT HOLD"));
    EXPECT_THAT(world.err(), HasSubstr(words));
    EXPECT_THAT(world.out(), IsEmpty());
  }

  FakeWorld world;
  ChainLog log{world};
};

TEST_F(AuditVerify, SaysInWordsWhatHolds) {
  EXPECT_EQ(Verify(), 0) << world.err();
  EXPECT_THAT(world.out(), HasSubstr("8 entries, with a good signature"));
  EXPECT_THAT(world.out(), HasSubstr("The first time here"));
  EXPECT_THAT(world.out(), HasSubstr("their root is the one that was signed"));
  EXPECT_THAT(world.out(), HasSubstr("5 entries, up to 5: none is missing"));
  EXPECT_THAT(world.out(), HasSubstr("2 entries, up to 4: in order"));
  EXPECT_THAT(world.out(), HasSubstr("The log holds."));
  world.language = "nl";
  EXPECT_EQ(Verify(), 0);
  EXPECT_THAT(world.out(), HasSubstr("Het log klopt."));
}

TEST_F(AuditVerify, ProvesThatTheLogContinuesTheOneSeenLast) {
  ASSERT_EQ(Verify(), 0);
  EXPECT_EQ(*world.files->Read(kSeen), log.Note(8));
  log.Append("intake");
  EXPECT_EQ(Verify(), 0) << world.err();
  EXPECT_THAT(world.out(), HasSubstr("Begins exactly with the log of 8 entries"));
  EXPECT_EQ(*world.files->Read(kSeen), log.Note(9));
}

TEST_F(AuditVerify, NoticesALogThatWasCut) {
  ASSERT_EQ(Verify(), 0);
  log.Cut(1);
  ExpectFault("shorter than it once was");
  EXPECT_EQ(*world.files->Read(kSeen), *world.files->Read(kSeen));
  log.Append("meeting");
  EXPECT_EQ(Verify(), 1);  // As long as before, and another.
  EXPECT_THAT(world.err(), HasSubstr("does not continue what was seen here before"));
}

TEST_F(AuditVerify, KeepsTheOldCheckpointWhenTheLogDoesNotHold) {
  ASSERT_EQ(Verify(), 0);
  const std::string seen = *world.files->Read(kSeen);
  log.Append("intake", [](auto& header) { header.set_sequence(9); });
  EXPECT_EQ(Verify(), 1);
  EXPECT_EQ(*world.files->Read(kSeen), seen);
}

TEST_F(AuditVerify, NamesTheLeafAndServiceOfAGap) {
  log.Append("meeting", [](auto& header) { header.set_sequence(3); });
  ExpectFault("Entry 8 of the log, of meeting: entries are missing before this one");
}

TEST_F(AuditVerify, NoticesAnEntryThatNamesAnotherBeforeIt) {
  log.Append("intake", [](auto& header) { header.set_previous_hash("x"); });
  ExpectFault("Entry 8 of the log, of intake: this names another entry before it");
}

TEST_F(AuditVerify, NoticesAuditsOwnChainWhereItIsDense) {
  log.Append("audit", [](auto& header) { header.set_previous_hash("x"); });
  ExpectFault("Entry 8 of the log, of audit: this names another entry before it");
}

TEST_F(AuditVerify, NoticesARepeatedNumberAndAnEpochThatGoesBack) {
  log.Append("intake", [](auto& header) { header.set_sequence(5); });
  ExpectFault("this number has been before");
  log.Cut(1);
  log.Append("meeting", [](auto& header) { header.set_epoch(0); });
  ExpectFault("an earlier life of the journal");
}

TEST_F(AuditVerify, NoticesALeafThatIsNoEntry) {
  log.tamper = [](auto& leaves) { leaves.set_headers(0, "\x0a\xff"); };
  ExpectFault("Entry 0 of the log, of ?: this cannot be read");
}

TEST_F(AuditVerify, NoticesAChangedEntry) {
  log.tamper = [](auto& leaves) {
    common::v1::EntryHeader header;
    header.ParseFromString(leaves.headers(0));
    header.set_principal("pro_00000000000000000000000002");
    leaves.set_headers(0, header.SerializeAsString());
  };
  ExpectFault("another root than was signed");
}

TEST_F(AuditVerify, NoticesAForgedCheckpoint) {
  log.tamper = [](auto& leaves) { leaves.set_checkpoint("no note"); };
  ExpectFault("the signature is not good");
}

TEST_F(AuditVerify, EndsWhenADaemonStopsSending) {
  log.tamper = [](auto& leaves) { leaves.clear_headers(); };
  ExpectFault("here the log ends");
}

TEST_F(AuditVerify, SaysItInJson) {
  log.Append("meeting", [](auto& header) { header.set_sequence(3); });
  EXPECT_EQ(world.Run({"audit", "verify", "--json"}), 1);
  const json fault = json::parse(world.out())["error"]["faults"][0];
  EXPECT_EQ(fault["leaf"], 8);
  EXPECT_EQ(fault["service"], "meeting");
  EXPECT_EQ(fault["what"], "gap");
}

TEST_F(AuditVerify, DoesNotTrustACheckpointFileOfAnotherKey) {
  const auto other = tlog::SigningKey::FromSeed("samenspel.example/chain", std::string(32, 'o'));
  ASSERT_TRUE(
      world.files
          ->Replace(kSeen, *tlog::SignCheckpoint(
                               {"samenspel.example/chain", 1, std::string(32, 'r')}, *other))
          .ok());
  EXPECT_EQ(Verify(), 1);
  EXPECT_THAT(world.err(), HasSubstr(kSeen));
  EXPECT_THAT(world.sent, IsEmpty());
}

TEST_F(AuditVerify, PassesRefusalAndSilenceOn) {
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(ReplyWith(common::v1::STATUS_DENIED, "not_permitted", ""));
  };
  EXPECT_EQ(Verify(), 5);
  world.answer = [](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(Away());
  };
  EXPECT_EQ(Verify(), 6);
  world.environment.erase("SAMENSPEL_AUDIT_KEY");
  EXPECT_EQ(Verify(), 2);
  EXPECT_FALSE(world.files->Exists(kSeen));
}

}  // namespace
}  // namespace samenspel::cli
