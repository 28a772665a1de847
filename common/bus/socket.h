// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <zmq.hpp>

#include "common/base/result.h"
#include "common/bus/link.h"

namespace samenspel::bus {

/// What every socket of ours is set to; call before bind or connect.
///   frame_bytes_max  a peer that sends a larger frame is dropped before it is read
void SetCommonOptions(zmq::socket_t& socket, size_t frame_bytes_max);

/// A ROUTER that speaks CURVE with `keys` and lets nobody in whom the ZAP handler has not admitted.
zmq::socket_t NewRouter(zmq::context_t& context, const CurveKeys& keys, size_t frame_bytes_max);

/// Ok when `endpoint` is TCP: libzmq skips CURVE and ZAP on inproc.
base::Status CheckEndpoint(const std::string& endpoint);

/// Ok when both halves have the shape of a key and belong together.
base::Status CheckKeys(const CurveKeys& keys);

/// The three below never wait, and try again when a signal interrupts them. False: it did not
/// happen.
bool SendNow(zmq::socket_t& socket, std::string_view bytes, int flags = 0);
bool ReceiveNow(zmq::socket_t& socket, zmq::message_t& part);
/// Lets the socket take note of connections that came and went.
void Refresh(zmq::socket_t& socket);

/// Throw zmq::error_t when the endpoint cannot be used.
void Bind(zmq::socket_t& socket, const std::string& endpoint);
void ConnectTo(zmq::socket_t& socket, const std::string& endpoint);

/// Takes the rest of a message of which `part` was a frame with more to come.
void DropRest(zmq::socket_t& socket, zmq::message_t& part);

/// Non-empty, or option 93 would not count.
constexpr const char* kZapDomain = "samenspel";

}  // namespace samenspel::bus
