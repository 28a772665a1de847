// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "common/bus/link.h"

namespace samenspel::bus {

/// A client that speaks ZMTP 3.0 (ZeroMQ RFC 23) with CURVE (RFC 26) over a bare TCP connection, so
/// that it can say in its handshake what libzmq would not. Every call waits at most ten seconds for
/// the other side.
class RawPeer {
 public:
  explicit RawPeer(const std::string& endpoint);
  ~RawPeer();
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;

  /// Whether the server let it in.
  bool ShakeHands(const CurveKeys& keys, const std::string& server_key,
                  const std::map<std::string, std::string>& metadata);
  void Send(std::string_view payload);
  /// Bytes as they are; before a handshake.
  void Say(std::string_view bytes);
  bool connected() const { return connected_; }

 private:
  std::string Hear(size_t size);
  std::string HearFrame();
  void SayFrame(char flags, std::string_view body);
  std::string NextShortNonce();

  int fd_;
  bool connected_ = false;
  uint64_t nonce_ = 0;
  std::string server_short_public_;
  std::string short_secret_;
};

}  // namespace samenspel::bus
