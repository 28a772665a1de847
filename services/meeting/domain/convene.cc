// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "common/base/ids.h"
#include "common/tlog/sha256.h"
#include "services/meeting/domain/decider.h"

namespace samenspel::meeting {
namespace {

std::string MdoIdFor(const std::string& report) {
  const std::string digest = tlog::Sha256({"mdo|", report});
  base::IdBytes bytes;
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  return base::MakeId("mdo", bytes);
}

void Fill(v1::Mdo& mdo, const Planned& planned, const TableRules& rules) {
  mdo.set_starts_at_ms(base::ToMs(planned.when.from));
  mdo.set_ends_at_ms(base::ToMs(planned.when.until));
  mdo.clear_binding_function();
  for (size_t i = 0; i < planned.persons.size(); ++i) {
    v1::Seat& seat = *mdo.add_seats();
    seat.set_function(rules.seats[i].function);
    seat.set_professional(planned.persons[i]->id);
    seat.set_name(planned.persons[i]->name);
    seat.set_organisation(planned.persons[i]->organisation);
  }
}

Happened OnMdo(const std::string& mdo, uint64_t version, const std::string& keeper) {
  Happened happened;
  happened.stream = mdo;
  happened.version = version;
  happened.urgent = true;  // Only red leads to a meeting.
  happened.keeper = keeper;
  return happened;
}

Happened AsPlanned(v1::Mdo mdo, const Planned& planned, const TableRules& rules, uint64_t version,
                   const std::string& sender, const std::string& organisation) {
  Fill(mdo, planned, rules);
  Happened happened = OnMdo(mdo.mdo(), version, organisation);
  v1::MdoPlanned& event = *happened.event.mutable_mdo_planned();
  *event.mutable_mdo() = std::move(mdo);
  event.set_sender(sender);
  event.set_organisation(organisation);
  return happened;
}

Happened AsUnplannable(v1::Mdo mdo, const std::string& function, uint64_t version,
                       const std::string& sender, const std::string& organisation) {
  mdo.set_binding_function(function);
  Happened happened = OnMdo(mdo.mdo(), version, organisation);
  v1::MdoUnplannable& event = *happened.event.mutable_mdo_unplannable();
  *event.mutable_mdo() = std::move(mdo);
  event.set_sender(sender);
  event.set_organisation(organisation);
  return happened;
}

}  // namespace

std::vector<Happened> Convene(const Facts& facts, const Stamp& stamp,
                              const intake::v1::ReportGraded& graded) {
  if (graded.grade().colour() != intake::v1::COLOUR_RED) return {};
  v1::Mdo mdo;
  mdo.set_mdo(MdoIdFor(graded.report()));
  mdo.set_report(graded.report());
  mdo.set_case_number(graded.case_number());
  mdo.set_household(graded.household());
  mdo.set_colour(graded.grade().colour());
  mdo.set_convened_at_ms(base::ToMs(stamp.received_at));
  const std::string& sender = graded.sender();
  const std::string& desk = graded.organisation();
  // A red report is never dropped for want of rules: the meeting exists and is planned as soon as
  // they are there.
  if (facts.table == nullptr) return {AsUnplannable(std::move(mdo), "table", 1, sender, desk)};
  const Plan plan = PlanTable(*facts.table, *facts.roster, stamp.received_at);
  if (const auto* planned = std::get_if<Planned>(&plan)) {
    return {AsPlanned(std::move(mdo), *planned, *facts.table, 1, sender, desk)};
  }
  return {AsUnplannable(std::move(mdo), std::get<Unplannable>(plan).function, 1, sender, desk)};
}

Decision DecidePlanAgain(const Facts& facts, const Stamp& stamp) {
  if (!facts.mdo || facts.mdo->mdo().starts_at_ms() != 0 || facts.table == nullptr)
    return Accepted{};
  const Plan plan = PlanTable(*facts.table, *facts.roster, stamp.received_at);
  const auto* planned = std::get_if<Planned>(&plan);
  if (planned == nullptr) return Accepted{};
  Accepted accepted;
  accepted.events.push_back(AsPlanned(facts.mdo->mdo(), *planned, *facts.table,
                                      facts.mdo->version() + 1, facts.mdo->sender(),
                                      facts.mdo->organisation()));
  return accepted;
}

}  // namespace samenspel::meeting
