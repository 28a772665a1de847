// SPDX-License-Identifier: EUPL-1.2
// What becomes of watches and alarms when a clock is wrong, and when time goes back (decision 8).
#include <algorithm>

#include "tests/simulation/model/alarms.h"

namespace samenspel::simulation::model {
namespace {

constexpr int64_t kClocksDifferMs = 60'000;  // And are believed.
constexpr int64_t kGreenAtMostMs =
    int64_t{16} * 24 * 3'600'000;  // Five working days, with holidays.

}  // namespace

void Alarms::SeeClock(const Seen& seen, const common::v1::ClockSeen& event) {
  clock_wrong_ = event.off_ms() != 0 && !event.accepted();
  if (const auto back = seen.went_back()) GoBack(*back);
  const auto is_clock = [](const auto& one) { return one.second.alarm.kind() == "clock_wrong"; };
  const bool told = std::any_of(watches_.begin(), watches_.end(), is_clock) ||
                    std::any_of(alarms_.begin(), alarms_.end(), [&](const auto& one) {
                      return is_clock(one) && one.second.ended_ms == 0;
                    });
  clock_due_.Clear(kClockRings);
  clock_due_.Clear(kClockEnds);
  const int64_t now = seen.stamp() + (event.accepted() ? event.off_ms() : 0);
  if (told != clock_wrong_) clock_due_.Set(clock_wrong_ ? kClockRings : kClockEnds, now);
}

void Alarms::GoBack(const common::v1::ClockSeen& back) {
  for (auto& [id, watch] : watches_) {
    watch.alarm.set_due_at_ms(Moved(back, watch.alarm.due_at_ms()));
  }
  for (auto& [id, ringing] : alarms_) {
    if (ringing.ended_ms != 0) continue;
    ringing.alarm.set_next_at_ms(Moved(back, ringing.alarm.next_at_ms()));
  }
  for (const auto& [id, copy] : copies_.all()) moved_.insert(id);
  copies_.GoBack(back);
  due_.Move(back);
  pass_on_.Move(back);
}

// A term that was set by a clock that is ahead must not ring as much later.
void Alarms::CheckSpan(const Seen& seen, const escalation::v1::WatchSet& event) {
  const auto& alarm = event.alarm();
  const Report* report = reports_.Find(alarm.report());
  const TermsRules& rules = report == nullptr ? rules_.terms() : report->terms;
  std::optional<int64_t> span;
  if (alarm.kind() == "no_first_step") span = rules.first_step_ms;
  if (alarm.kind() == "meeting_not_planned") span = rules.planned_ms;
  if (alarm.kind() == "break_glass_review") span = rules.review_ms;
  if (alarm.kind() == "term_near" || alarm.kind() == "term_passed") {
    const bool red = alarm.colour() == intake::v1::COLOUR_RED;
    const bool amber = alarm.colour() == intake::v1::COLOUR_AMBER;
    span = red ? rules.table_ms : amber ? rules.amber_ms : kGreenAtMostMs;
  }
  const int64_t left = alarm.due_at_ms() - seen.stamp();
  if (!span || left <= *span + kClocksDifferMs) return;
  Find(seen, event.watch(),
       "watches " + alarm.kind() + " for " + std::to_string(left) + " ms, its term is " +
           std::to_string(*span));
}

}  // namespace samenspel::simulation::model
