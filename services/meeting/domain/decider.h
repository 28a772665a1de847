// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "services/meeting/domain/facts.h"

namespace samenspel::meeting {

/// Names an organisation of the region. The same again yields no events.
Decision DecideRegisterOrganisation(const Facts& facts, const v1::RegisterOrganisation& request);

/// Names a professional with employer, organisation acted for and functions (P.05).
Decision DecideRegisterProfessional(const Facts& facts, const v1::RegisterProfessional& request);

/// Replaces a professional's duty shifts. Each must end after it starts; sorted, not overlapping.
Decision DecideSetShifts(const Facts& facts, const v1::SetShifts& request);

/// Shows a meeting to those who may know of it: who sent the report, the desk that took it, who has
/// a seat.
Decision DecideShowMdo(const Facts& facts, const Stamp& stamp);

/// What a graded report leads to: for red a meeting at the earliest start (003.14, .16, .17), for
/// all else nothing. The meeting's id derives from the report's, so that one report cannot make
/// two.
std::vector<Happened> Convene(const Facts& facts, const Stamp& stamp,
                              const intake::v1::ReportGraded& graded);

/// Looks once more for a start of a meeting that has none. No events when there still is none.
Decision DecidePlanAgain(const Facts& facts, const Stamp& stamp);

/// Adopts a table file. `rules` is the parsed `toml`.
Decision DecideAdoptTable(const Facts& facts, const v1::AdoptTable& request,
                          const TableRules& rules);

}  // namespace samenspel::meeting
