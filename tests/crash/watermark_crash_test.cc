// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "common/store/watermark.h"
#include "tests/simulation/disk/simulated_disk.h"

namespace samenspel::crash {
namespace {

using simulation::SimulatedDisk;
using simulation::Tail;
using store::Head;
using store::Watermark;

constexpr const char* kPath = "/data/watermark";
constexpr int kSeeds = 40;

Head HeadAt(uint64_t sequence) { return {1, sequence, std::string(32, 'h')}; }

// Opens it as a store does, writes ten heads and syncs after some of them. `synced` is raised with
// each sync.
void Live(base::FileSystem& files, uint64_t& synced) {
  if (!files.Exists(kPath) && !Watermark::Reset(files, kPath, {}).ok()) return;
  auto watermark = Watermark::Open(files, kPath);
  if (!watermark.ok()) return;
  for (uint64_t i = 1; i <= 10; ++i) {
    if (!(*watermark)->Write(HeadAt(i)).ok()) return;
    if (i % 4 != 0) continue;
    if (!(*watermark)->Sync().ok()) return;
    synced = i;
  }
}

TEST(WatermarkCrash, CanBeReadAndSaysWhatWasSyncedWheneverThePowerGoes) {
  for (uint64_t operation = 1; operation <= 30; ++operation) {
    for (const Tail tail : simulation::kTails) {
      for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
        SimulatedDisk disk(seed);
        disk.FailAt(operation, simulation::DiskFault::kPowerCutBefore);
        uint64_t synced = 0;
        Live(disk.disk().files(), synced);
        disk.PowerOn(tail);
        const auto read = Watermark::Read(disk.disk().files(), kPath);
        ASSERT_TRUE(read.ok()) << "operation " << operation << ", seed " << seed;
        const uint64_t found = read->has_value() ? (*read)->sequence : 0;
        ASSERT_GE(found, synced) << "operation " << operation << ", seed " << seed;
      }
    }
  }
}

// The process dies with writes that are not synced; the next one writes on, and then the power
// goes.
TEST(WatermarkCrash, CanBeReadAfterADeathAndAPowerCut) {
  for (uint64_t seed = 1; seed <= 10 * kSeeds; ++seed) {
    SimulatedDisk disk(seed);
    uint64_t synced = 0;
    Live(disk.disk().files(), synced);
    {
      auto again = Watermark::Open(disk.disk().files(), kPath);
      ASSERT_TRUE(again.ok());
      ASSERT_TRUE((*again)->Write(HeadAt(11)).ok());
      ASSERT_TRUE((*again)->Write(HeadAt(12)).ok());
    }
    disk.PowerCut();
    disk.PowerOn(Tail::kScrambled);
    const auto read = Watermark::Read(disk.disk().files(), kPath);
    ASSERT_TRUE(read.ok()) << "seed " << seed;
    ASSERT_TRUE(read->has_value());
    EXPECT_GE((*read)->sequence, 10U) << "what it opened with is synced";
  }
}

}  // namespace
}  // namespace samenspel::crash
