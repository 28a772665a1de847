// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/note_text.h"

#include <charconv>
#include <system_error>

namespace samenspel::tlog {
namespace {

/// Bytes in the UTF-8 sequence that starts with `first`; 0 when none does.
size_t SequenceSize(uint8_t first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

/// Takes one code point off `rest`, which is not empty; nothing when it is not valid UTF-8.
std::optional<char32_t> TakeCodePoint(std::string_view& rest) {
  const auto first = static_cast<uint8_t>(rest[0]);
  const size_t size = SequenceSize(first);
  if (size == 0 || size > rest.size()) return std::nullopt;
  char32_t point = size == 1 ? first : first & (0x7f >> size);
  for (size_t i = 1; i < size; ++i) {
    const auto next = static_cast<uint8_t>(rest[i]);
    if ((next & 0xc0) != 0x80) return std::nullopt;
    point = point << 6 | (next & 0x3f);
  }
  const bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
  const bool surrogate = point >= 0xd800 && point < 0xe000;
  if (overlong || surrogate || point > 0x10ffff) return std::nullopt;
  rest.remove_prefix(size);
  return point;
}

/// The White_Space property of Unicode.
bool IsSpace(char32_t point) {
  return (point >= 0x09 && point <= 0x0d) || point == 0x20 || point == 0x85 || point == 0xa0 ||
         point == 0x1680 || (point >= 0x2000 && point <= 0x200a) || point == 0x2028 ||
         point == 0x2029 || point == 0x202f || point == 0x205f || point == 0x3000;
}

}  // namespace

bool IsNoteText(std::string_view text) {
  while (!text.empty()) {
    const auto point = TakeCodePoint(text);
    if (!point || (*point < 0x20 && *point != U'\n')) return false;
  }
  return true;
}

bool IsKeyName(std::string_view name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const auto point = TakeCodePoint(name);
    if (!point || *point < 0x20 || *point == U'+' || IsSpace(*point)) return false;
  }
  return true;
}

std::optional<uint64_t> ParseDecimal(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

std::optional<std::string_view> TakeLine(std::string_view& rest) {
  const size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace samenspel::tlog
