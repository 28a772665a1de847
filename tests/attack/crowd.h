// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "tests/attack/connection.h"

namespace samenspel::attack {

/// Many connections at once, from a hundred addresses of the loopback.
class Crowd {
 public:
  ///   opening  what each says as soon as it is connected
  Crowd(uint16_t port, size_t size, std::string_view opening = {});

  /// Each says this too, as far as the other side takes it at once.
  void Say(std::string_view bytes);
  /// Whether all were hung up on within `patience` from now.
  bool IsSentAway(base::milliseconds patience);

 private:
  std::vector<Connection> connections_;
};

}  // namespace samenspel::attack
