// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "tests/scenarios/stage.h"

namespace samenspel::scenarios {
namespace {

std::vector<std::string> Stories() {
  std::vector<std::string> names;
  for (const auto& file :
       std::filesystem::directory_iterator(support::SourcePath("tests/scenarios"))) {
    if (file.path().extension() == ".txt" && file.path().stem() != "CMakeLists") {
      names.push_back(file.path().stem().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, GoesAsTheStorySays) {
  const auto steps =
      ReadStory(support::ReadFile(support::SourcePath("tests/scenarios/" + GetParam() + ".txt")));
  Stage stage;
  for (const Step& step : steps) {
    stage.Play(step);
    if (HasFatalFailure()) return;
  }
}

INSTANTIATE_TEST_SUITE_P(Stories, Scenario, testing::ValuesIn(Stories()),
                         [](const auto& about) { return about.param; });

}  // namespace
}  // namespace samenspel::scenarios
