// SPDX-License-Identifier: EUPL-1.2
// What should be watched, and what follows from it for the watches that there are.
#include "services/escalation/domain/watches.h"

#include "common/base/ids.h"
#include "common/base/mutant.h"
#include "common/tlog/sha256.h"
#include "services/escalation/domain/chain.h"

namespace samenspel::escalation {
namespace {

bool IsRed(intake::v1::Colour colour) { return colour == intake::v1::COLOUR_RED; }

Wanted About(const v1::ReportCopied& copy, std::string_view kind, const std::string& subject,
             int64_t due_at_ms, const char* done) {
  Wanted wanted;
  v1::Alarm& alarm = wanted.alarm;
  alarm.set_kind(std::string(kind));
  alarm.set_subject(subject);
  alarm.set_report(copy.report());
  alarm.set_household(copy.household());
  alarm.set_case_number(copy.case_number());
  alarm.set_colour(copy.colour());
  alarm.set_due_at_ms(due_at_ms);
  wanted.owner = copy.owner();
  wanted.organisation = copy.organisation();
  if (done != nullptr) wanted.done = done;
  return wanted;
}

const char* MetByMeeting(const v1::ReportCopied& copy) {
  const int64_t start = copy.meeting_starts_at_ms();
  if (copy.settled()) return "report_settled";
  return start != 0 && start <= copy.terms().settle_due_ms() ? "meeting_in_time" : nullptr;
}

void AddRed(const v1::ReportCopied& copy, std::vector<Wanted>& wanted) {
  const auto add = [&](std::string_view kind, int64_t due_at_ms, const char* done) {
    if (due_at_ms != 0) wanted.push_back(About(copy, kind, copy.report(), due_at_ms, done));
  };
  add(kind::kNoFirstStep, copy.terms().first_step_due_ms(),
      copy.first_step_named() ? "first_step_named" : nullptr);
  if (copy.provisional()) {
    wanted.push_back(About(copy, kind::kProvisionalRed, copy.report(), 0,
                           copy.settled() ? "report_settled" : nullptr));
    return;  // No meeting is convened before a person confirmed it, or the term did.
  }
  add(kind::kMeetingNotPlanned, copy.terms().meeting_due_ms(),
      copy.meeting_starts_at_ms() != 0 ? "meeting_planned" : nullptr);
  add(kind::kTermPassed, copy.terms().settle_due_ms(), MetByMeeting(copy));
}

void AddQueued(const v1::ReportCopied& copy, std::vector<Wanted>& wanted) {
  const char* done = copy.settled() ? "report_settled" : nullptr;
  const auto add = [&](std::string_view kind, int64_t due_at_ms) {
    if (due_at_ms != 0) wanted.push_back(About(copy, kind, copy.report(), due_at_ms, done));
  };
  add(kind::kTermNear, copy.terms().warn_at_ms());
  add(kind::kTermPassed, copy.terms().settle_due_ms());
}

// Why a watch is over that nothing asks for any more.
const char* WhyOver(const v1::Alarm& alarm, const v1::ReportCopied* report, base::Instant at) {
  if (alarm.kind() == kind::kSeatEmpty) return "seat_filled";
  if (alarm.kind() != kind::kProvisionalRed || report == nullptr || !IsRed(report->colour())) {
    return "regraded";
  }
  const int64_t confirm_due = report->terms().confirm_due_ms();
  return confirm_due != 0 && base::ToMs(at) >= confirm_due ? "convened_by_itself"
                                                           : "grade_confirmed";
}

Happened On(const std::string& stream, uint64_t version, const Wanted& wanted) {
  Happened happened;
  happened.stream = stream;
  happened.version = version;
  happened.urgent = IsRed(wanted.alarm.colour());
  happened.keeper = wanted.organisation;
  return happened;
}

Happened Set(const std::string& id, const KnownWatch* before, const Wanted& wanted,
             const Stamp& stamp) {
  Happened happened = On(id, before == nullptr ? 1 : before->watch.version() + 1, wanted);
  v1::WatchSet& event = *happened.event.mutable_watch_set();
  event.set_watch(id);
  *event.mutable_alarm() = wanted.alarm;
  if (wanted.alarm.due_at_ms() == 0) {
    event.mutable_alarm()->set_due_at_ms(base::ToMs(stamp.received_at));
  }
  if (before != nullptr) event.mutable_alarm()->set_alarm(LastAlarmOf(before->watch));
  event.set_owner(wanted.owner);
  event.set_organisation(wanted.organisation);
  return happened;
}

bool Differs(const state::Watch& watch, const Wanted& wanted) {
  const int64_t due = wanted.alarm.due_at_ms();
  return (due != 0 && due != watch.alarm().due_at_ms()) || wanted.owner != watch.owner() ||
         wanted.organisation != watch.organisation() ||
         wanted.alarm.colour() != watch.alarm().colour();
}

// Nothing: the owner is asked already, or none of their business.
std::optional<Happened> PassedToOwner(const Facts& facts, const state::AlarmState& state,
                                      const Wanted& wanted, const Stamp& stamp) {
  if (facts.rules == nullptr) return std::nullopt;
  const AlarmKind& rule = facts.rules->Of(wanted.alarm.kind());
  auto asked = NewOwner(rule, state.alarm(), wanted.owner, *facts.people, stamp.received_at);
  if (!asked) return std::nullopt;
  Happened happened;
  happened.stream = state.alarm().alarm();
  happened.version = state.version() + 1;
  happened.urgent = IsRed(state.alarm().colour()) || rule.urgent;
  happened.keeper = state.organisation();
  v1::AlarmPassedOn& event = *happened.event.mutable_alarm_passed_on();
  event.set_alarm(happened.stream);
  event.set_report(state.alarm().report());
  *event.add_asked() = *std::move(asked);
  event.set_step(state.alarm().step());
  event.set_next_at_ms(state.alarm().next_at_ms());
  return happened;
}

std::string DoneBy(const Wanted& wanted, const v1::ReportCopied* report, base::Instant now) {
  if (!wanted.done.empty() || report == nullptr) return wanted.done;
  const auto moot = MootOf(wanted.alarm, *report);
  return moot && moot->at_ms <= base::ToMs(now) ? moot->ended_by : "";
}

}  // namespace

std::string DerivedId(std::string_view prefix, std::initializer_list<std::string_view> parts) {
  std::string all(prefix);
  for (const std::string_view part : parts) all.append("|").append(part);
  const std::string digest = tlog::Sha256(all);
  base::IdBytes bytes;
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  return base::MakeId(prefix, bytes);
}

std::string WatchId(std::string_view kind, std::string_view subject, std::string_view detail) {
  return DerivedId("wch", {kind, subject, detail});
}

std::string LastAlarmOf(const state::Watch& watch) {
  return watch.raised().empty() ? watch.alarm().alarm() : watch.raised();
}

Happened Ended(const std::string& watch_id, const KnownWatch& known, const std::string& ended_by,
               const Stamp& stamp) {
  Happened happened;
  happened.urgent = IsRed(known.watch.alarm().colour());
  happened.keeper = known.watch.organisation();
  if (!known.alarm) {
    happened.stream = watch_id;
    happened.version = known.watch.version() + 1;
    happened.event.mutable_watch_ended()->set_watch(watch_id);
    happened.event.mutable_watch_ended()->set_ended_by(ended_by);
    return happened;
  }
  happened.stream = known.alarm->alarm().alarm();
  happened.version = known.alarm->version() + 1;
  v1::AlarmEnded& event = *happened.event.mutable_alarm_ended();
  event.set_alarm(happened.stream);
  event.set_report(known.alarm->alarm().report());
  event.set_ended_by(ended_by);
  event.set_at_ms(base::ToMs(stamp.received_at));
  return happened;
}

std::optional<Moot> MootOf(const v1::Alarm& alarm, const v1::ReportCopied& report) {
  const auto& name = alarm.kind();
  if (base::Mutated(base::Mutant::kAlarmFallsSilent))
    return Moot{alarm.due_at_ms() + 60'000, "term_passed"};
  if (name == kind::kTermNear) return Moot{report.terms().settle_due_ms(), "term_passed"};
  if (report.meeting_starts_at_ms() == 0) return std::nullopt;
  if (name == kind::kSeatEmpty) return Moot{report.meeting_ends_at_ms(), "meeting_over"};
  if (name == kind::kTermPassed && IsRed(report.colour())) {
    return Moot{report.meeting_starts_at_ms(), "meeting_begun"};
  }
  return std::nullopt;
}

std::vector<Wanted> WantedOf(const v1::ReportCopied& copy) {
  std::vector<Wanted> wanted;
  const bool graded = copy.colour() != intake::v1::COLOUR_UNSPECIFIED;
  if (graded) IsRed(copy.colour()) ? AddRed(copy, wanted) : AddQueued(copy, wanted);
  for (const std::string& function : copy.empty_seats()) {
    wanted.push_back(About(copy, kind::kSeatEmpty, copy.mdo(), 0, nullptr));
    wanted.back().alarm.set_detail(function);
    wanted.back().alarm.set_colour(intake::v1::COLOUR_RED);  // Only red leads to a meeting.
  }
  return wanted;
}

Wanted WantedOf(const intake::v1::GlassBroken& broken) {
  Wanted wanted;
  wanted.alarm.set_kind(std::string(kind::kBreakGlassReview));
  wanted.alarm.set_subject(broken.opening());
  wanted.alarm.set_household(broken.household());
  wanted.alarm.set_case_number(broken.case_number());
  wanted.alarm.set_due_at_ms(broken.review_due_ms());
  wanted.organisation = broken.keeper();
  return wanted;
}

Wanted WantedOf(const intake::v1::GlassReviewed& reviewed) {
  Wanted wanted;
  wanted.alarm.set_kind(std::string(kind::kBreakGlassReview));
  wanted.alarm.set_subject(reviewed.opening());
  wanted.done = "opening_reviewed";
  return wanted;
}

Wanted WantedOf(const std::string& follower, const std::string& leader, bool lagging) {
  Wanted wanted;
  wanted.alarm.set_kind(std::string(kind::kFollowerLagging));
  wanted.alarm.set_subject(follower);
  wanted.alarm.set_detail(leader);
  if (!lagging) wanted.done = "level_again";
  return wanted;
}

Wanted WantedOfClock(bool wrong) {
  Wanted wanted;
  wanted.alarm.set_kind(std::string(kind::kClockWrong));
  wanted.alarm.set_subject(kSelf);
  if (!wrong) wanted.done = "clock_right";
  return wanted;
}

std::vector<Happened> Reconcile(const Facts& facts, const KnownWatches& known,
                                const std::vector<Wanted>& wanted, const v1::ReportCopied* report,
                                const Stamp& stamp, base::Instant happened_at) {
  std::vector<Happened> events;
  std::map<std::string, const Wanted*> by_id;
  for (const Wanted& one : wanted) {
    const v1::Alarm& alarm = one.alarm;
    const std::string id = WatchId(alarm.kind(), alarm.subject(), alarm.detail());
    if (!by_id.emplace(id, &one).second) continue;  // A seat that is asked for twice.
    const auto at = known.find(id);
    const KnownWatch* before = at == known.end() ? nullptr : &at->second;
    const bool open = before != nullptr && !before->watch.ended();
    const std::string done = DoneBy(one, report, stamp.received_at);
    if (!done.empty()) {
      if (open) events.push_back(Ended(id, *before, done, stamp));
    } else if (!open || (!before->alarm && Differs(before->watch, one))) {
      events.push_back(Set(id, before, one, stamp));
    } else if (before->alarm) {
      auto passed = PassedToOwner(facts, *before->alarm, one, stamp);
      if (passed) events.push_back(*std::move(passed));
    }
  }
  for (const auto& [id, one] : known) {
    if (one.watch.ended() || by_id.contains(id)) continue;
    events.push_back(Ended(id, one, WhyOver(one.watch.alarm(), report, happened_at), stamp));
  }
  return events;
}

}  // namespace samenspel::escalation
