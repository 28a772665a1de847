// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/service_look.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"

namespace samenspel::cli {
namespace {

using base::milliseconds;

// With --wait: looks again until all answer. Without: once, with the usual patience.
std::vector<Seen> Look(Context& context, Session& session) {
  constexpr milliseconds kPatience{250};
  constexpr milliseconds kPause{50};
  const milliseconds wait = std::chrono::seconds(context.options.wait_s);
  if (wait.count() == 0) return LookOnce(session, context.settings.timeout);
  const milliseconds end = context.world.clock.SinceBoot() + wait;
  for (;;) {
    std::vector<Seen> all = LookOnce(session, kPatience);
    if (AllUp(all) || context.world.clock.SinceBoot() >= end) return all;
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

// What asks for attention: what waits, what rings, who lags, what was refused.
std::string AttentionText(const Context& context, const common::v1::ServiceStatus& status) {
  const Texts& texts = context.printer.texts();
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  const auto waiting = [&](const char* key, const char* count, const char* oldest) {
    const uint64_t number = CounterOf(status, count);
    if (number == 0) return;
    add(context.Say(key, {{"count", WaitingText(texts, number, CounterOf(status, oldest))}}));
  };
  if (status.clock_off_ms() != 0) {
    add(context.Say("status.clock", {{"span", ClockSpanText(context, status)}}));
  }
  if (CounterOf(status, "registry_refused") != 0) add(context.Say("status.registry_refused"));
  if (CounterOf(status, "disk_low") != 0) add(context.Say("status.disk_low"));
  waiting("status.alarms", "alarms_open", "alarms_oldest_s");
  waiting("status.unclaimed", "queue_unclaimed", "queue_oldest_unclaimed_s");
  for (const common::v1::FollowerStatus& follower : status.followers()) {
    if (!follower.lagging()) continue;
    add(context.Say("status.lagging", {{"who", Printable(follower.principal())}}));
  }
  const uint64_t refused = CounterOf(status, "requests_turned_away");
  if (refused > 0) add(context.Say("status.turned_away", {{"count", std::to_string(refused)}}));
  return text.empty() ? "-" : text;
}

std::vector<std::string> Row(const Context& context, const Seen& seen) {
  const bool refused = seen.heard.replied();
  const std::string state = seen.up() ? context.Say("service_state.up")
                            : refused ? context.Say("service_state.turned")
                                      : context.Say("service_state.silent");
  if (!seen.up()) return {seen.service, state};
  const common::v1::ServiceStatus& status = seen.status();
  return {seen.service,
          state,
          Printable(status.version().empty() ? "-" : status.version()),
          UptimeText(context, status),
          std::to_string(status.head().sequence()),
          FollowsText(context, status),
          AttentionText(context, status)};
}

Json SeenJson(const Seen& seen) {
  Json object = {{"service", seen.service}, {"up", seen.up()}};
  if (!seen.up()) return object;
  const common::v1::ServiceStatus& status = seen.status();
  object["version"] = status.version();
  object["started_at"] = IsoTime(base::FromMs(status.started_at_ms()));
  object["epoch"] = status.head().epoch();
  object["entries"] = status.head().sequence();
  object["clock_off_ms"] = status.clock_off_ms();
  object["follows"] = Json::array();
  for (const common::v1::FollowStatus& follow : status.follows()) {
    object["follows"].push_back({{"service", follow.service()},
                                 {"applied", follow.applied()},
                                 {"head", follow.head()},
                                 {"stopped", follow.stopped()}});
  }
  object["followers"] = Json::array();
  for (const common::v1::FollowerStatus& follower : status.followers()) {
    object["followers"].push_back({{"principal", follower.principal()},
                                   {"sent", follower.sent()},
                                   {"lagging", follower.lagging()}});
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
                  context.Say("table.version"), context.Say("table.uptime"),
                  context.Say("table.entries"), context.Say("table.follows"),
                  context.Say("table.attention")});
  Json services = Json::array();
  std::string away;
  for (const Seen& seen : all) {
    rows.push_back(Row(context, seen));
    services.push_back(SeenJson(seen));
    // Below the table, where the address has room.
    if (!seen.up()) away += seen.service + ": " + StateText(context, **session, seen) + "\n";
  }
  const bool up = AllUp(all);
  const bool silent = context.printer.quiet() && up;
  context.printer.Result(silent ? "" : context.printer.Table(rows) + away,
                         {{"up", up}, {"services", services}});
  return up ? kExitOk : kExitUnavailable;
}

}  // namespace samenspel::cli
