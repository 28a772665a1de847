// SPDX-License-Identifier: EUPL-1.2
// All four are gone at once, and audit is only what its backup holds. What came after the backups
// is lost: it is said by number, nothing serves before somebody accepted it, and what was
// acknowledged before is there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/file_system.h"
#include "common/store/watermark.h"
#include "tests/drill/drill.h"
#include "tests/kill/checker.h"
#include "tests/support/ask.h"

namespace samenspel::drill {
namespace {

using support::Outcome;
using testing::HasSubstr;

constexpr int kCannotGoOn = 3;

class LosingEverything : public testing::TestWithParam<bool> {
 protected:
  bool KeysAreLost() const { return GetParam(); }

  void WorkAndLoseAll(const std::vector<std::string_view>& order) {
    drill_.Begin();
    before_ = drill_.Report();
    drill_.BackUpAtWork(order);
    drill_.rig().load().Finish();
    for (const std::string_view service : support::kServices) {
      drill_.region().Daemon(service).Kill();
      heads_[std::string(service)] = Acknowledged(service);
      drill_.Lose(service, KeysAreLost());
      if (KeysAreLost()) drill_.PutKeysBack(service);
    }
  }
  uint64_t Acknowledged(std::string_view service) const {
    const auto files = base::RealFileSystem();
    return (*store::Watermark::Read(*files, drill_.Keys(service) + "/watermark"))->sequence;
  }
  uint64_t BackedUp(std::string_view service) const {
    const std::string note = support::ReadFile(drill_.BackupOf(service) + "/backup.txt");
    return std::stoull(note.substr(note.find("sequence: ") + 10));
  }
  /// Refused, saying how many are missing and what to add.
  void ExpectLossIsNotTakenInSilence(const Outcome& refused) {
    EXPECT_EQ(refused.code, kCannotGoOn);
    EXPECT_THAT(refused.output, HasSubstr("--accept-loss"));
  }
  void RestoreAudit() {
    if (KeysAreLost()) {
      const Outcome started = drill_.Run("intake", {});
      EXPECT_EQ(started.code, kCannotGoOn) << "an empty journal was begun";
      EXPECT_THAT(started.output, HasSubstr("put the data back with --restore"));
    }
    const uint64_t lost = heads_["audit"] - BackedUp("audit");
    const Outcome refused = drill_.Restore("audit", {});
    ExpectLossIsNotTakenInSilence(refused);
    if (!KeysAreLost()) {
      EXPECT_THAT(refused.output, HasSubstr(std::to_string(lost) + " are missing"));
      EXPECT_EQ(drill_.Run("audit", {}).code, kCannotGoOn);
    }
    const Outcome restored = drill_.Restore("audit", {"--accept-loss"});
    EXPECT_EQ(restored.code, 0) << restored.output;
    EXPECT_THAT(restored.output, HasSubstr("/epoch-2 from now on"));
    drill_.StartAgain("audit");
  }
  void RestoreFromAudit(std::string_view service) {
    const Outcome first = drill_.Restore(service, {"--repair-from", "audit"});
    if (KeysAreLost()) {
      EXPECT_EQ(first.code, 0) << first.output;
      EXPECT_THAT(first.output, HasSubstr("there was no watermark"));
      return;
    }
    ExpectLossIsNotTakenInSilence(first);
    const std::string last = std::to_string(heads_[std::string(service)]);
    EXPECT_THAT(first.output, HasSubstr(" to " + last + ": lost"));
    EXPECT_EQ(drill_.Run(service, {}).code, kCannotGoOn);
    const Outcome accepted = drill_.Restore(service, {"--repair-from", "audit", "--accept-loss"});
    EXPECT_EQ(accepted.code, 0) << accepted.output;
    EXPECT_THAT(accepted.output, HasSubstr("a new epoch begins"));
  }
  void RestoreAll() {
    RestoreAudit();
    for (const std::string_view service : kCopied) RestoreFromAudit(service);
    for (const std::string_view service : kCopied) drill_.StartAgain(service);
  }
  /// All four are level, new reports are planned, and each answer of before the backups holds.
  void ExpectServed() {
    drill_.region().Settle();
    EXPECT_EQ(drill_.AskAgain(before_).SerializeAsString(), before_.reply.SerializeAsString());
    EXPECT_EQ(drill_.Report().reply.entry().epoch(), 2U);
    drill_.region().Settle();
    drill_.region().StopAll();
    auto record = kill::ParseRecord(support::ReadFile(drill_.rig().record()));
    ASSERT_TRUE(record.ok());
    ASSERT_GT(record->size(), drill_.answered_before());
    record->resize(drill_.answered_before());
    kill::Judgement judgement;
    {
      const kill::Evidence evidence(drill_.region().folder(), judgement);
      kill::CheckAnswers(*record, evidence, judgement);
      kill::CheckChains(evidence, judgement);
    }
    kill::CheckByReplay(drill_.region().folder(), judgement);
    EXPECT_THAT(judgement.findings, testing::IsEmpty());
  }

  Drill drill_;
  Drill::Asked before_;
  std::map<std::string, uint64_t> heads_;
};

INSTANTIATE_TEST_SUITE_P(Drill, LosingEverything, testing::Values(false, true),
                         [](const auto& about) {
                           return about.param ? "WithKeysFromTheirCopy" : "WithTheKeysLeft";
                         });

TEST_P(LosingEverything, KeepsWhatWasAcknowledgedBeforeTheBackups) {
  WorkAndLoseAll({"intake", "meeting", "escalation", "audit"});
  RestoreAll();
  ExpectServed();
}

// Followers then hold entries that their leaders lost, and must not be refused for ever.
TEST_P(LosingEverything, GoesOnThoughBackupsHoldMoreOfEachOtherThanWasBackedUp) {
  WorkAndLoseAll({"audit", "escalation", "meeting", "intake"});
  RestoreAll();
  ExpectServed();
  EXPECT_THAT(drill_.region().LogText("meeting") + drill_.region().LogText("escalation"),
              HasSubstr("event=given_up principal=svc_"));
}

}  // namespace
}  // namespace samenspel::drill
