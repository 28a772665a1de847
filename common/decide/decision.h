// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "common/base/instant.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::decide {

/// Who asked, and when. Filled in by the daemon, never by the sender.
struct Stamp {
  base::Instant received_at{};
  std::string actor;
  std::string organisation;  ///< The one the actor acts for (P.05).
  std::vector<std::string> roles;
  std::string purpose;
  std::string request_id;         ///< 16 bytes; new ids derive from actor and this.
  uint64_t expected_version = 0;  ///< That the sender saw of what it changes; 0: not said.
  std::string by = {};            ///< Person who does it for the actor; empty: the actor.
};

/// One thing that happened, to the stream it belongs to.
template <class Event>
struct Happened {
  std::string stream;
  uint64_t version = 0;  ///< Of the stream after it.
  bool urgent = false;   ///< Concerns a child in danger now: followers hear of it at once.
  std::string keeper;    ///< Organisation that answers for it (P.76).
  Event event;
};

/// What happened, and what the sender is told. No events: nothing changes.
template <class Event, class Response>
struct Accepted {
  std::vector<Happened<Event>> events;
  Response response;
};

/// Why not: INVALID, REFUSED, NOT_FOUND, CONFLICT, DENIED or UNAVAILABLE, with reasons.
struct Refusal {
  common::v1::Status status = common::v1::STATUS_REFUSED;
  std::vector<common::v1::Reason> reasons;
  bool hidden = false;  ///< It exists, but the actor may not know of it.
  std::string subject;  ///< With `hidden`: the stream that it was about, for whoever reads the log.
  std::string response;  ///< Serialized; with CONFLICT it shows both values. Clear fields only.
};

template <class Event, class Response>
using Decision = std::variant<Accepted<Event, Response>, Refusal>;

/// A refusal with one reason.
inline Refusal Refuse(common::v1::Status status, const char* code, std::string field = {}) {
  common::v1::Reason reason;
  reason.set_code(code);
  reason.set_field(std::move(field));
  Refusal refusal;
  refusal.status = status;
  refusal.reasons.push_back(std::move(reason));
  return refusal;
}

inline Refusal Invalid(const char* code, std::string field) {
  return Refuse(common::v1::STATUS_INVALID, code, std::move(field));
}

/// *Not found*, for what is not there and, alike, for what the actor may not know of.
///   hidden_subject  the stream that is there all the same; empty: there is none
inline Refusal NotFound(std::string field, std::string hidden_subject = {}) {
  Refusal refusal = Refuse(common::v1::STATUS_NOT_FOUND, "not_found", std::move(field));
  refusal.hidden = !hidden_subject.empty();
  refusal.subject = std::move(hidden_subject);
  return refusal;
}

}  // namespace samenspel::decide
