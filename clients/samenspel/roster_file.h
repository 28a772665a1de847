// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string_view>
#include <variant>

#include "clients/demo/region.h"
#include "clients/samenspel/json_tree.h"
#include "clients/samenspel/printer.h"

namespace samenspel::cli {

/// A roster file (docs/formats/roster.md): organisations, professionals and their duty shifts.
/// Strict, because who is thought to be on duty and is not may be missed at a table: refuses
/// unknown keys, values of another type, ids that are none or stand twice, times without an offset,
/// and shifts that overlap or end before they start. Sorts the shifts of each person.
std::variant<demo::Region, FormError> ReadRoster(std::string_view json);

/// The first organisation, professional or deputy that `roster` names and neither holds itself nor
/// finds in `known`; nothing: all are known.
std::optional<FormError> FindUnknown(const demo::Region& roster, const demo::Region& known);

/// What ReadRoster reads. Times are local, with their offset.
Json RosterJson(const demo::Region& roster);

}  // namespace samenspel::cli
