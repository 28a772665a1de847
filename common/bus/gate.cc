// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/gate.h"

#include "common/bus/socket.h"

namespace samenspel::bus {

Gate::Gate(zmq::context_t& context, const CurveKeys& keys, size_t frame_bytes_max)
    : frame_bytes_max_(frame_bytes_max),
      router_(NewRouter(context, keys, frame_bytes_max)),
      monitor_(context, router_, Doorkeeper::kEvents) {}

void Gate::Bind(const std::string& endpoint) { bus::Bind(router_, endpoint); }

void Gate::Watch() {
  while (const auto event = monitor_.Next()) doorkeeper_.Note(*event);
}

std::optional<Gate::Received> Gate::Receive() {
  zmq::message_t route;
  zmq::message_t payload;
  if (!ReceiveNow(router_, route)) return std::nullopt;
  const bool single = route.more() && ReceiveNow(router_, payload) && !payload.more();
  Received received{.route = route.to_string(), .token = {}, .bytes = {}, .size = payload.size()};
  const int descriptor = zmq_msg_get(payload.handle(), ZMQ_SRCFD);
  doorkeeper_.Took(descriptor, received.route, payload.size());
  if (!single || payload.size() > frame_bytes_max_) {
    while (payload.more() && ReceiveNow(router_, payload)) {
      doorkeeper_.Took(descriptor, received.route, payload.size());
    }
    return received;
  }
  received.whole = true;
  received.bytes = payload.to_string();
  // From the payload: libzmq 4.3.4 leaves it out of the first frame.
  if (const char* token = zmq_msg_gets(payload.handle(), "User-Id")) received.token = token;
  return received;
}

bool Gate::Send(const std::string& route, std::string_view bytes) {
  if (!SendNow(router_, route, ZMQ_SNDMORE) || !SendNow(router_, bytes)) return false;
  doorkeeper_.Gave(route, bytes.size());
  return true;
}

}  // namespace samenspel::bus
