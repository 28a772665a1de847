// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/alarms.h"

#include <algorithm>

namespace samenspel::simulation::model {
namespace {

bool RingsAtOnce(const std::string& kind) {
  return kind == "seat_empty" || kind == "provisional_red" || kind == "follower_lagging" ||
         kind == "clock_wrong" || kind == "many_households";
}

}  // namespace

std::string KeyOf(const escalation::v1::Alarm& alarm) {
  return alarm.kind() == "seat_empty" ? alarm.kind() + " " + alarm.detail() : alarm.kind();
}

void Alarms::Take(const Seen& seen) {
  for (const auto& event : seen.intake) {
    if (event.has_glass_broken()) {
      reviews_.push_back({seen.sequence(), event.glass_broken().opening(),
                          event.glass_broken().review_due_ms(), seen.stamp()});
    }
    if (event.has_glass_reviewed()) {
      reviews_.push_back({seen.sequence(), event.glass_reviewed().opening(), 0, seen.stamp()});
    }
  }
  if (seen.service != kEscalation) return;
  offset_ms_ = seen.stamp() - base::ToMs(seen.true_time);
  latest_ms_ = std::max(latest_ms_, seen.stamp());
  std::set<std::string> reports = copies_.touched();
  for (const auto& event : seen.escalation) {
    Apply(seen, event);
    moved_.erase(event.report_copied().report());
    reports.insert(event.watch_set().alarm().report());
    reports.insert(event.alarm_raised().alarm().report());
    reports.insert(event.alarm_ended().report());
  }
  for (const auto& event : seen.clocks()) SeeClock(seen, event);
  reports.erase("");
  for (const std::string& report : reports) CheckDemands(seen.where(), report, seen.stamp());
  if (seen.IsCausedBy(kIntake)) CheckReview(seen);
  CheckMissed(seen);
}

void Alarms::Restarted(size_t service) {
  if (service != kEscalation) return;
  due_.Restarted();
  clock_due_.Restarted();
  pass_on_.Restarted();
}

void Alarms::Apply(const Seen& seen, const escalation::v1::Event& event) {
  if (event.has_watch_set()) SetWatch(seen, event.watch_set());
  if (event.has_watch_ended()) {
    const std::string& id = event.watch_ended().watch();
    const auto found = watches_.find(id);
    if (found == watches_.end()) return Find(seen, id, "a watch ended that there is not");
    Index(found->second.alarm.report(), id, false, false);
    if (found->second.alarm.kind() == "clock_wrong") clock_due_.Clear(kClockEnds);
    watches_.erase(found);
    due_.Clear(id);
  }
  if (event.has_alarm_raised()) Raised(seen, event.alarm_raised());
  if (event.has_alarm_passed_on()) PassedOn(seen, event.alarm_passed_on());
  if (event.has_seen_by_person()) SeenBy(seen, event.seen_by_person());
  if (event.has_alarm_ended()) Ended(seen, event.alarm_ended());
}

void Alarms::Index(const std::string& report, const std::string& id, bool rings, bool is_there) {
  if (report.empty()) return;
  auto& ids = (rings ? ringing_of_ : watches_of_)[report];
  if (is_there) {
    ids.insert(id);
  } else {
    ids.erase(id);
  }
}

void Alarms::SetWatch(const Seen& seen, const escalation::v1::WatchSet& event) {
  const auto& alarm = event.alarm();
  for (const std::string& other : watches_of_[alarm.report()]) {
    if (other != event.watch() && KeyOf(watches_.at(other).alarm) == KeyOf(alarm)) {
      Find(seen, event.watch(), "is a second watch of one thing");
    }
  }
  CheckSpan(seen, event);
  const auto last = last_of_watch_.find(event.watch());
  if (last != last_of_watch_.end() && alarms_.at(last->second).ended_ms == 0) {
    Find(seen, event.watch(), "is watched while it rings");
  }
  if (alarm.kind() == "clock_wrong") {
    clock_due_.Clear(kClockRings);
    if (!clock_wrong_) Find(seen, event.watch(), "is watched though the clock is believed");
  }
  watches_[event.watch()] = {alarm, event.organisation()};
  Index(alarm.report(), event.watch(), false, true);
  due_.Set(event.watch(), RingsAtOnce(alarm.kind()) ? seen.stamp() : alarm.due_at_ms());
}

void Alarms::CheckAgain(const Seen& seen, const escalation::v1::Alarm& alarm,
                        const std::string& watch) {
  const auto last = last_of_watch_.find(watch);
  const auto known = alarms_.find(alarm.alarm());
  if (known == alarms_.end()) {
    if (alarm.times() > 1) Find(seen, alarm.alarm(), "rings again and never rang");
    if (last == last_of_watch_.end()) return;
    const Ringing& former = alarms_.at(last->second);
    const int64_t since = seen.stamp() - former.ended_ms;
    if (former.ended_ms == 0 || (since >= 0 && since < rules_.alarms().again_ms)) {
      Find(seen, alarm.alarm(), "rings beside " + last->second + " for one cause");
    }
    return;
  }
  const Ringing& former = known->second;
  if (former.ended_ms == 0) return Find(seen, alarm.alarm(), "is raised while it rings");
  if (alarm.times() != std::max(1U, former.alarm.times()) + 1) {
    Find(seen, alarm.alarm(), "does not count how often it rang");
  }
  if (seen.stamp() - former.ended_ms > rules_.alarms().again_ms) {
    Find(seen, alarm.alarm(), "is back after too long to be the same");
  }
}

void Alarms::Raised(const Seen& seen, const escalation::v1::AlarmRaised& event) {
  const auto& alarm = event.alarm();
  const auto watch = watches_.find(event.watch());
  if (watch == watches_.end()) {
    Find(seen, alarm.alarm(), "rings and nothing was watched");
  } else if (KeyOf(watch->second.alarm) != KeyOf(alarm) ||
             watch->second.alarm.subject() != alarm.subject() ||
             watch->second.alarm.report() != alarm.report()) {
    Find(seen, alarm.alarm(), "rings for something else than was watched");
  }
  if (!RingsAtOnce(alarm.kind()) && seen.stamp() < alarm.due_at_ms()) {
    Find(seen, alarm.alarm(), "rings before it is due");
  }
  if (alarm.raised_at_ms() != seen.stamp() && alarm.times() <= 1) {
    Find(seen, alarm.alarm(), "was raised at another time");
  }
  CheckAgain(seen, alarm, event.watch());
  Ringing ringing{alarm, event.watch(), "", {}, 0};
  if (watch != watches_.end()) {
    ringing.organisation = watch->second.organisation;
    Index(alarm.report(), event.watch(), false, false);
    watches_.erase(watch);
  }
  due_.Clear(event.watch());
  const auto known = alarms_.find(alarm.alarm());
  if (known != alarms_.end() && ringing.organisation.empty()) {
    ringing.organisation = known->second.organisation;
  }
  // Back again, it asks those whom it had asked anew, and goes on from there.
  std::set<std::string> before;
  if (known != alarms_.end()) {
    for (const auto& [person, yes] : known->second.asked) before.insert(person);
  }
  Ask(seen, ringing, 0, alarm.step(), alarm.asked(), before);
  CheckNext(seen, ringing);
  last_of_watch_[event.watch()] = alarm.alarm();
  Index(alarm.report(), alarm.alarm(), true, true);
  if (alarm.next_at_ms() != 0) pass_on_.Set(alarm.alarm(), alarm.next_at_ms());
  alarms_[alarm.alarm()] = std::move(ringing);
}

void Alarms::PassedOn(const Seen& seen, const escalation::v1::AlarmPassedOn& event) {
  const auto found = alarms_.find(event.alarm());
  if (found == alarms_.end() || found->second.ended_ms != 0) {
    return Find(seen, event.alarm(), "is passed on and does not ring");
  }
  Ringing& ringing = found->second;
  // Where nobody could be asked, the whole chain is tried again as soon as somebody is known.
  const bool anew = ringing.asked.empty();
  const uint32_t before = anew ? 0 : ringing.alarm.step();
  if (event.step() > before) {
    const bool is_due =
        ringing.alarm.next_at_ms() != 0 && seen.stamp() >= ringing.alarm.next_at_ms();
    if (!seen.IsOwn() || (!is_due && !anew)) {
      Find(seen, event.alarm(), "asks the next in line too soon");
    }
    ringing.alarm.set_step(event.step());
    ringing.alarm.set_next_at_ms(event.next_at_ms());
    Ask(seen, ringing, before, event.step(), event.asked(), {});
    CheckNext(seen, ringing);
  } else {
    if (event.step() != before) Find(seen, event.alarm(), "goes back a step");
    if (event.asked().empty()) Find(seen, event.alarm(), "is passed on to nobody");
    Ask(seen, ringing, 0, before, event.asked(), {});
    ringing.alarm.set_next_at_ms(event.next_at_ms());
  }
  pass_on_.Clear(event.alarm());
  if (event.next_at_ms() != 0) pass_on_.Set(event.alarm(), event.next_at_ms());
}

void Alarms::SeenBy(const Seen& seen, const escalation::v1::SeenByPerson& event) {
  const auto found = alarms_.find(event.alarm());
  if (found == alarms_.end() || found->second.ended_ms != 0) {
    return Find(seen, event.alarm(), "is acknowledged and does not ring");
  }
  Ringing& ringing = found->second;
  const auto asked = ringing.asked.find(event.person());
  if (asked == ringing.asked.end() || event.person() != seen.person() ||
      event.at_ms() != seen.stamp()) {
    Find(seen, event.alarm(), "is acknowledged by who was not asked");
  } else if (std::exchange(asked->second, true)) {
    Find(seen, event.alarm(), "is acknowledged twice by " + event.person());
  }
  if (ringing.alarm.kind() == "many_households") {
    if (event.next_at_ms() != seen.stamp() + rules_.alarms().reading_ms) {
      Find(seen, event.alarm(),
           "is not over as long after somebody looked into it as the file says");
    }
    ringing.alarm.set_next_at_ms(event.next_at_ms());
    return pass_on_.Set(event.alarm(), event.next_at_ms());
  }
  const int64_t before = ringing.alarm.next_at_ms();
  const int64_t held = seen.stamp() + rules_.alarms().acknowledged_ms;
  if (before != 0 && event.next_at_ms() != std::max(before, held)) {
    Find(seen, event.alarm(), "does not hold back the next in line for the time of an answer");
  }
  if (before == 0 && event.next_at_ms() != 0) {
    Find(seen, event.alarm(), "has nobody next in line, and a time for it");
  }
  ringing.alarm.set_next_at_ms(event.next_at_ms());
  pass_on_.Clear(event.alarm());
  if (event.next_at_ms() != 0) pass_on_.Set(event.alarm(), event.next_at_ms());
}

void Alarms::CheckReview(const Seen& seen) {
  const uint64_t heard = seen.header().cause().sequence();
  for (; !reviews_.empty() && reviews_.front().sequence <= heard; reviews_.pop_front()) {
    const Review& review = reviews_.front();
    if (review.sequence != heard) {
      Find(seen, review.opening, "escalation passed over " + Where(kIntake, review.sequence));
      continue;
    }
    const int64_t due_ms = review.due_ms - AheadMs(review.said_ms, seen.stamp());
    const bool watched = std::any_of(watches_.begin(), watches_.end(), [&](const auto& one) {
      return one.second.alarm.kind() == "break_glass_review" &&
             one.second.alarm.subject() == review.opening &&
             (review.due_ms == 0 || one.second.alarm.due_at_ms() == due_ms);
    });
    if (watched != (review.due_ms != 0)) {
      Find(seen, review.opening,
           watched ? "was reviewed and is watched on" : "was broken and nobody watches its review");
    }
  }
}

void Alarms::CheckMissed(const Seen& seen) {
  if (const auto missed = due_.Missed(seen)) {
    const auto watch = watches_.find(*missed);
    Find(seen, *missed,
         "is due and does not ring: " +
             (watch == watches_.end()
                  ? ""
                  : KeyOf(watch->second.alarm) + " of " + watch->second.alarm.report()));
  }
  if (const auto missed = clock_due_.Missed(seen)) Find(seen, "clock_wrong", *missed);
  const auto late = pass_on_.Missed(seen);
  if (!late) return;
  const Ringing& ringing = alarms_.at(*late);
  const auto steps = rules_.alarms().steps.find(ringing.alarm.kind());
  if (steps == rules_.alarms().steps.end()) return;
  const auto last = static_cast<uint32_t>(steps->second.size());
  // Where the rest of the chain adds nobody there is nothing to write down.
  if (Wanted(ringing, ringing.alarm.step(), last, seen.stamp()).empty()) return;
  Find(seen, *late, "is not passed on in time");
}

void Alarms::AtEnd(base::Instant true_time) {
  const int64_t now = base::ToMs(true_time) + offset_ms_ - 10'000;
  for (const std::string& id : due_.DueBefore(now)) {
    notebook_.Find(id + " is due at the end and does not ring: " + KeyOf(watches_.at(id).alarm) +
                   " of " + watches_.at(id).alarm.report());
  }
  for (const auto& [id, ringing] : alarms_) {
    if (ringing.ended_ms != 0) continue;
    if (ringing.alarm.kind() == "clock_wrong") {
      notebook_.Find(id + " rings at the end though the clock is right");
    }
    if (ringing.alarm.kind() == "follower_lagging") {
      notebook_.Find(id + " rings at the end though all are level");
    }
    const auto* copy = copies_.Find(ringing.alarm.report());
    if (copy == nullptr) continue;
    const auto demands = DemandsOf(*copy);
    const auto demand = demands.find(KeyOf(ringing.alarm));
    if (demand != demands.end() && demand->second.over_ms != 0 && demand->second.over_ms < now) {
      notebook_.Find(id + " of " + KeyOf(ringing.alarm) + " rings on after its time");
    }
  }
  for (const auto& [id, copy] : copies_.all()) CheckDemands("at the end", id, now);
  for (const auto& [id, report] : reports_.all()) {
    if (report.history.empty() || report.now().colour != intake::v1::COLOUR_RED) continue;
    if (report.now().first_step) continue;
    const bool due = true_time >= report.red_since + base::milliseconds(report.terms.first_step_ms);
    const auto& ids = ringing_of_[id];
    const bool rings = std::any_of(ids.begin(), ids.end(), [&](const std::string& one) {
      return alarms_.at(one).alarm.kind() == "no_first_step";
    });
    if (due && !rings) notebook_.Find(id + " is red, nobody is named, and no alarm rings");
  }
  for (const Review& review : reviews_) {
    notebook_.Find(review.opening + ": escalation has not heard of it at the end");
  }
}

}  // namespace samenspel::simulation::model
