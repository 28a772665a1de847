// SPDX-License-Identifier: EUPL-1.2
// A daemon that is stopped for a while (SIGSTOP: a machine that swaps, a virtual machine that is
// moved) and then goes on as if no time had passed.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/kill/rig.h"
#include "tests/support/ask.h"

namespace samenspel::kill {
namespace {

constexpr uint64_t kPauseSeconds = 4;  // Longer than the 3 s after which a follower asks anew.
constexpr int kProfessionals = 40;
constexpr size_t kChangesAPause = 40;

class Pausing : public testing::Test {
 protected:
  void SetUp() override {
    rig_.Start();
    rig_.BeginLoad();
  }

  // The others answer, and what does not need the one that stands still gets done.
  void ExpectOthersGoOn(std::string_view paused) {
    for (const std::string_view service : support::kServices) {
      if (service == paused) continue;
      const auto client = rig_.region().Connect("manager", service);
      EXPECT_EQ(support::StatusOf(*client).service(), service);
    }
    if (paused == "intake") return;
    const auto desk = rig_.region().Connect("desk-vt", "intake");
    const auto reply = support::Ask(*desk, support::EnvelopeOf(support::RedReport(number_++)));
    EXPECT_EQ(reply.status(), common::v1::STATUS_OK) << support::Reasons(reply);
  }

  void Pause(std::string_view service, base::milliseconds pause) {
    support::Process& daemon = rig_.region().Daemon(service);
    Pace& pace = rig_.load().pace();
    pace.Allow(kChangesAPause);
    (void)pace.AwaitAnswered(pace.answered() + rig_.Dice(kChangesAPause), pause);
    daemon.Signal(SIGSTOP);
    ExpectOthersGoOn(service);
    pace.Rest(pause);
    daemon.Signal(SIGCONT);
    EXPECT_TRUE(pace.AwaitAll(support::kPatience)) << "not all is answered after " << service;
    rig_.ExpectAllRun();
  }

  Rig rig_{Asked("SAMENSPEL_KILL_SEED", 1), kProfessionals};
  uint64_t number_ = 1;
};

TEST_F(Pausing, AnyDaemonForAWhileLosesAndDoublesNothing) {
  const auto pause = std::chrono::seconds(Asked("SAMENSPEL_PAUSE_SECONDS", kPauseSeconds));
  for (const std::string_view service : support::kServices) Pause(service, pause);
  rig_.EndAndCheck();
}

}  // namespace
}  // namespace samenspel::kill
