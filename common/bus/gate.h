// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <zmq.hpp>

#include "common/bus/doorkeeper.h"
#include "common/bus/link.h"
#include "common/bus/monitor.h"

namespace samenspel::bus {

/// What a daemon listens with: a ROUTER that speaks CURVE with one key pair, and a Doorkeeper for
/// its connections. One thread.
class Gate {
 public:
  /// Throws zmq::error_t, such as when descriptors run out. Does not listen yet.
  Gate(zmq::context_t& context, const CurveKeys& keys, size_t frame_bytes_max);

  /// Listens. Throws zmq::error_t, such as EADDRINUSE.
  void Bind(const std::string& endpoint);
  /// Where it listens, with the port that was taken.
  std::string endpoint() const { return router_.get(zmq::sockopt::last_endpoint); }

  /// Takes note of connections that came and went.
  void Watch();
  /// Cuts those that make us hold too much: after what waits has been taken.
  void Look() { doorkeeper_.Look(Doorkeeper::Time::clock::now()); }

  struct Received {
    std::string route;  ///< Who sent it: the id of a connection here.
    std::string token;  ///< What the admission handler gave the connection; empty: nothing.
    std::string bytes;
    size_t size = 0;     ///< Of what was taken.
    bool whole = false;  ///< One frame within the limit. Else nothing of it is kept.
  };
  /// The next message that waits; nothing when none does.
  std::optional<Received> Receive();
  /// False when that connection is gone, or its queue full; then nothing was sent.
  bool Send(const std::string& route, std::string_view bytes);

  /// Both are to be polled on, for reading.
  void* socket_handle() { return router_.handle(); }
  void* monitor_handle() { return monitor_.handle(); }
  const Doorkeeper& doorkeeper() const { return doorkeeper_; }

 private:
  const size_t frame_bytes_max_;
  zmq::socket_t router_;
  Monitor monitor_;  // Ends before the socket that it watches.
  Doorkeeper doorkeeper_;
};

}  // namespace samenspel::bus
