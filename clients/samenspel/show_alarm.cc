// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/show_alarm.h"

#include <algorithm>

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using escalation::v1::Alarm;
using escalation::v1::Asked;

std::string AskedText(const Context& context, const Asked& asked) {
  const Texts& texts = context.printer.texts();
  const bool me = asked.person() == context.settings.principal;
  std::string text = PersonText(context, asked.person());
  if (!me && !asked.name().empty()) text = Printable(asked.name());
  text += " (" + Printable(texts.Word("asked_as", asked.as())) + "), ";
  if (asked.acknowledged_at_ms() == 0) {
    return text +
           context.Say("alarm.asked_since", {{"time", context.printer.Time(asked.since_ms())}});
  }
  return text +
         context.Say("alarm.seen", {{"time", context.printer.Time(asked.acknowledged_at_ms())}});
}

bool WaitsForMe(const Context& context, const Alarm& alarm) {
  return alarm.ended_at_ms() == 0 && std::ranges::any_of(alarm.asked(), [&](const Asked& asked) {
           return asked.person() == context.settings.principal && asked.acknowledged_at_ms() == 0;
         });
}

std::string EndText(const Context& context, const Alarm& alarm) {
  if (alarm.ended_at_ms() == 0) return {};
  return context.printer.Time(alarm.ended_at_ms()) + ", " +
         context.printer.texts().Word("ended", alarm.ended_by());
}

std::string NextText(const Context& context, const Alarm& alarm) {
  if (alarm.ended_at_ms() != 0) return {};
  if (alarm.next_at_ms() == 0) return context.Say("alarm.last");
  return DueText(context, alarm.next_at_ms());
}

Json AskedJson(const Asked& asked) {
  return {{"person", asked.person()},
          {"name", asked.name()},
          {"as", asked.as()},
          {"since", TimeJson(asked.since_ms())},
          {"acknowledged_at", TimeJson(asked.acknowledged_at_ms())},
          {"step", asked.step()}};
}

}  // namespace

std::string AlarmText(const Context& context, const Alarm& alarm) {
  const Printer& printer = context.printer;
  const Texts& texts = printer.texts();
  std::string text = Line(printer, "label.alarm", printer.Strong(Printable(alarm.alarm())));
  text += Lines(printer, {{"label.what", TextIn(texts, alarm.text_nl(), alarm.text_en(),
                                                texts.Word("alarm_kind", alarm.kind()))},
                          {"label.about", texts.Word("function", alarm.detail())}});
  if (!alarm.case_number().empty()) {
    text += Line(
        printer, "label.case",
        printer.Strong(Printable(alarm.case_number())) + "  " + printer.Colour(alarm.colour()));
  }
  text += Lines(printer, {{"label.due", DueText(context, alarm.due_at_ms())},
                          {"label.rings_since", printer.Time(alarm.raised_at_ms())}});
  bool first = true;
  for (const Asked& asked : alarm.asked()) {
    const std::string line = AskedText(context, asked);
    text += first ? Lines(printer, {{"label.asked", line}}) : Under(line);
    first = false;
  }
  text += Lines(printer, {{"label.next_in_line", NextText(context, alarm)},
                          {"label.ended", EndText(context, alarm)}});
  if (!WaitsForMe(context, alarm)) return text;
  return text + context.Say("alarm.ack_it", {{"id", Printable(alarm.alarm())}}) + "\n";
}

Json AlarmJson(const Alarm& alarm) {
  Json asked = Json::array();
  for (const Asked& one : alarm.asked()) asked.push_back(AskedJson(one));
  return {{"alarm", alarm.alarm()},
          {"kind", alarm.kind()},
          {"subject", alarm.subject()},
          {"report", alarm.report()},
          {"case_number", alarm.case_number()},
          {"colour", ColourCode(alarm.colour())},
          {"detail", alarm.detail()},
          {"text_nl", alarm.text_nl()},
          {"text_en", alarm.text_en()},
          {"due_at", TimeJson(alarm.due_at_ms())},
          {"raised_at", TimeJson(alarm.raised_at_ms())},
          {"asked", asked},
          {"step", alarm.step()},
          {"next_at", TimeJson(alarm.next_at_ms())},
          {"ended_at", TimeJson(alarm.ended_at_ms())},
          {"ended_by", alarm.ended_by()},
          {"times", alarm.times()}};
}

std::string AlarmsText(const Context& context,
                       const google::protobuf::RepeatedPtrField<Alarm>& alarms) {
  std::string text;
  for (const Alarm& alarm : alarms) text += (text.empty() ? "" : "\n") + AlarmText(context, alarm);
  return text;
}

Json AlarmsJson(const google::protobuf::RepeatedPtrField<Alarm>& alarms) {
  Json list = Json::array();
  for (const Alarm& alarm : alarms) list.push_back(AlarmJson(alarm));
  return list;
}

}  // namespace samenspel::cli
