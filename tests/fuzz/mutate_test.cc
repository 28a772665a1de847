// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/mutate.h"

#include <gtest/gtest.h>

#include <set>

#include "common/daemon/wire_check.h"
#include "proto/intake/v1/requests.pb.h"
#include "tests/fuzz/targets.h"

namespace samenspel::fuzz {
namespace {

// Instead of libFuzzer's: makes a text longer, and a message none.
size_t Spoil(uint8_t* data, size_t size, size_t size_max) {
  if (size > 2) data[2] = 7;
  if (size < size_max) data[size++] = 'x';
  return size;
}

TEST(Mutation, ChangesOneFieldOfAMessageWithoutBreakingIt) {
  std::string input = kRequestIntake.seeds().at(1);
  std::set<std::string> different;
  int whole = 0;
  for (uint32_t seed = 1; seed <= 400; ++seed) {
    const std::string changed = Mutated(kRequestIntake.shape, input, 4096, seed, Spoil);
    different.insert(changed);
    intake::v1::Request request;
    whole += request.ParseFromString(changed.substr(2)) ? 1 : 0;
  }
  EXPECT_GT(different.size(), 100U);
  EXPECT_GT(whole, 300);
  EXPECT_LT(whole, 400) << "some must be broken: not all that arrives is a message";
}

TEST(Mutation, IsTheSameForTheSameSeed) {
  const std::string input = kRequestIntake.seeds().at(1);
  EXPECT_EQ(Mutated(kRequestIntake.shape, input, 4096, 7, Spoil),
            Mutated(kRequestIntake.shape, input, 4096, 7, Spoil));
}

TEST(Mutation, KeepsToTheLengthThatIsAsked) {
  for (const Target* target : {&kRequestIntake, &kFollowFrame, &kZap, &kNote}) {
    for (std::string input : target->seeds()) {
      for (uint32_t seed = 1; seed <= 200; ++seed) {
        input = Mutated(target->shape, input, 128, seed, Spoil);
        ASSERT_LE(input.size(), 128U) << target->name;
      }
    }
  }
}

TEST(Mutation, TakesPiecesApartAndPutsThemTogether) {
  const std::vector<std::string> pieces = {"one", "", std::string(300, 'x')};
  const std::string joined = Joined(pieces);
  const auto apart = Pieces(joined);
  EXPECT_EQ(std::vector<std::string>(apart.begin(), apart.end()), pieces);
  EXPECT_EQ(Pieces(std::string("\0\5ab", 4)), std::vector<std::string_view>{"ab"});
}

}  // namespace
}  // namespace samenspel::fuzz
