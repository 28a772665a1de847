// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "services/meeting/domain/roster.h"
#include "services/meeting/domain/table.h"

namespace samenspel::meeting {

/// A seat that the start does without.
struct EmptySeat {
  size_t seat = 0;  ///< Index in the seats that were asked for.
  v1::MissingCause cause = v1::MISSING_CAUSE_UNSPECIFIED;
};

/// A start, and who sits there.
struct Planned {
  Interval when;
  std::vector<const Person*> persons;  ///< Per seat that was asked for; null: it stays empty.
  std::vector<EmptySeat> empty;        ///< Only conditional seats, in rank order (invariant 3).
};
/// No start within the horizon; `function` is the first fixed seat, in rank order, with which the
/// fixed seats up to it have none.
struct Unplannable {
  std::string function;
};
using Plan = std::variant<Planned, Unplannable>;

/// The earliest start at or after `now` + notice at which each seat has a person of its own who is
/// on duty and free for the whole timebox (003.16, 003.17). When no start up to and with `term` has
/// them all: by rank, each conditional seat is kept with which a start within the term is left.
/// When even the fixed seats have none within the term: their earliest start, and by rank each
/// conditional seat that can be had then.
///   seats  in rank order, at least one of them fixed
///   term   last start that is in time
/// Exact for the start. Among those free whoever is booked least, then by id: each seat, in rank
/// order, takes its best of those left, and an earlier seat gives way only where a later one would
/// stay empty.
Plan PlanTable(const TableRules& rules, std::span<const AskedSeat> seats, const Roster& roster,
               Instant now, Instant term);

}  // namespace samenspel::meeting
