// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/token.h"

#include <gtest/gtest.h>

#include "tests/common/bus/bus_fixture.h"

namespace samenspel::bus {
namespace {

class TokenTest : public testing::Test {
 protected:
  base::SystemEntropy entropy_;
  const TokenMint mint_{entropy_};
  TokenCheck check_{mint_};
  const std::string key_ = NewKeys().public_key;
};

TEST_F(TokenTest, GivesBackTheKeyItWasMadeFor) {
  EXPECT_EQ(check_.KeyOf(mint_.TokenFor(key_)), key_);
  EXPECT_EQ(check_.KeyOf(mint_.TokenFor(key_)), key_) << "and again, when remembered";
}

TEST_F(TokenTest, RefusesATokenWithAnyCharacterChanged) {
  const std::string token = mint_.TokenFor(key_);
  ASSERT_TRUE(check_.KeyOf(token));
  for (size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == '0' ? '1' : '0';
    EXPECT_FALSE(check_.KeyOf(forged)) << "character " << i;
  }
}

TEST_F(TokenTest, RefusesAnotherKeyUnderARealToken) {
  const std::string token = mint_.TokenFor(key_);
  const std::string other = NewKeys().public_key;
  EXPECT_FALSE(check_.KeyOf(token.substr(0, token.size() - other.size()) + other));
}

TEST_F(TokenTest, RefusesTheTokenOfAnotherProcess) {
  const TokenMint other(entropy_);
  EXPECT_FALSE(check_.KeyOf(other.TokenFor(key_)));
}

TEST_F(TokenTest, RefusesWhatIsNoToken) {
  const std::string token = mint_.TokenFor(key_);
  for (const std::string& text : {std::string(), std::string(":"), key_, ":" + key_, token + " ",
                                  token.substr(1), std::string("admin@crisis")}) {
    EXPECT_FALSE(check_.KeyOf(text)) << text;
  }
}

TEST_F(TokenTest, StillVerifiesAfterMoreKeysThanItRemembers) {
  std::string key = key_;
  for (int i = 0; i < 10'000; ++i) {
    key.replace(0, 5, std::to_string(10'000 + i));
    ASSERT_EQ(check_.KeyOf(mint_.TokenFor(key)), key);
  }
  EXPECT_EQ(check_.KeyOf(mint_.TokenFor(key_)), key_);
}

}  // namespace
}  // namespace samenspel::bus
