// SPDX-License-Identifier: EUPL-1.2
#include "tests/battery/battery.h"

#include "tests/battery/cast.h"
#include "tests/battery/simulated_stage.h"

namespace samenspel::battery {
namespace {

constexpr uint64_t kAttemptsAWorld = 600;
constexpr uint64_t kAttemptsACasting = 40;
constexpr size_t kFreshCases = 10;  // With fewer another world begins.
constexpr base::milliseconds kPace{120};

}  // namespace

Result RunBattery(const Plan& plan, const Table& table) {
  Result result;
  while (result.attempts < plan.attempts && result.findings.size() < plan.findings_at_most) {
    const uint64_t seed = plan.seed * 1'000 + ++result.worlds;
    SimulatedStage stage(seed, NaturalCast());
    const auto passes = [&](base::milliseconds length) { stage.Pass(length); };
    const auto pauses = [&](size_t service, base::milliseconds length) {
      stage.Pause(service, length);
    };
    Trial trial(stage, MakeScene(stage, seed, passes, pauses), seed, table, plan, result);
    for (uint64_t i = 0; i < kAttemptsAWorld && trial.FreshCases() >= kFreshCases; ++i) {
      if (trial.Enough()) break;
      if (i % kAttemptsACasting == 0) trial.Cast();
      stage.Pass(kPace);
      trial.TryOne();
    }
    if (!trial.Enough()) trial.Flood(passes);
    for (const std::string& trouble : stage.troubles()) trial.Find("trouble: " + trouble);
    result.recorded.clear();  // What the journals hold was looked at already.
  }
  return result;
}

}  // namespace samenspel::battery
