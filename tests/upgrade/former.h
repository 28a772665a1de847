// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tests/support/region.h"

namespace samenspel::upgrade {

/// Where tests/upgrade/build.sh put the daemons of the last release.
std::string FormerPrograms();
/// Configs and rules as the last release delivered them.
std::string FormerSamples();

/// Tests with daemons of the last release: skipped where there are none to be had.
class Upgrade : public testing::Test {
 protected:
  void SetUp() override;
};

/// This daemon is the last release's from its next start on, configured as that delivered it.
void InstallFormer(support::Region& region, std::string_view service);

}  // namespace samenspel::upgrade
