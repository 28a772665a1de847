// SPDX-License-Identifier: EUPL-1.2
#include "tests/attack/scene.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "tests/support/ask.h"
#include "tests/support/journal.h"

namespace samenspel::attack {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr uint64_t kWarmUpReports = 20;
constexpr uint64_t kFirstWarmUp = 1'000'000;
constexpr base::milliseconds kRecovery{10'000};

// Waits until the daemon has closed what the attack opened. The bound is the handshake's time and
// that of a heartbeat.
Vitals Recovered(pid_t daemon, size_t descriptors) {
  const auto end = SteadyClock::now() + kRecovery;
  Vitals now = VitalsOf(daemon);
  while (now.descriptors > descriptors && SteadyClock::now() < end) now = VitalsOf(daemon);
  return now;
}

}  // namespace

bus::CurveKeys StrangersKeys() { return *bus::NewCurveKeys(); }

std::string ReportBytes(uint64_t number) {
  return support::EnvelopeOf(support::RedReport(number)).SerializeAsString();
}

void Attack::Begin(std::vector<std::string> services) {
  for (const std::string& service : services) region_.Launch(service);
  for (const std::string& service : services) region_.AwaitReady(service);
  const auto client = region_.Connect(kHonest, "intake");
  for (uint64_t i = 0; i < kWarmUpReports; ++i) {
    ASSERT_EQ(
        support::Ask(*client, support::EnvelopeOf(support::RedReport(kFirstWarmUp + i))).status(),
        common::v1::STATUS_OK);
  }
  if (services.size() > 1) region_.Settle();
}

bus::CurveKeys Attack::KeysOf(const std::string& member) const {
  const std::string& id = region_.PrincipalOf(member).id;
  const std::string folder = id.starts_with("svc_") ? member : id;
  std::string secret = support::ReadFile(region_.folder() + "/secrets/" + folder + "/curve.secret");
  secret.pop_back();
  return *bus::CurveKeysOf(secret);
}

RawPeer Attack::PeerWith(const bus::CurveKeys& keys, std::string_view service) const {
  return RawPeer(PortOf(service), KeyOf(service), keys);
}

uint64_t Attack::HeadOf(const std::string& service) const {
  return support::StatusOf(*region_.Connect("manager", service)).head().sequence();
}

void Attack::Under(const std::function<void()>& attack, const std::string& service) {
  const Vitals before = VitalsOf(region_.Daemon(service).id());
  Honest honest(region_, service, kHonest);
  attack();
  const Experience experience = honest.Stop();
  ExpectUndisturbed(experience, before, service);
}

void Attack::ExpectUndisturbed(const Experience& experience, const Vitals& before,
                               const std::string& service) {
  EXPECT_GT(experience.answered, 0);
  EXPECT_EQ(experience.failed, 0);
  EXPECT_LT(experience.slowest, kServedWithin);
  ASSERT_TRUE(region_.Daemon(service).Runs()) << region_.LogText(service);
  const Vitals after = Recovered(region_.Daemon(service).id(), before.descriptors);
  EXPECT_LE(after.descriptors, before.descriptors);
  EXPECT_LT(after.memory_kb, before.memory_kb + kGrowthKb);
  EXPECT_LT(experience.most_memory_kb, before.memory_kb + kGrowthKb);
  std::cout << service << ": answered " << experience.answered << ", slowest "
            << experience.slowest.count() << " ms; memory " << before.memory_kb << " kB, at most "
            << experience.most_memory_kb << ", after " << after.memory_kb << "; descriptors "
            << before.descriptors << ", after " << after.descriptors << '\n';
}

void Attack::ExpectEntriesOnlyBy(const std::vector<std::string>& members,
                                 const std::string& service) {
  region_.StopAll();
  std::set<std::string> expected;
  for (const std::string& member : members) expected.insert(region_.PrincipalOf(member).id);
  std::map<std::string, std::set<std::string>> others;
  for (const auto& entry : support::StoppedStore(region_, service).Entries()) {
    const std::string& by = entry->header.principal();
    if (!expected.contains(by) && !by.starts_with("svc_") && !by.empty()) {
      others[by].insert(entry->header.kind());
    }
  }
  EXPECT_THAT(others, testing::IsEmpty());
}

}  // namespace samenspel::attack
