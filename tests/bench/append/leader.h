// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>
#include <zmq.hpp>

#include "common/bus/link.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::bench {

/// Plays intake for audit: continues the chain of entries from what audit holds, each entry of
/// about 1 KiB and urgent, and sends as many as wait in one frame. On a thread of its own.
class Leader {
 public:
  ///   endpoint  where audit looks for intake; `keys` are intake's
  Leader(const std::string& endpoint, const bus::CurveKeys& keys);
  ~Leader();
  Leader(const Leader&) = delete;
  Leader& operator=(const Leader&) = delete;

  /// Queues an entry and says which one it will be. Nothing: audit does not follow within `wait`.
  std::optional<common::v1::Ref> Append(std::chrono::seconds wait);

 private:
  void Serve();
  void TakeAll();
  void OnFollow(const std::string& route, const common::v1::Follow& follow);
  void SendWaiting();
  std::string NextHeader();

  zmq::context_t context_;
  zmq::socket_t router_;
  int wake_;  // An eventfd: entries wait.
  bool stop_ = false;

  std::mutex mutex_;
  std::condition_variable followed_;
  uint64_t promised_ = 0;  // The last sequence that was given out; 0: nobody follows yet.
  uint64_t epoch_ = 1;

  // Of the thread alone.
  std::string route_;
  common::v1::Head sent_;
  uint64_t session_ = 0;
  uint64_t number_ = 0;
  uint64_t until_frame_ = 0;
  std::thread thread_;
};

}  // namespace samenspel::bench
