// SPDX-License-Identifier: EUPL-1.2
// A disk that reports an error when it is asked to keep what was written, or that has no room.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/kill/rig.h"
#include "tests/support/ask.h"

namespace samenspel::kill {
namespace {

using testing::HasSubstr;

constexpr int kCannotGoOn = 3;
constexpr int kProfessionals = 30;
constexpr size_t kChanges = 12;
constexpr base::milliseconds kNoAnswerFor{1'000};

struct Fault {
  const char* name;
  const char* kind;   // As failing_sync.cc knows it.
  const char* below;  // Of the data folder; all paths that begin so.
  const char* says;
  bool from_start = false;  // Intake starts with it, and has done nothing yet.
  bool may_answer = false;  // What was answered is durable without it.
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

class FailingDisk : public testing::TestWithParam<Fault> {
 protected:
  void SetUp() override {
    const std::string below = region_.folder() + "/data/" + GetParam().below;
    if (GetParam().from_start) support::WriteFile(control_, GetParam().kind);
    region_.Launch("intake", {"LD_PRELOAD=" SAMENSPEL_FAILING_SYNC, "SAMENSPEL_FAULT=" + control_,
                              "SAMENSPEL_FAULT_BELOW=" + below});
    for (const char* service : {"meeting", "escalation", "audit"}) region_.Launch(service);
    for (const std::string_view service : support::kServices) region_.AwaitReady(service);
    region_.LoadRoster(kProfessionals, 1);
    rig_.BeginLoad();
  }

  Rig rig_{1, kProfessionals};
  support::Region& region_ = rig_.region();
  const std::string control_ = region_.folder() + "/fault";
};

TEST_P(FailingDisk, EndsTheDaemonAndLosesNothingThatWasAnswered) {
  if (!GetParam().from_start) {
    rig_.load().pace().Allow(kChanges);
    ASSERT_TRUE(rig_.load().pace().AwaitAll(support::kPatience));
    support::WriteFile(control_, GetParam().kind);
  }
  const auto desk = region_.Connect("desk-vt", "intake");
  const auto report = support::EnvelopeOf(support::RedReport(1));
  const auto reply = desk->Call(report, kNoAnswerFor);
  EXPECT_TRUE(GetParam().may_answer || !reply.ok()) << "answered what could not be kept";
  EXPECT_EQ(region_.Daemon("intake").Wait(support::kPatience), kCannotGoOn);
  EXPECT_THAT(region_.LogText("intake"), HasSubstr("event=stopped why="));
  EXPECT_THAT(region_.LogText("intake"), HasSubstr(GetParam().says));

  std::filesystem::remove(control_);
  region_.Launch("intake");
  const auto answered = support::Ask(*desk, report);
  EXPECT_EQ(answered.status(), common::v1::STATUS_OK) << support::Reasons(answered);
  rig_.load().shared().record.Write(AnsweredOf("intake", region_.PrincipalOf("desk-vt").id,
                                               "submit_report", answered,
                                               support::ReceivedIn(answered).report()));
  rig_.load().pace().Allow(kChanges);
  rig_.EndAndCheck();
}

INSTANTIATE_TEST_SUITE_P(
    Faults, FailingDisk,
    testing::Values(Fault{"JournalNotSynced", "sync", "intake/db", "Input/output error"},
                    Fault{"JournalNotWritten", "space", "intake/db", "No space left on device"},
                    Fault{"WatermarkNotSynced", "sync", "intake-keys/watermark",
                          "Input/output error", false, true},
                    Fault{"WatermarkNotWritten", "space", "intake-keys/watermark",
                          "No space left on device"},
                    Fault{"KeysNotSynced", "sync", "intake-keys/block", "make data keys", true}),
    [](const auto& about) { return std::string(about.param.name); });

}  // namespace
}  // namespace samenspel::kill
