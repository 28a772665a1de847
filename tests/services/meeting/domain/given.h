// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "services/meeting/domain/decider.h"

// Invented facts for the tests of meeting's rules. Moments are counted in minutes from a Monday at
// midnight, UTC.
namespace samenspel::meeting {

using std::chrono::minutes;

inline constexpr const char* kDesk = "org_000000000000000000000000v1";
inline constexpr const char* kOtherDesk = "org_000000000000000000000000g1";
inline constexpr const char* kSender = "pro_00000000000000000000000s00";
inline constexpr const char* kReport = "rpt_00000000000000000000000001";
inline constexpr const char* kHousehold = "hh_00000000000000000000000001";

Instant Minute(int minute);
Interval Minutes(int from, int until);

/// A table of these functions, timebox 30 minutes, notice 10, step 5, horizon 1 day, term 2 hours.
TableRules Table(const std::vector<std::string>& functions);

/// Adds a seat for `function` that is asked for when one of `any_yes` was answered yes.
void AddConditional(TableRules& rules, const std::string& function,
                    const std::vector<std::string>& any_yes);

/// Adds a person "pro_NAME" who holds `functions` and is on duty in `shifts`.
void OnDuty(Roster& roster, const std::string& name, const std::vector<std::string>& functions,
            const std::vector<Interval>& shifts);

/// Plans for a report in which `yes` were answered yes, with the table's term from `now` on.
Plan PlanFor(const TableRules& rules, const Roster& roster, Instant now,
             const std::vector<std::string>& yes = {});

/// "30: Anna, Bram" for a plan, "nobody for FUNCTION" for none. A seat that stays empty shows as
/// "-", and after the names why: nobody holds it, is on duty, or is free.
std::string Said(const Plan& plan);

Stamp By(const std::string& actor, const std::string& organisation, Instant at = Minute(0));
/// "code field" of each reason, in order.
std::vector<std::string> Why(const Decision& decision);

/// A report of that colour; `yes` and `no` are its answers.
intake::v1::ReportGraded Graded(intake::v1::Colour colour, const std::vector<std::string>& yes = {},
                                const std::vector<std::string>& no = {});

/// What is kept of the meeting after the event.
state::Mdo StateOf(const Happened& happened);

/// Opens the case of Graded to a person, or to all desk workers of an organisation.
common::v1::InvolvementSet Opened(const std::string& id, common::v1::InvolvementKind kind,
                                  const std::string& who, Instant from = Minute(0),
                                  Instant until = Instant{});

}  // namespace samenspel::meeting
