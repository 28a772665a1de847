// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/corpus.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace samenspel::fuzz {

std::span<const Target* const> AllTargets() {
  static constexpr std::array kAll = {&kAlarmsFile,     &kBackupNote,        &kCheckpoint,
                                      &kClientConfig,   &kCrisismeterFile,   &kDaemonConfig,
                                      &kEnvelope,       &kFollowFrame,       &kFollowedEntry,
                                      &kFormJson,       &kJournalEntry,      &kKeyBlock,
                                      &kNote,           &kProofFile,         &kRegistryFile,
                                      &kRequestAudit,   &kRequestEscalation, &kRequestIntake,
                                      &kRequestMeeting, &kRosterJson,        &kSealedBlob,
                                      &kSpoolFile,      &kTableFile,         &kTermsFile,
                                      &kTimeText,       &kWatermark,         &kZap};
  return kAll;
}

std::vector<Input> Kept(const std::string& kind, const Target& target) {
  const auto folder = std::filesystem::path(SAMENSPEL_SOURCE) / "tests/fuzz" / kind / target.name;
  std::vector<Input> inputs;
  if (!std::filesystem::exists(folder)) return inputs;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    inputs.push_back({file.path().filename(), {std::istreambuf_iterator<char>(in), {}}});
  }
  std::ranges::sort(inputs, {}, &Input::name);
  return inputs;
}

std::vector<Input> SeedsOf(const Target& target) {
  std::vector<Input> inputs;
  for (std::string& seed : target.seeds()) {
    inputs.push_back({"seed-" + std::to_string(inputs.size()), std::move(seed)});
  }
  return inputs;
}

}  // namespace samenspel::fuzz
