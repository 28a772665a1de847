// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>

#include "tests/simulation/model/reports.h"

namespace samenspel::simulation::model {

/// Who answers for a report, and how it ends (P.13, P.16).
///
/// - Nothing is without an owner, and it has one at a time. The sender is the first; it changes by
///   a claim alone, of who was asked or of the desk in whose queue it lies open.
/// - Only the owner hands over or back, and keeps it until somebody has claimed it. While it lies
///   open, somebody of the desk in whose queue it lies may hand it over as well.
/// - Only the owner settles, once; red only when final, with a first step and a start of its
///   meeting. After that nobody owns, offers or settles it anew; first steps, notes of the meeting
///   and rights go on.
/// Lenient: to which desk somebody who acts for another brings a report is left open.
class Ownership : public Rule {
 public:
  Ownership(Notebook& notebook, const Reports& reports) : notebook_(notebook), reports_(reports) {}

  /// To be told before Reports: it looks at what was so before this entry.
  void Take(const Seen& seen) override;
  void AtEnd(base::Instant true_time) override;

 private:
  struct Hold {
    intake::v1::Ownership now;
    bool settled = false;
  };
  void Changed(const Seen& seen, const intake::v1::OwnerChanged& event);
  void Claimed(const Seen& seen, const intake::v1::OwnerChanged& event, const Hold& hold);
  void Passed(const Seen& seen, const intake::v1::OwnerChanged& event, const Hold& hold);
  void Settled(const Seen& seen, const intake::v1::ReportSettled& event);
  void Find(const Seen& seen, const std::string& report, const std::string& what) {
    notebook_.Find(seen.where() + ", " + report + ": " + what);
  }

  Notebook& notebook_;
  const Reports& reports_;
  std::map<std::string, Hold> holds_;
};

}  // namespace samenspel::simulation::model
