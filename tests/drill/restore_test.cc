// SPDX-License-Identifier: EUPL-1.2
// Intake, meeting and escalation lose all their data, once with and once without their key folders,
// and get it back from backups that are behind and from audit, which has followed the rest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/drill/drill.h"
#include "tests/drill/state.h"
#include "tests/support/ask.h"

namespace samenspel::drill {
namespace {

using support::Outcome;
using testing::HasSubstr;

constexpr size_t kChangesAfter = 60;

class Restoring : public testing::TestWithParam<bool> {
 protected:
  bool KeysAreLost() const { return GetParam(); }

  /// Work with backups in the middle of it; everything stands still and is proven at the end.
  void WorkAndStop() {
    drill_.Begin();
    before_ = drill_.Report();
    drill_.BackUpAtWork();
    after_ = drill_.Report();
    drill_.rig().EndAndCheck();
    for (const std::string_view service : kCopied) {
      was_[std::string(service)] = StateOf(drill_.region(), service);
    }
  }
  void LoseThree() {
    for (const std::string_view service : kCopied) {
      drill_.Lose(service, KeysAreLost());
      if (KeysAreLost()) drill_.PutKeysBack(service);
    }
  }
  void RestoreThree() {
    drill_.StartAgain("audit");
    for (const std::string_view service : kCopied) {
      const Outcome restored = drill_.Restore(service, {"--repair-from", "audit"});
      EXPECT_EQ(restored.code, 0) << restored.output;
      EXPECT_THAT(restored.output, HasSubstr("fetched from audit"));
      const State& was = was_[std::string(service)];
      EXPECT_THAT(restored.output, HasSubstr("a new epoch begins after entry " +
                                             std::to_string(was.head.sequence) + ", epoch 1"));
      const State now = StateOf(drill_.region(), service);
      EXPECT_EQ(DifferenceOf(was, now), "") << service;
      EXPECT_EQ(now.head.epoch, 2U);
      EXPECT_EQ(now.sealed, was.sealed);
    }
    EXPECT_GT(was_["intake"].sealed, 0U) << "there were no families to open";
  }
  void ExpectServed() {
    for (const std::string_view service : kCopied) drill_.StartAgain(service);
    drill_.region().Settle();
    for (const auto& asked : {before_, after_}) {
      EXPECT_EQ(drill_.AskAgain(asked).SerializeAsString(), asked.reply.SerializeAsString());
    }
    const auto client = drill_.region().Connect("manager", "intake");
    EXPECT_EQ(support::StatusOf(*client).head().epoch(), 2U);
    EXPECT_EQ(drill_.Report().reply.entry().epoch(), 2U);
  }

  Drill drill_;
  Drill::Asked before_;
  Drill::Asked after_;
  std::map<std::string, State> was_;
};

INSTANTIATE_TEST_SUITE_P(Drill, Restoring, testing::Values(false, true), [](const auto& about) {
  return about.param ? "WithKeysFromTheirCopy" : "WithTheKeysLeft";
});

TEST_P(Restoring, BringsBackEveryRowAndGoesOnInANewEpoch) {
  WorkAndStop();
  if (HasFailure()) return;
  LoseThree();
  RestoreThree();
  if (HasFailure()) return;
  ExpectServed();
  drill_.rig().BeginLoad();
  drill_.Work(kChangesAfter);
  drill_.rig().EndAndCheck();
  EXPECT_NE(DifferenceOf(was_["intake"], StateOf(drill_.region(), "intake")), "");
}

}  // namespace
}  // namespace samenspel::drill
