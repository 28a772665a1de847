// SPDX-License-Identifier: EUPL-1.2
// Twenty desk workers at four desks, all at once: nobody gets an error, and no claim is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "common/base/ids.h"
#include "tests/load/desk_worker.h"
#include "tests/support/ask.h"
#include "tests/support/region.h"

namespace samenspel::load {
namespace {

using std::chrono::steady_clock;
using testing::IsEmpty;

constexpr int kWorkers = 20;
constexpr const char* kDesks[] = {"veilig_thuis", "certified_institution", "child_protection_board",
                                  "local_team"};

std::chrono::seconds Length() {
  const char* asked = std::getenv("SAMENSPEL_LOAD_SECONDS");
  return std::chrono::seconds(asked == nullptr ? 8 : std::atoi(asked));
}

class Desks : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < kWorkers; ++i) {
      base::IdBytes bytes{};
      bytes.back() = static_cast<uint8_t>(i + 1);
      bytes.front() = 0x77;
      support::Member member;
      member.id = base::MakeId("pro", bytes);
      member.organisation = region_.Organisation(kDesks[i % std::size(kDesks)]);
      member.function = "desk";
      member.role = "desk_worker";
      member.purpose = "child_safety";
      region_.Enter("worker-" + std::to_string(i), member);
      ids_.push_back(member.id);
    }
    region_.Start();
    region_.LoadRoster(60, 30);
  }
  /// How the desk that has the report now says that it stands.
  intake::v1::ReportShown Shown(const Ledger::Line& line) {
    const size_t number = static_cast<size_t>(
        std::find(ids_.begin(), ids_.end(), line.told.ownership().owner()) - ids_.begin());
    auto& client = shown_by_[number];
    if (!client) client = region_.Connect("worker-" + std::to_string(number), "intake");
    intake::v1::Response response;
    const auto reply =
        support::Ask(*client, support::EnvelopeOf(support::ShowReport(line.told.report())));
    EXPECT_TRUE(response.ParseFromString(reply.response())) << support::Reasons(reply);
    return response.report_shown();
  }

  support::Region region_;
  std::vector<std::string> ids_;
  std::map<size_t, std::unique_ptr<bus::Client>> shown_by_;
};

TEST_F(Desks, WorkAtOnceWithoutAnErrorOrALostClaim) {
  Ledger ledger;
  const auto end = steady_clock::now() + Length();
  std::atomic<size_t> conflicts{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kWorkers; ++i) {
    threads.emplace_back([&, i] {
      DeskWorker worker(ids_[static_cast<size_t>(i)], i,
                        region_.Connect("worker-" + std::to_string(i), "intake"), ledger, ids_);
      while (steady_clock::now() < end) worker.Round();
      conflicts += worker.conflicts();
    });
  }
  for (std::thread& thread : threads) thread.join();

  EXPECT_THAT(ledger.Troubles(), IsEmpty());
  EXPECT_THAT(ledger.Contradictions(), IsEmpty());
  for (const auto& [report, line] : ledger.Last()) {
    const intake::v1::ReportShown shown = Shown(line);
    EXPECT_EQ(shown.ownership().owner(), line.told.ownership().owner()) << report;
    EXPECT_EQ(shown.ownership().offered_to(), line.told.ownership().offered_to()) << report;
    EXPECT_EQ(shown.outcome(), line.told.outcome()) << report;
  }
  const auto counts = ledger.Counts();
  std::printf("claims %zu, conflicts %zu",
              counts.count(Ledger::Act::kClaimed) ? counts.at(Ledger::Act::kClaimed) : 0,
              conflicts.load());
  std::printf(", settled %zu\n",
              counts.count(Ledger::Act::kSettled) ? counts.at(Ledger::Act::kSettled) : 0);
  EXPECT_GT(counts.at(Ledger::Act::kClaimed), 0U);
  EXPECT_GT(conflicts.load(), 0U) << "nobody went for the same report: this proved nothing";
  region_.StopAll();
}

}  // namespace
}  // namespace samenspel::load
