// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <map>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/service_look.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using base::milliseconds;

constexpr milliseconds kPatience{500};

// All services at one moment.
struct Look {
  std::vector<Seen> services;
  milliseconds at{0};
};

Look LookNow(Context& context, Session& session) {
  Look look;
  look.services = LookOnce(session, kPatience);
  look.at = context.world.clock.SinceBoot();
  return look;
}

// Entries a second since the look before; "-" when there is none, or it started anew.
std::string RateText(const Seen& seen, const Look& now, const Look& before) {
  for (const Seen& then : before.services) {
    if (then.service != seen.service || !then.up() || now.at <= before.at) continue;
    if (then.status().started_at_ms() != seen.status().started_at_ms()) continue;
    const uint64_t entries = seen.status().head().sequence() - then.status().head().sequence();
    const double seconds = static_cast<double>((now.at - before.at).count()) / 1000;
    return fmt::format("{:.1f}", static_cast<double>(entries) / seconds);
  }
  return "-";
}

std::vector<std::string> Row(const Context& context, const Session& session, const Seen& seen,
                             const Look& now, const Look& before) {
  const std::string state = StateText(context, session, seen);
  if (!seen.up()) return {seen.service, state};
  const Texts& texts = context.printer.texts();
  const common::v1::ServiceStatus& status = seen.status();
  return {
      seen.service,
      state,
      UptimeText(context, status),
      std::to_string(status.head().sequence()),
      RateText(seen, now, before),
      std::to_string(LagOf(status)),
      WaitingText(texts, CounterOf(status, "queue_unclaimed"),
                  CounterOf(status, "queue_oldest_unclaimed_s")),
      WaitingText(texts, CounterOf(status, "alarms_open"), CounterOf(status, "alarms_oldest_s")),
      std::to_string(CounterOf(status, "requests_turned_away"))};
}

std::string AlarmText(const Context& context, const Look& look) {
  for (const Seen& seen : look.services) {
    if (!seen.up()) continue;
    const uint64_t open = CounterOf(seen.status(), "alarms_open");
    if (open == 0) continue;
    const std::string count =
        WaitingText(context.printer.texts(), open, CounterOf(seen.status(), "alarms_oldest_s"));
    return "■ " + context.Say("top.alarms", {{"count", count}}) + "\n";
  }
  return "● " + context.Say("top.no_alarms") + "\n";
}

std::string Frame(const Context& context, const Session& session, const Look& now,
                  const Look& before) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back(
      {context.Say("table.service"), context.Say("table.state"), context.Say("table.uptime"),
       context.Say("table.entries"), context.Say("table.rate"), context.Say("table.behind"),
       context.Say("table.unclaimed"), context.Say("table.alarms"), context.Say("table.refused")});
  for (const Seen& seen : now.services) rows.push_back(Row(context, session, seen, now, before));
  const std::string time = context.printer.Time(base::ToMs(context.world.clock.Wall()));
  return "samenspel top  " + time + "\n" + Table(rows) + AlarmText(context, now);
}

Json LookJson(const Look& look) {
  Json services = Json::array();
  for (const Seen& seen : look.services) {
    Json one = {{"service", seen.service}, {"up", seen.up()}};
    if (seen.up()) {
      one["entries"] = seen.status().head().sequence();
      one["behind"] = LagOf(seen.status());
      one["alarms_open"] = CounterOf(seen.status(), "alarms_open");
      one["queue_unclaimed"] = CounterOf(seen.status(), "queue_unclaimed");
      one["refused"] = CounterOf(seen.status(), "requests_turned_away");
    }
    services.push_back(std::move(one));
  }
  return {{"up", AllUp(look.services)}, {"services", services}};
}

ExitCode Refresh(Context& context, Session& session, Screen& screen) {
  const milliseconds interval = std::chrono::seconds(context.options.operate.interval_s);
  const std::string how =
      context.Say("top.how", {{"seconds", std::to_string(context.options.operate.interval_s)}});
  Look before;
  for (;;) {
    Look now = LookNow(context, session);
    screen.Show(Frame(context, session, now, before) + "\n" + how);
    before = std::move(now);
    if (screen.LeaveAsked(interval)) return kExitOk;
  }
}

}  // namespace

ExitCode Top(Context& context) {
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  const World& world = context.world;
  const bool screen_fits = world.out_is_terminal && world.in_is_terminal && world.open_screen;
  if (screen_fits && !context.options.operate.once && !context.printer.json()) {
    const auto screen = world.open_screen();
    if (screen != nullptr) return Refresh(context, **session, *screen);
  }
  const Look look = LookNow(context, **session);
  context.printer.Result(Frame(context, **session, look, {}), LookJson(look));
  return AllUp(look.services) ? kExitOk : kExitUnavailable;
}

}  // namespace samenspel::cli
