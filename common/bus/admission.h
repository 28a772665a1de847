// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>
#include <zmq.hpp>

#include "common/base/clock.h"
#include "common/base/instant.h"
#include "common/bus/registry.h"
#include "common/bus/token.h"

namespace samenspel::bus {

/// The ZAP handler (ZeroMQ RFC 27) of one context, on a thread of its own: admits the CURVE keys of
/// the current registry snapshot that are valid now, and marks their messages with a token. Bind it
/// before any socket of the context listens; let it end after they are closed.
class Admission {
 public:
  Admission(zmq::context_t& context, const TokenMint& mint,
            std::shared_ptr<const Registry> registry);
  ~Admission();
  Admission(const Admission&) = delete;
  Admission& operator=(const Admission&) = delete;

  /// From any thread.
  void UseRegistry(std::shared_ptr<const Registry> registry);

  /// The time at which keys must be valid; until then it is the wall clock. From any thread.
  void UseTime(base::Instant now) { now_ms_ = base::ToMs(now); }

  /// Asks the handler as a socket would; false when it does not answer within `wait`. Only from the
  /// thread that made it.
  bool Alive(base::milliseconds wait);

  /// Ends the handler, and every socket of its context with it. Nobody is admitted from then on.
  void Stop();

 private:
  void Serve(zmq::socket_t socket);
  void Answer(zmq::socket_t& socket, const std::vector<zmq::message_t>& request);
  bool MayEnter(std::string_view curve_key);
  bool Ask(const std::string& id);
  bool Answered(const std::string& id, std::chrono::steady_clock::time_point end);

  zmq::context_t& context_;
  const TokenMint& mint_;
  base::SystemClock clock_;
  std::atomic<int64_t> now_ms_{0};  // 0: not told yet.
  std::mutex mutex_;
  std::shared_ptr<const Registry> registry_;  // Guarded by mutex_.
  zmq::socket_t probe_;
  uint64_t probes_ = 0;
  std::thread thread_;
};

}  // namespace samenspel::bus
