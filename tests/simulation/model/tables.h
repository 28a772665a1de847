// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/model/reports.h"
#include "tests/simulation/model/roster.h"

namespace samenspel::simulation::model {

/// A meeting as it was last said, and as it was after each entry of meeting.
struct Table {
  std::vector<std::pair<uint64_t, meeting::v1::Mdo>> history;
  std::map<std::string, std::string> taken;  ///< Function by professional.

  const meeting::v1::Mdo& now() const { return history.back().second; }
  /// As it stood after entry `sequence` of meeting; null: it was not there yet.
  const meeting::v1::Mdo* At(uint64_t sequence) const;
};

/// Meetings (invariants 2 and 3; 003.14, 003.17, 003.18, P.03, P.21, P.25; docs/formats/table.md).
///
/// - Red, once final, gets exactly one meeting, at the moment that meeting hears of it, planned or
///   with the seat named that keeps it from a start; nothing else gets one. Heard of in order: none
///   is passed over.
/// - A planned meeting has a person of its own in each fixed seat and each conditional seat that
///   the answers ask for, or names that one as missing; each holds the function, is on duty for all
///   of it by the shifts known then, and is in no other meeting at that time. It starts on the
///   grid, after the notice and within the horizon, and lasts the timebox.
/// - What has a start keeps it. Only a meeting without start is planned again, by the daemon.
/// - A seat is taken once, by its own person, before the meeting has ended.
/// Not judged: whether the start is the earliest one, and the fairest choice of persons.
class Tables : public Rule {
 public:
  Tables(Notebook& notebook, const RuleBook& rules, const Reports& reports)
      : notebook_(notebook), rules_(rules), reports_(reports) {}

  void Take(const Seen& seen) override;
  void AtEnd(base::Instant true_time) override;

  const Roster& roster() const { return roster_; }
  const Table* Find(const std::string& mdo) const;
  const Table* OfReport(const std::string& report) const;

 private:
  void HearOf(const Seen& seen);
  void Convene(const Seen& seen, const meeting::v1::Mdo& mdo, bool planned);
  void CheckConvening(const Seen& seen, const meeting::v1::Mdo& mdo);
  void CheckSeats(const Seen& seen, const meeting::v1::Mdo& mdo);
  void CheckPerson(const Seen& seen, const meeting::v1::Mdo& mdo, const meeting::v1::Seat& seat);
  void CheckMissing(const Seen& seen, const meeting::v1::Mdo& mdo);
  void CheckTime(const Seen& seen, const meeting::v1::Mdo& mdo);
  void Taken(const Seen& seen, const meeting::v1::SeatTaken& event);
  void Find(const Seen& seen, const std::string& mdo, const std::string& what) {
    notebook_.Find(seen.where() + ", " + mdo + ": " + what);
  }

  Notebook& notebook_;
  const RuleBook& rules_;
  const Reports& reports_;
  Roster roster_;
  std::map<std::string, Table> tables_;
  std::map<std::string, std::string> by_report_;
  std::deque<std::pair<uint64_t, std::string>> to_convene_;  // Entry of intake, report.
};

}  // namespace samenspel::simulation::model
