// SPDX-License-Identifier: EUPL-1.2
// What entries of intake and meeting lead to, and how well all that follow are heard.
#include "common/base/ids.h"
#include "common/daemon/common_events.h"
#include "common/daemon/decided.h"
#include "common/decide/parsed.h"
#include "common/store/bytes.h"
#include "common/tlog/sha256.h"
#include "services/escalation/daemon/service.h"
#include "services/escalation/domain/heard.h"
#include "services/escalation/domain/reading.h"

namespace samenspel::escalation {

using daemon::Decided;
using daemon::View;

namespace {

daemon::InternalRequest ToldOf(const View& view, const std::string& follower,
                               const std::string& leader, const v1::FollowHeard& heard) {
  v1::Request request;
  *request.mutable_follow_heard() = heard;
  const std::string watch = WatchId(kind::kFollowerLagging, follower, leader);
  const uint64_t version = view.Load<state::Watch>(watch).version();
  return {tlog::Sha256(
              {"heard", watch, store::BigEndian(version), heard.lagging() ? "lagging" : "level"})
              .substr(0, 16),
          request.SerializeAsString()};
}

constexpr base::milliseconds kAheadAbove{60'000};  // Clocks that are believed differ by no more.

// Said from a moment that is still to come here: what is due keeps the time that it had left then.
// By the other clock it would ring as much later as that one is ahead.
void ToOwnTime(intake::v1::Event& event, base::milliseconds ahead) {
  if (ahead <= kAheadAbove) return;
  common::v1::ClockSeen back;
  back.set_accepted(true);
  back.set_off_ms(-ahead.count());
  if (event.has_report_graded()) {
    daemon::MoveDues(back, *event.mutable_report_graded()->mutable_terms());
  }
  if (event.has_glass_broken()) {
    auto& broken = *event.mutable_glass_broken();
    broken.set_review_due_ms(daemon::MovedDue(back, broken.review_due_ms()));
  }
}

}  // namespace

struct Service::Heard {
  std::string from;
  std::string organisation;  // That whoever did it acts for.
  base::Instant happened_at;
  std::map<std::string, state::Report> before;
  std::map<std::string, v1::ReportCopied> reports;  // As they are after the entry.
  std::vector<Wanted> others;                       // About no report.
  std::map<std::string, v1::HouseholdsRead>
      readings;  // By stream: an entry may hold several marks.
  std::vector<Happened> events;
  std::map<std::string, uint64_t> versions;  // Of streams that have several events here.

