// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>

#include "common/base/result.h"

namespace samenspel::metrics {

/// Answers GET /metrics with the newest text that was published, on a thread of its own. The daemon
/// never waits for it, and whoever asks slowly or too much is dropped: at most 8 connections, 5
/// seconds and 8 KiB of request each.
class Server {
 public:
  ///   address  "127.0.0.1:7111"; another than a loopback address is refused, for metrics have no
  ///            lock. Port 0: a free one.
  static base::Result<std::unique_ptr<Server>> Open(const std::string& address);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// From now on this is what is answered.
  void Publish(std::string text);
  int port() const;

 private:
  class Inside;
  explicit Server(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace samenspel::metrics
