// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/case_name.h"
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/list_options.h"
#include "clients/samenspel/show_alarm.h"
#include "common/base/ids.h"

namespace samenspel::cli {
namespace {

using escalation::v1::Alarm;
using escalation::v1::AlarmsListed;
using escalation::v1::ListAlarms;
using escalation::v1::Response;

bool Ask(Exchange& exchange, const ListAlarms& asked, AlarmsListed& listed) {
  escalation::v1::Request request;
  *request.mutable_list_alarms() = asked;
  Response response;
  if (!exchange.Ask("escalation", request, response, Response::kAlarmsListed)) return false;
  listed = response.alarms_listed();
  return true;
}

// That none of what was asked for is there; and, asked more broadly, how many others ring.
bool NoneText(const Context& context, Exchange& exchange, std::string& text) {
  const ListOptions& list = context.options.list;
  if (context.printer.json()) return true;
  const bool narrowed = !list.kind.empty() || list.mine;
  if (list.all || !narrowed) {
    text = context.Say(list.all && !narrowed ? "list.none_rang"
                       : list.all            ? "list.none_rang_so"
                                             : "list.no_alarms") +
           "\n";
    return true;
  }
  AlarmsListed others;
  if (!Ask(exchange, {}, others)) return false;
  const std::string count =
      std::to_string(others.alarms_size()) + (others.next().empty() ? "" : "+");
  text = context.Say(list.kind.empty() ? "list.none_for_you" : "list.none_of_kind",
                     {{"count", count}}) +
         "\n";
  if (others.alarms().empty()) text = context.Say("list.no_alarms") + "\n";
  return true;
}

// Every alarm that rings about a case.
bool FetchOfCase(Exchange& exchange, const std::string& number, Alarms& found) {
  ListAlarms asked;
  for (;;) {
    AlarmsListed listed;
    if (!Ask(exchange, asked, listed)) return false;
    for (const Alarm& alarm : listed.alarms()) {
      if (alarm.case_number() == number) *found.Add() = alarm;
    }
    // A page that does not move on would never end.
    if (listed.next().empty() || listed.next() == asked.page().after()) return true;
    asked.mutable_page()->set_after(listed.next());
  }
}

ExitCode NoneOf(const Context& context, std::string_view key, const std::string& number) {
  return context.printer.Fail(kExitNotFound, "not_found", context.Say(key, {{"id", number}}));
}

// A case number of the telephone (P.04): all alarms about it.
ExitCode ShowOfCase(Context& context, Exchange& exchange, const std::string& number) {
  Alarms found;
  if (!FetchOfCase(exchange, number, found)) return exchange.exit();
  if (found.empty()) return NoneOf(context, "alarm.none_of_case", number);
  std::string text;
  for (const Alarm& alarm : found) text += (text.empty() ? "" : "\n") + AlarmText(context, alarm);
  context.printer.Result(text, {{"alarms", AlarmsJson(found)}});
  return kExitOk;
}

bool Acknowledge(Exchange& exchange, const std::string& id, Alarm& alarm) {
  escalation::v1::Request request;
  request.mutable_acknowledge_alarm()->set_alarm(id);
  Response response;
  if (!exchange.Change("escalation", request, response, Response::kAlarmAcknowledged, id)) {
    return false;
  }
  alarm = response.alarm_acknowledged().alarm();
  return true;
}

// Each that asks the user, so that no other of the same case goes on ringing for them.
ExitCode AckOfCase(Context& context, Exchange& exchange, const std::string& number) {
  Alarms found;
  if (!FetchOfCase(exchange, number, found)) return exchange.exit();
  Alarms done;
  for (const Alarm& alarm : found) {
    if (!AsksMe(context, alarm)) continue;
    if (!Acknowledge(exchange, alarm.alarm(), *done.Add())) return exchange.exit();
  }
  if (done.empty()) return NoneOf(context, "alarm.none_asks_you", number);
  std::string text = context.Say("alarm.acknowledged") + "\n";
  for (const Alarm& alarm : done) text += "\n" + AlarmText(context, alarm);
  context.printer.Result(text, {{"alarms", AlarmsJson(done)}});
  return kExitOk;
}

}  // namespace

ExitCode AlarmList(Context& context) {
  const ListOptions& list = context.options.list;
  ListAlarms asked;
  if (!FillPage(context, *asked.mutable_page())) return kExitInvalid;
  asked.set_with_ended(list.all);
  asked.set_asked_me(list.mine);
  asked.set_kind(list.kind);
  Exchange exchange(context);
  AlarmsListed listed;
  if (!Ask(exchange, asked, listed)) return exchange.exit();
  std::string text = AlarmsText(context, listed.alarms());
  if (text.empty() && !NoneText(context, exchange, text)) return exchange.exit();
  context.printer.Result(
      text + MoreText(context, "alarm list", listed.alarms_size(), listed.total(), listed.next()),
      PageJson("alarms", AlarmsJson(listed.alarms()), listed.next(), listed.total()));
  return kExitOk;
}

ExitCode AlarmShow(Context& context) {
  const std::string& target = context.options.target;
  if (!NamesCase(context, target, {"alm"})) return kExitInvalid;
  Exchange exchange(context);
  if (const auto number = base::ParseCaseNumber(target)) {
    return ShowOfCase(context, exchange, *number);
  }
  escalation::v1::Request request;
  request.mutable_show_alarm()->set_alarm(target);
  Response response;
  if (!exchange.Ask("escalation", request, response, Response::kAlarmShown)) {
    return exchange.exit();
  }
  const Alarm& alarm = response.alarm_shown().alarm();
  Json object = AlarmJson(alarm);
  object["version"] = response.alarm_shown().version();
  context.printer.Result(AlarmText(context, alarm), object);
  return kExitOk;
}

ExitCode AlarmAck(Context& context) {
  const std::string& target = context.options.target;
  if (!NamesCase(context, target, {"alm"})) return kExitInvalid;
  Exchange exchange(context);
  if (const auto number = base::ParseCaseNumber(target)) {
    return AckOfCase(context, exchange, *number);
  }
  Alarm alarm;
  if (!Acknowledge(exchange, target, alarm)) return exchange.exit();
  context.printer.Result(context.Say("alarm.acknowledged") + "\n" + AlarmText(context, alarm),
                         AlarmJson(alarm));
  return kExitOk;
}

}  // namespace samenspel::cli
