// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "common/daemon/service.h"
#include "common/decide/decision.h"

namespace samenspel::daemon {

/// What a domain is told of the caller.
inline decide::Stamp StampOf(const Caller& caller, base::Instant now) {
  decide::Stamp stamp;
  stamp.received_at = now;
  stamp.actor = caller.on_behalf_of.empty() ? caller.principal : caller.on_behalf_of;
  // A service only carries what its users ask; a person who acts for another is a second one.
  const bool carried = caller.principal.starts_with("svc_");
  if (stamp.actor != caller.principal && !carried) stamp.by = caller.principal;
  stamp.organisation = caller.organisation;
  stamp.roles = caller.roles;
  stamp.purpose = caller.purpose;
  stamp.request_id = caller.request_id;
  stamp.expected_version = caller.expected_version;
  return stamp;
}

/// An event of a domain as the core records it.
template <class Event>
NewEvent Recorded(decide::Happened<Event> happened) {
  NewEvent event;
  event.stream = std::move(happened.stream);
  event.version = happened.version;
  event.urgent = happened.urgent;
  event.keeper = std::move(happened.keeper);
  event.event = std::make_shared<Event>(std::move(happened.event));
  return event;
}

inline Decided DecidedFrom(decide::Refusal refusal) {
  Decided decided;
  decided.status = refusal.status;
  decided.reasons = std::move(refusal.reasons);
  decided.hidden = refusal.hidden;
  decided.subject = std::move(refusal.subject);
  decided.response = std::move(refusal.response);
  return decided;
}

/// A domain's decision as the core takes it. The version is that of the last event.
template <class Event, class Response>
Decided DecidedFrom(decide::Decision<Event, Response> decision,
                    std::vector<std::string> rule_hashes = {}) {
  if (auto* refusal = std::get_if<decide::Refusal>(&decision)) {
    return DecidedFrom(std::move(*refusal));
  }
  auto& accepted = std::get<decide::Accepted<Event, Response>>(decision);
  Decided decided;
  for (auto& happened : accepted.events) {
    decided.version = happened.version;
    decided.events.push_back(Recorded(std::move(happened)));
  }
  decided.response = accepted.response.SerializeAsString();
  decided.rule_hashes = std::move(rule_hashes);
  return decided;
}

}  // namespace samenspel::daemon
