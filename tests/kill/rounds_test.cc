// SPDX-License-Identifier: EUPL-1.2
// kill -9 of one daemon, of two or of all at any moment under load; then a program of its own
// compares what the clients were told with what the stores hold.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "tests/kill/rig.h"

namespace samenspel::kill {
namespace {

using base::milliseconds;
using SteadyClock = std::chrono::steady_clock;
using Services = std::vector<std::string>;

constexpr uint64_t kRounds = 20;
constexpr uint64_t kRoundsAllAtOnce = 8;
constexpr uint64_t kCheckEvery = 100;
constexpr size_t kChangesARound = 30;
constexpr uint64_t kMomentMs = 300;    // After the round's work began.
constexpr uint64_t kAwayMs = 200;      // How long a killed daemon is away at most.
constexpr uint64_t kStartingMs = 150;  // A daemon is killed again within so long of its start.
constexpr milliseconds kRoundWithin{30'000};
constexpr int kProfessionals = 40;

class Killing : public testing::Test {
 protected:
  Killing() : rig_(seed_, static_cast<int>(std::min<uint64_t>(kProfessionals + rounds_, 400))) {}

  void SetUp() override {
    rig_.Start();
    rig_.BeginLoad();
  }

  Services Draw(size_t count) {
    Services all(std::begin(support::kServices), std::end(support::kServices));
    Services drawn;
    for (size_t i = 0; i < count; ++i) {
      const auto at = all.begin() + static_cast<std::ptrdiff_t>(rig_.Dice(all.size()));
      drawn.push_back(*at);
      all.erase(at);
    }
    return drawn;
  }

  void KillAndStart(const Services& victims) {
    for (const std::string& victim : victims) rig_.region().Daemon(victim).Kill();
    kills_ += victims.size();
    Pass(rig_.Dice(kAwayMs));
    for (const std::string& victim : victims) rig_.region().Launch(victim);
  }

  // Work goes on for so long, or until all there is has been done.
  void Pass(uint64_t ms) { (void)rig_.load().pace().AwaitAnswered(SIZE_MAX, milliseconds(ms)); }

  void Round(const Services& victims) {
    rig_.load().pace().Allow(kChangesARound);
    const size_t before = rig_.load().pace().answered();
    (void)rig_.load().pace().AwaitAnswered(before + rig_.Dice(kChangesARound),
                                           milliseconds(rig_.Dice(kMomentMs)));
    KillAndStart(victims);
    if (rig_.Dice(4) == 0) {
      Pass(rig_.Dice(kStartingMs));
      KillAndStart(victims);
    }
    ASSERT_TRUE(rig_.load().pace().AwaitAll(kRoundWithin)) << "round not through, seed " << seed_;
    rig_.ExpectAllRun();
  }

  // The journals as they stand, and on.
  void CheckOnTheWay() {
    rig_.EndAndCheck();
    if (HasFailure()) return;
    rig_.region().Start();
    rig_.BeginLoad();
  }

  void Tell(uint64_t round, uint64_t rounds) const {
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - began_).count();
    std::printf("round %llu of %llu, seed %llu: %zu kills, %.2f s a round\n",
                static_cast<unsigned long long>(round), static_cast<unsigned long long>(rounds),
                static_cast<unsigned long long>(seed_), kills_,
                seconds / static_cast<double>(round));
    std::fflush(stdout);
  }

  const uint64_t seed_ = Asked("SAMENSPEL_KILL_SEED", 1);
  const uint64_t rounds_ = Asked("SAMENSPEL_KILL_ROUNDS", kRounds);
  Rig rig_;
  size_t kills_ = 0;
  const SteadyClock::time_point began_ = SteadyClock::now();
};

TEST_F(Killing, OneDaemonOrTwoUnderLoadLosesAndDoublesNothing) {
  for (uint64_t round = 1; round <= rounds_; ++round) {
    Round(Draw(rig_.Dice(3) == 0 ? 2 : 1));
    if (HasFailure()) return;
    if (round % 10 == 0) Tell(round, rounds_);
    if (round % kCheckEvery == 0 && round < rounds_) CheckOnTheWay();
    if (HasFailure()) return;
  }
  std::printf("%s", rig_.EndAndCheck().c_str());
}

TEST_F(Killing, AllAtOnceUnderLoadLosesAndDoublesNothing) {
  const uint64_t rounds = std::max(kRoundsAllAtOnce, rounds_ / 5);
  for (uint64_t round = 1; round <= rounds; ++round) {
    Round(Draw(std::size(support::kServices)));
    if (HasFailure()) return;
    if (round % 4 == 0) Tell(round, rounds);
    if (round % kCheckEvery == 0 && round < rounds) CheckOnTheWay();
    if (HasFailure()) return;
  }
  std::printf("%s", rig_.EndAndCheck().c_str());
}

}  // namespace
}  // namespace samenspel::kill