  v1::ReportCopied& Copy(const View& view, const std::string& report) {
    const auto [found, is_new] = reports.try_emplace(report);
    if (is_new) {
      before[report] = view.Load<state::Report>(report);
      found->second = before[report].copy();
    }
    return found->second;
  }
  template <class State>
  v1::Event& Add(const View& view, const std::string& stream) {
    const auto [found, is_new] = versions.try_emplace(stream, 0);
    if (is_new) found->second = view.Load<State>(stream).version();
    Happened& happened = events.emplace_back();
    happened.stream = stream;
    happened.version = ++found->second;
    return happened.event;
  }
  void AddFollower(const common::v1::FollowerSeen& seen) {
    // How this service itself follows, it knows better than those it does not hear.
    if (seen.principal() != kSelf) {
      others.push_back(WantedOf(seen.principal(), from, seen.lagging()));
    }
  }
};

// What bears no id of its kind names no row of ours: that of another kind could not even be read.
void Service::Take(View& view, const intake::v1::Event& event, Heard& heard) const {
  const std::string report = ReportOf(event);
  if (base::IsId("rpt", report)) Apply(heard.Copy(view, report), event);
  if (base::IsId("hh", event.involvement_set().household())) {
    const std::string& household = event.involvement_set().household();
    *heard.Add<common::v1::CaseList>(view, household).mutable_involvement_set() =
        event.involvement_set();
  }
  if (event.has_glass_broken()) heard.others.push_back(WantedOf(event.glass_broken()));
  if (event.has_glass_reviewed()) heard.others.push_back(WantedOf(event.glass_reviewed()));
  if (event.has_follower_seen()) heard.AddFollower(event.follower_seen());
  if (event.has_report_accessed()) TakeRead(view, event.report_accessed(), heard);
}

void Service::TakeRead(View& view, const intake::v1::ReportAccessed& mark, Heard& heard) const {
  const AlarmRules* rules = Gather(view).rules;
  const bool ours = base::IsId("pro", mark.reader()) && base::IsId("hh", mark.household());
  if (rules == nullptr || !ours) return;
  const std::string stream = ReadingStream(mark.reader());
  const auto [known, is_new] = heard.readings.try_emplace(stream);
  if (is_new) known->second = view.Load<state::Reading>(stream).reading();
  const auto reading =
      Noted(*rules, known->second, view.Load<common::v1::CaseList>(mark.household()),
            {mark.reader(), heard.organisation, mark.household(), heard.happened_at});
  if (!reading) return;
  known->second = *reading;
  *heard.Add<state::Reading>(view, stream).mutable_households_read() = *reading;
  heard.events.back().keeper = heard.organisation;
  if (auto wanted = WantedOf(*rules, *reading)) heard.others.push_back(*std::move(wanted));
}

void Service::Take(View& view, const meeting::v1::Event& event, Heard& heard) const {
  const std::string report = ReportOf(event);
  if (base::IsId("rpt", report)) Apply(heard.Copy(view, report), event);
  const auto& professional = event.professional_registered().professional();
  if (base::IsId("pro", professional.id())) {
    v1::PersonCopied& copied =
        *heard.Add<state::Person>(view, professional.id()).mutable_person_copied();
    copied.set_id(professional.id());
    *copied.mutable_professional() = professional;
  }
  const std::string& id = event.shifts_set().professional();
  if (base::IsId("pro", id)) {
    v1::PersonCopied& copied = *heard.Add<state::Person>(view, id).mutable_person_copied();
    copied.set_id(id);
    copied.set_with_shifts(true);
    *copied.mutable_shifts() = event.shifts_set().shifts();
  }
  if (event.has_follower_seen()) heard.AddFollower(event.follower_seen());
}

KnownWatches Service::Known(const View& view, const std::vector<Wanted>& wanted,
                            const std::string& report) const {
  std::vector<std::string> ids = board_.OpenOf(report);
  for (const Wanted& one : wanted) {
    ids.push_back(WatchId(one.alarm.kind(), one.alarm.subject(), one.alarm.detail()));
  }
  KnownWatches known;
  for (const std::string& id : ids) {
    if (known.contains(id)) continue;
    auto watch = view.Find<state::Watch>(id);
    if (!watch) continue;
    KnownWatch& one = known[id];
    one.watch = *std::move(watch);
    const bool rings = !one.watch.ended() && !one.watch.raised().empty();
    if (rings) one.alarm = view.Load<state::AlarmState>(one.watch.raised());
  }
  return known;
}

void Service::SettleReports(const View& view, const Stamp& stamp, Heard& heard) const {
  const Facts facts = Gather(view);
  for (const auto& [report, copy] : heard.reports) {
    const state::Report& before = heard.before.at(report);
    if (copy.SerializeAsString() == before.copy().SerializeAsString()) continue;
    heard.versions.try_emplace(report, before.version());
    *heard.Add<state::Report>(view, report).mutable_report_copied() = copy;
    heard.events.back().urgent = copy.colour() == intake::v1::COLOUR_RED;
    heard.events.back().keeper = copy.organisation();
    const std::vector<Wanted> wanted = WantedOf(copy);
    for (Happened& happened :
         Reconcile(facts, Known(view, wanted, report), wanted, &copy, stamp, heard.happened_at)) {
      heard.events.push_back(std::move(happened));
    }
  }
}

std::optional<Decided> Service::Followed(View& view, const daemon::FollowedEntry& entry,
                                         base::Instant now) {
  Heard heard;
  heard.from = entry.from;
  heard.organisation = entry.entry->header.organisation();
  heard.happened_at = base::FromMs(entry.entry->header.received_at_ms());
  for (const auto& record : entry.entry->header.events()) {
    if (entry.from == "intake") {
      const decide::Parsed<intake::v1::Event> event(record.payload());
      if (!event.ok()) continue;
      ToOwnTime(*event, heard.happened_at - now);
      Take(view, *event, heard);
    } else {
      const decide::Parsed<meeting::v1::Event> event(record.payload());
      if (event.ok()) Take(view, *event, heard);
    }
  }
  Stamp stamp;
  stamp.received_at = now;
  SettleReports(view, stamp, heard);
  for (Happened& happened : Reconcile(Gather(view), Known(view, heard.others, ""), heard.others,
                                      nullptr, stamp, heard.happened_at)) {
    heard.events.push_back(std::move(happened));
  }
  if (heard.events.empty()) return std::nullopt;
  Accepted accepted;
  accepted.events = std::move(heard.events);
  Decided decided = daemon::DecidedFrom(Decision(std::move(accepted)));
  decided.response.clear();
  return decided;
}

// One that this service follows, or else one that follows it.
Decided Service::AnswerHeard(const View& view, const Stamp& stamp,
                             const v1::FollowHeard& request) const {
  const auto wishes = follows();
  const bool follows_it = std::any_of(
      wishes.begin(), wishes.end(),
      [&](const daemon::FollowWish& wish) { return wish.service == request.service(); });
  const std::vector<Wanted> wanted = {follows_it
                                          ? WantedOf(kSelf, request.service(), request.lagging())
                                          : WantedOf(request.service(), kHere, request.lagging())};
  Accepted accepted;
  accepted.events =
      Reconcile(Gather(view), Known(view, wanted, ""), wanted, nullptr, stamp, stamp.received_at);
  return daemon::DecidedFrom(Decision(std::move(accepted)));
}

void Service::AddHeard(const View& view, std::vector<daemon::InternalRequest>& due) const {
  for (const Hearing::Change& change : hearing_.ChangesFrom(board_.silent())) {
    v1::FollowHeard heard;
    heard.set_service(change.service);
    heard.set_lagging(change.lagging);
    heard.set_since_ms(base::ToMs(change.since));
    due.push_back(ToldOf(view, kSelf, change.service, heard));
  }
}

// Nobody else tells of those that follow this service: it does not follow itself.
void Service::AddFollowers(const View& view, std::vector<daemon::InternalRequest>& due) const {
  for (const auto& [follower, lagging] : board_.FollowersToTell()) {
    v1::FollowHeard heard;
    heard.set_service(follower);
    heard.set_lagging(lagging);
    due.push_back(ToldOf(view, follower, kHere, heard));
  }
}

Decided Service::AnswerClock(const View& view, const Stamp& stamp, bool wrong) const {
  const std::vector<Wanted> wanted = {WantedOfClock(wrong)};
  Accepted accepted;
  accepted.events =
      Reconcile(Gather(view), Known(view, wanted, ""), wanted, nullptr, stamp, stamp.received_at);
  return daemon::DecidedFrom(Decision(std::move(accepted)));
}

void Service::AddClock(const View& view, std::vector<daemon::InternalRequest>& due) const {
  const auto wrong = board_.ClockToTell();
  if (!wrong) return;
  v1::Request request;
  request.mutable_clock_heard()->set_wrong(*wrong);
  const std::string watch = WatchId(kind::kClockWrong, kSelf);
  const uint64_t version = view.Load<state::Watch>(watch).version();
  due.push_back(
      {tlog::Sha256({"clock", watch, store::BigEndian(version), *wrong ? "wrong" : "right"})
           .substr(0, 16),
       request.SerializeAsString()});
}

}  // namespace samenspel::escalation
