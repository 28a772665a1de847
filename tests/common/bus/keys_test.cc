// SPDX-License-Identifier: EUPL-1.2
#include "common/bus/keys.h"

#include <gtest/gtest.h>

#include "common/bus/link.h"

namespace samenspel::bus {
namespace {

TEST(CurveKeys, AreFortyCharactersEachAndDifferentEachTime) {
  const auto first = NewCurveKeys();
  const auto second = NewCurveKeys();
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_TRUE(IsCurveKey(first->public_key));
  EXPECT_TRUE(IsCurveKey(first->secret_key));
  EXPECT_NE(first->secret_key, second->secret_key);
}

TEST(CurveKeys, ThePublicHalfFollowsFromTheSecretOne) {
  const auto keys = NewCurveKeys();
  ASSERT_TRUE(keys.ok());
  const auto again = CurveKeysOf(keys->secret_key);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->public_key, keys->public_key);
}

TEST(CurveKeys, RefusesASecretThatIsNoKeyWithoutQuotingIt) {
  const auto keys = CurveKeysOf("not-a-key");
  ASSERT_FALSE(keys.ok());
  EXPECT_EQ(keys.status().code(), base::Code::kInvalid);
  EXPECT_EQ(keys.status().message().find("not-a-key"), std::string::npos);
}

TEST(CurveKeys, HasTheTextOfRfc32) {
  // The 32 bytes 86 4F D2 6F B5 59 F7 5B repeated four times: "HelloWorld" four times in Z85.
  const std::string eight = "\x86\x4F\xD2\x6F\xB5\x59\xF7\x5B";
  EXPECT_EQ(CurveKeyText(eight + eight + eight + eight),
            "HelloWorldHelloWorldHelloWorldHelloWorld");
}

TEST(CurveKeys, KnowsWhatIsNoKey) {
  const std::string good = "HelloWorldHelloWorldHelloWorldHelloWorld";
  EXPECT_TRUE(IsCurveKey(good));
  EXPECT_FALSE(IsCurveKey(""));
  EXPECT_FALSE(IsCurveKey(good.substr(1)));
  EXPECT_FALSE(IsCurveKey(good.substr(5)));
  EXPECT_FALSE(IsCurveKey(good + "World"));
  EXPECT_FALSE(IsCurveKey(good.substr(0, 39) + "~"));
  EXPECT_FALSE(IsCurveKey(good.substr(0, 39) + "\xFF"));
  EXPECT_FALSE(IsCurveKey("#####" + good.substr(5))) << "more than 32 bits in five characters";
  EXPECT_FALSE(IsCurveKey(good.substr(0, 35) + std::string(5, '\0')));
}

}  // namespace
}  // namespace samenspel::bus
