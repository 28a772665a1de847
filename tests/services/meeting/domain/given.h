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

Instant Minute(int minute);
Interval Minutes(int from, int until);

/// A table of these functions, timebox 30 minutes, notice 10, step 5, horizon 1 day.
TableRules Table(const std::vector<std::string>& functions);

/// Adds a person "pro_NAME" who holds `functions` and is on duty in `shifts`.
void OnDuty(Roster& roster, const std::string& name, const std::vector<std::string>& functions,
            const std::vector<Interval>& shifts);

/// "30: Anna, Bram" for a plan, "nobody for FUNCTION" for none.
std::string Said(const Plan& plan);

Stamp By(const std::string& actor, const std::string& organisation, Instant at = Minute(0));
/// "code field" of each reason, in order.
std::vector<std::string> Why(const Decision& decision);

intake::v1::ReportGraded Graded(intake::v1::Colour colour);

}  // namespace samenspel::meeting
