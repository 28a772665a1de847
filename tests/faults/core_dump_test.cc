// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "tests/support/ask.h"
#include "tests/support/region.h"

namespace samenspel::faults {
namespace {

using testing::ContainsRegex;
using testing::IsEmpty;

class Crashes : public testing::Test {
 protected:
  // Core files are allowed, as far as they may be here.
  void SetUp() override {
    rlimit limit{};
    ASSERT_EQ(getrlimit(RLIMIT_CORE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    ASSERT_EQ(setrlimit(RLIMIT_CORE, &limit), 0);
  }
  std::string LimitsOf(const support::Process& process) const {
    return support::ReadFile("/proc/" + std::to_string(process.id()) + "/limits");
  }
  // Names of what stands in the region's folder, where the daemons run.
  std::vector<std::string> Cores() const {
    std::vector<std::string> cores;
    for (const auto& file : std::filesystem::directory_iterator(region_.folder())) {
      const std::string name = file.path().filename().string();
      if (name.starts_with("core")) cores.push_back(name);
    }
    return cores;
  }

  support::Region region_;
};

TEST_F(Crashes, OfADaemonLeaveNoMemoryInAFile) {
  region_.Launch("intake");
  region_.AwaitReady("intake");
  (void)support::ReceivedIn(support::Ask(*region_.Connect("desk-vt", "intake"),
                                         support::EnvelopeOf(support::RedReport(1))));
  EXPECT_THAT(LimitsOf(region_.Daemon("intake")), ContainsRegex("Max core file size +0 +0 "));
  region_.Daemon("intake").Signal(SIGABRT);
  EXPECT_EQ(region_.Daemon("intake").Wait(support::kPatience), 128 + SIGABRT);
  EXPECT_THAT(Cores(), IsEmpty());
}

TEST_F(Crashes, OfTheClientLeaveNoMemoryInAFile) {
  // It waits for a daemon that is not there.
  support::Program program = region_.Client("desk-vt", {"--timeout", "60", "status"});
  program.output = region_.folder() + "/out";
  support::Process client(program);
  const auto end = std::chrono::steady_clock::now() + support::kPatience;
  const auto forbids = [&] {
    return testing::Matches(ContainsRegex("Max core file size +0 +0 "))(LimitsOf(client));
  };
  while (!forbids() && client.Runs() && std::chrono::steady_clock::now() < end) {
  }
  EXPECT_TRUE(forbids());
}

}  // namespace
}  // namespace samenspel::faults
