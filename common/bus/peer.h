// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <compare>
#include <cstdint>
#include <string>

namespace samenspel::bus {

/// One end of a connection. Socket 0 is the daemon's own ROUTER; 1.. are its DEALERs, in the order
/// of the followed services. A client's route is the id that the ROUTER gave its connection; a
/// DEALER has none.
struct Peer {
  uint32_t socket = 0;
  std::string route;
  auto operator<=>(const Peer&) const = default;
};

/// What reaches a core.
struct Input {
  enum class Kind {
    kFrame,     ///< `bytes` came from `peer`.
    kPeerGone,  ///< A message to `peer` could not be delivered: forget it.
    kUp,        ///< The connection of a DEALER came up, for the first time or again.
  };
  Kind kind = Kind::kFrame;
  Peer peer;
  /// Z85 public CURVE key that the peer has proven to hold; empty: not proven, refuse.
  std::string key;
  std::string bytes;
};

/// What a core wants sent: one frame.
struct Output {
  Peer peer;
  std::string bytes;
};

/// Counts since start, for status and metrics.
struct LinkCounters {
  uint64_t handshakes_failed = 0;
  uint64_t sends_failed = 0;
  uint64_t unproven_frames = 0;     ///< Without the proof of a key that we admitted: dropped.
  uint64_t connections_cut = 0;     ///< They made us hold too much.
  uint64_t malformed_messages = 0;  ///< Not exactly one frame within the limit: dropped.
};

}  // namespace samenspel::bus
