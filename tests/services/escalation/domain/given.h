// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "services/escalation/domain/chain.h"
#include "services/escalation/domain/decider.h"
#include "services/escalation/domain/watches.h"

// Invented facts for the tests of escalation's rules. Moments are counted in minutes from a Monday
// at midnight, UTC.
namespace samenspel::escalation {

using std::chrono::minutes;

inline constexpr const char* kDesk = "org_000000000000000000000000v1";
inline constexpr const char* kOtherDesk = "org_000000000000000000000000g1";
inline constexpr const char* kOwner = "pro_00000000000000000000000w00";
inline constexpr const char* kDeputy = "pro_00000000000000000000000d00";
inline constexpr const char* kManagerHere = "pro_00000000000000000000000m01";
inline constexpr const char* kManagerThere = "pro_00000000000000000000000m02";
inline constexpr const char* kReport = "rpt_00000000000000000000000001";
inline constexpr const char* kHousehold = "hh_00000000000000000000000001";
inline constexpr const char* kMdo = "mdo_00000000000000000000000001";
inline constexpr const char* kCase = "2026-000001-9";

base::Instant Minute(int minute);
int64_t MinuteMs(int minute);

/// All kinds. no_first_step asks owner and duty manager, after 5 minutes the deputy, after 10 more
/// every duty manager; a yes holds for 15 minutes, back within 30 is the same alarm.
AlarmRules Rules();

/// Somebody on duty from minute to minute; without: never.
state::Person Somebody(const std::string& id, const std::string& organisation,
                       const std::vector<std::string>& functions,
                       const std::vector<std::pair<int, int>>& shifts = {});
/// Owner with a deputy; a duty manager here and one elsewhere, both on duty all day.
People Everybody();

v1::ReportCopied Copy(intake::v1::Colour colour);
/// Terms in minutes: first step 10, meeting 5, settle 120, warn 90, confirm 30.
intake::v1::Terms Terms();

Stamp At(int minute);
Stamp By(const std::string& actor, const std::string& organisation,
         const std::vector<std::string>& roles, int minute = 0);

/// "kind detail: done" of each, in order.
std::vector<std::string> Said(const std::vector<Wanted>& wanted);
/// "person as step" of each.
std::vector<std::string> Said(const std::vector<v1::Asked>& asked);
std::vector<std::string> Said(const v1::Alarm& alarm);
/// "set KIND", "ended by WHAT", "alarm ended by WHAT", "asks WHOM as WHAT", of each event.
std::vector<std::string> Said(const std::vector<Happened>& events);
/// "code field" of each reason; empty: accepted.
std::vector<std::string> Why(const Decision& decision);
const std::vector<Happened>& EventsOf(const Decision& decision);

}  // namespace samenspel::escalation
