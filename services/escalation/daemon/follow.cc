// SPDX-License-Identifier: EUPL-1.2
// What entries of intake and meeting lead to.
#include <google/protobuf/util/message_differencer.h>

#include "common/daemon/decided.h"
#include "services/escalation/daemon/service.h"
#include "services/escalation/domain/heard.h"

namespace samenspel::escalation {

using daemon::Decided;
using daemon::View;

struct Service::Heard {
  std::string from;
  base::Instant happened_at;
  std::map<std::string, state::Report> before;
  std::map<std::string, v1::ReportCopied> reports;  // As they are after the entry.
  std::vector<Wanted> others;                       // About no report.
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

void Service::Take(View& view, const intake::v1::Event& event, Heard& heard) const {
  const std::string report = ReportOf(event);
  if (!report.empty()) Apply(heard.Copy(view, report), event);
  if (event.has_involvement_set()) {
    const std::string& household = event.involvement_set().household();
    *heard.Add<common::v1::CaseList>(view, household).mutable_involvement_set() =
        event.involvement_set();
  }
  if (event.has_glass_broken()) heard.others.push_back(WantedOf(event.glass_broken()));
  if (event.has_glass_reviewed()) heard.others.push_back(WantedOf(event.glass_reviewed()));
  if (event.has_follower_seen()) heard.AddFollower(event.follower_seen());
}

void Service::Take(View& view, const meeting::v1::Event& event, Heard& heard) const {
  const std::string report = ReportOf(event);
  if (!report.empty()) Apply(heard.Copy(view, report), event);
  if (event.has_professional_registered()) {
    const auto& professional = event.professional_registered().professional();
    v1::PersonCopied& copied =
        *heard.Add<state::Person>(view, professional.id()).mutable_person_copied();
    copied.set_id(professional.id());
    *copied.mutable_professional() = professional;
  }
  if (event.has_shifts_set()) {
    const std::string& id = event.shifts_set().professional();
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
    if (known.contains(id) || !view.Exists(id)) continue;
    KnownWatch& one = known[id];
    one.watch = view.Load<state::Watch>(id);
    const bool rings = !one.watch.ended() && !one.watch.raised().empty();
    if (rings) one.alarm = view.Load<state::AlarmState>(one.watch.raised());
  }
  return known;
}

void Service::SettleReports(const View& view, const Stamp& stamp, Heard& heard) const {
  using google::protobuf::util::MessageDifferencer;
  for (const auto& [report, copy] : heard.reports) {
    if (MessageDifferencer::Equals(copy, heard.before[report].copy())) continue;
    *heard.Add<state::Report>(view, report).mutable_report_copied() = copy;
    heard.events.back().urgent = copy.colour() == intake::v1::COLOUR_RED;
    heard.events.back().keeper = copy.organisation();
    const std::vector<Wanted> wanted = WantedOf(copy);
    for (Happened& happened :
         Reconcile(Known(view, wanted, report), wanted, &copy, stamp, heard.happened_at)) {
      heard.events.push_back(std::move(happened));
    }
  }
}

std::optional<Decided> Service::Followed(View& view, const daemon::FollowedEntry& entry,
                                         base::Instant now) {
  Heard heard;
  heard.from = entry.from;
  heard.happened_at = base::FromMs(entry.entry->header.received_at_ms());
  for (const auto& record : entry.entry->header.events()) {
    if (entry.from == "intake") {
      intake::v1::Event event;
      if (event.ParseFromString(record.payload())) Take(view, event, heard);
    } else {
      meeting::v1::Event event;
      if (event.ParseFromString(record.payload())) Take(view, event, heard);
    }
  }
  Stamp stamp;
  stamp.received_at = now;
  SettleReports(view, stamp, heard);
  for (Happened& happened :
       Reconcile(Known(view, heard.others, ""), heard.others, nullptr, stamp, heard.happened_at)) {
    heard.events.push_back(std::move(happened));
  }
  if (heard.events.empty()) return std::nullopt;
  Accepted accepted;
  accepted.events = std::move(heard.events);
  Decided decided = daemon::DecidedFrom(Decision(std::move(accepted)));
  decided.response.clear();
  return decided;
}

}  // namespace samenspel::escalation
