// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/wire.h"

namespace samenspel::attack {
namespace {

constexpr size_t kShortMax = 255;
constexpr size_t kMechanismBytes = 20;

}  // namespace

std::string BigEndian(uint64_t number, int bytes) {
  std::string text;
  for (int i = bytes - 1; i >= 0; --i) text += static_cast<char>(number >> (8 * i));
  return text;
}

std::string Greeting(std::string_view mechanism, bool as_server) {
  std::string greeting("\xFF\0\0\0\0\0\0\0\1\x7F\3\1", 12);
  greeting += mechanism.substr(0, kMechanismBytes);
  greeting.resize(12 + kMechanismBytes, '\0');
  greeting += as_server ? '\1' : '\0';
  greeting.resize(kGreetingBytes, '\0');
  return greeting;
}

std::string Frame(uint8_t flags, std::string_view body) {
  std::string head = body.size() > kShortMax
                         ? LongHead(flags, body.size())
                         : std::string(1, static_cast<char>(flags)) + BigEndian(body.size(), 1);
  return head.append(body);
}

std::string LongHead(uint8_t flags, uint64_t declared) {
  return std::string(1, static_cast<char>(flags | kLong)) + BigEndian(declared, 8);
}

std::string Command(std::string_view name, std::string_view data) {
  return BigEndian(name.size(), 1).append(name).append(data);
}

std::string CommandFrame(std::string_view name, std::string_view data) {
  return Frame(kCommand, Command(name, data));
}

std::string Properties(const Metadata& metadata) {
  std::string bytes;
  for (const auto& [name, value] : metadata) {
    bytes += BigEndian(name.size(), 1) + name + BigEndian(value.size(), 4) + value;
  }
  return bytes;
}

Metadata DealerMetadata() { return {{"Socket-Type", "DEALER"}, {"Identity", ""}}; }

}  // namespace samenspel::attack
