// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/model/people.h"
#include "tests/simulation/model/tables.h"

namespace samenspel::simulation::model {

/// Need to know (invariants 10 and 12; P.05, P.06, P.25, P.73, P.75; decision 6).
///
/// - Whoever reads or changes a case, or learns by a refusal or a conflict that there is one, is
///   covered by an involvement at that instant of the clock of who is asked. By break-glass alone
///   one reads, and says in words who secures the child; no more.
/// - A reading leaves a mark that names its reader and time, durable before the words are shown; it
///   counts for what the same reader is shown within ten minutes. A secret part is shown to its
///   circle or to who acts for the organisation that took the report, never by break-glass alone.
/// - No right comes out of nothing: each follows from what stands in the same entry, or in its
///   cause. To end or shorten one needs no reason here.
/// - Break-glass opens for its time to who is not involved by right, has a review by its time, and
///   is reviewed once, by a privacy officer of the keeper who did not open it. Not justified ends
///   it.
/// - The log of a listed case is read by auditors, by privacy officers for their purpose, and by
///   whom the list covered at some time since the last entry of intake that audit has.
/// Not judged: reads that show clear fields only, since they leave no entry.
class Rights : public Rule {
 public:
  Rights(Notebook& notebook, const People& people, const Reports& reports, const Tables& tables,
         const RuleBook& rules, const CaseLists& lists)
      : notebook_(notebook),
        people_(people),
        reports_(reports),
        tables_(tables),
        rules_(rules),
        lists_(lists) {}

  /// To be told before CaseLists: it looks at who was involved before this entry.
  void Take(const Seen& seen) override;
  /// A person was shown the words of a report.
  void Shown(const Reading& reading, base::Instant true_time);

 private:
  struct Mark {
    base::Instant any{};
    int64_t any_ms = 0;  // By intake's own time.
    base::Instant with_secret{};
    int64_t with_secret_ms = 0;
  };
  struct Opening {
    std::string household;
    std::string reader;
    std::string keeper;
    bool reviewed = false;
  };
  void Remember(const Seen& seen);
  void CheckCase(const Seen& seen);
  void CheckActor(const Seen& seen, const std::string& household);
  void CheckMark(const Seen& seen, const intake::v1::ReportAccessed& mark);
  void CheckSecret(const Seen& seen, const intake::v1::ReportAccessed& mark);
  void CheckOrigin(const Seen& seen, const common::v1::InvolvementSet& set);
  bool HasOrigin(const Seen& seen, const common::v1::InvolvementSet& set) const;
  void Broken(const Seen& seen, const intake::v1::GlassBroken& event);
  void Reviewed(const Seen& seen, const intake::v1::GlassReviewed& event);
  void CheckLogRead(const Seen& seen, const audit::v1::LogRead& event);
  std::string HouseholdOf(const std::string& stream) const;
  void Find(const Seen& seen, const std::string& what) {
    notebook_.Find(seen.where() + ": " + what);
  }

  Notebook& notebook_;
  const People& people_;
  const Reports& reports_;
  const Tables& tables_;
  const RuleBook& rules_;
  const CaseLists& lists_;
  std::map<std::string, Opening> openings_;
  std::map<std::string, std::set<std::string>> circles_;  // By report.
  std::map<std::string, Mark> marks_;                     // By household, reader and purpose.
  std::map<uint64_t, std::set<std::string>> seated_;  // Household and person, by entry of meeting.
  std::map<uint64_t, std::set<std::string>> rung_;    // Person, by entry of escalation.
  int64_t intake_ms_ = 0;                             // What its last entry says.
  uint64_t logged_ = 0;                               // Last entry of intake that is a leaf.
};

}  // namespace samenspel::simulation::model
