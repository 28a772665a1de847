// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

#include "common/bus/monitor.h"

namespace samenspel::bus {

/// What the peers of a ROUTER may make us hold, all together.
struct HoldLimits {
  size_t handshakes = 128;                ///< Under way at a time; the oldest gives way.
  int64_t handshake_bytes = 8 << 10;      ///< From one connection before it is let in.
  int64_t unread_bytes = 8 << 20;         ///< Come in, and not a whole message that we took yet.
  int64_t first_bytes = 2 << 20;          ///< The same, of one that we never took a message from.
  int64_t unsent_bytes = 112 << 20;       ///< Given to libzmq, not acknowledged; followers' credit.
  std::chrono::seconds half_message{60};  ///< So long one may take to send a message.
};

/// Cuts connections that make us hold too much. libzmq bounds how many messages wait, not their
/// bytes; of a message it holds any number of parts until the last one comes; a connection that
/// takes another's routing id it hides and never reads; and of handshakes it has as many under way
/// as come. The kernel knows of each connection what came in and what was
/// acknowledged; we know what we took and gave. Whoever is cut may come back. Used by one thread.
class Doorkeeper {
 public:
  using Time = std::chrono::steady_clock::time_point;
  explicit Doorkeeper(HoldLimits limits = {}) : limits_(limits) {}

  /// What kEvents the monitor of the ROUTER told.
  void Note(const Monitor::Event& event);
  /// A message of so many bytes came from this peer over this descriptor.
  void Took(int descriptor, const std::string& route, size_t bytes);
  /// A message was handed to libzmq for this peer.
  void Gave(const std::string& route, size_t bytes);

  /// Looks at each connection, when it is time to; cuts those that hold too much.
  void Look(Time now);
  /// Whether Look must be called every kEvery.
  bool watches() const { return !lines_.empty(); }
  /// How many were cut since the start.
  uint64_t cut() const { return cut_; }
  /// How many connections ended, or were cut, before they were let in.
  uint64_t handshakes_failed() const { return handshakes_failed_; }

  static constexpr std::chrono::milliseconds kEvery{20};
  static constexpr int kEvents = ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED;
  /// What a server sends at least to whom it lets in: greeting, WELCOME and READY. To others less.
  static constexpr int64_t kReadyBytes = 280;

 private:
  struct Line {
    uint64_t number = 0;  // In order of arrival.
    bool admitted = false;
    int64_t taken = 0;  // Bytes, as the kernel counts them.
    int64_t given = 0;
    int64_t unread = 0;
    int64_t unsent = 0;
    Time half_since = Time::max();  // A part of a message is all that came since.
    std::string route;
  };
  using Lines = std::unordered_map<int, Line>;

  void Forget(int descriptor);
  void Measure(int descriptor, Line& line, Time now);
  void CutTheOldestHandshakes();
  void CutTheGreediest(int64_t Line::*held, int64_t limit);
  void Cut(int descriptor);

  const HoldLimits limits_;
  Lines lines_;
  std::map<uint64_t, int> handshakes_;  // Number to descriptor.
  std::unordered_map<std::string, int> by_route_;
  uint64_t last_number_ = 0;
  uint64_t cut_ = 0;
  uint64_t handshakes_failed_ = 0;
  Time next_look_{};
};

}  // namespace samenspel::bus
