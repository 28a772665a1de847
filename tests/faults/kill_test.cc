// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "tests/faults/whole.h"
#include "tests/support/ask.h"
#include "tests/support/region.h"

namespace samenspel::faults {
namespace {

using support::Region;
using SteadyClock = std::chrono::steady_clock;

constexpr int kReports = 200;
constexpr int kSenders = 4;
constexpr int kProfessionals = 400;  // The demo's thirty could not seat so many meetings in time.
constexpr int kDays = 10;
// A daemon dies after so many new answers, or after half a second without them. Twice as many are
// under way then.
constexpr int kAnswersBetweenKills = 8;
constexpr int kUnderWay = 2 * kAnswersBetweenKills;
constexpr std::chrono::milliseconds kBetweenKills{500};
constexpr std::chrono::seconds kThroughWithin{10};

// Several desks that send reports one after another, each again and again with the same bytes until
// it is answered.
class Senders {
 public:
  explicit Senders(const Region& region) {
    for (int i = 0; i < kSenders; ++i) {
      threads_.emplace_back([this, &region] { SendAll(region); });
    }
  }
  ~Senders() {
    Allow(kReports);
    for (std::thread& thread : threads_) thread.join();
  }

  /// So many more may be sent.
  void Allow(int more) {
    const std::lock_guard lock(mutex_);
    allowed_ += more;
    changed_.notify_all();
  }
  /// Until `more` further reports were answered, at most this long.
  void AwaitMore(size_t more, std::chrono::milliseconds wait) {
    std::unique_lock lock(mutex_);
    const size_t enough = std::min<size_t>(answered_.size() + more, kReports);
    changed_.wait_for(lock, wait, [&] { return answered_.size() >= enough; });
  }
  bool done() {
    const std::lock_guard lock(mutex_);
    return answered_.size() == kReports;
  }
  std::vector<Acknowledged> answered() {
    const std::lock_guard lock(mutex_);
    return answered_;
  }

 private:
  void SendAll(const Region& region) {
    const auto desk = region.Connect("desk-vt", "intake");
    for (int number = next_++; number < kReports; number = next_++) {
      AwaitTurn(number);
      const auto envelope = support::EnvelopeOf(support::RedReport(static_cast<uint64_t>(number)));
      const auto reply = support::Ask(*desk, envelope);
      const std::lock_guard lock(mutex_);
      answered_.push_back({support::ReceivedIn(reply).report(), reply.entry()});
      changed_.notify_all();
    }
  }

  void AwaitTurn(int number) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return number < allowed_; });
  }

  std::atomic<int> next_{0};
  int allowed_ = kUnderWay;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Acknowledged> answered_;
  std::vector<std::thread> threads_;
};

// kill -9 of one daemon after the other while reports come in; each is started again at once.
int KillInTurn(Region& region, Senders& senders) {
  int kills = 0;
  while (!senders.done()) {
    senders.AwaitMore(kAnswersBetweenKills, kBetweenKills);
    const auto service =
        support::kServices[static_cast<size_t>(kills++) % std::size(support::kServices)];
    region.Daemon(service).Kill();
    region.Launch(service);
    senders.Allow(kAnswersBetweenKills);
  }
  return kills;
}

// Waits until each report is planned, and both entries are in the log.
void AwaitThrough(const Region& region, const std::vector<Acknowledged>& reports) {
  const auto meeting = region.Connect("desk-vt", "meeting");
  const auto audit = region.Connect("desk-vt", "audit");
  for (const Acknowledged& report : reports) {
    const common::v1::Ref planned = support::Await(*meeting, report.entry, "meeting");
    (void)support::Await(*audit, report.entry, "intake");
    (void)support::Await(*audit, planned, "meeting");
  }
}

TEST(Killing, AnyDaemonAtAnyMomentLosesAndDoublesNothing) {
  Region region;
  region.Start();
  region.LoadRoster(kProfessionals, kDays);
  std::vector<Acknowledged> reports;
  SteadyClock::time_point last_kill;
  {
    Senders senders(region);
    const int kills = KillInTurn(region, senders);
    last_kill = SteadyClock::now();
    EXPECT_GE(kills, (kReports - kUnderWay) / kAnswersBetweenKills);
    reports = senders.answered();
  }
  ASSERT_EQ(reports.size(), kReports);
  AwaitThrough(region, reports);
  region.Settle();
  EXPECT_LT(SteadyClock::now() - last_kill, kThroughWithin);
  region.StopAll();
  ExpectEachReportOnce(region, reports);
  ExpectOneMeetingEachAndNobodyTwice(region, reports);
  ExpectEachMeetingNotedOnce(region, reports);
  ExpectTheLogHoldsEachEntryOnce(region);
  ExpectAuditKeepsEachEntryAsItWas(region);
  ExpectAllWhole(region);
}

}  // namespace
}  // namespace samenspel::faults
