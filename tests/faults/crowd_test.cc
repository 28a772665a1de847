// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

#include "tests/support/ask.h"
#include "tests/support/region.h"

namespace samenspel::faults {
namespace {

using support::Ask;
using support::EnvelopeOf;
using SteadyClock = std::chrono::steady_clock;

constexpr int kSilent = 200;
// The bound on how long others are kept waiting.
constexpr std::chrono::seconds kServedWithin{1};

TEST(Crowd, OfSilentConnectionsKeepsNobodyWaiting) {
  support::Region region;
  region.Launch("intake");
  region.AwaitReady("intake");
  const auto here_before = region.Connect("desk-vt", "intake");
  EXPECT_EQ(support::StatusOf(*here_before).service(), "intake");
  std::vector<std::unique_ptr<support::BareConnection>> silent;
  silent.reserve(kSilent);
  for (int i = 0; i < kSilent; ++i) {
    silent.push_back(std::make_unique<support::BareConnection>(region.PortOf("intake").number()));
  }
  const auto asked = SteadyClock::now();
  EXPECT_EQ(Ask(*here_before, EnvelopeOf(support::RedReport(1))).status(), common::v1::STATUS_OK);
  EXPECT_LT(SteadyClock::now() - asked, kServedWithin);
  const auto came = SteadyClock::now();
  const auto newcomer = region.Connect("desk-gi", "intake");
  EXPECT_EQ(Ask(*newcomer, EnvelopeOf(support::RedReport(2))).status(), common::v1::STATUS_OK);
  EXPECT_LT(SteadyClock::now() - came, kServedWithin);
}

}  // namespace
}  // namespace samenspel::faults
