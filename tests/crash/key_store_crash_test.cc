// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "common/seal/key_store.h"
#include "tests/simulation/disk/simulated_disk.h"

namespace samenspel::crash {
namespace {

using base::Code;
using seal::KeyNumber;
using seal::KeyStore;
using simulation::DiskFault;
using simulation::SimulatedDisk;
using simulation::Tail;

constexpr const char* kKeys = "/keys";
constexpr const char* kMasterKey = "samenspel golden test master key";
constexpr uint64_t kSeeds = 5;
constexpr KeyNumber kDestroyed[] = {3, 200, 300};

// What a daemon knows of its keys at the moment when the power goes.
struct Known {
  std::map<KeyNumber, std::string> keys;  // Of those that were handed out.
  std::set<KeyNumber> destroyed;          // It was said so.
  std::set<KeyNumber> doomed;             // Being destroyed.
};

void HandOut(KeyStore& store, Known& known) {
  for (KeyNumber number = 1; number <= store.last(); number += 37) {
    if (!known.destroyed.contains(number)) known.keys[number] = *store.Find(number);
  }
  for (const KeyNumber number : kDestroyed) {
    if (number <= store.last() && !known.doomed.contains(number)) {
      known.keys[number] = *store.Find(number);
    }
  }
}

void Destroy(KeyStore& store, KeyNumber number, Known& known) {
  known.doomed.insert(number);
  if (store.Destroy(number).ok()) known.destroyed.insert(number);
}

// Makes two blocks and destroys some keys of each, until an operation fails.
void Live(SimulatedDisk& disk, uint64_t seed, Known& known) {
  support::SeededEntropy chance(seed);
  auto store = KeyStore::Open(disk.disk().files(), kKeys, kMasterKey, chance);
  if (!store.ok() || !(*store)->AddBlock().ok()) return;
  HandOut(**store, known);
  Destroy(**store, kDestroyed[0], known);
  Destroy(**store, kDestroyed[1], known);
  if (!disk.has_power() || !(*store)->AddBlock().ok()) return;
  HandOut(**store, known);
  Destroy(**store, kDestroyed[2], known);
}

void ExpectKept(SimulatedDisk& disk, const Known& known, const std::string& what) {
  support::SeededEntropy chance(99);
  auto store = KeyStore::Open(disk.disk().files(), kKeys, kMasterKey, chance);
  ASSERT_TRUE(store.ok()) << what << ": " << store.status().message();
  for (const auto& [number, key] : known.keys) {
    const auto found = (*store)->Find(number);
    if (known.destroyed.contains(number)) {
      EXPECT_EQ(found.status().code(), Code::kNotFound) << what << ": key " << number << " is back";
    } else if (!known.doomed.contains(number)) {
      ASSERT_TRUE(found.ok()) << what << ": key " << number << ": " << found.status().message();
      EXPECT_EQ(*found, key) << what << ": another key " << number;
    } else if (found.ok()) {
      EXPECT_EQ(*found, key) << what << ": another key " << number;
    }
  }
  for (const KeyNumber number : known.doomed) {
    const base::Status again = (*store)->Destroy(number);
    EXPECT_TRUE(again.ok()) << what << ": " << again.message();
    EXPECT_EQ((*store)->Find(number).status().code(), Code::kNotFound) << what;
  }
  EXPECT_TRUE((*store)->AddBlock().ok()) << what;
}

uint64_t OperationsOfALife() {
  SimulatedDisk disk(1);
  Known known;
  Live(disk, 1, known);
  EXPECT_EQ(known.destroyed.size(), 3U);
  return disk.operations();
}

class KeyStoreCrashTest : public testing::TestWithParam<DiskFault> {};

TEST_P(KeyStoreCrashTest, LosesNoKeyThatWasHandedOutAndBringsNoDestroyedOneBack) {
  const uint64_t operations = OperationsOfALife();
  EXPECT_GT(operations, 15U);
  for (uint64_t operation = 1; operation <= operations; ++operation) {
    for (const Tail tail : simulation::kTails) {
      for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
        SimulatedDisk disk(seed);
        disk.FailAt(operation, GetParam());
        Known known;
        Live(disk, seed, known);
        disk.ForgetPlans();
        disk.MakeRoom();
        disk.PowerOn(tail);
        ExpectKept(disk, known,
                   "operation " + std::to_string(operation) + ", seed " + std::to_string(seed));
        if (testing::Test::HasFailure()) return;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Fault, KeyStoreCrashTest,
                         testing::Values(DiskFault::kPowerCutBefore, DiskFault::kPowerCutAfter,
                                         DiskFault::kSyncError, DiskFault::kNoSpace));

}  // namespace
}  // namespace samenspel::crash
