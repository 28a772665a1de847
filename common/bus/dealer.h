// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <zmq.hpp>

#include "common/base/result.h"
#include "common/bus/link.h"
#include "common/bus/monitor.h"

namespace samenspel::bus {

struct DealerConfig {
  std::string endpoint;
  std::string server_key;      ///< Pinned: nobody else can answer.
  std::string other_key = {};  ///< But with this, while the server's key changes.
  CurveKeys keys;
  size_t frame_bytes_max = 1 << 20;
};

/// A DEALER with CURVE that talks to one server and keeps coming back to it. Sends only over a
/// connection that is up.
class Dealer {
 public:
  /// Starts connecting; the server need not be there yet.
  static base::Result<std::unique_ptr<Dealer>> Connect(zmq::context_t& context,
                                                       const DealerConfig& config);

  /// What happened to the connection since the last call.
  struct News {
    int came_up = 0;
    int handshakes_failed = 0;
  };
  /// libzmq gives up on a server that refused it or broke the protocol; a second later this begins
  /// anew. So call it at least that often while waiting.
  News Watch();

  /// False when no connection is up or its queue is full; then nothing was sent.
  bool Send(std::string_view bytes);

  struct Received {
    std::optional<std::string> bytes;  ///< Nothing: a message of several frames, dropped.
  };
  /// The next message that waits; nothing when none does.
  std::optional<Received> Receive();

  /// Keys that the server may show from now on. Ends the connection when it has shown another.
  void UseServer(const std::string& key, const std::string& other_key);
  /// Comes anew, with these keys of our own.
  void UseKeys(const CurveKeys& keys);
  /// The one that the server shows, or must show next.
  const std::string& server_key() const { return config_.server_key; }

  /// The server refused our key the last time we came.
  bool refused() const { return refused_; }
  /// The last time a connection ended before we knew who was there: it has another key, or fell
  /// silent.
  bool broken() const { return broken_; }

  /// Both are to be polled on, for reading; they change when Watch begins anew.
  void* socket_handle() { return line_->socket.handle(); }
  void* monitor_handle() { return line_->monitor.handle(); }

 private:
  // The monitor ends before the socket it watches.
  struct Line {
    Line(zmq::context_t& context, const DealerConfig& config);
    zmq::socket_t socket;
    Monitor monitor;
  };

  Dealer(zmq::context_t& context, DealerConfig config);
  void BeginAnew();
  void TryOtherKey();
  void Note(int event, News& news);

  zmq::context_t& context_;
  DealerConfig config_;
  std::unique_ptr<Line> line_;
  std::optional<std::chrono::steady_clock::time_point> anew_at_;
  std::chrono::steady_clock::time_point other_key_at_{};  // Not sooner.
  bool refused_ = false;
  bool broken_ = false;
};

}  // namespace samenspel::bus
