// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/daemon/core.h"

// What the sources of Core share; nobody else includes this.
namespace samenspel::daemon {

inline common::v1::Reason Why(std::string code, std::string field = "") {
  common::v1::Reason reason;
  reason.set_code(std::move(code));
  reason.set_field(std::move(field));
  return reason;
}

inline common::v1::Reply ReplyWith(const std::string& request_id, common::v1::Status status,
                                   std::optional<common::v1::Reason> reason = std::nullopt) {
  common::v1::Reply reply;
  reply.set_request_id(request_id);
  reply.set_status(status);
  if (reason) *reply.add_reasons() = std::move(*reason);
  return reply;
}

// An entry as the reply to what led to it; the first answer again for a repeat.
common::v1::Reply ReplyOf(const store::Stored& entry, const std::string& request_id);

// What one Step works on.
struct Core::TurnState {
  TurnState(base::Instant at, Core& core)
      : now(at), batch(core.store_.Begin()), view(core.store_, batch, core.keys_, core.entropy_) {}
  struct Request {
    bus::Peer peer;
    const bus::Principal* sender;
    common::v1::Envelope envelope;
  };
  struct PendingReply {
    bus::Peer peer;
    common::v1::Reply reply;
  };
  base::Instant now;
  store::Batch batch;
  View view;
  std::vector<Request> requests;
  std::map<bus::Peer, size_t> in_flight;
  std::vector<PendingReply> replies;
  base::milliseconds clock_moves{0};
  std::vector<bus::Output> out;  // Follow control: needs no commit.
  base::Status fault;            // Nothing may be committed any more.
};

}  // namespace samenspel::daemon
