// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"

namespace samenspel::cli {
namespace {

using base::milliseconds;

struct Seen {
  std::string service;
  Heard heard;
  bool up() const { return heard.ok() && heard.reply.has_service_status(); }
};

std::vector<Seen> LookOnce(Session& session, milliseconds wait) {
  std::vector<Seen> all;
  for (const std::string_view service : kServices) {
    common::v1::Envelope envelope = session.NewEnvelope();
    envelope.mutable_status();
    all.push_back({std::string(service), session.Call(service, envelope, wait)});
  }
  return all;
}

// With --wait: looks again until all answer. Without: once, with the usual patience.
std::vector<Seen> Look(Context& context, Session& session) {
  constexpr milliseconds kPatience{250};
  constexpr milliseconds kPause{50};
  const milliseconds wait = std::chrono::seconds(context.options.wait_s);
  if (wait.count() == 0) return LookOnce(session, context.settings.timeout);
  const milliseconds end = context.world.clock.SinceBoot() + wait;
  for (;;) {
    std::vector<Seen> all = LookOnce(session, kPatience);
    if (std::ranges::all_of(all, &Seen::up)) return all;
    if (context.world.clock.SinceBoot() >= end) return all;
    context.printer.Progress(context.Say("waiting.status"));
    context.world.pause(kPause);
  }
}

std::string FollowsText(const Context& context, const common::v1::ServiceStatus& status) {
  std::string text;
  for (const common::v1::FollowStatus& follow : status.follows()) {
    const uint64_t behind = follow.head() > follow.applied() ? follow.head() - follow.applied() : 0;
    std::string state = behind == 0
                            ? context.Say("follow.level")
                            : context.Say("follow.behind", {{"count", std::to_string(behind)}});
    if (follow.heard_at_ms() == 0) state = context.Say("follow.unheard");
    if (follow.stopped()) state = context.Say("follow.stopped");
    text += (text.empty() ? "" : "; ") + Printable(follow.service()) + " " + state;
  }
  return text.empty() ? "-" : text;
}

std::vector<std::string> Row(const Context& context, const Session& session, const Seen& seen) {
  if (!seen.up()) {
    const bool refused = seen.heard.replied();
    return {seen.service, context.Say(refused ? "service_state.refused" : "service_state.away",
                                      {{"endpoint", session.EndpointOf(seen.service)}})};
  }
  const common::v1::ServiceStatus& status = seen.heard.reply.service_status();
  return {seen.service, context.Say("service_state.up"),
          context.printer.Time(status.started_at_ms()), std::to_string(status.head().sequence()),
          FollowsText(context, status)};
}

Json SeenJson(const Seen& seen) {
  Json object = {{"service", seen.service}, {"up", seen.up()}};
  if (!seen.up()) return object;
  const common::v1::ServiceStatus& status = seen.heard.reply.service_status();
  object["version"] = status.version();
  object["started_at"] = IsoTime(base::FromMs(status.started_at_ms()));
  object["epoch"] = status.head().epoch();
  object["entries"] = status.head().sequence();
  object["follows"] = Json::array();
  for (const common::v1::FollowStatus& follow : status.follows()) {
    object["follows"].push_back({{"service", follow.service()},
                                 {"applied", follow.applied()},
                                 {"head", follow.head()},
                                 {"stopped", follow.stopped()}});
  }
  object["counters"] = Json::object();
  for (const common::v1::Counter& counter : status.counters()) {
    object["counters"][counter.name()] = counter.value();
  }
  return object;
}

}  // namespace

ExitCode ShowStatus(Context& context) {
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  const std::vector<Seen> all = Look(context, **session);
  std::vector<std::vector<std::string>> rows;
  rows.push_back({context.Say("table.service"), context.Say("table.state"),
                  context.Say("table.since"), context.Say("table.entries"),
                  context.Say("table.follows")});
  Json services = Json::array();
  for (const Seen& seen : all) {
    rows.push_back(Row(context, **session, seen));
    services.push_back(SeenJson(seen));
  }
  const bool up = std::ranges::all_of(all, &Seen::up);
  const bool silent = context.printer.quiet() && up;
  context.printer.Result(silent ? "" : Table(rows), {{"up", up}, {"services", services}});
  return up ? kExitOk : kExitUnavailable;
}

}  // namespace samenspel::cli
