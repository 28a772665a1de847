// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/result.h"

#include <gmock/gmock.h>

namespace samenspel::simulation {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(RunResult, ReadsBackWhatWasWritten) {
  RunResult result;
  result.seed = 17;
  result.hours = 24.5;
  result.commands = 1440;
  result.faults = 56;
  result.profile = "tables, audit away";
  result.findings = {"rpt_1:\thas\n2 meetings"};
  result.missing = {"disk full"};
  result.counts = {{"frame dropped", 12}};
  const auto read = Decode(Encode(result));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->seed, 17U);
  EXPECT_EQ(read->hours, 24.5);
  EXPECT_EQ(read->commands, 1440U);
  EXPECT_EQ(read->faults, 56U);
  EXPECT_EQ(read->profile, "tables, audit away");
  EXPECT_THAT(read->findings, ElementsAre("rpt_1: has 2 meetings"));
  EXPECT_THAT(read->missing, ElementsAre("disk full"));
  EXPECT_THAT(read->counts, ElementsAre(Pair("frame dropped", 12)));
}

TEST(RunResult, RefusesWhatIsNoLineOfOne) {
  for (const char* line : {"", "begin\t5", "run\t5", "run\t5\t1\t1\t1\tp\tfinding"}) {
    EXPECT_FALSE(Decode(line)) << line;
  }
}

}  // namespace
}  // namespace samenspel::simulation
