// SPDX-License-Identifier: EUPL-1.2
#include "tests/drill/drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "tests/support/ask.h"

namespace samenspel::drill {
namespace {

constexpr int kProfessionals = 60;
constexpr size_t kChangesBefore = 60;
constexpr size_t kChangesMeanwhile = 120;  // A backup.
constexpr size_t kChangesAfterwards = 100;
constexpr uint64_t kFirstReport = 500'000;  // Of families that the load does not know.

void Tell(std::string_view service, const std::vector<std::string>& flags,
          const support::Outcome& outcome) {
  if (std::getenv("SAMENSPEL_DRILL_TELL") == nullptr) return;
  std::printf("$ samenspel-%s --config FILE", std::string(service).c_str());
  for (const std::string& flag : flags) std::printf(" %s", flag.c_str());
  std::printf("\n%s(exit code %d)\n", outcome.output.c_str(), outcome.code);
  std::fflush(stdout);
}

}  // namespace

Drill::Drill(uint64_t seed) : rig_(seed, kProfessionals) {
  std::filesystem::create_directory(region().folder() + "/backups");
}

std::string Drill::Data(std::string_view service) const {
  return rig_.region().folder() + "/data/" + std::string(service);
}

std::string Drill::Keys(std::string_view service) const { return Data(service) + "-keys"; }

std::string Drill::BackupOf(std::string_view service) const {
  return rig_.region().folder() + "/backups/" + std::string(service);
}

void Drill::Begin() {
  rig_.Start();
  rig_.BeginLoad();
}

void Drill::Work(size_t changes) {
  rig_.load().pace().Allow(changes);
  EXPECT_TRUE(rig_.load().pace().AwaitAll(support::kPatience)) << "not all is answered";
}

void Drill::BackUpAtWork(const std::vector<std::string_view>& order) {
  Work(kChangesBefore);
  const std::string record = support::ReadFile(rig_.record());
  answered_before_ = static_cast<size_t>(std::count(record.begin(), record.end(), '\n'));
  kill::Pace& pace = rig_.load().pace();
  for (const std::string_view service : order) {
    pace.Allow(kChangesMeanwhile);
    const size_t before = pace.answered();
    const support::Outcome made = BackUp(service);
    EXPECT_EQ(made.code, 0) << made.output;
    EXPECT_THAT(made.output, testing::HasSubstr("replayed and compared"));
    EXPECT_GT(pace.answered(), before) << "nobody worked meanwhile";
  }
  pace.Allow(kChangesAfterwards);
  EXPECT_TRUE(pace.AwaitAll(support::kPatience)) << "not all is answered";
}

support::Outcome Drill::Run(std::string_view service, const std::vector<std::string>& flags) const {
  support::Outcome outcome = rig_.region().RunDaemon(service, flags);
  Tell(service, flags, outcome);
  return outcome;
}

support::Outcome Drill::BackUp(std::string_view service, const std::string& to) const {
  return Run(service, {"--backup", to.empty() ? BackupOf(service) : to});
}

support::Outcome Drill::Restore(std::string_view service,
                                const std::vector<std::string>& more) const {
  std::vector<std::string> flags = {"--restore", BackupOf(service)};
  flags.insert(flags.end(), more.begin(), more.end());
  return Run(service, flags);
}

void Drill::Lose(std::string_view service, bool keys) const {
  std::filesystem::remove_all(Data(service));
  if (keys) std::filesystem::remove_all(Keys(service));
}

void Drill::PutKeysBack(std::string_view service) const {
  std::filesystem::create_directory(Keys(service));
  const std::string copy = rig_.region().folder() + "/keys-copy/" + std::string(service);
  for (const auto& file : std::filesystem::directory_iterator(copy)) {
    const std::string name = file.path().filename().string();
    if (!name.starts_with("block-")) continue;
    std::filesystem::copy_file(file.path(), Keys(service) + "/" + name);
  }
}

void Drill::StartAgain(std::string_view service) {
  region().Launch(service);
  region().AwaitReady(service);
}

Drill::Asked Drill::Report() {
  const auto desk = region().Connect("desk-vt", "intake");
  const auto meeting = region().Connect("desk-vt", "meeting");
  const auto audit = region().Connect("desk-vt", "audit");
  Asked asked{support::EnvelopeOf(support::RedReport(kFirstReport + reports_++)), {}};
  asked.reply = support::Ask(*desk, asked.envelope);
  EXPECT_EQ(asked.reply.status(), common::v1::STATUS_OK) << support::Reasons(asked.reply);
  const auto planned = support::Await(*meeting, asked.reply.entry(), "meeting");
  (void)support::Await(*audit, planned, "meeting");
  return asked;
}

common::v1::Reply Drill::AskAgain(const Asked& asked) {
  return support::Ask(*region().Connect("desk-vt", "intake"), asked.envelope);
}

}  // namespace samenspel::drill
