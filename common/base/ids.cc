// SPDX-License-Identifier: EUPL-1.2
#include "common/base/ids.h"

#include <cctype>
#include <cstdio>

namespace samenspel::base {
namespace {

constexpr std::string_view kCrockford = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr size_t kIdCharacters = 26;
constexpr std::string_view kHex = "0123456789abcdef";

// 23 letters that are not taken for a digit or for each other when read out. 23 is prime and shares
// no factor with 10, so a wrong digit or a swap of neighbours always changes the remainder.
constexpr std::string_view kCheckLetters = "ABCDEFGHJKLMNPQRSTUVWXY";

bool IsDashAt(size_t position) {
  return position == 4 || position == 6 || position == 8 || position == 10;
}

}  // namespace

std::string MakeId(std::string_view prefix, const IdBytes& bytes) {
  std::string id(prefix);
  id += '_';
  // 26 characters hold 130 bits: two leading zero bits, then the 128 of `bytes`.
  uint32_t held = 0;
  int bits = 2;
  for (const uint8_t byte : bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      id += kCrockford[(held >> bits) & 31];
    }
    held &= (1U << bits) - 1;
  }
  return id;
}

bool IsId(std::string_view prefix, std::string_view text) {
  if (text.size() != prefix.size() + 1 + kIdCharacters) return false;
  if (!text.starts_with(prefix) || text[prefix.size()] != '_') return false;
  return text.substr(prefix.size() + 1).find_first_not_of(kCrockford) == std::string_view::npos;
}

std::string NewRequestId(Instant now, Entropy& entropy) {
  std::string id = entropy.Bytes(16);
  const auto ms = static_cast<uint64_t>(ToMs(now));
  for (int i = 0; i < 6; ++i) id[i] = static_cast<char>(ms >> (8 * (5 - i)));
  id[6] = static_cast<char>((id[6] & 0x0F) | 0x70);
  id[8] = static_cast<char>((id[8] & 0x3F) | 0x80);
  return id;
}

std::string UuidText(std::string_view bytes) {
  if (bytes.size() != 16) return {};
  std::string text;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (IsDashAt(i)) text += '-';
    const auto byte = static_cast<uint8_t>(bytes[i]);
    text += kHex[byte >> 4];
    text += kHex[byte & 15];
  }
  return text;
}

std::optional<std::string> ParseUuid(std::string_view text) {
  std::string bytes;
  size_t at = 0;
  for (size_t i = 0; i < 16; ++i) {
    if (IsDashAt(i) && (at >= text.size() || text[at++] != '-')) return std::nullopt;
    if (at + 2 > text.size()) return std::nullopt;
    const size_t high = kHex.find(text[at]);
    const size_t low = kHex.find(text[at + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    bytes += static_cast<char>(high * 16 + low);
    at += 2;
  }
  if (at != text.size()) return std::nullopt;
  return bytes;
}

std::string CaseNumber(int year, uint32_t number) {
  const uint64_t value = static_cast<uint64_t>(year) * 1'000'000 + number;
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%06u-%c", year, number, kCheckLetters[value % 23]);
  return text;
}

bool IsCaseNumber(std::string_view text) {
  if (text.size() != 13 || text[4] != '-' || text[11] != '-') return false;
  uint64_t value = 0;
  for (const size_t i : {0, 1, 2, 3, 5, 6, 7, 8, 9, 10}) {
    if (text[i] < '0' || text[i] > '9') return false;
    value = value * 10 + static_cast<uint64_t>(text[i] - '0');
  }
  return std::toupper(static_cast<unsigned char>(text[12])) == kCheckLetters[value % 23];
}

std::optional<std::string> ParseCaseNumber(std::string_view text) {
  if (!IsCaseNumber(text)) return std::nullopt;
  std::string number(text);
  number.back() = static_cast<char>(std::toupper(static_cast<unsigned char>(number.back())));
  return number;
}

}  // namespace samenspel::base
