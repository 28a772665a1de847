// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/run.h"

#include <algorithm>
#include <cassert>

namespace samenspel::simulation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kPatience{90};
constexpr minutes kDownAtMost{10};
constexpr seconds kLateAtMost{120};
constexpr hours kHealing{12};
constexpr minutes kRest{15};  // Longer than the ten minutes in which a first step must be named.
constexpr minutes kLookEvery{1};
constexpr size_t kSmallBuffer = 64 << 10;
constexpr size_t kLargeBuffer = 64 << 20;

// What faults of disk, network and process must have led to.
constexpr const char* kComeTrue[] = {"disk: power cut",
                                     "disk: sync error",
                                     "disk: no space",
                                     "ended by a fault of its disk",
                                     "old copy noticed",
                                     "second instance refused",
                                     "frame dropped",
                                     "frame doubled",
                                     "frame late",
                                     "frame cut short",
                                     "frame with a flipped bit",
                                     "connection half open",
                                     "clock disbelieved",
                                     "clock accepted",
                                     "started with a wrong clock",
                                     "crash between commit and answer",
                                     "request sent again"};

// Long ones, so that a quiet minute costs nothing.
daemon::Terms LongTerms() {
  daemon::Terms terms;
  terms.beat = minutes(2);
  terms.silence = minutes(5);
  terms.refused = minutes(3);
  terms.lag = minutes(30);
  terms.await_max = minutes(10);
  return terms;
}

Profile ProfileOf(const SimulatedRun::Plan& plan) {
  support::SeededEntropy chance(plan.seed + 77);
  Profile profile;
  profile.hours = plan.hours;
  profile.small_buffers = false;
  if (!plan.calm && chance.OneIn(6)) profile.away = static_cast<int>(1 + chance.Below(3));
  profile.down_at_most = kDownAtMost;
  profile.lateness = kLateAtMost;
  return profile;
}

}  // namespace

SimulatedRun::SimulatedRun(Plan plan)
    : plan_(plan),
      profile_(ProfileOf(plan)),
      commands_(plan.commands < 0 ? plan.hours * 60 : plan.commands),
      phase_(hours(plan.hours)) {
  region_ = demo::Generate(plan.seed, Crowd::kProfessionals, Crowd::kDays, support::kMorning);
  auto registry = bus::Registry::Of(Crowd::Principals(region_));
  assert(registry.ok());
  Machine::Setup setup;
  setup.terms = LongTerms();
  setup.write_buffer_bytes = profile_.small_buffers ? kSmallBuffer : kLargeBuffer;
  support::SeededEntropy chance(plan.seed);
  world_ = std::make_unique<World>(chance.Number(), setup, *registry);
  Crowd::Size size;
  size.seed = plan.seed;
  size.commands = commands_;
  size.between = phase_ / std::max(commands_, 1);
  size.patience = kPatience;
  crowd_ = std::make_unique<Crowd>(*world_, region_, size);
}

void SimulatedRun::PlanDay() {
  faults_ = PlanFaults(plan_.seed + 1'000'003, profile_, phase_);
  if (profile_.away >= 0) {
    world_->timeline().In(minutes(10), [this] {
      world_->network().Count("follower away for a day");
      world_->Crash(static_cast<size_t>(profile_.away), phase_ - hours(1));
    });
  }
  for (const PlannedFault& fault : faults_) {
    if (plan_.only && !plan_.only->contains(fault.number)) continue;
    world_->timeline().At(fault.at, [this, fault] { Inject(*world_, profile_, fault); });
  }
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
    look_at = world_->timeline().now() + kLookEvery;
    if (crowd_->IsDone() && CaughtUp()) return true;
  }
  return !stop_when_done && world_->troubles().empty();
}

bool SimulatedRun::Settle() {
  const Micros end = world_->timeline().now() + kHealing;
  if (!RunUntil(end, true)) return false;
  crowd_->LookOnceMore();
  return RunUntil(world_->timeline().now() + kRest, false) && RunUntil(end, true);
}

