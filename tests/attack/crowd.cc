// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/crowd.h"

#include <algorithm>
#include <chrono>

namespace samenspel::attack {
namespace {

constexpr size_t kAddresses = 100;
constexpr size_t kFirstAddress = 2;

}  // namespace

Crowd::Crowd(uint16_t port, size_t size, std::string_view opening) {
  connections_.reserve(size);
  for (size_t i = 0; i < size; ++i) {
    Connection& one =
        connections_.emplace_back(port, static_cast<uint8_t>(kFirstAddress + i % kAddresses));
    if (!opening.empty()) (void)one.SayNow(opening);
  }
}

void Crowd::Say(std::string_view bytes) {
  for (Connection& one : connections_) (void)one.SayNow(bytes);
}

bool Crowd::IsSentAway(base::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  return std::ranges::all_of(connections_, [&](Connection& one) {
    const auto left = std::chrono::ceil<base::milliseconds>(end - std::chrono::steady_clock::now());
    return one.IsHungUpOn(std::max(left, base::milliseconds(0)));
  });
}

}  // namespace samenspel::attack
