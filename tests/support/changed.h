// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gtest/gtest.h>

#include <string>

namespace samenspel::support {

/// A text with the first `from` in it replaced; a test fails when it is not there.
inline std::string Changed(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

/// A file with one change, and what the refusal of it says.
struct Refusal {
  const char* from;
  const char* to;
  const char* message;  ///< Behind the name of the file and a colon.
};

}  // namespace samenspel::support