Findings SimulatedRun::WhatIsOpen() {
  Findings open;
  open.push_back(std::string("did not come to an end; followers are ") +
                 (CaughtUp() ? "at the head" : "behind"));
  for (const auto& [id, what] : crowd_->notes().open) open.push_back("open: " + what);
  return open;
}

void SimulatedRun::LookAtClock(size_t service) {
  MachineClock& clock = world_->machine(service).clock();
  watch_.ClockShows(service, clock.Wall(), clock.SinceBoot());
}

// The model is told of everything as it happens; what it finds ends the run.
void SimulatedRun::Judge() {
  const auto committed = [this](size_t service, const store::Stored& entry) {
    LookAtClock(service);
    watch_.Committed(service, entry, world_->timeline().instant());
  };
  const auto stepped = [this] {
    const auto& answers = crowd_->notes().acknowledged;
    while (answers_judged_ < answers.size()) watch_.Answered(answers[answers_judged_++]);
    for (const std::string& one : watch_.TakeFindings()) world_->Trouble(one);
  };
  world_->SetOnlooker({.committed = committed,
                       .restarted = [this](size_t service) { watch_.LostMemory(service); },
                       .started =
                           [this](size_t service) {
                             LookAtClock(service);
                             watch_.Started(service);
                           },
                       .clock_set = [this](size_t service) { LookAtClock(service); },
                       .stepped = stepped});
}

Findings SimulatedRun::Play() {
  Judge();
  world_->Begin();
  if (!plan_.calm) PlanDay();
  crowd_->Begin();
  bool came_to_an_end = RunUntil(phase_, false);
  world_->Calm();
  came_to_an_end = came_to_an_end && Settle();
  if (came_to_an_end) {
    for (size_t i = 0; i < kMachines; ++i) LookAtClock(i);
    for (const std::string& one : watch_.AtEnd(world_->timeline().instant())) world_->Trouble(one);
  }
  Findings findings = world_->troubles();
  const auto& complaints = crowd_->notes().complaints;
  findings.insert(findings.end(), complaints.begin(), complaints.end());
  if (!came_to_an_end && findings.empty()) findings = WhatIsOpen();
  return findings;
}

Evidence SimulatedRun::CollectEvidence() { return Collect(*world_, *crowd_); }

Findings SimulatedRun::CheckAfterwards() {
  const Evidence evidence = CollectEvidence();
  Findings all = CheckAll(evidence);
  for (Findings some : {CheckReplay(*world_), CheckPrivacy(*world_, evidence)}) {
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

FaultCounts SimulatedRun::Counts() const {
  FaultCounts counts = world_->network().counts();
  counts.insert(crowd_->Counts().begin(), crowd_->Counts().end());
  for (size_t i = 0; i < kMachines; ++i) {
    for (const auto& [fault, count] : world_->machine(i).simulated_disk().counts()) {
      counts["disk: " + fault] += count;
    }
  }
  counts["request sent again"] = crowd_->notes().repeats;
  counts["checkpoint checked"] = crowd_->log_checks();
  counts["stranger refused"] = crowd_->refused_strangers();
  return counts;
}

std::string SimulatedRun::ProfileName() const {
  std::string name = profile_.small_buffers ? "tables" : "log only";
  if (profile_.away >= 0) name += std::string(", ") + kServices[profile_.away] + " away";
  return name;
}

std::vector<std::string> SimulatedRun::Missing() const {
  std::vector<std::string> missing;
  const FaultCounts counts = Counts();
  for (const FaultKind kind : AllKinds()) {
    if (!counts.contains(NameOf(kind))) missing.emplace_back(NameOf(kind));
  }
  // Planned, and come true.
  for (const char* fault : kComeTrue) {
    if (!counts.contains(fault)) missing.emplace_back(fault);
  }
  return missing;
}

}  // namespace samenspel::simulation
