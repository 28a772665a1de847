// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/bus/link.h"

namespace samenspel::attack {

/// Flags of a message, inside its box.
inline constexpr uint8_t kBoxedMore = 0x01;
inline constexpr uint8_t kBoxedCommand = 0x02;

/// The 32 bytes of a key in Z85 (ZeroMQ RFC 32: five characters are four bytes, the first counts
/// most).
std::string FromZ85(std::string_view text);

/// The client's side of CurveZMQ (ZeroMQ RFC 26) in bare libsodium: what stands in each command,
/// and how to open what comes. Knows no socket.
class CurveClient {
 public:
  ///   keys        halves that need not belong together: then it claims a key that it does not hold
  ///   server_key  Z85
  CurveClient(const bus::CurveKeys& keys, const std::string& server_key);

  /// Bodies of command frames.
  std::string Hello();
  /// False: it is none, or does not open.
  bool TakeWelcome(std::string_view body);
  ///   properties  the metadata, as bytes
  std::string Initiate(std::string_view properties);
  /// The server's metadata.
  std::optional<std::string> OpenReady(std::string_view body);

  /// The body of a message frame; `flags` go inside the box.
  std::string Message(std::string_view payload, uint8_t flags = 0);
  std::optional<std::string> OpenMessage(std::string_view body);

  /// The next box is made with the nonce after this one.
  void UseNonce(uint64_t nonce) { nonce_ = nonce; }

 private:
  std::string NextNonce();

  std::string public_key_;
  std::string secret_key_;
  std::string server_key_;
  std::string short_public_;
  std::string short_secret_;
  std::string server_short_public_;
  std::string cookie_;
  uint64_t nonce_ = 0;
};

}  // namespace samenspel::attack
