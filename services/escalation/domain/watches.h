// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proto/intake/v1/events.pb.h"
#include "services/escalation/domain/facts.h"

namespace samenspel::escalation {

/// This service, as one that follows others.
inline constexpr const char* kSelf = "svc_escalation";
/// This service, as one that others follow.
inline constexpr const char* kHere = "escalation";

/// Something that must be done, or was done.
struct Wanted {
  v1::Alarm alarm;  ///< As it would be raised; due_at_ms 0: it should have been done by now.
  std::string owner;
  std::string organisation;
  std::string done;  ///< What fulfilled it, such as "first_step_named"; empty: nothing yet.
};

/// The id of the watch over one thing: the same thing has the same watch.
std::string WatchId(std::string_view kind, std::string_view subject, std::string_view detail = {});

/// All that a report asks for (P.01, P.17, invariant 3); a term of zero asks for nothing.
std::vector<Wanted> WantedOf(const v1::ReportCopied& copy);
/// What an opening asks for: its review (P.73).
Wanted WantedOf(const intake::v1::GlassBroken& broken);
Wanted WantedOf(const intake::v1::GlassReviewed& reviewed);
/// That `follower` keeps up with `leader`.
Wanted WantedOf(const std::string& follower, const std::string& leader, bool lagging);
/// That this service's own wall clock is right.
Wanted WantedOfClock(bool wrong);

/// Names a thing after what made it.
std::string DerivedId(std::string_view prefix, std::initializer_list<std::string_view> parts);
/// The alarm that a watch raised last; empty: none yet.
std::string LastAlarmOf(const state::Watch& watch);

/// When an alarm is over by itself, and by what; nothing: only by being fulfilled.
struct Moot {
  int64_t at_ms = 0;
  const char* ended_by = "";
};
std::optional<Moot> MootOf(const v1::Alarm& alarm, const v1::ReportCopied& report);

/// A watch as it stands, with its alarm when it rings.
struct KnownWatch {
  state::Watch watch;
  std::optional<state::AlarmState> alarm;
};
/// By id. Of a report: all that are open, and those that are wanted.
using KnownWatches = std::map<std::string, KnownWatch>;

/// The watch ends before its due time, or its alarm does.
Happened Ended(const std::string& watch_id, const KnownWatch& known, const std::string& ended_by,
               const Stamp& stamp);

/// What must happen for the watches to be as wanted: nothing for what is so already. What rings
/// goes on as it is, and asks who has become the owner since.
///   facts        the rules, and the people
///   happened_at  when it happened at the service that told it
std::vector<Happened> Reconcile(const Facts& facts, const KnownWatches& known,
                                const std::vector<Wanted>& wanted, const v1::ReportCopied* report,
                                const Stamp& stamp, base::Instant happened_at);

}  // namespace samenspel::escalation
