// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "common/bus/registry.h"
#include "common/daemon/service.h"

namespace samenspel::daemon {

// The events that every service has under the same name in its Event: registry_changed,
// turned_away, follower_seen and clock_seen.

/// What each follower was seen to be last: rows of FollowerSeen, under this and its principal.
inline constexpr std::string_view kFollowerRows = "!follower-";

/// Applies one of them; false: the service applies it too. That goes for its own events, and for
/// follower_seen and clock_seen, which may mean something to it.
bool EvolveCommon(View& view, const common::v1::EventRecord& record,
                  const google::protobuf::Message& event);

/// What changed between the registry as last recorded and `registry`, at most 100 changes at once;
/// nothing when it is the same.
std::optional<NewEvent> RegistryChange(View& view, const Service& service,
                                       const bus::Registry& registry);

/// `count` requests of this principal were turned away without an entry of their own.
NewEvent TurnedAwayEvent(const Service& service, const std::string& principal, uint64_t count);

/// A follower fell behind or caught up. Nothing when the service's Event has no such kind.
std::optional<NewEvent> FollowerSeenEvent(const Service& service,
                                          const common::v1::FollowerSeen& seen);
/// Whether that was the last that this service recorded of the principal: that it lags.
bool WasLagging(const View& view, const std::string& principal);

/// The wall clock is not believed, is believed again, or was accepted. Nothing when the service's
/// Event has no such kind.
std::optional<NewEvent> ClockSeenEvent(const Service& service, const common::v1::ClockSeen& seen);
/// Whether the last of these that was recorded says that the wall clock is not believed.
bool WasDisbelieved(const View& view);
/// The instant that an operator accepted, when that is the last of these that was recorded.
std::optional<base::Instant> AcceptedTime(const View& view);

/// An instant at which something is due, once this has happened: earlier by as much as time went
/// back, when it was still to come.
int64_t MovedDue(const common::v1::ClockSeen& seen, int64_t due_at_ms);
/// An instant at which something ends: moves along, and what was over stays so.
int64_t MovedEnd(const common::v1::ClockSeen& seen, int64_t end_ms);
/// As MovedDue for each int64 of a message that holds such instants only.
void MoveDues(const common::v1::ClockSeen& seen, google::protobuf::Message& terms);
/// As MovedEnd for each of them: what was due stays due.
void MoveEnds(const common::v1::ClockSeen& seen, google::protobuf::Message& terms);

/// A principal as the registry last recorded it, while its key is valid at `now`; nothing: not
/// registered, or no longer.
std::optional<common::v1::PrincipalKey> RegisteredPerson(const View& view, const std::string& id,
                                                         base::Instant now);
/// The same of several at once: whoever is not registered is absent.
std::map<std::string, common::v1::PrincipalKey> RegisteredPersons(const View& view,
                                                                  const std::set<std::string>& ids,
                                                                  base::Instant now);
/// Whether somebody with this role acts for the organisation, with a key that is valid at `now`.
bool HasPersonWithRole(const View& view, const std::string& organisation, const std::string& role,
                       base::Instant now);

}  // namespace samenspel::daemon
