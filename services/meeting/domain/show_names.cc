// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/decider.h"

namespace samenspel::meeting {

using decide::Invalid;

Decision DecideShowNames(const Facts& facts, const v1::ShowNames& request) {
  if (request.ids_size() > kNamesMax) return Invalid("too_many_ids", "ids");
  Accepted accepted;
  v1::NamesShown& shown = *accepted.response.mutable_names_shown();
  const auto& persons = facts.roster->persons();
  for (const std::string& id : request.ids()) {
    const auto person = persons.find(id);
    const v1::Organisation* organisation = facts.roster->Organisation(id);
    if (person == persons.end() && organisation == nullptr) continue;
    v1::Named& named = *shown.add_names();
    named.set_id(id);
    named.set_name(organisation == nullptr ? person->second.name : organisation->name());
    if (organisation == nullptr)
      organisation = facts.roster->Organisation(person->second.organisation);
    if (organisation != nullptr) named.set_phone(organisation->phone());
  }
  return accepted;
}

}  // namespace samenspel::meeting
