// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/model/due_book.h"
#include "tests/simulation/model/rule_book.h"

namespace samenspel::simulation::model {

/// What others act on of a report, as it stood after one entry of intake.
struct ReportFacts {
  intake::v1::Colour colour = intake::v1::COLOUR_UNSPECIFIED;
  bool provisional = false;
  intake::v1::Terms terms;  ///< Moved along when time went back.
  intake::v1::Terms said;   ///< To whoever follows, by the last grade;
  uint64_t graded = 0;      ///< that is this entry,
  int64_t graded_ms = 0;    ///< stamped so.
  std::string owner;
  std::string desk;
  bool first_step = false;
  bool settled = false;
  bool MeetsAtOnce() const { return colour == intake::v1::COLOUR_RED && !provisional; }
};

struct Report {
  std::string id;
  std::string household;
  std::string case_number;
  std::string sender;
  std::string organisation;  ///< The desk that took it.
  int64_t received_ms = 0;
  base::Instant sent_at;    ///< In truth.
  base::Instant red_since;  ///< In truth; provisional counts.
  intake::v1::Grade grade;  ///< The first: there is no other.
  Crisismeter::Answers answers;
  TermsRules terms;  ///< In force when it came in.
  intake::v1::MeetingNote meeting;
  std::vector<std::pair<uint64_t, ReportFacts>> history;  ///< By sequence at intake.

  const ReportFacts& now() const { return history.back().second; }
  /// As it stood after entry `sequence` of intake; null: it was not there yet.
  const ReportFacts* At(uint64_t sequence) const;
};

/// Reports and their grades (003.12, 003.14, P.01, P.17).
///
/// - A report is sent once, has a number of its own, is graded with the rules in force, and the
///   colour is what the crisismeter's page makes of its answers. Red is urgent.
/// - A grade never changes: it is only made final, by a person or by the daemon itself once the
///   term for that has passed, and then it is (by the clock of intake).
/// - The terms are what terms.toml makes of colour and receipt. When time went back those of what
/// is
///   not settled keep the time that they had left (decision 8).
/// - A first step is named by who asked for it, at that moment.
/// Lenient: a final grade may carry the terms that ran when it came in or those in force now; a
/// provisional red may be urgent or not.
class Reports : public Rule {
 public:
  Reports(Notebook& notebook, const RuleBook& rules) : notebook_(notebook), rules_(rules) {}

  void Take(const Seen& seen) override;
  void Restarted(size_t service) override;
  void AtEnd(base::Instant true_time) override;

  const Report* Find(const std::string& id) const;
  /// By case number or id.
  const Report* FindNamed(const std::string& name) const;
  const std::map<std::string, Report>& all() const { return reports_; }

 private:
  void Submitted(const Seen& seen, const intake::v1::ReportSubmitted& event);
  void Graded(const Seen& seen, const common::v1::EventRecord& record,
              const intake::v1::ReportGraded& event);
  void FirstGrade(const Seen& seen, const intake::v1::ReportGraded& event, const Report& report);
  void LastGrade(const Seen& seen, const intake::v1::ReportGraded& event, const Report& report);
  void GoBack(const common::v1::ClockSeen& back);
  void FirstStep(const Seen& seen, const intake::v1::FirstStepNamed& event);
  void Find(const Seen& seen, const std::string& report, const std::string& what) {
    notebook_.Find(seen.where() + ", " + report + ": " + what);
  }
  // The facts after this entry, to be changed; null: no such report.
  ReportFacts* Facts(const Seen& seen, const std::string& report);

  Notebook& notebook_;
  const RuleBook& rules_;
  std::map<std::string, Report> reports_;
  std::map<std::string, std::string> by_case_;
  DueBook to_confirm_;
};

}  // namespace samenspel::simulation::model
