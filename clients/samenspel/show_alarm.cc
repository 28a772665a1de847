// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/show_alarm.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using escalation::v1::Alarm;
using escalation::v1::Asked;

std::string NameOf(const Context& context, const Asked& asked) {
  const bool me = asked.person() == context.settings.principal;
  return me || asked.name().empty() ? PersonText(context, asked.person()) : Printable(asked.name());
}

std::string AskedText(const Context& context, const Asked& asked) {
  const Texts& texts = context.printer.texts();
  std::string text = NameOf(context, asked);
  text += " (" + Printable(texts.Word("asked_as", asked.as())) + "), ";
  if (asked.acknowledged_at_ms() == 0) {
    return text +
           context.Say("alarm.asked_since", {{"time", context.printer.Time(asked.since_ms())}});
  }
  return text +
         context.Say("alarm.seen", {{"time", context.printer.Time(asked.acknowledged_at_ms())}});
}

// A service under its own name, as "svc_meeting" is called elsewhere.
std::string ServiceOf(const std::string& principal) {
  constexpr std::string_view kPrefix = "svc_";
  return Printable(principal.starts_with(kPrefix) ? principal.substr(kPrefix.size()) : principal);
}

// Who says that it hears nobody is well: only escalation tells that of itself. Of everybody else
// the leader tells it, and then it is the follower that stands still.
std::string StandsStill(const Alarm& alarm) {
  const std::string follower = ServiceOf(alarm.subject());
  return follower == "escalation" ? ServiceOf(alarm.detail()) : follower;
}

// What it is about beside the case: the empty seat, which service does not follow which, who reads.
std::string AboutText(const Context& context, const Alarm& alarm) {
  if (alarm.kind() == "many_households") return PersonText(context, alarm.subject());
  if (alarm.kind() != "follower_lagging") {
    return Printable(context.printer.texts().Word("function", alarm.detail()));
  }
  const bool of_itself = StandsStill(alarm) != ServiceOf(alarm.subject());
  return context.Say(of_itself ? "alarm.unheard" : "alarm.follower",
                     {{"follower", ServiceOf(alarm.subject())},
                      {"leader", ServiceOf(alarm.detail())},
                      {"time", context.printer.Time(alarm.due_at_ms())},
                      {"first", StandsStill(alarm)}});
}

// The commands that end it; nothing for a kind that we do not know, or when it has ended.
std::string CommandsText(const Context& context, const Alarm& alarm) {
  const std::string key = "alarm_do." + alarm.kind();
  const bool red = alarm.colour() == intake::v1::COLOUR_RED;
  // A red report is not settled without its table.
  const bool table = alarm.kind() == "term_passed" && red;
  const std::string text =
      context.Say(table ? "alarm_do.table_late" : key, {{"id", Printable(alarm.case_number())},
                                                        {"opening", Printable(alarm.subject())},
                                                        {"function", Printable(alarm.detail())},
                                                        {"first", StandsStill(alarm)}});
  return alarm.ended_at_ms() != 0 || text == key ? "" : text;
}

// Of an alarm that is over nothing counts on.
std::string DueOf(const Context& context, const Alarm& alarm) {
  if (alarm.ended_at_ms() == 0 || alarm.due_at_ms() == 0) {
    return DueText(context, alarm.due_at_ms());
  }
  return context.printer.Time(alarm.due_at_ms());
}

bool IsUrgent(const Alarm& alarm) {
  constexpr std::array<std::string_view, 5> kUrgent{
      "no_first_step", "provisional_red", "meeting_not_planned", "seat_empty", "follower_lagging"};
  return alarm.colour() == intake::v1::COLOUR_RED ||
         std::ranges::find(kUrgent, alarm.kind()) != kUrgent.end();
}

// P.01: before all, those of children whom nobody holds.
auto UrgencyOf(const Alarm& alarm) {
  return std::tuple(alarm.ended_at_ms() != 0, !IsUrgent(alarm), alarm.kind() != "no_first_step",
                    -alarm.ended_at_ms(), alarm.raised_at_ms());
}

std::vector<std::string> LineOf(const Context& context, const Alarm& alarm) {
  const Texts& texts = context.printer.texts();
  std::string what = texts.Word("alarm_kind", alarm.kind());
  if (what == alarm.kind()) what = TextIn(texts, alarm.text_nl(), alarm.text_en(), what);
  if (alarm.kind() == "follower_lagging") {
    what += ": " + StandsStill(alarm);
  } else if (!alarm.detail().empty() || alarm.kind() == "many_households") {
    what += ": " + AboutText(context, alarm);
  }
  const bool ended = alarm.ended_at_ms() != 0;
  const bool coloured = alarm.colour() != intake::v1::COLOUR_UNSPECIFIED;
  return {coloured          ? context.printer.Colour(alarm.colour())
          : IsUrgent(alarm) ? "■"
                            : "▲",
          alarm.case_number().empty() ? "-" : Printable(alarm.case_number()),
          ended ? context.Say("alarm.over") : LeftText(context, alarm.due_at_ms()), what};
}

std::string JoinedNames(const Context& context, const std::vector<const Asked*>& people) {
  std::string names;
  for (const Asked* one : people) names += (names.empty() ? "" : ", ") + NameOf(context, *one);
  return names;
}

