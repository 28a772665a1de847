// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/run.h"

#include <algorithm>
#include <cassert>
#include <set>

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
constexpr size_t kBuffer = 64 << 20;  // Never full.
constexpr uint64_t kShortLog = 64 << 10;

// What faults of disk, network and process must have led to, and what leads to it.
struct Effect {
  const char* counted;
  FaultKind by;
};
constexpr Effect kComeTrue[] = {
    {"disk: power cut", FaultKind::kPowerCut},
    {"disk: sync error", FaultKind::kSyncError},
    {"disk: no space", FaultKind::kDiskFull},
    {"ended by a fault of its disk", FaultKind::kPowerCutAfterOperation},
    {"old copy noticed", FaultKind::kOldCopyPutBack},
    {"second instance refused", FaultKind::kSecondInstance},
    {"frame dropped", FaultKind::kStorm},
    {"frame doubled", FaultKind::kStorm},
    {"frame late", FaultKind::kStorm},
    {"frame cut short", FaultKind::kStorm},
    {"frame with a flipped bit", FaultKind::kStorm},
    {"connection half open", FaultKind::kHalfOpen},
    {"clock disbelieved", FaultKind::kClockBack},
    {"clock accepted", FaultKind::kClockForward},
    {"started with a wrong clock", FaultKind::kWrongStart},
    {"crash between commit and answer", FaultKind::kKillAfterCommit},
    {"request sent again", FaultKind::kConnectionCut}};
// Some faults find nobody to befall, and some have no effect: those are tried again this often.
constexpr int kTries = 5;
constexpr int kFirstAgain = 1000;  // Their numbers start here.

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
  profile.tables = chance.OneIn(3);
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
  setup.write_buffer_bytes = kBuffer;
  setup.log_bytes = profile_.tables ? kShortLog : 0;
  support::SeededEntropy chance(plan.seed);
  world_ = std::make_unique<World>(chance.Number(), setup, *registry);
  world_->SetForgettable(Crowd::IsGuest);
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
  for (int nth = 0; nth < kTries; ++nth) {
    world_->timeline().At(phase_ / 100 * (75 + 4 * nth), [this, nth] { TryAgain(nth); });
  }
}

// Numbered like those that were planned, so that a failure can name them.
void SimulatedRun::TryAgain(int nth) {
  support::SeededEntropy chance(plan_.seed + 2'000'003 + static_cast<uint64_t>(nth));
  const FaultCounts counts = Counts();
  std::set<FaultKind> kinds;
  for (const Effect& effect : kComeTrue) {
    if (!counts.contains(effect.counted)) kinds.insert(effect.by);
  }
  for (const FaultKind kind : kinds) {
    const int number =
        kFirstAgain + nth * static_cast<int>(AllKinds().size()) + static_cast<int>(kind);
    const PlannedFault fault{number, kind, world_->timeline().now(), chance.Number()};
    if (plan_.only && !plan_.only->contains(number)) continue;
    faults_.push_back(fault);
    Inject(*world_, profile_, fault);
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
  crowd_->OnReading([this](const model::Reading& reading) {
    watch_.Shown(reading, world_->timeline().instant());
  });
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
  std::string name = profile_.tables ? "tables" : "log only";
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
  for (const Effect& effect : kComeTrue) {
    if (!counts.contains(effect.counted)) missing.emplace_back(effect.counted);
  }
  return missing;
}

}  // namespace samenspel::simulation
