// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/daemon/service.h"
#include "services/meeting/daemon/table_file.h"

namespace samenspel::meeting {

using daemon::View;

void Service::LoadProfessional(const state::Professional& state) {
  const v1::Professional& professional = state.professional();
  roster_.SetPerson(professional.id(), professional.name(), professional.organisation(),
                    {professional.functions().begin(), professional.functions().end()});
  std::vector<Interval> shifts;
  for (const v1::Shift& shift : state.shifts()) {
    shifts.push_back({base::FromMs(shift.from_ms()), base::FromMs(shift.until_ms())});
  }
  roster_.SetShifts(professional.id(), std::move(shifts));
}

void Service::ApplyMdo(View& view, uint64_t version, const v1::Mdo& mdo, const std::string& sender,
                       const std::string& organisation) {
  state::Mdo state;
  state.set_version(version);
  *state.mutable_mdo() = mdo;
  state.set_sender(sender);
  state.set_organisation(organisation);
  view.Save(mdo.mdo(), state);
  view.PutIndex("n/" + mdo.case_number(), mdo.mdo());
  view.PutIndex("r/" + mdo.report(), mdo.mdo());
  if (mdo.starts_at_ms() == 0) {
    without_start_.insert(mdo.mdo());
    return;
  }
  ++planned_;
  without_start_.erase(mdo.mdo());
  for (const v1::Seat& seat : mdo.seats()) {
    roster_.Book(seat.professional(),
                 {base::FromMs(mdo.starts_at_ms()), base::FromMs(mdo.ends_at_ms())});
  }
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
      return;
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
      return ApplyMdo(view, record.version(), event.mdo_planned().mdo(),
                      event.mdo_planned().sender(), event.mdo_planned().organisation());
    case v1::Event::kMdoUnplannable:
      return ApplyMdo(view, record.version(), event.mdo_unplannable().mdo(),
                      event.mdo_unplannable().sender(), event.mdo_unplannable().organisation());
    case v1::Event::kTableAdopted: {
      state::Table state;
      state.set_version(record.version());
      state.set_toml(event.table_adopted().toml());
      state.set_hash(event.table_adopted().hash());
      view.Save(record.stream(), state);
      auto parsed = ParseTable(state.toml(), "adopted table.toml");
      if (parsed.ok()) adopted_ = std::move(*parsed);
      return RosterChanged();
    }
    case v1::Event::kRegistryChanged:
    case v1::Event::kTurnedAway:
    case v1::Event::KIND_NOT_SET:
      return;
  }
}

}  // namespace samenspel::meeting
