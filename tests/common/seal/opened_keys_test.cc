// SPDX-License-Identifier: EUPL-1.2
#include "common/seal/opened_keys.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>

namespace samenspel::seal {
namespace {

using Key = std::array<uint8_t, 32>;

Key KeyOf(uint8_t byte) {
  Key key;
  key.fill(byte);
  return key;
}

bool Holds(const OpenedKeys& keys, KeyNumber number, uint8_t byte) {
  const uint8_t* found = keys.Find(number);
  return found != nullptr && std::equal(found, found + 32, KeyOf(byte).data());
}

bool IsWiped(const uint8_t* place) {
  return std::all_of(place, place + 32, [](uint8_t byte) { return byte == 0; });
}

TEST(OpenedKeys, KeepsCopiesByNumber) {
  OpenedKeys keys(4);
  EXPECT_EQ(keys.Find(1), nullptr);
  keys.Put(1, KeyOf(0x11).data());
  keys.Put(9, KeyOf(0x99).data());
  EXPECT_TRUE(Holds(keys, 1, 0x11));
  EXPECT_TRUE(Holds(keys, 9, 0x99));
  EXPECT_EQ(keys.Find(2), nullptr);
}

TEST(OpenedKeys, TheOldestMakesRoom) {
  OpenedKeys keys(2);
  keys.Put(1, KeyOf(1).data());
  keys.Put(2, KeyOf(2).data());
  keys.Put(3, KeyOf(3).data());
  EXPECT_EQ(keys.Find(1), nullptr);
  EXPECT_TRUE(Holds(keys, 2, 2));
  EXPECT_TRUE(Holds(keys, 3, 3));
  EXPECT_EQ(keys.size(), 2U);
}

TEST(OpenedKeys, WipesWhatIsDropped) {
  OpenedKeys keys(2);
  keys.Put(1, KeyOf(0x11).data());
  const uint8_t* place = keys.Find(1);
  keys.Drop(1);
  EXPECT_EQ(keys.Find(1), nullptr);
  EXPECT_TRUE(IsWiped(place));
  keys.Drop(1);
  EXPECT_EQ(keys.size(), 0U);
}

TEST(OpenedKeys, WipesTheFormerPlaceOfAKeyThatIsPutAgain) {
  OpenedKeys keys(4);
  keys.Put(1, KeyOf(0x11).data());
  const uint8_t* place = keys.Find(1);
  keys.Put(1, KeyOf(0x22).data());
  EXPECT_TRUE(IsWiped(place));
  EXPECT_TRUE(Holds(keys, 1, 0x22));
  EXPECT_EQ(keys.size(), 1U);
}

TEST(OpenedKeys, StaysBoundedHoweverKeysComeAndGo) {
  OpenedKeys keys(8);
  for (KeyNumber number = 1; number <= 10'000; ++number) {
    keys.Put(number, KeyOf(static_cast<uint8_t>(number)).data());
    if (number % 3 == 0) keys.Drop(number - 1);
    ASSERT_LE(keys.size(), 8U);
    ASSERT_TRUE(Holds(keys, number, static_cast<uint8_t>(number)));
  }
}

}  // namespace
}  // namespace samenspel::seal
