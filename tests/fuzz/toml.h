// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>

#include "tests/fuzz/fuzz.h"

namespace samenspel::fuzz {

/// Lines as an editor counts them: an end of file is on the last one.
inline size_t LinesOf(std::string_view text) {
  return 1 + static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// A refusal of a file: "FILE:LINE: why", with a line that the file has.
inline void PromisePlace(std::string_view message, std::string_view file,
                         std::string_view content) {
  PromiseSentence(message);
  Promise(
      message.starts_with(file) && message.size() > file.size() + 2 && message[file.size()] == ':',
      "a refusal names the file");
  const std::string_view rest = message.substr(file.size() + 1);
  size_t line = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), line);
  Promise(error == std::errc() && *end == ':', "a refusal names a line");
  Promise(line >= 1 && line <= LinesOf(content), "a refusal names a line of the file");
}

}  // namespace samenspel::fuzz
