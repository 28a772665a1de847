// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "common/base/entropy.h"
#include "common/base/result.h"
#include "common/bus/peer.h"
#include "common/bus/registry.h"

namespace samenspel::bus {

/// A key pair for CURVE, both halves as Z85 text of 40 characters.
struct CurveKeys {
  std::string public_key;
  std::string secret_key;
};
base::Result<CurveKeys> NewCurveKeys();
/// The public half of `secret_key`.
base::Result<CurveKeys> CurveKeysOf(const std::string& secret_key);

/// A service to follow.
struct LeaderAddress {
  std::string service;         ///< "intake"
  std::string endpoint;        ///< "tcp://127.0.0.1:7101"
  std::string server_key;      ///< Its public CURVE key, pinned.
  std::string other_key = {};  ///< It may show this one instead, while its key changes.
};

struct LinkConfig {
  std::string listen;  ///< "tcp://127.0.0.1:7101"; port "*" takes a free one. TCP only.
  CurveKeys keys;
  std::vector<LeaderAddress> leaders;
  size_t receive_at_most = 512;      ///< Frames a turn.
  size_t frame_bytes_max = 1 << 20;  ///< Larger: the peer is dropped.
};

/// A daemon's sockets: one ROUTER and a DEALER per followed service, CURVE on all, ZAP on a thread
/// of its own. Nothing that matters lives only in its queues. Used by one thread.
class Link {
 public:
  /// Binds and connects. One Link a process: libzmq wants one context with CURVE. Fails with one
  /// sentence, such as kExists when the address is taken.
  static base::Result<std::unique_ptr<Link>> Open(const LinkConfig& config,
                                                  std::shared_ptr<const Registry> registry,
                                                  base::Entropy& entropy);
  virtual ~Link() = default;

  /// All that waits, at most `receive_at_most` frames; waits up to `wait` only when nothing does.
  /// Returns early, perhaps with nothing, when a signal arrives.
  virtual std::vector<Input> Receive(std::chrono::milliseconds wait) = 0;

  /// Hands each frame to its socket. Never waits: what cannot be delivered is counted and reported
  /// by the next Receive as kPeerGone.
  virtual void Send(std::vector<Output> outputs) = 0;

  /// From now on new connections are admitted by this snapshot, and a leader must show a key that
  /// it names: "svc_" and the service. Who is connected over a former key comes anew.
  virtual void UseRegistry(std::shared_ptr<const Registry> registry) = 0;

  /// From now on this daemon is known by these keys. All connections end and come back; until the
  /// address can be had again, some milliseconds, new ones are refused. Fails when there is no
  /// descriptor for it: then everything is as before.
  virtual base::Status UseKeys(const CurveKeys& keys) = 0;
  /// False: it still tries to have the address again.
  virtual bool listens() const = 0;

  /// Own time, which decides whose key is valid: a wall clock that jumps locks nobody out. Until it
  /// is told first, the wall clock.
  virtual void UseTime(base::Instant now) = 0;

  /// Where it listens: `LinkConfig::listen` with the port that was taken.
  virtual std::string endpoint() const = 0;

  virtual LinkCounters counters() const = 0;

  /// Whether the ZAP handler answers. False means that nobody can be admitted safely: the daemon
  /// must end.
  virtual bool AdmissionAlive() = 0;
};

}  // namespace samenspel::bus
