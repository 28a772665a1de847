// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/list_options.h"
#include "clients/samenspel/show_alarm.h"

namespace samenspel::cli {

ExitCode AlarmList(Context& context) {
  const ListOptions& list = context.options.list;
  escalation::v1::Request request;
  escalation::v1::ListAlarms& asked = *request.mutable_list_alarms();
  if (!FillPage(context, *asked.mutable_page())) return kExitInvalid;
  asked.set_with_ended(list.all);
  asked.set_asked_me(list.mine);
  asked.set_kind(list.kind);
  Exchange exchange(context);
  escalation::v1::Response response;
  if (!exchange.Ask("escalation", request, response, escalation::v1::Response::kAlarmsListed)) {
    return exchange.exit();
  }
  const escalation::v1::AlarmsListed& listed = response.alarms_listed();
  const std::string text = listed.alarms().empty() ? context.Say("list.no_alarms") + "\n"
                                                   : AlarmsText(context, listed.alarms());
  context.printer.Result(
      text + MoreText(context, "alarm list", listed.alarms_size(), listed.total(), listed.next()),
      PageJson("alarms", AlarmsJson(listed.alarms()), listed.next(), listed.total()));
  return kExitOk;
}

ExitCode AlarmShow(Context& context) {
  Exchange exchange(context);
  escalation::v1::Request request;
  request.mutable_show_alarm()->set_alarm(context.options.target);
  escalation::v1::Response response;
  if (!exchange.Ask("escalation", request, response, escalation::v1::Response::kAlarmShown)) {
    return exchange.exit();
  }
  const escalation::v1::Alarm& alarm = response.alarm_shown().alarm();
  Json object = AlarmJson(alarm);
  object["version"] = response.alarm_shown().version();
  context.printer.Result(AlarmText(context, alarm), object);
  return kExitOk;
}

ExitCode AlarmAck(Context& context) {
  Exchange exchange(context);
  escalation::v1::Request request;
  request.mutable_acknowledge_alarm()->set_alarm(context.options.target);
  escalation::v1::Response response;
  if (!exchange.Change("escalation", request, response,
                       escalation::v1::Response::kAlarmAcknowledged, context.options.target)) {
    return exchange.exit();
  }
  const escalation::v1::Alarm& alarm = response.alarm_acknowledged().alarm();
  context.printer.Result(context.Say("alarm.acknowledged") + "\n" + AlarmText(context, alarm),
                         AlarmJson(alarm));
  return kExitOk;
}

}  // namespace samenspel::cli
