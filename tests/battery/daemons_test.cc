// SPDX-License-Identifier: EUPL-1.2
// The same attempts over CURVE at real daemons: what holds for the cores in this process holds for
// them, and audit's log has what their answers say is recorded. SAMENSPEL_DAEMON_ATTEMPTS for more.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/battery/cast.h"
#include "tests/battery/real_stage.h"
#include "tests/battery/trial.h"

namespace samenspel::battery {
namespace {

constexpr uint64_t kAttempts = 400;
constexpr uint64_t kAttemptsACasting = 60;

uint64_t Number(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

std::string OutcomeOf(const common::v1::EntryHeader& header) {
  common::v1::Answer answer;
  answer.mutable_reply()->set_status(header.outcome());
  return StatusOf(answer);
}

void ExpectInTheLog(RealStage& stage, const Result& result) {
  stage.Settle();
  size_t found = 0;
  for (const auto& header : stage.Log()) {
    const auto wanted = result.recorded.find({header.service(), header.sequence()});
    if (wanted == result.recorded.end()) continue;
    ++found;
    EXPECT_EQ(header.principal(), wanted->second.first) << header.ShortDebugString();
    // Of what is not there either may be recorded; of what one may not know: denied.
    const std::string outcome = OutcomeOf(header);
    const bool nothing = wanted->second.second == "not_found" && outcome == "denied";
    EXPECT_TRUE(nothing || outcome == wanted->second.second) << header.ShortDebugString();
  }
  EXPECT_EQ(found, result.recorded.size());
  std::printf("%zu of %zu in audit's log\n", found, result.recorded.size());
}

TEST(BatteryOfDaemons, LetInWhomTheTableLetsInAndNobodyElse) {
  const Table table = Table::Of(TableText());
  const Plan plan{.seed = Number("SAMENSPEL_SEED", 1),
                  .attempts = Number("SAMENSPEL_DAEMON_ATTEMPTS", kAttempts)};
  Result result;
  RealStage stage;
  Trial trial(stage, MakeScene(stage, plan.seed, {}, {}), plan.seed, table, plan, result);
  for (uint64_t i = 0; !trial.Enough(); ++i) {
    if (i % kAttemptsACasting == 0) trial.Cast();
    trial.TryOne();
  }
  for (const std::string& finding : result.findings) ADD_FAILURE() << finding;
  for (const auto& [answer, count] : result.answers) {
    std::printf("  %-10s %llu\n", answer.empty() ? "silence" : answer.c_str(),
                static_cast<unsigned long long>(count));
  }
  ExpectInTheLog(stage, result);
}

}  // namespace
}  // namespace samenspel::battery
