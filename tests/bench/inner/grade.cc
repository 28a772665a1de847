// SPDX-License-Identifier: EUPL-1.2
#include <benchmark/benchmark.h>

#include "clients/demo/families.h"
#include "services/intake/daemon/crisismeter_file.h"
#include "tests/bench/inner/sample.h"

namespace samenspel::bench {
namespace {

// The colour, why, and the best next question (003.12).
void Grade(benchmark::State& state) {
  const auto rules = intake::ParseCrisismeter(Delivered("crisismeter.toml"), "crisismeter.toml");
  const auto colour = static_cast<intake::v1::Colour>(state.range(0));
  const intake::v1::SubmitReport form = demo::Invent(1, 1, colour);
  for (auto _ : state) benchmark::DoNotOptimize(intake::GradeOf(*rules, form.answers()));
  state.SetLabel(intake::v1::Colour_Name(colour));
}
BENCHMARK(Grade)
    ->Arg(intake::v1::COLOUR_RED)
    ->Arg(intake::v1::COLOUR_AMBER)
    ->Arg(intake::v1::COLOUR_GREEN);

// All of intake's decision on a red report: rights, faults, grade, terms, events; nothing recorded.
void DecideReport(benchmark::State& state) {
  const auto intake = Intake();
  const auto caller =
      support::By("pro_00000000000000000000000s00", "org_000000000000000000000000v1");
  const intake::v1::Request request = RedReport();
  for (auto _ : state) benchmark::DoNotOptimize(intake->Peek(caller, request));
}
BENCHMARK(DecideReport);

}  // namespace
}  // namespace samenspel::bench
