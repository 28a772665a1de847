// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/policy.h"

#include <benchmark/benchmark.h>

#include "tests/bench/inner/sample.h"

namespace samenspel::bench {
namespace {

// range(0): whether the caller may.
void Policy(benchmark::State& state) {
  const bool may = state.range(0) != 0;
  const intake::v1::Request request = RedReport();
  const auto caller =
      support::By("pro_00000000000000000000000s00", "org_000000000000000000000000v1",
                  {may ? "desk_worker" : "auditor"});
  for (auto _ : state) {
    const auto& kind = *daemon::KindOf(request);
    benchmark::DoNotOptimize(daemon::DenialOf(daemon::PolicyOf(kind), caller));
  }
  state.SetLabel(may ? "allowed" : "denied");
}
BENCHMARK(Policy)->Arg(1)->Arg(0);

}  // namespace
}  // namespace samenspel::bench
