// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/proc.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/support/scratch.h"

namespace samenspel::bench {
namespace {

TEST(Proc, FindsTheNumberBehindAName) {
  constexpr const char* kRollup =
      "7f00-7fff ---p 00000000 00:00 0  [rollup]\n"
      "Rss:               40960 kB\nPss:               30720 kB\nPss_Anon:  1 kB\n";
  EXPECT_EQ(NumberBehind(kRollup, "Pss:"), 30720U);
  EXPECT_EQ(NumberBehind(kRollup, "Swap:"), 0U);
}

TEST(Proc, AddsUserAndSystemTimeWhateverAProgramCallsItself) {
  constexpr const char* kRest = " S 1 2 3 0 -1 4194560 100 0 0 0 250 150 0 0 20 0 5 0 99 1 2";
  EXPECT_EQ(CpuTicksIn(std::string("42 (samenspel-int)") + kRest), 400U);
  EXPECT_EQ(CpuTicksIn(std::string("42 (a) b (c) 1 2)") + kRest), 400U);
  EXPECT_EQ(CpuTicksIn("not a stat"), 0U);
}

TEST(Proc, CountsAllButIdleAndWaitingAsBusy) {
  EXPECT_EQ(BusyTicksIn("cpu  100 20 30 9000 800 4 5 6 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n"), 165U);
}

TEST(Proc, ReadsFlushesOfADiskAndNoneWhereTheyAreNotCounted) {
  EXPECT_EQ(FlushesIn("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 5598 17\n"), 5598U);
  EXPECT_EQ(FlushesIn("1 2 3 4 5 6 7 8 9 10 11\n"), std::nullopt);
}

TEST(Proc, TakesNoOtherProcessForADaemon) {
  const support::ScratchFolder folder;
  std::filesystem::create_directory(folder.path() + "/run");
  std::ofstream(folder.path() + "/run/intake.pid") << getpid() << "\n";
  EXPECT_TRUE(DaemonsOf(folder.path()).empty());
  EXPECT_TRUE(DaemonsOf(folder.path() + "/nothing-here").empty());
}

}  // namespace
}  // namespace samenspel::bench
