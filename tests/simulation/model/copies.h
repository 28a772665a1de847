// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/model/effects.h"
#include "tests/simulation/model/tables.h"

namespace samenspel::simulation::model {

/// What followers keep of reports and meetings, beside what was said of them.
///
/// - Escalation's copy of a report is, after each of its entries that says something of it, what
///   intake and meeting had said up to the last entries of theirs that had an effect there.
///   Its terms are those of the grade, moved along when time went back at escalation (decision 8).
/// - Intake notes of a meeting what meeting said in the cause; meeting copies the first step.
/// - Professionals and shifts at escalation are those of meeting.
/// Lenient: of the terms only what alarms follow from; a report of which meeting was heard first is
/// its sender's, at the desk that took it.
class Copies : public Rule {
 public:
  Copies(Notebook& notebook, const Effects& effects, const Reports& reports, const Tables& tables)
      : notebook_(notebook), effects_(effects), reports_(reports), tables_(tables) {}

  /// To be told after Reports and Tables, before Alarms.
  void Take(const Seen& seen) override;
  void AtEnd(base::Instant true_time) override;

  /// As escalation has it; null: it never heard of it.
  const escalation::v1::ReportCopied* Find(const std::string& report) const;
  const std::map<std::string, escalation::v1::ReportCopied>& all() const { return reports_copied_; }
  /// The people as escalation knows them.
  const Roster& roster() const { return roster_; }
  const std::set<std::string>& people() const { return people_; }
  /// Reports of which the last entry of escalation, or what it follows from, said something.
  const std::set<std::string>& touched() const { return touched_; }
  /// Time went back at escalation: of all that is not settled, what was to come comes as much
  /// earlier, and what was due stays due.
  void GoBack(const common::v1::ClockSeen& back);

 private:
  struct Step {
    uint64_t sequence;
    std::string report;
    intake::v1::FirstStepNote note;
  };
  /// Terms as escalation heard them of one grade, moved along since.
  struct TermsHeard {
    uint64_t graded = 0;
    intake::v1::Terms terms;
  };
  void Note(const Seen& seen);
  void TakeEscalation(const Seen& seen);
  void TakePerson(const escalation::v1::PersonCopied& event);
  void Touch(std::deque<std::pair<uint64_t, std::string>>& said, uint64_t heard);
  struct Heard {  // Of which entries escalation knows.
    uint64_t intake;
    uint64_t meeting;
    int64_t at_ms;  // By its own clock.
  };
  void Compare(const std::string& where, const std::string& report, const Heard& heard);
  void CompareSteps(const std::string& where, uint64_t heard);

  Notebook& notebook_;
  const Effects& effects_;
  const Reports& reports_;
  const Tables& tables_;
  std::map<std::string, escalation::v1::ReportCopied> reports_copied_;
  std::map<std::string, TermsHeard> terms_heard_;
  Roster roster_;
  std::set<std::string> people_;
  std::set<std::string> touched_;
  std::deque<std::pair<uint64_t, std::string>> said_by_intake_;
  std::deque<std::pair<uint64_t, std::string>> said_by_meeting_;
  std::deque<Step> steps_;  // That meeting has not heard of.
  std::map<std::string, std::string> steps_copied_;
};

}  // namespace samenspel::simulation::model
