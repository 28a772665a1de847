// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/instant.h"

namespace samenspel::attack {

/// Long enough for a loaded machine; nothing waits this long when all is well.
inline constexpr base::milliseconds kHearPatience{10'000};

/// A frame as it came: ZMTP's flags and the body.
struct Heard {
  uint8_t flags = 0;
  std::string body;
};

/// A bare TCP connection to a port of the loopback. Never raises SIGPIPE.
class Connection {
 public:
  ///   from  last octet of the 127.0.0.x that it comes from
  explicit Connection(uint16_t port, uint8_t from = 1);
  ~Connection();
  Connection(Connection&& other) noexcept;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// False: the other side has hung up, or does not read any more.
  bool Say(std::string_view bytes);
  /// The same, one byte a packet.
  bool SayByteByByte(std::string_view bytes);
  /// As much as the other side takes without waiting: the number of bytes.
  size_t SayNow(std::string_view bytes);

  /// Exactly `size` bytes, or fewer when the other side hangs up or is silent.
  std::string Hear(size_t size, base::milliseconds patience = kHearPatience);
  std::optional<Heard> HearFrame(base::milliseconds patience = kHearPatience);
  /// Whether the other side hangs up within `patience`, whatever it says before.
  bool IsHungUpOn(base::milliseconds patience = kHearPatience);
  int fd() const { return fd_; }

 private:
  int fd_ = -1;
};

}  // namespace samenspel::attack
