// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "services/meeting/domain/facts.h"

namespace samenspel::meeting {

/// Names an organisation of the region. The same again yields no events.
Decision DecideRegisterOrganisation(const Facts& facts, const v1::RegisterOrganisation& request);

/// Names a professional with employer, organisation and functions acted for (P.05), and who is
/// asked when this one does not answer: somebody registered, never oneself.
Decision DecideRegisterProfessional(const Facts& facts, const v1::RegisterProfessional& request);

/// Replaces a professional's duty shifts. Each must end after it starts; sorted, not overlapping.
Decision DecideSetShifts(const Facts& facts, const v1::SetShifts& request);

/// Shows a meeting to those who may know of it, by the case list or by a seat, with the first step
/// for the child above it (P.01). Whoever has a seat and has not accepted it is told why they are
/// asked for, and not why others are (P.25).
Decision DecideShowMdo(const Facts& facts, const Stamp& stamp);

/// Confirms the actor's own seat (P.25). Repeated: no events. REFUSED no_seat: they may know of the
/// meeting and have none; ended: from its end on, to
/// those who may still know of it. CONFLICT shows the meeting as ShowMdo does.
Decision DecideAcceptSeat(const Facts& facts, const Stamp& stamp);

/// The meetings that the actor may know of, a page at a time.
Decision DecideListMdos(const Facts& facts, const Stamp& stamp, const v1::ListMdos& request);

/// Who is registered, and on duty when, a page at a time.
Decision DecideShowRoster(const Facts& facts, const v1::ShowRoster& request);

/// What people and organisations are called. INVALID too_many_ids: more than kNamesMax.
inline constexpr int kNamesMax = 200;
Decision DecideShowNames(const Facts& facts, const v1::ShowNames& request);

/// Every stretch in which a seat of the table cannot be filled, or rests on one person. Only duty
/// and region managers see what meetings take away; for others duty counts alone (invariant 10).
Decision DecideShowCoverage(const Facts& facts, const Stamp& stamp,
                            const v1::ShowCoverage& request);

/// What a graded report leads to: for red a meeting at the earliest start (003.14, .16, .17), for
/// all else, and for red that nobody has confirmed yet (P.17), nothing. The meeting's id derives
/// from the report's, so that one report cannot make two.
std::vector<Happened> Convene(const Facts& facts, const Stamp& stamp,
                              const intake::v1::ReportGraded& graded);

/// Looks once more for a start of a meeting that has none. No events when there still is none, for
/// the same seat.
Decision DecidePlanAgain(const Facts& facts, const Stamp& stamp);

/// Takes over what intake says of a case list or a first step; nothing when it is known already.
std::optional<Happened> CopyInvolvement(const common::v1::CaseList& cases,
                                        const common::v1::InvolvementSet& set);
std::optional<Happened> CopyFirstStep(const state::ReportCopy& copy,
                                      const intake::v1::FirstStepNamed& named);

/// Adopts a table file. `rules` is the parsed `toml`.
Decision DecideAdoptTable(const Facts& facts, const v1::AdoptTable& request,
                          const TableRules& rules);

}  // namespace samenspel::meeting
