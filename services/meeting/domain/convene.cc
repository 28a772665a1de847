// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "common/base/ids.h"
#include "common/base/mutant.h"
#include "common/tlog/sha256.h"
#include "services/meeting/domain/decider.h"

namespace samenspel::meeting {
namespace {

constexpr const char* kNoTable = "table";

std::string MdoIdFor(const std::string& report) {
  const std::string digest = tlog::Sha256({"mdo|", report});
  base::IdBytes bytes;
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  return base::MakeId("mdo", bytes);
}

void FillSeat(const AskedSeat& asked, const Person& person, v1::Seat& seat) {
  seat.set_function(asked.rule->function);
  seat.set_professional(person.id);
  seat.set_name(person.name);
  seat.set_organisation(person.organisation);
  seat.set_subject_nl(asked.rule->subject_nl);
  seat.set_subject_en(asked.rule->subject_en);
  seat.set_reason_nl(asked.reason_nl);
  seat.set_reason_en(asked.reason_en);
  seat.set_conditional(asked.rule->conditional);
  for (const std::string& indicator : asked.indicators) seat.add_indicators(indicator);
}

void Fill(v1::Mdo& mdo, const TableRules& rules, const std::vector<AskedSeat>& seats,
          const Planned& planned) {
  mdo.set_starts_at_ms(base::ToMs(planned.when.from));
  mdo.set_ends_at_ms(base::ToMs(planned.when.until));
  mdo.clear_binding_function();
  for (size_t i = 0; i < seats.size(); ++i) {
    const Person* person = planned.persons[i];
    if (person == nullptr) continue;
    FillSeat(seats[i], *person, *mdo.add_seats());
    if (seats[i].rule->function == rules.chair) mdo.set_chair(person->id);
    if (seats[i].rule->function == rules.notes) mdo.set_notes(person->id);
  }
  for (const EmptySeat& empty : planned.empty) {
    v1::MissingSeat& missing = *mdo.add_missing();
    missing.set_function(seats[empty.seat].rule->function);
    missing.set_cause(empty.cause);
    missing.set_rings(seats[empty.seat].rule->ring_when_missing);
  }
  v1::Join join = JoinFor(rules.join, mdo.case_number());
  if (join.ByteSizeLong() > 0) *mdo.mutable_join() = std::move(join);
}

Happened OnMdo(const state::Mdo& call) {
  Happened happened;
  happened.stream = call.mdo().mdo();
  happened.version = call.version() + 1;
  happened.urgent = true;  // Only red leads to a meeting.
  happened.keeper = call.organisation();
  return happened;
}

template <class Event>
void Write(const state::Mdo& call, Event& event) {
  *event.mutable_mdo() = call.mdo();
  event.set_sender(call.sender());
  event.set_organisation(call.organisation());
  *event.mutable_answers() = call.answers();
}

Happened AsUnplannable(state::Mdo call, const std::string& function) {
  Happened happened = OnMdo(call);
  call.mutable_mdo()->set_binding_function(function);
  Write(call, *happened.event.mutable_mdo_unplannable());
  return happened;
}

// A red report is never dropped for want of rules: the meeting exists and is planned as soon as
// they are there.
Happened Planning(const Facts& facts, state::Mdo call, Instant now) {
  if (facts.table == nullptr) return AsUnplannable(std::move(call), kNoTable);
  const TableRules& rules = *facts.table;
  const Instant term = base::FromMs(call.mdo().convened_at_ms()) + rules.red_term;
  const std::vector<AskedSeat> seats = SeatsFor(rules, call.answers());
  const auto plan = PlanTable(rules, seats, *facts.roster, now, term);
  if (const auto* none = std::get_if<Unplannable>(&plan)) {
    return AsUnplannable(std::move(call), none->function);
  }
  Happened happened = OnMdo(call);
  Fill(*call.mutable_mdo(), rules, seats, std::get<Planned>(plan));
  Write(call, *happened.event.mutable_mdo_planned());
  return happened;
}

}  // namespace

std::vector<Happened> Convene(const Facts& facts, const Stamp& stamp,
                              const intake::v1::ReportGraded& graded) {
  const bool any = base::Mutated(base::Mutant::kAmberConvenes);
  if ((graded.grade().colour() != intake::v1::COLOUR_RED && !any) || graded.provisional()) {
    return {};
  }
  state::Mdo call;
  v1::Mdo& mdo = *call.mutable_mdo();
  mdo.set_mdo(MdoIdFor(graded.report()));
  mdo.set_report(graded.report());
  mdo.set_case_number(graded.case_number());
  mdo.set_household(graded.household());
  mdo.set_colour(graded.grade().colour());
  mdo.set_convened_at_ms(base::ToMs(stamp.received_at));
  call.set_sender(graded.sender());
  call.set_organisation(graded.organisation());
  *call.mutable_answers() = graded.answers();
  if (base::Mutated(base::Mutant::kTwoMeetings)) {
    state::Mdo second = call;
    second.mutable_mdo()->set_mdo(MdoIdFor(graded.case_number()));
    return {Planning(facts, call, stamp.received_at), Planning(facts, second, stamp.received_at)};
  }
  return {Planning(facts, std::move(call), stamp.received_at)};
}

Decision DecidePlanAgain(const Facts& facts, const Stamp& stamp) {
  if (!facts.mdo || facts.mdo->mdo().starts_at_ms() != 0 || facts.table == nullptr)
    return Accepted{};
  Happened happened = Planning(facts, *facts.mdo, stamp.received_at);
  const bool as_before = happened.event.has_mdo_unplannable() &&
                         happened.event.mdo_unplannable().mdo().binding_function() ==
                             facts.mdo->mdo().binding_function();
  if (as_before) return Accepted{};
  Accepted accepted;
  accepted.events.push_back(std::move(happened));
  return accepted;
}

}  // namespace samenspel::meeting
