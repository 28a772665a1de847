// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_alarm.h"

namespace samenspel::cli {
namespace {

using escalation::v1::Alarm;
using escalation::v1::Asked;

Json AskedJson(const Asked& asked) {
  return {{"person", asked.person()},
          {"name", asked.name()},
          {"as", asked.as()},
          {"since", TimeJson(asked.since_ms())},
          {"acknowledged_at", TimeJson(asked.acknowledged_at_ms())},
          {"step", asked.step()}};
}

}  // namespace

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

Json AlarmsJson(const Alarms& alarms) {
  Json list = Json::array();
  for (const Alarm& alarm : alarms) list.push_back(AlarmJson(alarm));
  return list;
}

}  // namespace samenspel::cli
