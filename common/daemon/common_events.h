// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>

#include "common/bus/registry.h"
#include "common/daemon/service.h"

namespace samenspel::daemon {

// The events that every service has under the same name in its Event: registry_changed and
// turned_away.

/// Applies one of them; false: it is one of the service's own.
bool EvolveCommon(View& view, const common::v1::EventRecord& record,
                  const google::protobuf::Message& event);

/// What changed between the registry as last recorded and `registry`, at most 100 changes at once;
/// nothing when it is the same.
std::optional<NewEvent> RegistryChange(View& view, const Service& service,
                                       const bus::Registry& registry);

/// `count` requests of this principal were turned away without an entry of their own.
NewEvent TurnedAwayEvent(const Service& service, const std::string& principal, uint64_t count);

}  // namespace samenspel::daemon
