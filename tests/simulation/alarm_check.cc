// SPDX-License-Identifier: EUPL-1.2
#include <map>

#include "proto/escalation/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "tests/simulation/evidence.h"

namespace samenspel::simulation {
namespace {

constexpr int64_t kTermMs = 10 * 60'000;  // deploy/config/terms.toml: first_step_minutes.

// What happened about the first step of one report; 0: it did not.
struct Held {
  int64_t received_at = 0;
  int64_t named_at = 0;
  int64_t raised_at = 0;
  int64_t ended_at = 0;
  int times_raised = 0;
};

template <class Event, class Visit>
void Each(const Entries& journal, const Visit& visit) {
  for (const auto& entry : journal) {
    for (const auto& record : entry->header.events()) {
      Event event;
      event.ParseFromString(record.payload());
      visit(entry->header, event);
    }
  }
}

std::map<std::string, Held> HeldIn(const Evidence& evidence) {
  std::map<std::string, Held> held;
  Each<intake::v1::Event>(evidence.journals[kIntake], [&](const auto& header, const auto& event) {
    if (event.has_report_graded()) {
      held[event.report_graded().report()].received_at = event.report_graded().received_at_ms();
    }
    if (event.has_first_step_named()) {
      held[event.first_step_named().report()].named_at = header.received_at_ms();
    }
  });
  std::map<std::string, std::string> report_of;
  Each<escalation::v1::Event>(evidence.journals[kEscalation],
                              [&](const auto& header, const auto& event) {
                                const auto& alarm = event.alarm_raised().alarm();
                                if (event.has_alarm_raised() && alarm.kind() == "no_first_step") {
                                  report_of[alarm.alarm()] = alarm.report();
                                  held[alarm.report()].raised_at = header.received_at_ms();
                                  ++held[alarm.report()].times_raised;
                                }
                                const auto ended = report_of.find(event.alarm_ended().alarm());
                                if (event.has_alarm_ended() && ended != report_of.end()) {
                                  held[ended->second].ended_at = header.received_at_ms();
                                }
                              });
  return held;
}

}  // namespace

Findings CheckFirstSteps(const Evidence& evidence) {
  Findings findings;
  const std::map<std::string, Held> all = HeldIn(evidence);
  const int64_t now = base::ToMs(evidence.ended_at);
  const int64_t patience = evidence.patience.count();
  for (const Story& story : evidence.stories) {
    const std::string& report = story.answer.report();
    const auto found = all.find(report);
    const Held held = found == all.end() ? Held() : found->second;
    const bool red = story.colour == intake::v1::COLOUR_RED;
    const int64_t due = held.received_at + kTermMs;
    const bool named = held.named_at != 0;
    const bool in_time = named && held.named_at < due;
    if (!red && held.times_raised > 0) findings.push_back(report + ": is not red and rings");
    if (held.times_raised > 1) findings.push_back(report + ": rang more than once");
    if (held.raised_at != 0 && held.raised_at < due) findings.push_back(report + ": rang too soon");
    if (!red || now < due + patience) continue;
    const bool rang = held.raised_at != 0 && held.raised_at <= due + patience;
    // Who was away at the due time does not ring for what was done before it was back.
    const bool late = !named || held.named_at > due + patience;
    if (late && !rang) {
      findings.push_back(report + ": nobody is named and no alarm rang; due " +
                         std::to_string(due) + ", named " + std::to_string(held.named_at) +
                         ", rang " + std::to_string(held.raised_at));
    }
    if (in_time && held.raised_at != 0 && held.named_at + patience < due) {
      findings.push_back(report + ": rang though somebody was named");
    }
    if (!named && held.ended_at != 0) findings.push_back(report + ": fell silent by itself");
    if (named && held.raised_at != 0 && held.ended_at == 0) {
      findings.push_back(report + ": rings on though somebody was named");
    }
  }
  return findings;
}

}  // namespace samenspel::simulation
