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

  struct Event {
    int kind = 0;   ///< As ZMQ_EVENT_...
    int value = 0;  ///< A descriptor, or why it failed, as zmq_socket_monitor(3) says.
  };
  /// The next event that waits; nothing when none does.
  std::optional<Event> Next();
  /// To poll on.
  void* handle() { return socket_.handle(); }

 private:
  zmq::socket_t& watched_;
  zmq::socket_t socket_;
};

/// Not ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: telling it overwrites errno in libzmq 4.3.4, which then
/// takes a message that does not open for one that must wait. The connection is not closed, and
/// when the peer does, the next heartbeat aborts the process.
constexpr int kHandshakeFailed =
    ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH;

}  // namespace samenspel::bus
