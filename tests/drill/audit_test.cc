// SPDX-License-Identifier: EUPL-1.2
// Audit alone is lost, while the others go on. Its backup is behind; the rest it hears again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"
#include "common/tlog/note_key.h"
#include "proto/audit/v1/requests.pb.h"
#include "tests/drill/drill.h"
#include "tests/support/ask.h"
#include "tests/support/changed.h"

namespace samenspel::drill {
namespace {

using support::Outcome;
using testing::AllOf;
using testing::HasSubstr;

constexpr int kWrongUse = 2;
constexpr int kCannotGoOn = 3;
constexpr size_t kChanges = 60;
constexpr const char* kNewName = "samenspel.example/test/epoch-2";

class LosingAudit : public testing::Test {
 protected:
  void SetUp() override {
    key_ = Words("manager", {"keys", "audit-key", "--registry", Registry(), "--origin",
                             "samenspel.example/test"});
    drill_.Begin();
    drill_.Work(kChanges);
  }
  std::string Registry() { return drill_.region().folder() + "/registry"; }

  Outcome Said(const std::string& name, const std::vector<std::string>& words) {
    return support::RunToEnd(drill_.region().Client(name, words));
  }
  /// What a command that went well printed, without its line feed.
  std::string Words(const std::string& name, const std::vector<std::string>& words) {
    Outcome outcome = Said(name, words);
    EXPECT_EQ(outcome.code, 0) << outcome.output;
    while (outcome.output.ends_with('\n')) outcome.output.pop_back();
    return outcome.output;
  }
  /// The newest checkpoint, and that the log of size `old` is a beginning of it.
  audit::v1::ConsistencyProven Proof(uint64_t old) {
    audit::v1::Request request;
    request.mutable_prove_consistency()->set_old_size(old);
    const auto client = drill_.region().Connect("auditor", "audit");
    audit::v1::Response response;
    response.ParseFromString(
        support::Ask(*client, support::EnvelopeOf(request, "audit")).response());
    return response.consistency_proven();
  }
  static tlog::Checkpoint Opened(const std::string& note, const std::string& key) {
    const auto opened = tlog::OpenCheckpoint(note, *tlog::VerifierKey::Parse(key));
    EXPECT_TRUE(opened.ok()) << opened.status().message();
    return opened.ok() ? *opened : tlog::Checkpoint();
  }
  /// Whether the log goes on from this checkpoint.
  bool GoesOnFrom(const tlog::Checkpoint& old, const std::string& key) {
    const auto proof = Proof(old.size);
    const tlog::Checkpoint now = Opened(proof.checkpoint(), key);
    const std::vector<std::string> path(proof.path().begin(), proof.path().end());
    return tlog::VerifyConsistency(old.size, old.root, now.size, now.root, path).ok();
  }
  void RestoreAudit() {
    const Outcome wrong = drill_.Restore("audit", {"--repair-from", "audit"});
    EXPECT_EQ(wrong.code, kWrongUse);
    EXPECT_THAT(wrong.output, HasSubstr("there is no copy elsewhere"));
    const Outcome refused = drill_.Restore("audit", {});
    EXPECT_EQ(refused.code, kCannotGoOn);
    EXPECT_THAT(refused.output, AllOf(HasSubstr(" are missing"), HasSubstr("--accept-loss"),
                                      testing::Not(HasSubstr("--repair-from"))));
    const Outcome restored = drill_.Restore("audit", {"--accept-loss"});
    EXPECT_EQ(restored.code, 0) << restored.output;
    EXPECT_THAT(restored.output, HasSubstr(std::string("the log is called ") + kNewName));
  }
  /// Gives the auditor the new key, as the restore says.
  std::string GiveNewKey() {
    const std::string key =
        Words("manager", {"keys", "audit-key", "--registry", Registry(), "--origin", kNewName});
    const std::string config = drill_.region().ConfigPath("auditor");
    support::WriteFile(config, support::Changed(support::ReadFile(config), key_, key));
    return key;
  }
  void ExpectTheAuditorIsTold() {
    const Outcome other = Said("auditor", {"audit", "verify"});
    EXPECT_NE(other.code, 0) << "a log by another name was taken for the same";
    EXPECT_THAT(other.output, HasSubstr("key of the log was changed for a reason"));
    std::filesystem::remove(drill_.region().folder() + "/spool/auditor.checkpoint");
    EXPECT_THAT(Words("auditor", {"audit", "verify"}), HasSubstr(kNewName));
  }

  Drill drill_;
  std::string key_;
};

TEST_F(LosingAudit, KeepsAnotherWholeLogFromItsBackupOnWhileTheOthersGoOn) {
  const tlog::Checkpoint before = Opened(Proof(1).checkpoint(), key_);
  EXPECT_EQ(drill_.BackUp("audit").code, 0);
  drill_.Work(kChanges);
  (void)Words("auditor", {"audit", "verify"});
  drill_.region().Daemon("audit").Kill();
  drill_.Lose("audit", false);
  drill_.Work(kChanges);

  EXPECT_EQ(drill_.Run("audit", {}).code, kCannotGoOn);
  RestoreAudit();
  drill_.StartAgain("audit");
  drill_.Work(kChanges);
  drill_.region().Settle();
  EXPECT_NE(Said("auditor", {"audit", "verify"}).code, 0) << "the former key signs no more";
  const std::string key = GiveNewKey();
  EXPECT_TRUE(GoesOnFrom(before, key)) << "what was signed before the backup holds";
  ExpectTheAuditorIsTold();
  drill_.rig().EndAndCheck();
}

}  // namespace
}  // namespace samenspel::drill
