// SPDX-License-Identifier: EUPL-1.2
#include "common/base/ids.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <utility>

namespace samenspel::base {
namespace {

class RepeatedByte : public Entropy {
 public:
  explicit RepeatedByte(char byte) : byte_(byte) {}
  void Fill(void* data, size_t size) override {
    std::fill_n(static_cast<char*>(data), size, byte_);
  }

 private:
  char byte_;
};

IdBytes Filled(uint8_t byte) {
  IdBytes bytes;
  bytes.fill(byte);
  return bytes;
}

TEST(MakeId, WritesTheBytesAsCrockfordCharacters) {
  EXPECT_EQ(MakeId("rpt", Filled(0)), "rpt_" + std::string(26, '0'));
  EXPECT_EQ(MakeId("rpt", Filled(0xFF)), "rpt_7" + std::string(25, 'z'));
  const IdBytes bytes = {0x01, 0x56, 0x3e, 0x3a, 0xb5, 0xd3, 0xd6, 0x76,
                         0x4c, 0x61, 0xef, 0xb9, 0x93, 0x02, 0xbd, 0x5b};
  EXPECT_EQ(MakeId("hh", bytes), "hh_01arz3ndektsv4rrffq69g5fav");
}

TEST(MakeId, GivesEachChangedBitAnotherId) {
  const std::string base = MakeId("mdo", Filled(0x5A));
  for (size_t bit = 0; bit < 128; ++bit) {
    IdBytes bytes = Filled(0x5A);
    bytes[bit / 8] ^= static_cast<uint8_t>(1U << (bit % 8));
    EXPECT_NE(MakeId("mdo", bytes), base) << "bit " << bit;
  }
}

TEST(IsId, AcceptsWhatMakeIdMakes) {
  EXPECT_TRUE(IsId("rpt", MakeId("rpt", Filled(0x9C))));
  EXPECT_TRUE(IsId("pro", MakeId("pro", Filled(0xFF))));
}

TEST(IsId, RefusesAnotherKindLengthOrCharacter) {
  const std::string id = MakeId("rpt", Filled(0x9C));
  EXPECT_FALSE(IsId("mdo", id));
  EXPECT_FALSE(IsId("rp", id));
  EXPECT_FALSE(IsId("rpt", ""));
  EXPECT_FALSE(IsId("rpt", "rpt_"));
  EXPECT_FALSE(IsId("rpt", id + "0"));
  EXPECT_FALSE(IsId("rpt", id.substr(0, id.size() - 1)));
  for (const char wrong : {'i', 'l', 'o', 'u', 'A', '-', ' ', '\0'}) {
    std::string changed = id;
    changed[10] = wrong;
    EXPECT_FALSE(IsId("rpt", changed)) << changed;
  }
  std::string dashed = id;
  dashed[3] = '-';
  EXPECT_FALSE(IsId("rpt", dashed));
}

TEST(RequestId, IsAUuidOfVersion7) {
  for (const char byte : {'\x00', '\xFF', '\x5A'}) {
    RepeatedByte entropy(byte);
    const std::string id = NewRequestId(FromMs(0x0190F3C2A1B4), entropy);
    ASSERT_EQ(id.size(), 16U);
    EXPECT_EQ(id.substr(0, 6), std::string("\x01\x90\xF3\xC2\xA1\xB4", 6));
    EXPECT_EQ(static_cast<uint8_t>(id[6]) >> 4, 7);
    EXPECT_EQ(static_cast<uint8_t>(id[8]) >> 6, 2);
  }
}

TEST(RequestId, IsOrderedByTime) {
  RepeatedByte high('\xFF');
  RepeatedByte low('\x00');
  EXPECT_LT(NewRequestId(FromMs(1'780'000'000'255), high),
            NewRequestId(FromMs(1'780'000'000'256), low));
}

TEST(RequestId, DiffersWithinOneMillisecond) {
  SystemEntropy entropy;
  const Instant now = FromMs(1'780'000'000'000);
  EXPECT_NE(NewRequestId(now, entropy), NewRequestId(now, entropy));
}

TEST(Uuid, IsReadBackFromItsText) {
  const std::string bytes("\x01\x90\xF3\xC2\xA1\xB4\x70\x00\x80\xFF\xFE\xDC\xBA\x98\x76\x54", 16);
  const std::string text = UuidText(bytes);
  EXPECT_EQ(text, "0190f3c2-a1b4-7000-80ff-fedcba987654");
  EXPECT_EQ(ParseUuid(text), bytes);
}

TEST(Uuid, HasNoTextForAnotherNumberOfBytes) {
  EXPECT_EQ(UuidText(""), "");
  EXPECT_EQ(UuidText(std::string(15, 'x')), "");
  EXPECT_EQ(UuidText(std::string(17, 'x')), "");
}

TEST(Uuid, RefusesTextOfAnotherShape) {
  const std::string good = "0190f3c2-a1b4-7000-80ff-fedcba987654";
  ASSERT_TRUE(ParseUuid(good).has_value());
  for (size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(ParseUuid(good.substr(0, size)), std::nullopt) << "cut to " << size;
  }
  EXPECT_EQ(ParseUuid(good + "0"), std::nullopt);
  for (size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = 'g';
    EXPECT_EQ(ParseUuid(changed), std::nullopt) << changed;
  }
}

TEST(CaseNumber, EndsInACheckLetter) {
  const std::string number = CaseNumber(2026, 4711);
  EXPECT_EQ(number.substr(0, 12), "2026-004711-");
  EXPECT_EQ(number.size(), 13U);
  EXPECT_TRUE(IsCaseNumber(number));
}

TEST(CaseNumber, IsReadWithASmallLetterToo) {
  std::string number = CaseNumber(2026, 4711);
  number.back() = static_cast<char>(number.back() + ('a' - 'A'));
  EXPECT_TRUE(IsCaseNumber(number));
}

// Numbers that bring each digit to each position.
std::vector<std::string> Samples() {
  std::vector<std::string> samples;
  for (int year = 2020; year < 2100; year += 7) {
    for (uint32_t number = 0; number < 1'000'000; number += 12'347) {
      samples.push_back(CaseNumber(year, number));
    }
    samples.push_back(CaseNumber(year, 999'999));
  }
  return samples;
}

TEST(CaseNumber, CatchesEverySingleWrongDigit) {
  for (const std::string& good : Samples()) {
    ASSERT_TRUE(IsCaseNumber(good)) << good;
    for (const size_t i : {0, 1, 2, 3, 5, 6, 7, 8, 9, 10}) {
      for (char digit = '0'; digit <= '9'; ++digit) {
        std::string changed = good;
        changed[i] = digit;
        ASSERT_EQ(IsCaseNumber(changed), changed == good) << changed << " for " << good;
      }
    }
  }
}

TEST(CaseNumber, CatchesEverySwapOfNeighbours) {
  constexpr size_t kDigits[] = {0, 1, 2, 3, 5, 6, 7, 8, 9, 10};
  for (const std::string& good : Samples()) {
    for (size_t i = 0; i + 1 < std::size(kDigits); ++i) {
      std::string changed = good;
      std::swap(changed[kDigits[i]], changed[kDigits[i + 1]]);
      ASSERT_EQ(IsCaseNumber(changed), changed == good) << changed << " for " << good;
    }
  }
}

TEST(CaseNumber, HasExactlyOneRightLetter) {
  const std::string good = CaseNumber(2026, 4711);
  int accepted = 0;
  for (char letter = 'A'; letter <= 'Z'; ++letter) {
    std::string changed = good;
    changed.back() = letter;
    accepted += IsCaseNumber(changed) ? 1 : 0;
  }
  EXPECT_EQ(accepted, 1);
}

TEST(CaseNumber, IsLookedUpAsItWasWritten) {
  const std::string good = CaseNumber(2026, 4711);
  std::string small = good;
  small.back() = static_cast<char>(std::tolower(static_cast<unsigned char>(small.back())));
  ASSERT_NE(small, good);
  EXPECT_EQ(ParseCaseNumber(small), good);
  EXPECT_EQ(ParseCaseNumber(good), good);
  EXPECT_EQ(ParseCaseNumber("2026-004711-"), std::nullopt);
}

TEST(CaseNumber, RefusesAnotherShape) {
  const std::string good = CaseNumber(2026, 4711);
  const char letter = good.back();
  EXPECT_FALSE(IsCaseNumber(""));
  EXPECT_FALSE(IsCaseNumber(good.substr(0, 12)));
  EXPECT_FALSE(IsCaseNumber(good + letter));
  EXPECT_FALSE(IsCaseNumber(std::string("2026 004711-") + letter));
  EXPECT_FALSE(IsCaseNumber(std::string("2026-004711 ") + letter));
  EXPECT_FALSE(IsCaseNumber(std::string("2026-00471x-") + letter));
  EXPECT_FALSE(IsCaseNumber(std::string("2026004711--") + letter));
}

}  // namespace
}  // namespace samenspel::base
