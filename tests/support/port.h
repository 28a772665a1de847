// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>

namespace samenspel::support {

/// A free port of the loopback that stays ours: bound without listening, so that a daemon can still
/// listen on it while no other process is given it, also while the daemon is down.
class Port {
 public:
  Port();
  ~Port();
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;

  uint16_t number() const { return number_; }
  std::string endpoint() const { return "tcp://127.0.0.1:" + std::to_string(number_); }
  /// Takes connections from now on, so that nobody else can listen.
  void Listen();

 private:
  int fd_ = -1;
  uint16_t number_ = 0;
};

/// A bare TCP connection to a port of the loopback; says nothing by itself.
class BareConnection {
 public:
  explicit BareConnection(uint16_t port);
  ~BareConnection();
  BareConnection(const BareConnection&) = delete;
  BareConnection& operator=(const BareConnection&) = delete;
  void Say(const std::string& bytes);
  /// All that comes until the other side closes, or is silent for ten seconds.
  std::string Hear();

 private:
  int fd_ = -1;
};

}  // namespace samenspel::support
