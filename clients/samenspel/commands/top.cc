// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>

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

// In a word: where a service should be, `samenspel status` says.
std::string ShortState(const Context& context, const Seen& seen) {
  if (seen.up()) return context.Say("service_state.up");
  return context.Say(seen.heard.replied() ? "top.refuses" : "top.away");
}

constexpr size_t kUptime = 2;
constexpr size_t kEntries = 3;
constexpr size_t kRate = 4;
constexpr size_t kColumnCount = 9;

// Of a service that does not answer nothing is known: that is not the same as none.
std::vector<std::string> Row(const Context& context, const Seen& seen, const Look& now,
                             const Look& before) {
  std::vector<std::string> row{seen.service, ShortState(context, seen)};
  row.resize(kColumnCount, "?");
  if (!seen.up()) return row;
  const Texts& texts = context.printer.texts();
  const common::v1::ServiceStatus& status = seen.status();
  return {
      seen.service,
      row[1],
      UptimeText(context, status),
      std::to_string(status.head().sequence()),
      RateText(seen, now, before),
      std::to_string(LagOf(status)),
      WaitingText(texts, CounterOf(status, "queue_unclaimed"),
                  CounterOf(status, "queue_oldest_unclaimed_s")),
      WaitingText(texts, CounterOf(status, "alarms_open"), CounterOf(status, "alarms_oldest_s")),
      std::to_string(CounterOf(status, "requests_turned_away"))};
}

// Whoever is away, and what is not known for that reason; each on a line of its own.
std::string AwayText(const Context& context, const Look& look) {
  std::string text;
  for (const Seen& seen : look.services) {
    if (seen.up()) continue;
    const std::string_view unknown = seen.service == "escalation" ? "top.alarms_unknown"
                                     : seen.service == "intake"   ? "top.queue_unknown"
                                                                  : "top.unknown";
    text += "■ " + context.Say(unknown, {{"service", seen.service}}) + "\n";
  }
  return text;
}

std::string ClockText(const Context& context, const Look& look) {
  std::string text;
  for (const Seen& seen : look.services) {
    if (!seen.up() || seen.status().clock_off_ms() == 0) continue;
    text += "■ " +
            context.Say("top.clock", {{"service", seen.service},
                                      {"span", ClockSpanText(context, seen.status())}}) +
            "\n";
  }
  return text;
}

std::string AlarmText(const Context& context, const Look& look) {
  const auto escalation = std::ranges::find(look.services, "escalation", &Seen::service);
  if (escalation == look.services.end()) {
    return "■ " + context.Say("top.no_escalation") + "\n";
  }
  if (!escalation->up()) return {};  // AwayText says so.
  const uint64_t open = CounterOf(escalation->status(), "alarms_open");
  if (open == 0) return "● " + context.Say("top.no_alarms") + "\n";
  const std::string count = WaitingText(context.printer.texts(), open,
                                        CounterOf(escalation->status(), "alarms_oldest_s"));
  return "■ " + context.Say("top.alarms", {{"count", count}}) + "\n";
}

// What matters least goes first when the terminal is narrow; alarms and refusals stay.
std::string Fitting(std::vector<std::vector<std::string>> rows, size_t columns) {
  for (const size_t column : {kRate, kEntries, kUptime}) {
    if (columns == 0 || WidestLine(Table(rows)) <= columns) break;
    for (auto& row : rows) row.erase(row.begin() + static_cast<std::ptrdiff_t>(column));
  }
  return Table(rows);
}

std::string Frame(const Context& context, const Look& now, const Look& before) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back(
      {context.Say("table.service"), context.Say("table.state"), context.Say("table.uptime"),
       context.Say("table.entries"), context.Say("table.rate"), context.Say("table.behind"),
       context.Say("table.unclaimed"), context.Say("table.alarms"), context.Say("table.refused")});
  for (const Seen& seen : now.services) rows.push_back(Row(context, seen, now, before));
  const std::string time = context.printer.Time(base::ToMs(context.world.clock.Wall()));
  return "samenspel top  " + time + "\n" + Fitting(std::move(rows), context.world.columns) +
         AwayText(context, now) + ClockText(context, now) + AlarmText(context, now);
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
      one["clock_off_ms"] = seen.status().clock_off_ms();
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
    screen.Show(Frame(context, now, before) + "\n" + how);
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
  context.printer.Result(Frame(context, look, {}), LookJson(look));
  return AllUp(look.services) ? kExitOk : kExitUnavailable;
}

}  // namespace samenspel::cli