// Who is at it, and whom it waits for: those who were asked last.
std::string WhoText(const Context& context, const Alarm& alarm) {
  if (alarm.ended_at_ms() != 0) {
    return context.printer.Time(alarm.ended_at_ms()) + ", " +
           context.printer.texts().Word("ended", alarm.ended_by());
  }
  std::vector<const Asked*> at_it;
  std::vector<const Asked*> waiting;
  for (const Asked& asked : alarm.asked()) {
    if (asked.acknowledged_at_ms() != 0) {
      at_it.push_back(&asked);
    } else if (asked.step() == alarm.step() && asked.person() != context.settings.principal) {
      waiting.push_back(&asked);
    }
  }
  std::string text = WaitsForMe(context, alarm) ? context.Say("alarm.waits_for_you") : "";
  const auto add = [&](std::string_view key, const std::vector<const Asked*>& people) {
    if (people.empty()) return;
    text +=
        (text.empty() ? "" : "; ") + context.Say(key, {{"names", JoinedNames(context, people)}});
  };
  add("alarm.at_it", at_it);
  add("alarm.asks", waiting);
  return text;
}

std::string EndText(const Context& context, const Alarm& alarm) {
  if (alarm.ended_at_ms() == 0) return {};
  return context.printer.Time(alarm.ended_at_ms()) + ", " +
         context.printer.texts().Word("ended", alarm.ended_by());
}

bool IsSeen(const Alarm& alarm) {
  return std::ranges::any_of(alarm.asked(),
                             [](const Asked& asked) { return asked.acknowledged_at_ms() != 0; });
}

std::string NextText(const Context& context, const Alarm& alarm) {
  if (alarm.ended_at_ms() != 0) return {};
  if (alarm.next_at_ms() == 0) return context.Say("alarm.last");
  if (alarm.kind() == "many_households" && IsSeen(alarm)) return context.Say("alarm.nobody_next");
  return DueText(context, alarm.next_at_ms());
}

}  // namespace

std::string AlarmText(const Context& context, const Alarm& alarm) {
  const Printer& printer = context.printer;
  const Texts& texts = printer.texts();
  std::string text = Line(printer, "label.alarm", printer.Strong(Printable(alarm.alarm())));
  text += Lines(printer, {{"label.what", TextIn(texts, alarm.text_nl(), alarm.text_en(),
                                                texts.Word("alarm_kind", alarm.kind()))},
                          {"label.about", AboutText(context, alarm)},
                          {"label.do", CommandsText(context, alarm)}});
  if (!alarm.case_number().empty()) {
    text += Line(
        printer, "label.case",
        printer.Strong(Printable(alarm.case_number())) + "  " + printer.Colour(alarm.colour()));
  }
  text += Lines(printer, {{"label.due", DueOf(context, alarm)},
                          {"label.rings_since", printer.Time(alarm.raised_at_ms())}});
  bool first = true;
  for (const Asked& asked : alarm.asked()) {
    const std::string line = AskedText(context, asked);
    text += first ? Lines(printer, {{"label.asked", line}}) : Under(printer, line);
    first = false;
  }
  text += Lines(printer, {{"label.next_in_line", NextText(context, alarm)},
                          {"label.ended", EndText(context, alarm)}});
  if (!WaitsForMe(context, alarm)) return text;
  return text + context.Say("alarm.ack_it", {{"id", Printable(alarm.alarm())}}) + "\n";
}

bool AsksMe(const Context& context, const Alarm& alarm) {
  return alarm.ended_at_ms() == 0 && std::ranges::any_of(alarm.asked(), [&](const Asked& asked) {
           return asked.person() == context.settings.principal;
         });
}

bool WaitsForMe(const Context& context, const Alarm& alarm) {
  return alarm.ended_at_ms() == 0 && std::ranges::any_of(alarm.asked(), [&](const Asked& asked) {
           return asked.person() == context.settings.principal && asked.acknowledged_at_ms() == 0;
         });
}

std::string AlarmsText(const Context& context, const Alarms& alarms) {
  std::vector<const Alarm*> sorted;
  sorted.reserve(static_cast<size_t>(alarms.size()));
  for (const Alarm& alarm : alarms) sorted.push_back(&alarm);
  std::ranges::stable_sort(sorted, {}, [](const Alarm* alarm) { return UrgencyOf(*alarm); });
  std::vector<std::vector<std::string>> rows;
  rows.reserve(sorted.size());
  for (const Alarm* alarm : sorted) rows.push_back(LineOf(context, *alarm));
  const std::string table = Table(rows);
  const size_t columns = context.printer.columns();
  std::string text;
  const Alarm* first_of_mine = nullptr;
  size_t at = 0;
  for (const Alarm* alarm : sorted) {
    const size_t end = table.find('\n', at);
    text += Clipped(table.substr(at, end - at), columns) + "\n";
    at = end + 1;
    std::string who = WhoText(context, *alarm);
    if (alarm->case_number().empty()) who = Printable(alarm->alarm()) + "  " + who;
    if (!who.empty()) text += "  " + Clipped(who, columns - 2) + "\n";
    if (first_of_mine == nullptr && WaitsForMe(context, *alarm)) first_of_mine = alarm;
  }
  if (first_of_mine == nullptr) return text;
  const Alarm& mine = *first_of_mine;
  const std::string& id = mine.case_number().empty() ? mine.alarm() : mine.case_number();
  return text + Wrapped(context.Say("alarm.type", {{"id", Printable(id)}}), columns, "") + "\n";
}

}  // namespace samenspel::cli
