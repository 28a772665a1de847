// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "services/meeting/domain/roster.h"

namespace samenspel::meeting {

/// A place at the table: a function, never a brand or a person.
struct SeatRule {
  std::string function;
  std::string nl, en;
  std::string subject_nl, subject_en;
  std::string source;
};

/// The adopted table rules. Seats stand in rank order.
struct TableRules {
  std::string version;
  std::string adopted_on;
  std::string adopted_by;
  std::string hash;  ///< SHA-256 of the file.
  std::chrono::minutes timebox{90};
  std::chrono::minutes notice{10};     ///< From the decision to the earliest start.
  std::chrono::minutes start_step{5};  ///< Starts are multiples of this, in UTC.
  std::chrono::minutes red_term{120};  ///< A red report is at the table within this time.
  std::chrono::days horizon{30};
  std::vector<SeatRule> seats;
};

/// A start, and per seat, in rank order, who sits there.
struct Planned {
  Interval when;
  std::vector<const Person*> persons;
};
/// No start within the horizon; `function` is the first seat, in rank order, with which the seats
/// up to it have none.
struct Unplannable {
  std::string function;
};
using Plan = std::variant<Planned, Unplannable>;

/// The earliest start at or after `now` + notice at which each seat has a person of its own who is
/// on duty and free for the whole timebox; among those free, whoever is booked least, then by id.
/// Exact for the start; for the persons each seat, in rank order, takes its best of those left, and
/// an earlier seat gives way only where a later one would stay empty.
Plan PlanTable(const TableRules& rules, const Roster& roster, Instant now);

}  // namespace samenspel::meeting
