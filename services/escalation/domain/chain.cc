// SPDX-License-Identifier: EUPL-1.2
#include "services/escalation/domain/chain.h"

#include <algorithm>

#include "common/base/mutant.h"

namespace samenspel::escalation {
namespace {

struct Candidate {
  std::string person;
  std::string_view as;
};

std::vector<Candidate> All(const std::vector<std::string>& persons, std::string_view as) {
  std::vector<Candidate> all;
  all.reserve(persons.size());
  for (const std::string& person : persons) all.push_back({person, as});
  return all;
}

std::vector<Candidate> OneIfAny(const std::string& person, std::string_view as) {
  return person.empty() ? std::vector<Candidate>{} : std::vector<Candidate>{{person, as}};
}

std::vector<Candidate> CandidatesFor(std::string_view code, const Concerned& concerned,
                                     const People& people, base::Instant now) {
  if (code == ask::kOwner) return OneIfAny(concerned.owner, code);
  if (code == ask::kDeputy) {
    const auto* owner = people.Find(concerned.owner);
    return owner == nullptr ? std::vector<Candidate>{} : OneIfAny(owner->deputy(), code);
  }
  if (code == ask::kDutyManager) {
    return All(people.Reach(ask::kDutyManager, concerned.organisation, now), code);
  }
  if (code == ask::kEveryDutyManager) {
    return All(people.ReachAnywhere(ask::kDutyManager, now), ask::kDutyManager);
  }
  // What a privacy officer keeps is no affair of another organisation's.
  if (code == ask::kPrivacyOfficer) {
    return All(people.ReachWithin(code, concerned.organisation, now), code);
  }
  return All(people.ReachAnywhere(code, now), code);
}

bool IsAsked(const v1::Alarm& alarm, const std::vector<v1::Asked>& more,
             const std::string& person) {
  const auto is = [&](const v1::Asked& one) { return one.person() == person; };
  return std::any_of(alarm.asked().begin(), alarm.asked().end(), is) ||
         std::any_of(more.begin(), more.end(), is);
}

v1::Asked Asking(const Candidate& candidate, uint32_t step, const People& people,
                 base::Instant now) {
  v1::Asked asked;
  asked.set_person(candidate.person);
  const auto* known = people.Find(candidate.person);
  if (known != nullptr) {
    asked.set_name(known->name());
    asked.set_organisation(known->organisation());
  }
  asked.set_as(std::string(candidate.as));
  asked.set_since_ms(base::ToMs(now));
  asked.set_step(step);
  return asked;
}

// Adds those whom `step` (from 1) asks and nobody has asked yet.
void AddStep(const AlarmKind& rule, const v1::Alarm& alarm, uint32_t step,
             const Concerned& concerned, const People& people, base::Instant now,
             std::vector<v1::Asked>& added) {
  for (const std::string& code : rule.steps[step - 1].ask) {
    for (const Candidate& candidate : CandidatesFor(code, concerned, people, now)) {
      const bool again = base::Mutated(base::Mutant::kAlarmTwice);
      if (IsAsked(alarm, added, candidate.person) && !again) continue;
      if (alarm.asked_size() + static_cast<int>(added.size()) >= kAskedMax) return;
      added.push_back(Asking(candidate, step, people, now));
    }
  }
}

int64_t NextAt(const AlarmKind& rule, uint32_t step, base::Instant now) {
  if (base::Mutated(base::Mutant::kAlarmNotPassedOn)) return 0;
  return step < rule.steps.size() ? base::ToMs(now + rule.steps[step].after) : 0;
}

}  // namespace

Progress Advance(const AlarmKind& rule, const v1::Alarm& alarm, uint32_t from,
                 const Concerned& concerned, const People& people, base::Instant now) {
  Progress progress;
  progress.step = from;
  while (progress.asked.empty() && progress.step < rule.steps.size()) {
    AddStep(rule, alarm, ++progress.step, concerned, people, now, progress.asked);
  }
  progress.next_at_ms = NextAt(rule, progress.step, now);
  return progress;
}

v1::Alarm RungAgain(const AlarmKind& rule, v1::Alarm alarm, const Concerned& concerned,
                    const People& people, base::Instant now) {
  for (v1::Asked& asked : *alarm.mutable_asked()) {
    asked.set_since_ms(base::ToMs(now));
    asked.set_acknowledged_at_ms(0);
  }
  std::vector<v1::Asked> added;
  const auto last = std::min<uint32_t>(alarm.step(), static_cast<uint32_t>(rule.steps.size()));
  for (uint32_t step = 1; step <= last; ++step) {
    AddStep(rule, alarm, step, concerned, people, now, added);
  }
  for (v1::Asked& asked : added) *alarm.add_asked() = std::move(asked);
  alarm.set_next_at_ms(NextAt(rule, last, now));
  alarm.set_times(alarm.times() + 1);
  alarm.set_ended_at_ms(0);
  alarm.clear_ended_by();
  return alarm;
}

std::optional<v1::Asked> NewOwner(const AlarmKind& rule, const v1::Alarm& alarm,
                                  const std::string& owner, const People& people,
                                  base::Instant now) {
  const size_t steps = std::min<size_t>(alarm.step(), rule.steps.size());
  const bool asks_owner = std::any_of(
      rule.steps.begin(), rule.steps.begin() + static_cast<ptrdiff_t>(steps),
      [](const AlarmStep& step) {
        return std::find(step.ask.begin(), step.ask.end(), ask::kOwner) != step.ask.end();
      });
  if (!asks_owner || owner.empty() || IsAsked(alarm, {}, owner)) return std::nullopt;
  if (alarm.asked_size() >= kAskedMax) return std::nullopt;
  return Asking({owner, ask::kOwner}, alarm.step(), people, now);
}

int64_t HeldBack(int64_t next_at_ms, base::Instant yes_at, std::chrono::minutes hold) {
  return next_at_ms == 0 ? 0 : std::max(next_at_ms, base::ToMs(yes_at + hold));
}

}  // namespace samenspel::escalation
