// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

// What intake's index leads to (services/intake/README.md).
namespace samenspel::intake {

inline constexpr std::string_view kNumberRows = "n/";   ///< Case number to report.
inline constexpr std::string_view kOpeningRows = "b/";  ///< Break-glass to the household it opened.

inline std::string NumberRow(std::string_view number) {
  return std::string(kNumberRows).append(number);
}
inline std::string OpeningRow(std::string_view opening) {
  return std::string(kOpeningRows).append(opening);
}

}  // namespace samenspel::intake
