// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/rights.h"

#include <algorithm>

namespace samenspel::simulation::model {
namespace {

using Right = CaseLists::Right;

// Longer than the ten minutes of a mark: the clock that they are counted by may have stood still.
constexpr base::milliseconds kMarkCounts = std::chrono::hours(1);
constexpr int64_t kMarkLastsMs = 600'000;

std::string MarkKey(const std::string& household, const std::string& reader,
                    const std::string& purpose) {
  return household + " " + reader + " " + purpose;
}

// Kinds of request at intake that are for whoever may know of the case.
const std::set<std::string>& KindsAboutACase() {
  static const std::set<std::string> kinds = {"show_report",   "confirm_grade",    "hold_report",
                                              "claim_report",  "hand_over",        "hand_back",
                                              "settle_report", "set_secret_circle"};
  return kinds;
}

}  // namespace

void Rights::Take(const Seen& seen) {
  if (seen.service == kIntake) CheckCase(seen);
  if (seen.service == kIntake) intake_ms_ = seen.stamp();
  for (const auto& event : seen.audit) {
    if (event.has_log_read()) CheckLogRead(seen, event.log_read());
  }
  Remember(seen);
}

void Rights::Remember(const Seen& seen) {
  for (const auto& event : seen.intake) {
    if (event.has_secret_circle_set()) {
      const auto& persons = event.secret_circle_set().persons();
      circles_[event.secret_circle_set().report()] = {persons.begin(), persons.end()};
    }
  }
  for (const auto& event : seen.meeting) {
    if (!event.has_seat_taken()) continue;
    seated_[seen.sequence()].insert(event.seat_taken().household() + " " +
                                    event.seat_taken().professional());
  }
  for (const auto& event : seen.escalation) {
    const auto& asked = event.has_alarm_raised() ? event.alarm_raised().alarm().asked()
                                                 : event.alarm_passed_on().asked();
    for (const auto& one : asked) rung_[seen.sequence()].insert(one.person());
  }
  for (const auto& event : seen.audit) {
    for (const auto& run : event.leaves_appended().runs()) {
      if (run.service() == kNames[kIntake]) logged_ = run.last().sequence();
    }
  }
}

std::string Rights::HouseholdOf(const std::string& stream) const {
  if (stream.starts_with("hh_")) return stream;
  if (const Report* report = reports_.FindNamed(stream)) return report->household;
  if (const Table* table = tables_.Find(stream)) return table->now().household();
  return "";
}

void Rights::CheckCase(const Seen& seen) {
  for (const auto& event : seen.intake) {
    if (event.has_report_accessed()) CheckMark(seen, event.report_accessed());
    if (event.has_involvement_set()) CheckOrigin(seen, event.involvement_set());
    if (event.has_glass_broken()) Broken(seen, event.glass_broken());
    if (event.has_glass_reviewed()) Reviewed(seen, event.glass_reviewed());
  }
  const auto& header = seen.header();
  if (!KindsAboutACase().contains(header.kind()) || !header.on_behalf_of().empty()) return;
  const bool knows = header.outcome() == common::v1::STATUS_OK ||
                     header.outcome() == common::v1::STATUS_REFUSED ||
                     header.outcome() == common::v1::STATUS_CONFLICT;
  if (!knows) return;
  std::set<std::string> households;
  for (const auto& record : header.events()) households.insert(HouseholdOf(record.stream()));
  if (!header.subject().empty()) households.insert(HouseholdOf(header.subject()));
  households.erase("");
  for (const std::string& household : households) CheckActor(seen, household);
}

void Rights::CheckActor(const Seen& seen, const std::string& household) {
  const Right right = lists_.RightOf(people_.AskerOf(seen), household, seen.stamp());
  const std::string& kind = seen.header().kind();
  if (right == Right::kNone) {
    return Find(seen,
                seen.person() + " has no part in " + household + " and was answered to " + kind);
  }
  if (right == Right::kByRule || kind == "show_report" || !seen.ok()) return;
  bool in_words = kind == "hold_report";
  for (const auto& event : seen.intake) {
    in_words = in_words && event.first_step_named().first_step().professional().empty();
  }
  if (!in_words) Find(seen, seen.person() + " did " + kind + " by break-glass alone");
}

void Rights::CheckMark(const Seen& seen, const intake::v1::ReportAccessed& mark) {
  const std::string& kind = seen.header().kind();
  if (mark.reader() != seen.person() || mark.at_ms() != seen.stamp() ||
      mark.purpose() != seen.header().purpose()) {
    Find(seen, "the mark of a reading is not its reader's");
  }
  const Asker asker = people_.AskerOf(seen);
  const bool oversees = asker.Has("privacy_officer") || asker.Has("auditor");
  if (kind != "show_report" && !oversees) {
    Find(seen, mark.reader() + " was shown a case by " + kind);
  }
  Mark& last = marks_[MarkKey(mark.household(), mark.reader(), mark.purpose())];
  last.any = seen.true_time;
  last.any_ms = seen.stamp();
  const auto& shown = mark.shown();
  if (std::find(shown.begin(), shown.end(), "secret") == shown.end()) return;
  last.with_secret = seen.true_time;
  last.with_secret_ms = seen.stamp();
  CheckSecret(seen, mark);
}

void Rights::Shown(const Reading& reading, base::Instant true_time) {
  const std::string household = HouseholdOf(reading.report);
  const Mark mark = marks_[MarkKey(household, reading.reader, reading.purpose)];
  const base::Instant last = reading.secret ? mark.with_secret : mark.any;
  if (true_time < last + kMarkCounts) return;
  // Time went back since, and came to the same ten minutes again.
  const int64_t last_ms = reading.secret ? mark.with_secret_ms : mark.any_ms;
  if (last_ms != 0 && intake_ms_ >= last_ms && intake_ms_ < last_ms + kMarkLastsMs) return;
  notebook_.Find(reading.reader + " was shown " + reading.report + " and there is no mark of it");
}

void Rights::CheckSecret(const Seen& seen, const intake::v1::ReportAccessed& mark) {
  const Report* report = reports_.Find(mark.report());
  if (report == nullptr) return Find(seen, "a secret of no report was shown");
  const auto circle = circles_.find(report->id);
  const bool in_circle = mark.reader() == report->sender ||
                         (circle != circles_.end() && circle->second.contains(mark.reader()));
  const bool took_it = seen.header().organisation() == report->organisation;
  const Right right = lists_.RightOf(people_.AskerOf(seen), report->household, seen.stamp());
  if (!in_circle && !took_it) {
    Find(seen, mark.reader() + " read a secret outside its circle, of " + report->id);
  }
  if (right != Right::kByRule && seen.header().on_behalf_of().empty()) {
    Find(seen, mark.reader() + " read a secret by break-glass, of " + report->id);
  }
}

void Rights::CheckLogRead(const Seen& seen, const audit::v1::LogRead& event) {
  if (event.reader() != seen.person() || event.at_ms() != seen.stamp() ||
      event.purpose() != seen.header().purpose()) {
    Find(seen, "the mark of a look into the log is not its reader's");
  }
  const Asker asker = people_.AskerOf(seen);
  const std::string household = HouseholdOf(event.what());
  const bool oversees = asker.Has("auditor") || seen.header().purpose() == "privacy_review";
  if (oversees || !seen.header().on_behalf_of().empty() || !lists_.IsListed(household)) return;
  if (lists_.RightOf(asker, household, seen.stamp(), logged_) == Right::kNone) {
    Find(seen, event.reader() + " has no part in " + household + " and read its log");
  }
}

}  // namespace samenspel::simulation::model
