// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/service_look.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"

namespace samenspel::cli {
namespace {

bool IsWrong(const Seen& seen) { return seen.up() && seen.status().clock_off_ms() != 0; }

std::string OffText(const Context& context, const common::v1::ServiceStatus& status) {
  if (status.clock_off_ms() == 0) return context.Say("clock.believed");
  return context.Say(status.clock_off_ms() > 0 ? "clock.ahead" : "clock.behind",
                     {{"span", ClockSpanText(context, status)}});
}

// The wall clock as the service sees it: while it is believed, own time within a minute.
std::vector<std::string> Row(const Context& context, const Seen& seen) {
  if (!seen.up()) return {seen.service, "?", "?", context.Say("service_state.silent")};
  const common::v1::ServiceStatus& status = seen.status();
  // A service of before 0.3 does not say.
  if (status.now_ms() == 0) return {seen.service, "-", "-", "-"};
  return {seen.service, IsoTime(base::FromMs(status.now_ms())),
          IsoTime(base::FromMs(status.now_ms() + status.clock_off_ms())), OffText(context, status)};
}

Json ClockJson(const Seen& seen) {
  Json object = {{"service", seen.service}, {"up", seen.up()}};
  if (!seen.up() || seen.status().now_ms() == 0) return object;
  const common::v1::ServiceStatus& status = seen.status();
  object["own"] = IsoTime(base::FromMs(status.now_ms()));
  object["wall"] = IsoTime(base::FromMs(status.now_ms() + status.clock_off_ms()));
  object["off_ms"] = status.clock_off_ms();
  object["believed"] = status.clock_off_ms() == 0;
  return object;
}

// What the operator should know before they choose.
std::string AdviceText(const Context& context) { return "\n" + context.Say("clock.advice") + "\n"; }

struct Settled {
  ExitCode exit = kExitOk;
  std::string text;
  std::string outcome;
};

Settled Refused(const Context& context, const Heard& heard) {
  if (!heard.replied()) {
    const bool sent = heard.how == Heard::How::kNoAnswer;
    return {sent ? kExitNoAnswer : kExitUnavailable,
            context.Say(sent ? "clock.no_answer" : "clock.away"), sent ? "no_answer" : "away"};
  }
  std::string why;
  for (const common::v1::Reason& reason : heard.reply.reasons()) {
    why += (why.empty() ? "" : "; ") + context.printer.texts().Word("reason", reason.code());
  }
  return {ExitOf(heard.reply.status()), why, "refused"};
}

Settled Accept(const Context& context, Session& session, const Seen& seen) {
  if (!seen.up()) return Refused(context, seen.heard);
  const common::v1::ServiceStatus& status = seen.status();
  if (status.clock_off_ms() == 0) return {kExitOk, context.Say("clock.nothing"), "believed"};
  common::v1::Envelope envelope = session.NewEnvelope();
  envelope.mutable_accept_clock()->set_off_ms(status.clock_off_ms());
  const Heard heard = session.Call(seen.service, envelope);
  if (!heard.ok()) return Refused(context, heard);
  const bool forward = status.clock_off_ms() > 0;
  return {kExitOk,
          context.Say(forward ? "clock.went_forward" : "clock.went_back",
                      {{"span", ClockSpanText(context, status)}}),
          "accepted"};
}

}  // namespace

ExitCode Clock(Context& context) {
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  const std::vector<Seen> all = LookOnce(**session, context.settings.timeout);
  std::vector<std::vector<std::string>> rows;
  rows.push_back({context.Say("table.service"), context.Say("table.own_time"),
                  context.Say("table.wall_clock"), context.Say("table.difference")});
  Json services = Json::array();
  for (const Seen& seen : all) {
    rows.push_back(Row(context, seen));
    services.push_back(ClockJson(seen));
  }
  const bool wrong = std::ranges::any_of(all, IsWrong);
  context.printer.Result(context.printer.Table(rows) + (wrong ? AdviceText(context) : ""),
                         {{"believed", !wrong}, {"services", services}});
  if (wrong) return kExitRefused;
  return AllUp(all) ? kExitOk : kExitUnavailable;
}

ExitCode ClockAccept(Context& context) {
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  const std::string& only = context.options.operate.service;
  std::string text;
  Json services = Json::array();
  ExitCode exit = kExitOk;
  for (const Seen& seen : LookOnce(**session, context.settings.timeout)) {
    if (!only.empty() && seen.service != only) continue;
    const Settled settled = Accept(context, **session, seen);
    text += seen.service + ": " + settled.text + "\n";
    services.push_back({{"service", seen.service}, {"outcome", settled.outcome}});
    if (settled.exit != kExitOk) exit = settled.exit;
  }
  context.printer.Result(text, {{"services", services}});
  return exit;
}

}  // namespace samenspel::cli
