// SPDX-License-Identifier: EUPL-1.2
#include "common/base/toml_depth.h"

#include <algorithm>

namespace samenspel::base {
namespace {

constexpr size_t kDotsMax = 16;  // Of a line; no key of ours has more than one.

// Dots that do not stand in quotes: only those part names.
size_t BareDots(std::string_view line) {
  size_t dots = 0;
  char quote = '\0';
  for (size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote == '\0') {
      if (c == '#') return dots;
      if (c == '"' || c == '\'') quote = c;
      if (c == '.') ++dots;
    } else if (c == '\\' && quote == '"') {
      ++i;
    } else if (c == quote) {
      quote = '\0';
    }
  }
  return dots;
}

}  // namespace

std::optional<size_t> TooDeepLine(std::string_view toml) {
  for (size_t line = 1; !toml.empty(); ++line) {
    const size_t end = std::min(toml.find('\n'), toml.size());
    if (BareDots(toml.substr(0, end)) > kDotsMax) return line;
    toml.remove_prefix(std::min(end + 1, toml.size()));
  }
  return std::nullopt;
}

}  // namespace samenspel::base
