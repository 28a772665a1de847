// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "common/decide/decision.h"
#include "proto/common/v1/case.pb.h"

namespace samenspel::decide {

/// Whether the involvement covers a moment: up to but not at its end. When it began says nothing:
/// it is on the list, and a clock that was set back must hide no case from its own people.
bool Covers(const common::v1::Involvement& involvement, base::Instant now);

/// Whether it is that of the actor: by name, as long as they act for the organisation for which it
/// was given to them (before 0.2 none was named), or by the organisation that the actor acts for
/// and a role that the actor has (P.05). Says nothing of time.
bool IsOf(const common::v1::Involvement& involvement, const Stamp& stamp);

/// The involvement by which the actor may know of the case now; null: they may not know that it
/// exists. A right that follows from a rule goes before break-glass (P.73).
const common::v1::Involvement* MayKnow(const common::v1::CaseList& list, const Stamp& stamp);

/// Applies the event: opens, lengthens or ends one involvement of the list.
void Evolve(common::v1::CaseList& list, const common::v1::InvolvementSet& event, uint64_t version);

}  // namespace samenspel::decide
