// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using std::chrono::hours;

constexpr uint64_t kBursts = 8;  // One command in so many comes at the instant of another.

}  // namespace

Crowd::Crowd(World& world, const demo::Region& region, Size size)
    : stage_(world, region, size),
      cases_(stage_),
      desks_(stage_, cases_),
      looks_(stage_, cases_),
      table_(stage_, cases_, looks_),
      alarms_(stage_, cases_, desks_),
      rosters_(stage_),
      privacy_(stage_, cases_),
      wrong_(stage_, cases_),
      clocks_(stage_),
      log_(stage_) {
  LearnHabits();
}

// What people do beside reporting. How much of each differs from run to run.
void Crowd::LearnHabits() {
  const auto always = [&](uint64_t weight, std::function<void()> act) {
    habits_.push_back({weight, std::move(act)});
    weight_ += weight;
  };
  const auto learn = [&](uint64_t often, std::function<void()> act) {
    always(often << stage_.chance.Below(4), std::move(act));
  };
  learn(4, [this] { desks_.HoldSome(); });
  learn(6, [this] { desks_.ClaimSome(); });
  learn(4, [this] { desks_.HandOverSome(); });
  learn(2, [this] { desks_.HandBackSome(); });
  learn(4, [this] { desks_.SettleSome(); });
  learn(2, [this] { desks_.ConfirmSome(); });
  learn(1, [this] { desks_.CircleSome(); });
  learn(2, [this] { desks_.CheckForm(); });
  learn(4, [this] { desks_.Collide(); });
  learn(2, [this] { desks_.DecideOnOldNews(); });
  learn(6, [this] { looks_.LookSome(); });
  learn(3, [this] { looks_.PageSome(); });
  learn(2, [this] { looks_.Mine(); });
  learn(1, [this] { looks_.Status(); });
  learn(5, [this] { table_.AcceptSome(); });
  learn(3, [this] { table_.ListSome(); });
  learn(1, [this] { table_.Collide(); });
  learn(5, [this] { alarms_.AnswerSome(); });
  learn(2, [this] { alarms_.AnswerAnothers(); });
  learn(2, [this] { alarms_.ShowSome(); });
  learn(2, [this] { rosters_.ShowSome(); });
  learn(1, [this] { rosters_.Mistake(); });
  if (stage_.IsLong()) learn(2, [this] { rosters_.ChangeSome(); });
  learn(2, [this] { privacy_.BreakSome(); });
  learn(2, [this] { privacy_.ReviewSome(); });
  learn(1, [this] { privacy_.ReviewWrongly(); });
  learn(2, [this] { privacy_.ExplainSome(); });
  learn(5, [this] { wrong_.Something(); });
  learn(1, [this] { wrong_.Intrude(); });
  learn(1, [this] { wrong_.ReuseId(); });
  learn(2, [this] { wrong_.Again(); });
  learn(2, [this] { log_.Check(); });
  always(6, [this] { clocks_.LookSome(); });
  always(2, [this] { clocks_.Meddle(); });
  // Whole cases with all their proofs take the log long.
  always(2, [this] { log_.ReadCase(); });
  always(2, [this] { privacy_.ReadLog(); });
  always(2, [this] { log_.ReadLeaves(); });
}

void Crowd::Begin() {
  auto& chance = stage_.chance;
  const auto commands = static_cast<uint64_t>(std::max(stage_.size.commands, 0));
  const Micros phase = stage_.size.between * static_cast<int64_t>(commands);
  std::vector<Micros> moments;
  moments.reserve(commands);
  for (uint64_t i = 0; i < commands; ++i) {
    const bool burst = !moments.empty() && chance.OneIn(kBursts);
    const Micros drawn(chance.Below(static_cast<uint64_t>(std::max<int64_t>(phase.count(), 1))));
    moments.push_back(burst ? moments.back() : drawn);
  }
  std::sort(moments.begin(), moments.end());
  // In a short run most commands are reports, in a day one in twelve.
  uint64_t reports = std::min(commands, 12 + commands * 3 / 40);
  for (uint64_t i = 0; i < commands; ++i) {
    const bool report = chance.Below(commands - i) < reports;
    if (report) --reports;
    stage_.world.timeline().In(moments[i], [this, report] { report ? desks_.Report() : Act(); });
  }
  PlanRosters(phase);
  stage_.world.timeline().In(phase + Micros(1), [this] { Finish(); });
}

void Crowd::PlanRosters(Micros phase) {
  auto& chance = stage_.chance;
  auto& timeline = stage_.world.timeline();
  timeline.In(phase / (chance.OneIn(4) ? 8 : 40), [this] { rosters_.SetUp(0); });
  if (!stage_.IsLong()) return;
  if (chance.OneIn(4)) {
    const Micros begins = phase / 4 + phase / 100 * static_cast<int64_t>(chance.Below(50));
    timeline.In(begins, [this] { rosters_.RunDry(); });
    timeline.In(begins + hours(1 + chance.Below(5)), [this] { rosters_.Restore(); });
  }
  const Micros term = hours(24) * (kDays / 2);
  for (Micros at = term; at < phase; at += term) {
    timeline.In(at, [this] { rosters_.Renew(kDays); });
  }
}

void Crowd::Act() {
  // An import is a report of many.
  if (stage_.chance.OneIn(150)) return desks_.Import();
  if (stage_.chance.OneIn(200)) return desks_.ReportTwice();
  uint64_t drawn = stage_.chance.Below(weight_);
  for (const Habit& habit : habits_) {
    if (drawn < habit.weight) return habit.act();
    drawn -= habit.weight;
  }
}

}  // namespace samenspel::simulation
