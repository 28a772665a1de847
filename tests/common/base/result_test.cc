// SPDX-License-Identifier: EUPL-1.2
#include "common/base/result.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>

namespace samenspel::base {
namespace {

Status TwoSteps(const Status& first, int& reached) {
  SAMENSPEL_RETURN_IF_ERROR(first);
  ++reached;
  return Ok();
}

TEST(Status, IsOkUnlessItSaysOtherwise) {
  EXPECT_TRUE(Status().ok());
  const Status failed(Code::kIo, "write block-00000001: disk full");
  EXPECT_FALSE(failed.ok());
  EXPECT_EQ(failed.code(), Code::kIo);
  EXPECT_EQ(failed.message(), "write block-00000001: disk full");
}

TEST(Status, StopsTheEnclosingFunctionAtTheFirstFailure) {
  int reached = 0;
  EXPECT_EQ(TwoSteps({Code::kTimeout, "late"}, reached).code(), Code::kTimeout);
  EXPECT_EQ(reached, 0);
  EXPECT_TRUE(TwoSteps(Ok(), reached).ok());
  EXPECT_EQ(reached, 1);
}

TEST(Result, HoldsAValueOrTheReasonWhyNot) {
  const Result<std::string> value = std::string("here");
  EXPECT_TRUE(value.ok());
  EXPECT_TRUE(value.status().ok());
  EXPECT_EQ(*value, "here");
  const Result<std::string> none = Status(Code::kNotFound, "read x: not there");
  EXPECT_FALSE(none.ok());
  EXPECT_EQ(none.status().code(), Code::kNotFound);
}

TEST(Result, HandsOverWhatCannotBeCopied) {
  Result<std::unique_ptr<int>> owned = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = *std::move(owned);
  EXPECT_EQ(*taken, 7);
}

}  // namespace
}  // namespace samenspel::base
