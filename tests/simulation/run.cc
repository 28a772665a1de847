// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/run.h"

#include <algorithm>
#include <cassert>

namespace samenspel::simulation {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kSlownesses[] = {1, 1, 10, 60};
constexpr milliseconds kBetweenReports{400};
constexpr milliseconds kPatience{1500};
constexpr seconds kDownAtMost{4};
constexpr minutes kHealing{30};
constexpr minutes kRest{12};  // Longer than the ten minutes in which a first step must be named.
constexpr uint64_t kDropped[] = {10, 50, 250};
constexpr uint64_t kDoubled[] = {20, 100, 400};
constexpr uint64_t kLate[] = {20, 100, 300};
constexpr int kCuts = 8;

daemon::Terms Stretched(int slowness) {
  daemon::Terms terms;
  terms.beat *= slowness;
  terms.silence *= slowness;
  terms.refused *= slowness;
  terms.lag *= slowness;
  terms.await_max *= slowness;
  return terms;
}

}  // namespace

SimulatedRun::SimulatedRun(Plan plan) : plan_(plan), chance_(plan.seed) {
  slowness_ = plan.calm ? 1 : kSlownesses[chance_.Below(std::size(kSlownesses))];
  region_ = demo::Generate(plan.seed, Crowd::kProfessionals, Crowd::kDays, support::kMorning);
  auto registry = bus::Registry::Of(Crowd::Principals(region_));
  assert(registry.ok());
  world_ = std::make_unique<World>(chance_.Number(), Stretched(slowness_), *registry);
  Crowd::Size size;
  size.seed = plan.seed;
  size.reports = plan.reports;
  size.between_reports = kBetweenReports * slowness_;
  size.patience = kPatience * slowness_;
  crowd_ = std::make_unique<Crowd>(*world_, region_, size);
}

Micros SimulatedRun::Some(Micros at_most) {
  return Micros(chance_.Below(static_cast<uint64_t>(at_most.count())));
}

void SimulatedRun::PlanFaults(Micros phase) {
  Weather weather;
  weather.dropped = kDropped[chance_.Below(std::size(kDropped))];
  weather.doubled = kDoubled[chance_.Below(std::size(kDoubled))];
  weather.late = kLate[chance_.Below(std::size(kLate))];
  weather.late_at_most = Micros(seconds(2)) * (chance_.OneIn(2) ? 1 : slowness_);
  world_->network().SetWeather(weather);
  Timeline& timeline = world_->timeline();
  const Micros down_at_most = Micros(kDownAtMost) * slowness_;
  for (size_t machine = 0; machine < kMachines; ++machine) {
    const auto times = 1 + chance_.Below(2);
    for (uint64_t i = 0; i < times; ++i) {
      timeline.In(Some(phase),
                  [this, machine, down = Some(down_at_most)] { world_->Crash(machine, down); });
    }
  }
  timeline.In(Some(phase / 2),
              [this, machine = chance_.Below(kMachines), down = Some(down_at_most)] {
                world_->CrashAfterCommit(machine, down);
              });
  for (int i = 0; i < kCuts; ++i) timeline.In(Some(phase), [this] { world_->CutSome(); });
}

// All follows have reached their leaders' heads.
bool SimulatedRun::CaughtUp() {
  for (size_t i = 0; i < kMachines; ++i) {
    if (!world_->machine(i).running()) return false;
  }
  for (size_t i = 0; i < kMachines; ++i) {
    const auto status = world_->machine(i).Status();
    for (const auto& follow : status.follows()) {
      const auto* leader = std::find(std::begin(kServices), std::end(kServices), follow.service());
      Machine& machine = world_->machine(static_cast<size_t>(leader - std::begin(kServices)));
      if (follow.applied() != machine.store().head().sequence) return false;
    }
  }
  return true;
}

bool SimulatedRun::RunUntil(Micros moment, bool stop_when_done) {
  Micros look_at = world_->timeline().now();
  while (world_->timeline().now() < moment && world_->troubles().empty()) {
    if (!world_->timeline().RunNext()) return false;
    if (!stop_when_done || world_->timeline().now() < look_at) continue;
    look_at = world_->timeline().now() + milliseconds(100) * slowness_;
    if (crowd_->IsDone() && CaughtUp()) return true;
  }
  return !stop_when_done && world_->troubles().empty();
}

bool SimulatedRun::Settle() {
  const Micros end = world_->timeline().now() + Micros(kHealing) * slowness_;
  if (!RunUntil(end, true)) return false;
  crowd_->LookOnceMore();
  return RunUntil(world_->timeline().now() + Micros(kRest), false) && RunUntil(end, true);
}

Findings SimulatedRun::Play() {
  const Micros phase = Micros(kBetweenReports) * slowness_ * (plan_.reports + 5);
  world_->Begin();
  if (!plan_.calm) PlanFaults(phase);
  crowd_->Begin();
  bool came_to_an_end = RunUntil(phase, false);
  world_->Calm();
  came_to_an_end = came_to_an_end && Settle();
  Findings findings = world_->troubles();
  const auto& complaints = crowd_->notes().complaints;
  findings.insert(findings.end(), complaints.begin(), complaints.end());
  if (!came_to_an_end) {
    findings.push_back(std::string("did not come to an end; followers are ") +
                       (CaughtUp() ? "at the head" : "behind"));
    for (const auto& [id, what] : crowd_->notes().open) findings.push_back("open: " + what);
  }
  return findings;
}

Evidence SimulatedRun::CollectEvidence() {
  Evidence evidence = Collect(*world_, *crowd_, region_);
  // Twice down in a row, and then some time to be heard again.
  evidence.patience = milliseconds(kDownAtMost) * slowness_ * (plan_.calm ? 1 : 3);
  return evidence;
}

FaultCounts SimulatedRun::Counts() const {
  FaultCounts counts = world_->network().counts();
  counts["request sent again"] = crowd_->notes().repeats;
  counts["checkpoint checked"] = crowd_->log_checks();
  counts["stranger refused"] = crowd_->refused_strangers();
  return counts;
}

}  // namespace samenspel::simulation
