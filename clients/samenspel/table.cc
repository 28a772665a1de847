// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/table.h"

#include <wchar.h>

#include <algorithm>
#include <clocale>
#include <cstdint>

namespace samenspel::cli {
namespace {

constexpr std::string_view kPaint = "\x1b[";  // Begins a colour; "m" ends it.

using Row = std::vector<std::string>;

// Takes one character off `text`. What is not UTF-8 counts as one odd character a byte.
wchar_t TakeCharacter(std::string_view& text) {
  const auto lead = static_cast<uint8_t>(text[0]);
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  uint32_t character = lead;
  if (length > 1 && length <= text.size()) {
    character = lead & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; ++i) {
      character = (character << 6) | (static_cast<uint8_t>(text[i]) & 0x3F);
    }
  }
  text.remove_prefix(std::min(length, text.size()));
  return static_cast<wchar_t>(character);
}

bool IsControl(wchar_t character) {
  return character < 0x20 || (character >= 0x7F && character < 0xA0);
}

// wcwidth knows letters beyond ASCII only in a UTF-8 locale; our output is UTF-8 whatever the
// user's locale says.
void UseUtf8() {
  static const char* once = std::setlocale(LC_CTYPE, "C.UTF-8");
  (void)once;
}

}  // namespace

size_t Width(std::string_view text) {
  UseUtf8();
  size_t width = 0;
  while (!text.empty()) {
    if (text.starts_with(kPaint)) {  // Our own colours take no place.
      text.remove_prefix(std::min(text.find('m'), text.size() - 1) + 1);
      continue;
    }
    const int columns = wcwidth(TakeCharacter(text));
    width += columns > 0 ? static_cast<size_t>(columns) : 0;
  }
  return width;
}

std::string Printable(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::string_view before = text;
    const wchar_t character = TakeCharacter(text);
    if (IsControl(character)) {
      safe += '?';
    } else {
      safe += before.substr(0, before.size() - text.size());
    }
  }
  return safe;
}

std::string Wrapped(std::string_view text, size_t columns, std::string_view indent) {
  std::string wrapped;
  size_t used = 0;
  const auto new_line = [&] {
    wrapped += "\n";
    wrapped += indent;
    used = 0;
  };
  while (!text.empty()) {
    const size_t end = std::min(text.find_first_of(" \n"), text.size());
    const std::string word = Printable(text.substr(0, end));
    if (used > 0 && used + 1 + Width(word) > columns) new_line();
    if (used > 0) wrapped += ' ';
    wrapped += word;
    used += Width(word) + (used > 0 ? 1 : 0);
    const bool paragraph_ends = end < text.size() && text[end] == '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
    if (paragraph_ends && !text.empty()) new_line();
  }
  return wrapped;
}

size_t WidestLine(std::string_view text) {
  size_t widest = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    widest = std::max(widest, Width(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return widest;
}

std::string Clipped(std::string_view text, size_t columns) {
  if (Width(text) <= columns) return std::string(text);
  std::string kept;
  for (std::string_view left = text; !left.empty();) {
    const std::string_view before = left;
    TakeCharacter(left);
    const std::string_view next = before.substr(0, before.size() - left.size());
    if (Width(kept) + Width(next) + 1 > columns) break;
    kept += next;
  }
  return kept + "…";
}

std::vector<size_t> ColumnWidths(const std::vector<Row>& rows) {
  std::vector<size_t> widths;
  for (const Row& row : rows) {
    if (row.size() > widths.size()) widths.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  return widths;
}

std::string Table(const std::vector<Row>& rows, std::string_view indent) {
  const std::vector<size_t> widths = ColumnWidths(rows);
  std::string table;
  for (const Row& row : rows) {
    std::string line(indent);
    for (size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - Width(row[i]) + kColumnGap, ' ');
    }
    table += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return table;
}

}  // namespace samenspel::cli
