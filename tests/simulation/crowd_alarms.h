// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_desks.h"

namespace samenspel::simulation {

/// People who are rung: look at what waits for them, say that they are at it, do it, or do not.
class Alarms {
 public:
  Alarms(Stage& stage, Cases& cases, Desks& desks) : stage_(stage), cases_(cases), desks_(desks) {}

  /// Somebody who may be rung looks, and says yes to some of it.
  void AnswerSome();
  /// Somebody says yes to an alarm that does not ring for them, or that is none.
  void AnswerAnothers();
  void ShowSome();
  /// Everybody says yes to all that waits for them; who is rung for a first step names one.
  void AnswerAll();
  /// All who may be asked by an alarm.
  std::vector<Person*> Rung();
  uint64_t waiting() const { return waiting_; }

 private:
  void List(Person& who, bool all);
  void Listed(Person& who, const escalation::v1::AlarmsListed& listed, bool all);
  void Acknowledge(Person& who, const escalation::v1::Alarm& alarm, bool asked);
  void Act(Person& who, const escalation::v1::Alarm& alarm);
  std::string PurposeOf(const Person& who) const;

  Stage& stage_;
  Cases& cases_;
  Desks& desks_;
  std::map<std::string, escalation::v1::Alarm> seen_;  // Newest that anybody saw, by id.
  uint64_t waiting_ = 0;                               // Alarms that AnswerAll found unanswered.
};

}  // namespace samenspel::simulation
