// SPDX-License-Identifier: EUPL-1.2
#include <benchmark/benchmark.h>

#include "services/meeting/domain/planner.h"
#include "tests/bench/inner/sample.h"

namespace samenspel::bench {
namespace {

const base::Instant kMorning = base::FromMs(1'795'424'400'000);  // 23 November 2026, 09:00 UTC

// Books a red report's table as the service does.
void Book(const meeting::Plan& plan, meeting::Roster& roster) {
  const auto* planned = std::get_if<meeting::Planned>(&plan);
  if (planned == nullptr) return;
  for (const meeting::Person* person : planned->persons) {
    if (person != nullptr) roster.Book(person->id, planned->when);
  }
}

// One red report's table, when so many were planned this morning.
//   range(0) professionals in the region; range(1) meetings that stand already
void Plan(benchmark::State& state) {
  const meeting::TableRules rules = TableOf();
  meeting::Roster roster = RosterOf(static_cast<int>(state.range(0)), kMorning);
  const intake::v1::Request report = RedReport();
  const auto seats = meeting::SeatsFor(rules, report.submit_report().answers());
  const base::Instant term = kMorning + rules.red_term;
  const auto plan = [&] { return meeting::PlanTable(rules, seats, roster, kMorning, term); };
  for (int64_t i = 0; i < state.range(1); ++i) Book(plan(), roster);
  for (auto _ : state) benchmark::DoNotOptimize(plan());
}
BENCHMARK(Plan)
    ->ArgNames({"people", "booked"})
    ->Args({30, 0})
    ->Args({200, 0})
    ->Args({2000, 0})
    ->Args({2000, 100})
    ->Args({2000, 1000})
    ->Args({2000, 3000})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace samenspel::bench
