// SPDX-License-Identifier: EUPL-1.2
#include "common/base/mutant.h"
#include "services/meeting/daemon/service.h"

namespace samenspel::meeting {

using daemon::View;

void Service::LoadProfessional(const state::Professional& state) {
  roster_.SetPerson(state.professional());
  std::vector<Interval> shifts;
  const std::chrono::hours late(base::Mutated(base::Mutant::kOffDuty) ? 12 : 0);
  for (const v1::Shift& shift : state.shifts()) {
    shifts.push_back({base::FromMs(shift.from_ms()), base::FromMs(shift.until_ms()) + late});
  }
  roster_.SetShifts(state.professional().id(), std::move(shifts));
}

void Service::LoadMdo(const View& view, const state::Mdo& state) {
  meetings_.Set(LineOf(state));
  meetings_.SetCases(view.Load<common::v1::CaseList>(state.mdo().household()));
}

void Service::BookSeats(const v1::Mdo& mdo) {
  if (base::Mutated(base::Mutant::kBookedTwice)) return;
  for (const v1::Seat& seat : mdo.seats()) {
    roster_.Book(seat.professional(),
                 {base::FromMs(mdo.starts_at_ms()), base::FromMs(mdo.ends_at_ms())});
  }
}

template <class Event>
void Service::ApplyMdo(View& view, uint64_t version, const Event& event) {
  const v1::Mdo& mdo = event.mdo();
  state::Mdo state;
  state.set_version(version);
  *state.mutable_mdo() = mdo;
  state.set_sender(event.sender());
  state.set_organisation(event.organisation());
  *state.mutable_answers() = event.answers();
  view.Save(mdo.mdo(), state);
  view.PutIndex("n/" + mdo.case_number(), mdo.mdo());
  view.PutIndex("r/" + mdo.report(), mdo.mdo());
  LoadMdo(view, state);
  if (mdo.starts_at_ms() == 0) {
    without_start_.insert(mdo.mdo());
    return;
  }
  without_start_.erase(mdo.mdo());
  BookSeats(mdo);
}

void Service::ApplySeatTaken(View& view, uint64_t version, const v1::SeatTaken& taken) {
  auto state = view.Load<state::Mdo>(taken.mdo());
  state.set_version(version);
  for (v1::Seat& seat : *state.mutable_mdo()->mutable_seats()) {
    if (seat.professional() == taken.professional()) seat.set_accepted_at_ms(taken.at_ms());
  }
  view.Save(taken.mdo(), state);
  meetings_.Set(LineOf(state));
}

void Service::ApplyInvolvement(View& view, uint64_t version,
                               const common::v1::InvolvementSet& set) {
  auto cases = view.Load<common::v1::CaseList>(set.household());
  decide::Evolve(cases, set, version);
  view.Save(set.household(), cases);
  meetings_.SetCases(std::move(cases));
}

void Service::Evolve(View& view, const common::v1::Ref&, const common::v1::EventRecord& record,
                     const google::protobuf::Message& message) {
  const auto& event = static_cast<const v1::Event&>(message);
  switch (event.kind_case()) {
    case v1::Event::kOrganisationRegistered: {
      state::Organisation state;
      state.set_version(record.version());
      *state.mutable_organisation() = event.organisation_registered().organisation();
      view.Save(record.stream(), state);
      return roster_.SetOrganisation(state.organisation());
    }
    case v1::Event::kProfessionalRegistered: {
      auto state = view.Load<state::Professional>(record.stream());
      state.set_version(record.version());
      *state.mutable_professional() = event.professional_registered().professional();
      view.Save(record.stream(), state);
      LoadProfessional(state);
      return RosterChanged();
    }
    case v1::Event::kShiftsSet: {
      auto state = view.Load<state::Professional>(record.stream());
      state.set_version(record.version());
      *state.mutable_shifts() = event.shifts_set().shifts();
      view.Save(record.stream(), state);
      LoadProfessional(state);
      return RosterChanged();
    }
    case v1::Event::kMdoPlanned:
      return ApplyMdo(view, record.version(), event.mdo_planned());
    case v1::Event::kMdoUnplannable:
      return ApplyMdo(view, record.version(), event.mdo_unplannable());
    case v1::Event::kSeatTaken:
      return ApplySeatTaken(view, record.version(), event.seat_taken());
    case v1::Event::kInvolvementSet:
      return ApplyInvolvement(view, record.version(), event.involvement_set());
    case v1::Event::kFirstStepCopied: {
      state::ReportCopy state;
      state.set_version(record.version());
      *state.mutable_first_step() = event.first_step_copied().first_step();
      return view.Save(record.stream(), state);
    }
    case v1::Event::kTableAdopted: {
      state::Table state;
      state.set_version(record.version());
      state.set_toml(event.table_adopted().toml());
      state.set_hash(event.table_adopted().hash());
      view.Save(record.stream(), state);
      (void)table_.Adopt(state.toml());  // It was parsed before it was adopted.
      return RosterChanged();
    }
    case v1::Event::kFollowerSeen:
    case v1::Event::kClockSeen:  // A meeting stands in people's calendars: it is not moved.
    case v1::Event::kRegistryChanged:
    case v1::Event::kTurnedAway:
    case v1::Event::KIND_NOT_SET:
      return;
  }
}

}  // namespace samenspel::meeting
