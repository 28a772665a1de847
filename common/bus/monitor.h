// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <zmq.hpp>

namespace samenspel::bus {

/// What libzmq tells about the connections of one socket. Must end before the socket does.
class Monitor {
 public:
  /// `events` as in zmq_socket_monitor(3). Call before the watched socket binds or connects.
  Monitor(zmq::context_t& context, zmq::socket_t& watched, int events);
  ~Monitor();
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;

  /// The next event that waits, as ZMQ_EVENT_...; nothing when none does.
  std::optional<int> Next();
  /// To poll on.
  void* handle() { return socket_.handle(); }

 private:
  zmq::socket_t& watched_;
  zmq::socket_t socket_;
};

constexpr int kHandshakeFailed = ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
                                 ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL |
                                 ZMQ_EVENT_HANDSHAKE_FAILED_AUTH;

}  // namespace samenspel::bus
