// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_alarms.h"
#include "tests/simulation/crowd_clocks.h"
#include "tests/simulation/crowd_log.h"
#include "tests/simulation/crowd_privacy.h"
#include "tests/simulation/crowd_rosters.h"
#include "tests/simulation/crowd_table.h"
#include "tests/simulation/crowd_wrong.h"

namespace samenspel::simulation {

/// Who plays in a run: desks, table members, managers, officers, operators and an auditor, on time,
/// late, twice, at once, wrong or silent. Each answer is held against what the contract promises to
/// whoever asked. When all was asked they bring what is open to an end.
class Crowd {
 public:
  using Size = CrowdSize;
  static constexpr int kProfessionals = CrowdSize::kProfessionals;
  static constexpr int kDays = CrowdSize::kDays;

  /// Everybody of the region with this seed, the services included.
  static std::vector<bus::Principal> Principals(const demo::Region& region) {
    return Stage::Principals(region);
  }
  /// Whose key may be dropped from the registry and added again.
  static bool IsGuest(const bus::Principal& principal) { return Stage::IsGuest(principal.id); }

  Crowd(World& world, const demo::Region& region, Size size);

  /// Plans the whole fault phase from now on.
  void Begin();
  /// Everything that was begun is answered, and nothing waits for a person any more.
  bool IsDone() const { return finished_ && stage_.notes.open.empty(); }
  /// One more look at the log, after all has come to rest.
  void LookOnceMore() { log_.Check(); }

  const Notes& notes() const { return stage_.notes; }
  /// Told of each report whose words somebody was shown, at that moment.
  void OnReading(std::function<void(const model::Reading&)> told) {
    stage_.notes.shown = std::move(told);
  }
  /// Told of each first answer as it is heard.
  void OnAnswered(std::function<void(const Acknowledged&)> answered) {
    stage_.notes.answered = std::move(answered);
  }
  const std::deque<Story>& stories() const { return stage_.stories; }
  /// How often each behaviour happened, and each kind of answer to it.
  const FaultCounts& Counts() const { return stage_.counts; }
  uint64_t log_checks() const { return log_.checks(); }
  uint64_t refused_strangers() const { return wrong_.intrusions(); }

 private:
  struct Habit {
    uint64_t weight;
    std::function<void()> act;
  };
  void LearnHabits();
  void PlanRosters(Micros phase);
  void Act();
  void Finish();
  bool Forward(Story& story, int number);
  bool ForwardMeeting(Story& story, Person& owner);
  Person& ClaimerOf(const Story& story);

  Stage stage_;
  Cases cases_;
  Desks desks_;
  Looks looks_;
  Table table_;
  Alarms alarms_;
  Rosters rosters_;
  Privacy privacy_;
  Wrong wrong_;
  Clocks clocks_;
  LogReader log_;
  std::vector<Habit> habits_;
  uint64_t weight_ = 0;
  int rounds_ = 0;
  bool finished_ = false;
  std::map<std::string, int> tries_;  // To bring a red report to its table, by report.
};

}  // namespace samenspel::simulation
