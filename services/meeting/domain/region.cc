// SPDX-License-Identifier: EUPL-1.2
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>

#include "common/base/ids.h"
#include "services/meeting/domain/decider.h"

namespace samenspel::meeting {
namespace {

using google::protobuf::util::MessageDifferencer;

using decide::Invalid;

Happened On(const std::string& stream, uint64_t version) {
  Happened happened;
  happened.stream = stream;
  happened.version = version;
  return happened;
}

bool IsCode(const std::string& text) {
  return !text.empty() && text.size() <= 64 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
}

Decision OneEvent(Happened happened) {
  Accepted accepted;
  accepted.events.push_back(std::move(happened));
  return accepted;
}

// Nobody is asked in their own place.
bool MayBeDeputy(const Facts& facts, const v1::Professional& professional) {
  const std::string& deputy = professional.deputy();
  return deputy.empty() || (deputy != professional.id() && facts.roster->Find(deputy) != nullptr);
}

}  // namespace

Decision DecideRegisterOrganisation(const Facts& facts, const v1::RegisterOrganisation& request) {
  const v1::Organisation& organisation = request.organisation();
  if (!base::IsId("org", organisation.id())) return Invalid("bad_id", "organisation.id");
  if (organisation.name().empty()) return Invalid("missing", "organisation.name");
  if (!IsCode(organisation.kind())) return Invalid("missing", "organisation.kind");
  if (facts.organisation &&
      MessageDifferencer::Equals(facts.organisation->organisation(), organisation)) {
    return Accepted{};
  }
  Happened happened =
      On(organisation.id(), facts.organisation ? facts.organisation->version() + 1 : 1);
  *happened.event.mutable_organisation_registered()->mutable_organisation() = organisation;
  return OneEvent(std::move(happened));
}

Decision DecideRegisterProfessional(const Facts& facts, const v1::RegisterProfessional& request) {
  const v1::Professional& professional = request.professional();
  if (!base::IsId("pro", professional.id())) return Invalid("bad_id", "professional.id");
  if (professional.name().empty()) return Invalid("missing", "professional.name");
  if (!facts.employer_known) return Invalid("unknown_organisation", "professional.organisation");
  if (professional.functions().empty()) return Invalid("missing", "professional.functions");
  for (int i = 0; i < professional.functions_size(); ++i) {
    if (!IsCode(professional.functions(i))) {
      return Invalid("unknown_function", "professional.functions[" + std::to_string(i) + "]");
    }
  }
  if (!MayBeDeputy(facts, professional)) {
    return Invalid("unknown_professional", "professional.deputy");
  }
  if (facts.professional &&
      MessageDifferencer::Equals(facts.professional->professional(), professional)) {
    return Accepted{};
  }
  Happened happened =
      On(professional.id(), facts.professional ? facts.professional->version() + 1 : 1);
  *happened.event.mutable_professional_registered()->mutable_professional() = professional;
  return OneEvent(std::move(happened));
}

Decision DecideSetShifts(const Facts& facts, const v1::SetShifts& request) {
  if (!facts.professional) return Invalid("unknown_professional", "professional");
  for (int i = 0; i < request.shifts_size(); ++i) {
    const v1::Shift& shift = request.shifts(i);
    const std::string field = "shifts[" + std::to_string(i) + "]";
    if (shift.until_ms() <= shift.from_ms()) return Invalid("shift_ends_before_start", field);
    if (i > 0 && shift.from_ms() < request.shifts(i - 1).until_ms()) {
      return Invalid("shifts_overlap", field);
    }
  }
  const auto& known = facts.professional->shifts();
  const bool same =
      std::equal(known.begin(), known.end(), request.shifts().begin(), request.shifts().end(),
                 [](const v1::Shift& left, const v1::Shift& right) {
                   return MessageDifferencer::Equals(left, right);
                 });
  if (same) return Accepted{};
  Happened happened = On(request.professional(), facts.professional->version() + 1);
  v1::ShiftsSet& event = *happened.event.mutable_shifts_set();
  event.set_professional(request.professional());
  *event.mutable_shifts() = request.shifts();
  return OneEvent(std::move(happened));
}

Decision DecideAdoptTable(const Facts& facts, const v1::AdoptTable& request,
                          const TableRules& rules) {
  Happened happened = On("table", facts.table_version + 1);
  v1::TableAdopted& event = *happened.event.mutable_table_adopted();
  event.set_toml(request.toml());
  event.set_hash(rules.hash);
  event.set_version(rules.version);
  event.set_adopted_on(rules.adopted_on);
  event.set_adopted_by(rules.adopted_by);
  return OneEvent(std::move(happened));
}

}  // namespace samenspel::meeting
