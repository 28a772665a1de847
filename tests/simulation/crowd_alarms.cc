// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/crowd_alarms.h"

#include <algorithm>

namespace samenspel::simulation {
namespace {

using common::v1::Reply;
using common::v1::STATUS_NOT_FOUND;
using common::v1::STATUS_OK;
using common::v1::STATUS_REFUSED;
using escalation::v1::Alarm;

constexpr uint32_t kLimit = 20;

const escalation::v1::Asked* AskedOf(const Alarm& alarm, const std::string& person) {
  const auto found = std::find_if(alarm.asked().begin(), alarm.asked().end(),
                                  [&](const auto& one) { return one.person() == person; });
  return found == alarm.asked().end() ? nullptr : &*found;
}

}  // namespace

std::string Alarms::PurposeOf(const Person& who) const {
  return who.Is("privacy_officer") ? kReview : kSafety;
}

std::vector<Person*> Alarms::Rung() {
  std::vector<Person*> rung = stage_.desks;
  rung.insert(rung.end(), stage_.duty_managers.begin(), stage_.duty_managers.end());
  rung.insert(rung.end(), stage_.officers.begin(), stage_.officers.end());
  rung.insert(rung.end(), stage_.operators.begin(), stage_.operators.end());
  return rung;
}

void Alarms::AnswerSome() {
  auto rung = Rung();
  List(*stage_.Pick(rung), false);
}

void Alarms::AnswerAll() {
  waiting_ = 0;
  for (Person* who : Rung()) List(*who, true);
}

void Alarms::List(Person& who, bool all) {
  escalation::v1::Request request;
  auto& wish = *request.mutable_list_alarms();
  wish.mutable_page()->set_limit(kLimit);
  wish.set_asked_me(true);
  stage_.Look(who, kEscalation, request, PurposeOf(who), "list alarms", Fine(),
              [this, &who, all](const Reply& reply) {
                Listed(who, ResponseIn<escalation::v1::Response>(reply).alarms_listed(), all);
              });
}

void Alarms::Listed(Person& who, const escalation::v1::AlarmsListed& listed, bool all) {
  for (const Alarm& alarm : listed.alarms()) {
    const auto* asked = AskedOf(alarm, who.id());
    if (alarm.ended_at_ms() != 0 || asked == nullptr || asked->acknowledged_at_ms() != 0) {
      who.Complain("an alarm that does not wait for the asker is listed so");
      continue;
    }
    if (alarm.text_nl().empty() || alarm.raised_at_ms() == 0) who.Complain("an alarm is bare");
    if (alarm.asked_size() > 1 && seen_[alarm.alarm()].asked_size() < alarm.asked_size()) {
      stage_.Count("alarm that asks more people");
    }
    seen_[alarm.alarm()] = alarm;
    ++waiting_;
    if (!all && stage_.chance.OneIn(4)) {
      stage_.Count("alarm without an answer");
      continue;
    }
    Acknowledge(who, alarm, true);
    if (all || stage_.chance.OneIn(2)) Act(who, alarm);
  }
}

void Alarms::Acknowledge(Person& who, const Alarm& alarm, bool asked) {
  escalation::v1::Request request;
  request.mutable_acknowledge_alarm()->set_alarm(alarm.alarm());
  // It may have ended, or ring for more people, since it was seen.
  Rights rights = {{STATUS_REFUSED, "ended"}, {STATUS_OK, {}}};
  if (!asked) {
    rights.push_back({STATUS_REFUSED, "not_asked"});
    rights.push_back({STATUS_NOT_FOUND, kNotFound});
  }
  stage_.Begin(who, AskOf(kEscalation, request, PurposeOf(who)), "acknowledge alarm", rights,
               [&who](const Reply& reply) {
                 if (reply.status() != STATUS_OK) return;
                 const auto shown = ResponseIn<escalation::v1::Response>(reply);
                 const auto* mine = AskedOf(shown.alarm_acknowledged().alarm(), who.id());
                 if (mine == nullptr || mine->acknowledged_at_ms() == 0) {
                   who.Complain("a yes to an alarm is not shown");
                 }
               });
}

// P.01: whoever is rung for a first step can name it.
void Alarms::Act(Person& who, const Alarm& alarm) {
  if (alarm.kind() != "no_first_step" || who.Is("privacy_officer") || who.Is("operator")) return;
  for (Story& story : stage_.stories) {
    if (!story.received || story.answer.report() != alarm.report()) continue;
    if (story.standing.has_first_step()) return;
    stage_.Count("first step by who was rung");
    desks_.Hold(who, story);
  }
}

void Alarms::AnswerAnothers() {
  if (seen_.empty()) return;
  auto at = seen_.begin();
  std::advance(at, static_cast<std::ptrdiff_t>(stage_.chance.Below(seen_.size())));
  const Alarm alarm = at->second;
  auto rung = Rung();
  Person& who = stage_.chance.OneIn(4) ? *stage_.stranger : *stage_.Pick(rung);
  Acknowledge(who, alarm, AskedOf(alarm, who.id()) != nullptr);
}

void Alarms::ShowSome() {
  if (seen_.empty()) return;
  auto at = seen_.begin();
  std::advance(at, static_cast<std::ptrdiff_t>(stage_.chance.Below(seen_.size())));
  const Alarm alarm = at->second;
  auto rung = Rung();
  Person& who = stage_.chance.OneIn(4) ? *stage_.stranger : *stage_.Pick(rung);
  const bool asked = AskedOf(alarm, who.id()) != nullptr;
  Rights rights = Fine();
  if (!asked) rights.push_back({STATUS_NOT_FOUND, kNotFound});
  if (&who == stage_.stranger) rights = Unknown();
  escalation::v1::Request request;
  request.mutable_show_alarm()->set_alarm(alarm.alarm());
  stage_.Look(who, kEscalation, request, PurposeOf(who), "show alarm", rights,
              [&who, alarm](const Reply& reply) {
                if (reply.status() != STATUS_OK) return;
                const auto shown =
                    ResponseIn<escalation::v1::Response>(reply).alarm_shown().alarm();
                if (shown.alarm() != alarm.alarm() || shown.kind() != alarm.kind() ||
                    shown.subject() != alarm.subject() || shown.asked_size() < alarm.asked_size()) {
                  who.Complain("an alarm shows another, or somebody was taken off it");
                }
              });
}

}  // namespace samenspel::simulation
