// SPDX-License-Identifier: EUPL-1.2
// From the last release to today's daemons one by one, while reports come in; and back.
#include <filesystem>

#include "tests/support/ask.h"
#include "tests/upgrade/former.h"
#include "tests/upgrade/reporters.h"

namespace samenspel::upgrade {
namespace {

using faults::Acknowledged;
using support::Region;

constexpr int kProfessionals = 400;  // The demo's thirty could not seat so many meetings in time.
constexpr int kDays = 10;
constexpr size_t kReportsBetween = 15;

// Those who only follow before those who are followed most: docs/operations.md.
constexpr const char* kOrder[] = {"audit", "escalation", "meeting", "intake"};
constexpr const char* kOrderBack[] = {"intake", "meeting", "escalation", "audit"};

void StartFormer(Region& region) {
  for (const std::string_view service : support::kServices) InstallFormer(region, service);
  region.Start();
  region.LoadRoster(kProfessionals, kDays);
}

// As an operator does it: stop, put another program in place, start. Config and rules stay.
void Replace(Region& region, std::string_view service, const std::string& programs) {
  ASSERT_EQ(region.Stop(service), 0) << service;
  region.Install(service, programs);
  region.Launch(service);
  region.AwaitReady(service);
}

// And back: the last release looks for the watermark where its data is.
void PutBack(Region& region, std::string_view service) {
  ASSERT_EQ(region.Stop(service), 0) << service;
  const std::string data = region.folder() + "/data/" + std::string(service);
  std::filesystem::rename(data + "-keys/watermark", data + "/watermark");
  region.Install(service, FormerPrograms());
  region.Launch(service);
  region.AwaitReady(service);
}

void ExpectNothingLost(Region& region, const std::vector<Acknowledged>& reports) {
  AwaitThrough(region, reports);
  region.Settle();
  region.StopAll();
  faults::ExpectEachReportOnce(region, reports);
  faults::ExpectOneMeetingEachAndNobodyTwice(region, reports);
  faults::ExpectEachMeetingNotedOnce(region, reports);
  faults::ExpectTheLogHoldsEachEntryOnce(region);
  faults::ExpectAuditKeepsEachEntryAsItWas(region);
  faults::ExpectAllWhole(region);  // By today's --verify.
}

class Rolling : public Upgrade {};

TEST_F(Rolling, OneDaemonAfterTheOtherUnderLoadLosesAndDoublesNothing) {
  Region region;
  StartFormer(region);
  Reporters reporters(region);
  for (const char* service : kOrder) {
    reporters.AwaitMore(kReportsBetween);
    Replace(region, service, "");
  }
  reporters.AwaitMore(kReportsBetween);
  ExpectNothingLost(region, reporters.Stop());
}

TEST_F(Rolling, TheLastReleaseGoesOnWithWhatTodaysDaemonsWroteWithoutLoss) {
  Region region;
  StartFormer(region);
  for (const char* service : kOrder) Replace(region, service, "");
  Reporters reporters(region);
  for (const char* service : kOrderBack) {
    reporters.AwaitMore(kReportsBetween);
    PutBack(region, service);
  }
  reporters.AwaitMore(kReportsBetween);
  const std::vector<Acknowledged> reports = reporters.Stop();
  AwaitThrough(region, reports);
  for (const char* service : kOrder) Replace(region, service, "");
  ExpectNothingLost(region, reports);
}

}  // namespace
}  // namespace samenspel::upgrade
