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
// turned_away and follower_seen.

/// What each follower was seen to be last: rows of FollowerSeen, under this and its principal.
inline constexpr std::string_view kFollowerRows = "!follower-";

/// Applies one of them; false: the service applies it too. That goes for its own events, and for
/// follower_seen, which may mean something to it.
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
