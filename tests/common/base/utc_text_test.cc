// SPDX-License-Identifier: EUPL-1.2
#include "common/base/utc_text.h"

#include <gtest/gtest.h>

namespace samenspel::base {
namespace {

TEST(UtcText, IsRfc3339WithMillisecondsOnlyWhereThereAreAny) {
  EXPECT_EQ(UtcText(FromMs(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(UtcText(FromMs(1'795'328'100'000)), "2026-11-22T06:15:00Z");
  EXPECT_EQ(UtcText(FromMs(1'795'328'100'007)), "2026-11-22T06:15:00.007Z");
}

}  // namespace
}  // namespace samenspel::base
