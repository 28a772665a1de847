// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/attack/connection.h"
#include "tests/attack/curve.h"
#include "tests/attack/wire.h"

namespace samenspel::attack {

/// A client that speaks ZMTP with CURVE over a bare connection, a step at a time, so that it can
/// say in each what libzmq would not.
class RawPeer {
 public:
  ///   server_key  Z85
  RawPeer(uint16_t port, const std::string& server_key, const bus::CurveKeys& keys,
          uint8_t from = 1);

  /// Each step is false when the server did not answer as it would to a client in good faith.
  bool Greet();
  bool SayHello();
  bool SayInitiate(std::string_view properties);
  /// All of it: whether the server let it in.
  bool Enter(const Metadata& metadata = DealerMetadata());

  ///   flags  kBoxedMore, kBoxedCommand
  bool Send(std::string_view payload, uint8_t flags = 0);
  /// The next message, as one payload; heartbeats are answered.
  std::optional<std::string> Receive(base::milliseconds patience = kHearPatience);

  Connection& connection() { return connection_; }
  CurveClient& curve() { return curve_; }

 private:
  Connection connection_;
  CurveClient curve_;
};

}  // namespace samenspel::attack
