// SPDX-License-Identifier: EUPL-1.2
// A disk that is nearly full, and one that is full.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "tests/kill/rig.h"
#include "tests/kill/small_disk.h"
#include "tests/support/ask.h"
#include "tests/support/changed.h"

namespace samenspel::kill {
namespace {

using common::v1::Envelope;
using testing::HasSubstr;

constexpr int kCannotGoOn = 3;
constexpr int kProfessionals = 30;
constexpr size_t kChanges = 20;
constexpr size_t kTooManyChanges = 400;
constexpr uint64_t kDiskBytes = 12 << 20;
constexpr uint64_t kLeftBytes = 96 << 10;
constexpr uint64_t kBelowFloorBytes = 400 << 10;  // The floor is 5 %.

class FullDisk : public testing::Test {
 protected:
  void SetUp() override {
    if (!SmallDisk::IsPossible()) GTEST_SKIP() << "a disk of our own cannot be mounted here";
    rig_.emplace(1, kProfessionals);
    disk_.emplace(region().folder() + "/data/intake", kDiskBytes);
  }
  void Begin() {
    rig_->Start();
    rig_->BeginLoad();
    rig_->load().pace().Allow(kChanges);
    ASSERT_TRUE(rig_->load().pace().AwaitAll(support::kPatience));
  }
  support::Region& region() { return rig_->region(); }

  uint64_t CounterOfIntake(bus::Client& client, const std::string& name) {
    const auto status = support::StatusOf(client);
    for (const auto& counter : status.counters()) {
      if (counter.name() == name) return counter.value();
    }
    ADD_FAILURE() << "there is no counter " << name;
    return 0;
  }
  void AwaitLow(bus::Client& client, uint64_t low) {
    const auto end = std::chrono::steady_clock::now() + support::kPatience;
    while (CounterOfIntake(client, "disk_low") != low) {
      ASSERT_LT(std::chrono::steady_clock::now(), end);
    }
  }

  std::optional<Rig> rig_;
  std::optional<SmallDisk> disk_;  // Goes before the folder that it lies in.
};

TEST_F(FullDisk, EndsTheDaemonWithAdviceAndLosesNothingThatWasAnswered) {
  const std::string config = region().ConfigPath("intake");
  support::WriteFile(config, support::Changed(support::ReadFile(config), "disk_ballast_mb = 0",
                                              "disk_floor_mb = 0"));
  Begin();
  disk_->FillBut(kLeftBytes);
  rig_->load().pace().Allow(kTooManyChanges);
  EXPECT_EQ(region().Daemon("intake").Wait(support::kPatience), kCannotGoOn);
  EXPECT_THAT(region().LogText("intake"), HasSubstr("No space left on device"));
  EXPECT_THAT(region().LogText("intake"), HasSubstr("make room, then start again"));

  const support::Outcome full = region().RunDaemon("intake", {});
  EXPECT_EQ(full.code, kCannotGoOn);
  EXPECT_THAT(full.output, HasSubstr("make room, then start again"));

  disk_->MakeRoom();
  region().Launch("intake");
  rig_->EndAndCheck();
}

TEST_F(FullDisk, NearlyFullTakesNoNewWorkUntilThereIsRoomAndAllElseGoesOn) {
  Begin();
  const auto desk = region().Connect("desk-vt", "intake");
  const auto manager = region().Connect("manager", "intake");
  const Envelope first = support::EnvelopeOf(support::RedReport(1));
  const auto answer = support::Ask(*desk, first);
  EXPECT_EQ(CounterOfIntake(*manager, "disk_low"), 0);
  disk_->FillBut(kBelowFloorBytes);
  AwaitLow(*manager, 1);

  const Envelope second = support::EnvelopeOf(support::RedReport(2));
  const auto refused = support::Ask(*desk, second);
  EXPECT_EQ(refused.status(), common::v1::STATUS_UNAVAILABLE);
  EXPECT_GT(refused.retry_after_ms(), 0);
  EXPECT_EQ(support::Reasons(refused), "unavailable ");
  EXPECT_EQ(support::Ask(*desk, first).SerializeAsString(), answer.SerializeAsString());
  const auto report = support::ReceivedIn(answer).report();
  EXPECT_EQ(support::Ask(*desk, support::EnvelopeOf(support::ShowReport(report))).status(),
            common::v1::STATUS_OK);
  EXPECT_THAT(region().LogText("intake"), HasSubstr("event=disk_low"));

  disk_->MakeRoom();
  AwaitLow(*manager, 0);
  EXPECT_EQ(support::Ask(*desk, second).status(), common::v1::STATUS_OK);
  EXPECT_THAT(region().LogText("intake"), HasSubstr("event=disk_has_room"));
  rig_->EndAndCheck();
}

}  // namespace
}  // namespace samenspel::kill
