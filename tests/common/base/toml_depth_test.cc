// SPDX-License-Identifier: EUPL-1.2
#include "common/base/toml_depth.h"

#include <gtest/gtest.h>

#include <string>

namespace samenspel::base {
namespace {

std::string Deep(size_t names) {
  std::string key = "a";
  for (size_t i = 1; i < names; ++i) key += ".a";
  return key;
}

TEST(TomlDepth, NamesTheLineOfAKeyOfTooManyNames) {
  EXPECT_EQ(TooDeepLine(Deep(17) + " = 1\n"), std::nullopt);
  EXPECT_EQ(TooDeepLine(Deep(18) + " = 1\n"), 1U);
  EXPECT_EQ(TooDeepLine("a = 1\n\n[" + Deep(100'000) + "]"), 3U);
  EXPECT_EQ(TooDeepLine("a = {" + Deep(10) + " = {" + Deep(10) + " = 1}}"), 1U);
}

TEST(TomlDepth, CountsNoDotsInTextAndComments) {
  const std::string dots(100, '.');
  EXPECT_EQ(TooDeepLine("a = \"" + dots + "\"\nb = '" + dots + "'\n# " + dots), std::nullopt);
  EXPECT_EQ(TooDeepLine("a = \"\\\"" + dots + "\" # '" + dots), std::nullopt);
  EXPECT_EQ(TooDeepLine("\"a\"" + Deep(18).substr(1) + " = \"x\""), 1U);
  EXPECT_EQ(TooDeepLine(""), std::nullopt);
}

}  // namespace
}  // namespace samenspel::base
