// SPDX-License-Identifier: EUPL-1.2
#include "common/decide/case_list.h"

#include <algorithm>

namespace samenspel::decide {

using common::v1::CaseList;
using common::v1::Involvement;

bool Covers(const Involvement& involvement, base::Instant now) {
  return involvement.until_ms() == 0 || base::ToMs(now) < involvement.until_ms();
}

bool IsOf(const Involvement& involvement, const Stamp& stamp) {
  const std::string& given_for = involvement.organisation();
  const bool acts_for_it = given_for == stamp.organisation;
  if (!involvement.person().empty()) {
    return involvement.person() == stamp.actor && (given_for.empty() || acts_for_it);
  }
  if (given_for.empty() || !acts_for_it) return false;
  return involvement.role().empty() ||
         std::find(stamp.roles.begin(), stamp.roles.end(), involvement.role()) != stamp.roles.end();
}

const Involvement* MayKnow(const CaseList& list, const Stamp& stamp) {
  const Involvement* glass = nullptr;
  for (const Involvement& one : list.involvements()) {
    if (!Covers(one, stamp.received_at) || !IsOf(one, stamp)) continue;
    if (one.kind() != common::v1::INVOLVEMENT_KIND_BREAK_GLASS) return &one;
    glass = &one;
  }
  return glass;
}

void Evolve(CaseList& list, const common::v1::InvolvementSet& event, uint64_t version) {
  list.set_version(version);
  list.set_household(event.household());
  list.set_case_number(event.case_number());
  for (Involvement& known : *list.mutable_involvements()) {
    if (known.id() != event.involvement().id()) continue;
    known = event.involvement();
    return;
  }
  *list.add_involvements() = event.involvement();
}

}  // namespace samenspel::decide
