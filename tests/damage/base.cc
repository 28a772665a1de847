// SPDX-License-Identifier: EUPL-1.2
#include "tests/damage/base.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/ask.h"

namespace samenspel::damage {
namespace {

constexpr int kProfessionals = 30;
constexpr int kDays = 3;
constexpr int kReportsYoung = 12;
constexpr int kReportsMore = 12;

}  // namespace

void CopyFolder(const std::string& from, const std::string& to) {
  std::filesystem::create_directories(std::filesystem::path(to).parent_path());
  std::filesystem::remove_all(to);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

BaseRegion::BaseRegion() : base_{scratch_.path() + "/young", scratch_.path() + "/old"} {
  region_.Start();
  region_.LoadRoster(kProfessionals, kDays);
  Report(kReportsYoung);
  Snapshot(base_.young);
  region_.Start();  // Recovery puts what the logs hold into table files.
  Report(kReportsMore);
  Snapshot(base_.old);
}

void BaseRegion::Report(int count) {
  const auto desk = region_.Connect("desk-vt", "intake");
  const auto meeting = region_.Connect("desk-vt", "meeting");
  const auto audit = region_.Connect("desk-vt", "audit");
  for (int i = 0; i < count; ++i) {
    const auto envelope = support::EnvelopeOf(support::RedReport(reports_.size()));
    const auto reply = support::Ask(*desk, envelope);
    reports_.push_back({support::ReceivedIn(reply).report(), reply.entry()});
    (void)support::Await(*audit, support::Await(*meeting, reply.entry(), "meeting"), "meeting");
  }
  region_.Settle();
}

void BaseRegion::Snapshot(const std::string& to) {
  for (const std::string_view service : support::kServices) region_.Daemon(service).Kill();
  CopyFolder(region_.folder() + "/data", to);
}

}  // namespace samenspel::damage
