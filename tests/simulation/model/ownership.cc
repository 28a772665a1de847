// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/ownership.h"

namespace samenspel::simulation::model {

void Ownership::Take(const Seen& seen) {
  for (const auto& event : seen.intake) {
    if (event.has_owner_changed()) Changed(seen, event.owner_changed());
    if (event.has_report_settled()) Settled(seen, event.report_settled());
  }
}

void Ownership::Changed(const Seen& seen, const intake::v1::OwnerChanged& event) {
  const auto& after = event.ownership();
  const std::string& kind = seen.header().kind();
  const auto [found, is_new] = holds_.emplace(event.report(), Hold());
  Hold& hold = found->second;
  if (after.owner().empty() || after.desk().empty()) Find(seen, event.report(), "has no owner");
  if (event.by() != seen.person()) Find(seen, event.report(), "was passed on by somebody else");
  if (is_new) {
    if (kind != "submit_report" || after.owner() != seen.person()) {
      Find(seen, event.report(), "is not its sender's at first");
    }
  } else if (hold.settled) {
    Find(seen, event.report(), "changes owner or desk after it was settled");
  } else if (kind == "claim_report") {
    Claimed(seen, event, hold);
  } else {
    Passed(seen, event, hold);
  }
  hold.now = after;
}

void Ownership::Claimed(const Seen& seen, const intake::v1::OwnerChanged& event, const Hold& hold) {
  const auto& after = event.ownership();
  const bool was_asked = hold.now.offered_to() == seen.person();
  const bool of_the_desk = hold.now.open() && (hold.now.desk() == seen.header().organisation() ||
                                               !seen.header().on_behalf_of().empty());
  if (!was_asked && !of_the_desk) {
    Find(seen, event.report(),
         "is claimed by " + seen.person() + ", to whom it was not open; it was " +
             hold.now.ShortDebugString());
  }
  // Whoever owned it before has done so since then.
  const int64_t since = hold.now.owner() == seen.person() ? hold.now.since_ms() : seen.stamp();
  if (after.owner() != seen.person() || after.open() || !after.offered_to().empty() ||
      after.since_ms() != since) {
    Find(seen, event.report(), "was claimed and is not the claimer's own");
  }
}

void Ownership::Passed(const Seen& seen, const intake::v1::OwnerChanged& event, const Hold& hold) {
  const auto& after = event.ownership();
  const std::string& kind = seen.header().kind();
  if (kind != "hand_over" && kind != "hand_back") {
    return Find(seen, event.report(), "changes owner or desk by " + kind);
  }
  const bool for_the_desk =
      kind == "hand_over" && hold.now.open() && hold.now.desk() == seen.header().organisation();
  if (hold.now.owner() != seen.person() && !for_the_desk) {
    Find(seen, event.report(),
         "is passed on by " + seen.person() + ", who does not own it: " + kind + " of " +
             hold.now.ShortDebugString());
  }
  if (after.owner() != hold.now.owner() || after.since_ms() != hold.now.since_ms()) {
    Find(seen, event.report(), "loses its owner before somebody has claimed it");
  }
  const bool asked = kind == "hand_over" && !after.offered_to().empty();
  if (!asked && !after.open()) Find(seen, event.report(), "was passed on to nobody");
}

void Ownership::Settled(const Seen& seen, const intake::v1::ReportSettled& event) {
  Hold& hold = holds_[event.report()];
  const Report* report = reports_.Find(event.report());
  if (hold.settled) Find(seen, event.report(), "is settled twice");
  hold.settled = true;
  if (report == nullptr) return Find(seen, event.report(), "is settled and was never sent");
  if (hold.now.owner() != seen.person() || event.by() != seen.person() ||
      seen.header().kind() != "settle_report") {
    Find(seen, event.report(), "is settled by who does not own it");
  }
  if (event.outcome() == intake::v1::OUTCOME_UNSPECIFIED || event.at_ms() != seen.stamp()) {
    Find(seen, event.report(), "is settled without an outcome, or at another time");
  }
  const ReportFacts& facts = report->now();
  if (facts.colour != intake::v1::COLOUR_RED) return;
  if (!facts.first_step) Find(seen, event.report(), "is red and settled without a first step");
  if (facts.provisional) Find(seen, event.report(), "is settled while provisionally red");
  if (report->meeting.starts_at_ms() == 0) {
    Find(seen, event.report(), "is red and settled without a start of its meeting");
  }
}

void Ownership::AtEnd(base::Instant /*true_time*/) {
  for (const auto& [id, report] : reports_.all()) {
    if (!holds_.contains(id)) notebook_.Find(id + " has no owner at the end");
  }
}

}  // namespace samenspel::simulation::model
