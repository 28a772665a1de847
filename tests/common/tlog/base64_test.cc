// SPDX-License-Identifier: EUPL-1.2
#include "common/tlog/base64.h"

#include <gtest/gtest.h>

namespace samenspel::tlog {
namespace {

TEST(Base64, ReadsWhatItWrites) {
  for (const std::string& bytes : {std::string(), std::string("a"), std::string("ab"),
                                   std::string("abc"), std::string(32, '\xff')}) {
    EXPECT_EQ(DecodeBase64(EncodeBase64(bytes)), bytes);
  }
}

// libsodium 1.0.18 takes some of them for letters: one root could be written in many ways.
TEST(Base64, RefusesEveryByteThatIsNoneOfItsCharacters) {
  constexpr std::string_view kCharacters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string text = EncodeBase64(std::string(32, 'r'));
  for (size_t at = 0; at + 2 < text.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      if (kCharacters.find(static_cast<char>(byte)) != std::string_view::npos) continue;
      std::string changed = text;
      changed[at] = static_cast<char>(byte);
      EXPECT_FALSE(DecodeBase64(changed)) << at << " " << byte;
    }
  }
}

TEST(Base64, RefusesBitsBehindTheEnd) {
  EXPECT_TRUE(DecodeBase64("YQ=="));
  EXPECT_FALSE(DecodeBase64("YR=="));
  EXPECT_FALSE(DecodeBase64("YQ="));
  EXPECT_FALSE(DecodeBase64("YQ"));
}

}  // namespace
}  // namespace samenspel::tlog
