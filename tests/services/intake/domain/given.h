// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "services/intake/domain/decider.h"

// Invented facts for the tests of intake's rules.
namespace samenspel::intake {

inline constexpr const char* kDesk = "org_000000000000000000000000v1";
inline constexpr const char* kOtherDesk = "org_000000000000000000000000g1";
inline constexpr const char* kNoor = "pro_00000000000000000000000n00";
inline constexpr const char* kColleague = "pro_00000000000000000000000c00";
inline constexpr const char* kStranger = "pro_00000000000000000000000s00";

/// A moment in UTC: "2026-11-21T09:30:00".
base::Instant At(const std::string& utc);

/// Red: 10 minutes for a first step, 5 for a start, 120 for the table, 30 to confirm. Amber: 24
/// hours. Green: 5 working days. Break-glass: 60 minutes.
TermRules Terms();

/// Three indicators: `injury` and `access` give red, `worry` gives amber.
Crisismeter Rules();

using Given = std::map<std::string, v1::AnswerValue>;
v1::SubmitReport Form(const Given& answers);
/// Every indicator of Rules() answered no.
v1::SubmitReport QuietForm();

Stamp By(const std::string& actor, const std::string& organisation, base::Instant at);
Facts With(const Crisismeter& rules);

/// Submits and gives what was accepted; a refusal fails the test.
Accepted Taken(const Facts& facts, const Stamp& stamp, const v1::SubmitReport& form);
/// "code field" of each reason, in order.
std::vector<std::string> Why(const Decision& decision);
std::vector<std::string> Faults(const v1::SubmitReport& form,
                                const std::string& today = "2026-11-21");

/// Lets the events happen to report and case in `facts`, as evolving would.
void Remember(Facts& facts, const std::vector<Happened>& events);
/// The facts once this form was sent by kNoor for kDesk.
Facts Stored(const v1::SubmitReport& form, base::Instant at);

}  // namespace samenspel::intake
