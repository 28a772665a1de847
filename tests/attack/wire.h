// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace samenspel::attack {

// Bytes of ZMTP 3.1 (ZeroMQ RFC 37), put together by hand: whatever the rules forbid can be said.

/// Flags of a frame.
inline constexpr uint8_t kMore = 0x01;
inline constexpr uint8_t kLong = 0x02;
inline constexpr uint8_t kCommand = 0x04;

inline constexpr size_t kGreetingBytes = 64;

using Metadata = std::vector<std::pair<std::string, std::string>>;

std::string BigEndian(uint64_t number, int bytes);
std::string Greeting(std::string_view mechanism, bool as_server = false);
/// A whole frame; long when the body asks for it.
std::string Frame(uint8_t flags, std::string_view body);
/// The head of a long frame that claims `declared` bytes of body.
std::string LongHead(uint8_t flags, uint64_t declared);
/// The body of a command frame: its name, and what it carries.
std::string Command(std::string_view name, std::string_view data);
/// A command frame.
std::string CommandFrame(std::string_view name, std::string_view data);
std::string Properties(const Metadata& metadata);
/// What a client of ours says of itself.
Metadata DealerMetadata();

}  // namespace samenspel::attack
