// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "services/intake/domain/case_list.h"

// What the decisions that change a report share.
namespace samenspel::intake {

/// A report as it stands: what every change answers with.
v1::ReportChanged Standing(const state::Report& report);

/// Why the actor may not change who answers for the report, what becomes of it or who may know of
/// it; nothing: they may. Break-glass lets read, and say who secures the child: by it alone
/// nobody's access lasts longer or reaches further (P.06, P.73).
std::optional<Refusal> NoPart(const Facts& facts, const Stamp& stamp);

/// Whether somebody changed the report since the actor saw it.
bool IsStale(const state::Report& report, const Stamp& stamp);

/// CONFLICT, showing both values.
///   both  the report as it stands, with what was asked for beside it
Refusal Conflict(const char* code, v1::ReportChanged both);

/// REFUSED: a rule of the domain says no.
Refusal RefusedBy(const char* code);

/// The code for what break-glass alone does not allow.
inline constexpr const char* kOnlyByBreakGlass = "only_by_break_glass";

/// Accepted: the report as `changed` says, at the version to which `changes` led.
Accepted Changed(Changes changes, v1::ReportChanged changed);
/// A repeat of what is so already: nothing happens, and the report is shown as it stands.
Accepted Unchanged(const state::Report& report);

}  // namespace samenspel::intake
