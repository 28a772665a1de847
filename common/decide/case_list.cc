// SPDX-License-Identifier: EUPL-1.2
#include "common/decide/case_list.h"

#include <algorithm>

namespace samenspel::decide {

using common::v1::CaseList;
using common::v1::Involvement;

bool Covers(const Involvement& involvement, base::Instant now) {
  const int64_t at = base::ToMs(now);
  return at >= involvement.from_ms() &&
         (involvement.until_ms() == 0 || at < involvement.until_ms());
}

bool IsOf(const Involvement& involvement, const Stamp& stamp) {
  if (!involvement.person().empty()) return involvement.person() == stamp.actor;
  if (involvement.organisation().empty() || involvement.organisation() != stamp.organisation) {
    return false;
  }
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
