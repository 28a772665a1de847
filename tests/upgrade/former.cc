// SPDX-License-Identifier: EUPL-1.2
#include "tests/upgrade/former.h"

#include <filesystem>

namespace samenspel::upgrade {

std::string FormerPrograms() { return SAMENSPEL_FORMER "/bin"; }
std::string FormerSamples() { return SAMENSPEL_FORMER "/config"; }

void Upgrade::SetUp() {
  if (std::filesystem::exists(FormerPrograms())) return;
  GTEST_SKIP() << "the last release is not there: tests/upgrade/build.sh makes it, where the "
                  "clone's history has it";
}

void InstallFormer(support::Region& region, std::string_view service) {
  region.Install(service, FormerPrograms());
  region.Configure(service, FormerSamples());
}

}  // namespace samenspel::upgrade
