// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/tables.h"

#include <algorithm>

namespace samenspel::simulation::model {

const meeting::v1::Mdo* Table::At(uint64_t sequence) const {
  const auto after = std::upper_bound(history.begin(), history.end(), sequence,
                                      [](uint64_t at, const auto& one) { return at < one.first; });
  return after == history.begin() ? nullptr : &std::prev(after)->second;
}

const Table* Tables::Find(const std::string& mdo) const {
  const auto found = tables_.find(mdo);
  return found == tables_.end() ? nullptr : &found->second;
}

const Table* Tables::OfReport(const std::string& report) const {
  const auto found = by_report_.find(report);
  return found == by_report_.end() ? nullptr : Find(found->second);
}

void Tables::Take(const Seen& seen) {
  for (const auto& event : seen.intake) {
    if (!event.has_report_graded() || event.report_graded().provisional()) continue;
    if (event.report_graded().grade().colour() != intake::v1::COLOUR_RED) continue;
    to_convene_.emplace_back(seen.sequence(), event.report_graded().report());
  }
  if (seen.service != kMeeting) return;
  for (const auto& event : seen.meeting) {
    roster_.Take(event);
    if (event.has_mdo_planned()) Convene(seen, event.mdo_planned().mdo(), true);
    if (event.has_mdo_unplannable()) Convene(seen, event.mdo_unplannable().mdo(), false);
    if (event.has_seat_taken()) Taken(seen, event.seat_taken());
  }
  if (seen.IsCausedBy(kIntake)) HearOf(seen);
}

void Tables::HearOf(const Seen& seen) {
  const uint64_t heard = seen.header().cause().sequence();
  while (!to_convene_.empty() && to_convene_.front().first <= heard) {
    const auto [sequence, report] = to_convene_.front();
    to_convene_.pop_front();
    const Table* table = OfReport(report);
    if (table != nullptr) continue;
    Find(seen, report,
         "is red since " + Where(kIntake, sequence) +
             ", which meeting has heard of, and has no meeting");
  }
}

void Tables::Convene(const Seen& seen, const meeting::v1::Mdo& mdo, bool planned) {
  const Table* former = OfReport(mdo.report());
  if (former == nullptr) {
    CheckConvening(seen, mdo);
  } else {
    if (former->now().mdo() != mdo.mdo()) Find(seen, mdo.mdo(), "is a second meeting of a report");
    if (former->now().starts_at_ms() != 0)
      Find(seen, mdo.mdo(), "is planned though it has a start");
    if (!seen.IsOwn() || mdo.convened_at_ms() != former->now().convened_at_ms()) {
      Find(seen, mdo.mdo(), "is convened anew");
    }
  }
  const bool known = tables_.contains(mdo.mdo());
  if (known && former == nullptr) Find(seen, mdo.mdo(), "is a meeting of two reports");
  if (planned != (mdo.starts_at_ms() != 0)) Find(seen, mdo.mdo(), "is planned without a start");
  if (planned) {
    CheckTime(seen, mdo);
    CheckSeats(seen, mdo);
  } else if (mdo.binding_function().empty()) {
    Find(seen, mdo.mdo(), "has no start and names no seat that keeps it from one");
  }
  by_report_[mdo.report()] = mdo.mdo();
  tables_[mdo.mdo()].history.emplace_back(seen.sequence(), mdo);
}

void Tables::CheckConvening(const Seen& seen, const meeting::v1::Mdo& mdo) {
  const Report* report = reports_.Find(mdo.report());
  if (report == nullptr) return Find(seen, mdo.mdo(), "is about no report");
  if (mdo.household() != report->household || mdo.case_number() != report->case_number ||
      mdo.colour() != report->now().colour) {
    Find(seen, mdo.mdo(), "is convened for another case");
  }
  if (!seen.IsCausedBy(kIntake)) return Find(seen, mdo.mdo(), "is convened by no grade");
  const ReportFacts* facts = report->At(seen.header().cause().sequence());
  if (facts == nullptr || !facts->MeetsAtOnce()) {
    Find(seen, mdo.mdo(), "is convened by a grade that is not red, or provisional");
  }
  if (mdo.convened_at_ms() != seen.stamp()) Find(seen, mdo.mdo(), "is convened at another time");
}

void Tables::CheckTime(const Seen& seen, const meeting::v1::Mdo& mdo) {
  const TableRules& table = rules_.table();
  const int64_t start = mdo.starts_at_ms();
  if (mdo.ends_at_ms() - start != table.timebox_ms) Find(seen, mdo.mdo(), "lasts too long");
  if (table.grid_ms != 0 && start % table.grid_ms != 0) Find(seen, mdo.mdo(), "is off the grid");
  if (start < seen.stamp() + table.notice_ms) Find(seen, mdo.mdo(), "starts too soon");
  if (start > seen.stamp() + table.horizon_ms) {
    Find(seen, mdo.mdo(), "starts after the horizon");
  }
}

void Tables::CheckSeats(const Seen& seen, const meeting::v1::Mdo& mdo) {
  std::set<std::string> functions;
  std::set<std::string> persons;
  for (const auto& seat : mdo.seats()) {
    if (!functions.insert(seat.function()).second || !persons.insert(seat.professional()).second) {
      Find(seen, mdo.mdo(), "has a seat or a person twice: " + seat.function());
    }
    CheckPerson(seen, mdo, seat);
    if (seat.function() == rules_.table().chair && mdo.chair() != seat.professional()) {
      Find(seen, mdo.mdo(), "is chaired by somebody else than the table file says");
    }
    if (seat.function() == rules_.table().notes && mdo.notes() != seat.professional()) {
      Find(seen, mdo.mdo(), "has other notes than the table file says");
    }
  }
  for (const auto& seat : rules_.table().seats) {
    if (!seat.conditional && !functions.contains(seat.function)) {
      Find(seen, mdo.mdo(), "has nobody as " + seat.function);
    }
  }
  const auto& used = seen.header().rule_hashes();
  if (std::find(used.begin(), used.end(), rules_.table_hash()) == used.end()) {
    Find(seen, mdo.mdo(), "was not planned with the table in force");
  }
  CheckMissing(seen, mdo);
}

void Tables::CheckPerson(const Seen& seen, const meeting::v1::Mdo& mdo,
                         const meeting::v1::Seat& seat) {
  const std::string& person = seat.professional();
  const auto* known = roster_.Find(person);
  if (known == nullptr || !roster_.Holds(person, seat.function()) ||
      known->organisation() != seat.organisation()) {
    Find(seen, mdo.mdo(), person + " sits there as " + seat.function() + " and is not");
  }
  if (!roster_.OnDuty(person, mdo.starts_at_ms(), mdo.ends_at_ms())) {
    Find(seen, mdo.mdo(), person + " sits there off duty");
  }
  const std::string other = roster_.BookedBy(person, mdo.starts_at_ms(), mdo.ends_at_ms());
  if (!other.empty()) Find(seen, mdo.mdo(), person + " is booked twice, also by " + other);
  roster_.Book(person, mdo.starts_at_ms(), mdo.ends_at_ms(), mdo.mdo());
}

// Each conditional seat that the answers ask for is filled or named as missing; no other is there.
void Tables::CheckMissing(const Seen& seen, const meeting::v1::Mdo& mdo) {
  const Report* report = reports_.Find(mdo.report());
  if (report == nullptr) return;
  std::set<std::string> yes;
  for (const auto& answer : report->answers) {
    if (answer.value() == intake::v1::ANSWER_VALUE_YES) yes.insert(answer.indicator());
  }
  std::set<std::string> missing;
  for (const auto& one : mdo.missing()) missing.insert(one.function());
  std::set<std::string> filled;
  for (const auto& one : mdo.seats()) filled.insert(one.function());
  size_t accounted = 0;
  for (const auto& seat : rules_.table().seats) {
    const bool asked =
        !seat.conditional || std::any_of(seat.any_yes.begin(), seat.any_yes.end(),
                                         [&](const std::string& id) { return yes.contains(id); });
    const bool is_filled = filled.contains(seat.function);
    const bool is_missing = missing.contains(seat.function);
    accounted += (is_filled ? 1 : 0) + (is_missing ? 1 : 0);
    if (asked != (is_filled || is_missing) || (is_filled && is_missing)) {
      Find(seen, mdo.mdo(),
           seat.function + (asked ? " is asked for and neither there nor missed"
                                  : " is there and not asked for"));
    }
  }
  if (accounted != filled.size() + missing.size()) {
    Find(seen, mdo.mdo(), "has a seat that the table does not know");
  }
  for (const auto& one : mdo.missing()) {
    const bool nobody = one.cause() == meeting::v1::MISSING_CAUSE_NOBODY_HOLDS;
    if (nobody == roster_.AnybodyHolds(one.function())) {
      Find(seen, mdo.mdo(), one.function() + " is missed for a wrong reason");
    }
    for (const auto& seat : rules_.table().seats) {
      if (seat.function == one.function() && (seat.rings != one.rings() || !seat.conditional)) {
        Find(seen, mdo.mdo(), one.function() + " may not be missed so");
      }
    }
  }
}

void Tables::Taken(const Seen& seen, const meeting::v1::SeatTaken& event) {
  const auto found = tables_.find(event.mdo());
  if (found == tables_.end()) return Find(seen, event.mdo(), "a seat of no meeting is taken");
  const meeting::v1::Mdo& mdo = found->second.now();
  const bool own = std::any_of(mdo.seats().begin(), mdo.seats().end(), [&](const auto& seat) {
    return seat.professional() == event.professional() && seat.function() == event.function();
  });
  if (!own || event.professional() != seen.person() || event.at_ms() != seen.stamp() ||
      event.report() != mdo.report() || event.household() != mdo.household()) {
    Find(seen, event.mdo(), "a seat is taken by somebody else than its person");
  }
  if (mdo.ends_at_ms() <= seen.stamp()) Find(seen, event.mdo(), "a seat is taken after it ended");
  if (!found->second.taken.emplace(event.professional(), event.function()).second) {
    Find(seen, event.mdo(), "a seat is taken twice");
  }
}

void Tables::AtEnd(base::Instant /*true_time*/) {
  for (const auto& [sequence, report] : to_convene_) {
    if (OfReport(report) == nullptr) {
      notebook_.Find(report + " is red since " + Where(kIntake, sequence) +
                     " and has no meeting at the end");
    }
  }
  for (const auto& [report, mdo] : by_report_) {
    const Report* about = reports_.Find(report);
    if (about == nullptr) continue;
    const meeting::v1::Mdo& now = tables_.at(mdo).now();
    if (about->meeting.mdo() != mdo || about->meeting.starts_at_ms() != now.starts_at_ms() ||
        about->meeting.ends_at_ms() != now.ends_at_ms()) {
      notebook_.Find(report + ": intake has not noted its meeting " + mdo);
    }
  }
}

}  // namespace samenspel::simulation::model
