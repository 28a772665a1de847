// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace samenspel::bench {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Tally Reports(int count) {
  Tally tally;
  for (int i = 0; i < count; ++i) {
    tally.Add({"", "", std::chrono::microseconds(500), std::chrono::microseconds(1000),
               std::chrono::microseconds(1500)});
  }
  return tally;
}

TEST(Figures, AreOneHeaderAndOneLinePerReport) {
  const Spent spent{.seconds = 2, .cpu_s = 1.5, .flushes = 600, .pss_mb = 210.4};
  EXPECT_THAT(FigureText("samenspel", 16, Reports(500), spent),
              StartsWith("name clients throughput p50_ms p99_ms syncs_per_report cpu_s_per_1000 "
                         "pss_mb\nsamenspel 16 250 1.50 1.50 1.20 3.000 210\n"));
}

TEST(Figures, LeaveOutWhatCouldNotBeSeen) {
  EXPECT_THAT(
      FigureText("x", 1, Reports(1), {.seconds = 1, .cpu_s = {}, .flushes = {}, .pss_mb = {}}),
      HasSubstr("\nx 1 1 1.50 1.50 - - -\n"));
}

TEST(Figures, DoNotCountTheProcessorOfADaemonThatWasStartedAgain) {
  Meter before;
  before.daemons = {{"intake", 1}, {"meeting", 2}, {"escalation", 3}, {"audit", 4}};
  Meter after = before;
  after.cpu_s = 5;
  EXPECT_EQ(Between(before, after).cpu_s, 5);
  after.daemons[2].pid = 7;
  EXPECT_EQ(Between(before, after).cpu_s, std::nullopt);
  after.daemons.pop_back();
  before.daemons = after.daemons;
  EXPECT_EQ(Between(before, after).cpu_s, std::nullopt);
}

TEST(Figures, TellHowMuchOfACoreOthersUsed) {
  Meter before;
  before.daemons = {{"intake", 1}, {"meeting", 2}, {"escalation", 3}, {"audit", 4}};
  Meter after = before;
  after.cpu_s = 5;
  after.busy_s = 6;
  Spent spent = Between(before, after);
  spent.seconds = 4;
  EXPECT_THAT(FigureText("x", 1, Reports(1), spent), HasSubstr("; others used 25 % of a core\n"));
}

TEST(Figures, NameEachErrorWithItsNumber) {
  Tally tally;
  tally.Add({"unavailable", "submit"});
  tally.Add({"unavailable", "submit"});
  tally.Add({"none", "plan"});
  EXPECT_EQ(ErrorText(tally), "plan:none 1, submit:unavailable 2");
  EXPECT_EQ(ErrorText(Reports(3)), "");
}

}  // namespace
}  // namespace samenspel::bench
