// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/ids.h"
#include "proto/common/v1/case.pb.h"

namespace samenspel::meeting {

/// Where a page of a list begins. Lines have keys whose bytes sort as the list does and that end in
/// an id; a token is the order, one character, and the key of the last line.
struct PageCut {
  static constexpr size_t kLinesMax = 200;
  static constexpr size_t kBytesMax = 256 * 1024;  // A reply fits one frame with room to spare.

  /// Nothing when the token was made for another order, or by nobody here.
  static std::optional<PageCut> Of(const common::v1::Page& page, char order,
                                   std::string_view kind) {
    PageCut cut;
    cut.order = order;
    if (page.limit() > 0) cut.limit = std::min<size_t>(page.limit(), kLinesMax);
    const std::string& token = page.after();
    if (token.empty()) return cut;
    const size_t id_size = kind.size() + 1 + kIdTail;
    if (token.size() <= id_size || token.front() != order) return std::nullopt;
    if (!base::IsId(kind, token.substr(token.size() - id_size))) return std::nullopt;
    cut.after = token.substr(1);
    return cut;
  }

  /// Hands the lines of the page to `add`, which returns how many bytes the line took. Returns the
  /// token of the next page; empty: there is none.
  template <class Line, class Add>
  std::string Fill(std::vector<std::pair<std::string, Line>> lines, const Add& add) const {
    std::sort(lines.begin(), lines.end(),
              [](const auto& left, const auto& right) { return left.first < right.first; });
    auto at = std::upper_bound(lines.begin(), lines.end(), after,
                               [](const auto& key, const auto& line) { return key < line.first; });
    size_t bytes = 0;
    for (size_t count = 0; at != lines.end() && count < limit && bytes < kBytesMax; ++count, ++at) {
      bytes += add(at->second);
    }
    return at == lines.end() ? "" : order + std::prev(at)->first;
  }

  char order = '0';
  size_t limit = kLinesMax;
  std::string after;

 private:
  static constexpr size_t kIdTail = 26;
};

}  // namespace samenspel::meeting
