// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/disk/simulated_disk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <set>

namespace samenspel::simulation {
namespace {

using base::Code;
using testing::AnyOf;
using testing::ElementsAre;
using testing::Not;

std::string Old() { return std::string(2000, 'o'); }
std::string New() { return std::string(3000, 'n'); }

class SimulatedDiskTest : public testing::Test {
 protected:
  base::FileSystem& files() { return disk_.disk().files(); }
  std::string Content() { return *files().Read("/keys/block"); }

  // A file with Old() synced and then, behind it, New() that is not.
  void WriteTail() {
    ASSERT_TRUE(files().Replace("/keys/block", Old()).ok());
    const auto file = files().Open("/keys/block");
    ASSERT_TRUE((*file)->WriteAt(Old().size(), New()).ok());
  }
  void Again(Tail tail) {
    disk_.PowerCut();
    disk_.PowerOn(tail);
  }

  SimulatedDisk disk_{1};
};

TEST_F(SimulatedDiskTest, KeepsWhatWasSyncedThroughAPowerCut) {
  WriteTail();
  ASSERT_TRUE((*files().Open("/keys/block"))->Sync().ok());
  for (const Tail tail : kTails) {
    Again(tail);
    EXPECT_EQ(Content(), Old() + New());
  }
}

TEST_F(SimulatedDiskTest, MayLoseKeepTearOrScrambleWhatWasNot) {
  WriteTail();
  EXPECT_EQ(Content(), Old() + New()) << "a reader sees what was written";
  const SimulatedDisk::Snapshot synced{{"/keys/block", Old()}};
  const auto after = [&](Tail tail) {
    disk_.PutBack(synced);
    WriteTail();
    Again(tail);
    return Content();
  };
  EXPECT_EQ(after(Tail::kDropped), Old());
  EXPECT_EQ(after(Tail::kKept), Old() + New());
  std::set<size_t> sizes;
  for (int i = 0; i < 20; ++i) {
    const std::string torn = after(Tail::kTorn);
    EXPECT_TRUE((Old() + New()).starts_with(torn));
    EXPECT_GE(torn.size(), Old().size()) << "synced bytes are not torn";
    sizes.insert(torn.size());
  }
  EXPECT_GT(sizes.size(), 10U) << "at any byte";
  const std::string scrambled = after(Tail::kScrambled);
  EXPECT_TRUE(scrambled.starts_with(Old())) << "synced bytes are not touched";
  EXPECT_NE(scrambled, Old() + New());
  for (const char* kind : {"tail dropped", "tail kept", "tail torn", "tail scrambled"}) {
    EXPECT_GE(disk_.counts()[kind], 1U) << kind;
  }
}

TEST_F(SimulatedDiskTest, KeepsWhatWasWrittenWhenOnlyTheProcessDies) {
  WriteTail();
  EXPECT_EQ(Content(), Old() + New());
  EXPECT_EQ(disk_.counts().size(), 0U);
}

TEST_F(SimulatedDiskTest, FailsEverythingWithoutPower) {
  WriteTail();
  const auto before = files().Open("/keys/block");
  disk_.PowerCut();
  EXPECT_EQ((*before)->WriteAt(0, "x").code(), Code::kIo);
  EXPECT_EQ((*before)->Sync().code(), Code::kIo);
  EXPECT_EQ(files().Read("/keys/block").status().code(), Code::kIo);
  EXPECT_EQ(files().List("/keys").status().code(), Code::kIo);
  EXPECT_EQ(files().Replace("/keys/block", "x").code(), Code::kIo);
  EXPECT_FALSE(files().Exists("/keys/block"));
  disk_.PowerOn();
  EXPECT_TRUE(files().Exists("/keys/block"));
  EXPECT_EQ((*before)->WriteAt(0, "x").code(), Code::kIo) << "of a process that is no more";
  EXPECT_EQ(disk_.counts()["power cut"], 1U);
}

TEST_F(SimulatedDiskTest, ReplacesAFileAllOrNothingAtEveryOperation) {
  ASSERT_TRUE(files().Replace("/keys/block", Old()).ok());
  const uint64_t start = disk_.operations();
  ASSERT_TRUE(files().Replace("/keys/block", New()).ok());
  const uint64_t operations = disk_.operations() - start;
  EXPECT_EQ(operations, 5U) << "create, write, sync, rename, sync of the folder";
  std::set<std::string> seen;
  for (uint64_t n = 1; n <= operations; ++n) {
    for (const DiskFault cut : {DiskFault::kPowerCutBefore, DiskFault::kPowerCutAfter}) {
      for (const Tail tail : kTails) {
        disk_.PutBack({{"/keys/block", Old()}});
        disk_.FailAt(disk_.operations() + n, cut);
        EXPECT_FALSE(files().Replace("/keys/block", New()).ok());
        disk_.PowerOn(tail);
        EXPECT_THAT(Content(), AnyOf(Old(), New())) << "operation " << n;
        if (n == operations && cut == DiskFault::kPowerCutAfter) {
          EXPECT_EQ(Content(), New());
        }
        seen.insert(Content());
      }
    }
  }
  EXPECT_EQ(seen.size(), 2U);
}

TEST_F(SimulatedDiskTest, HasReplacedDurablyWhenItSaysSo) {
  ASSERT_TRUE(files().Replace("/keys/block", Old()).ok());
  ASSERT_TRUE(files().Replace("/keys/block", New()).ok());
  Again(Tail::kDropped);
  EXPECT_EQ(Content(), New());
  EXPECT_THAT(*files().List("/keys"), ElementsAre("block"));
  ASSERT_TRUE(files().Remove("/keys/block").ok());
  ASSERT_TRUE(files().Open("/keys/other").ok());
  Again(Tail::kDropped);
  EXPECT_THAT(*files().List("/keys"), ElementsAre("other"));
}

TEST_F(SimulatedDiskTest, FailsOneSyncAndKeepsItsDataOrNot) {
  std::set<std::string> seen;
  for (int i = 0; i < 40; ++i) {
    disk_.PutBack({});
    WriteTail();
    const auto file = files().Open("/keys/block");
    disk_.FailAt(disk_.operations() + 1, DiskFault::kSyncError);
    EXPECT_EQ((*file)->Sync().code(), Code::kIo);
    EXPECT_EQ(Content(), Old() + New()) << "readers see it in any case";
    EXPECT_TRUE((*file)->Sync().ok()) << "once";
    Again(Tail::kDropped);
    seen.insert(Content());
  }
  EXPECT_THAT(seen, ElementsAre(Old(), Old() + New())) << "a later sync does not always mend it";
  EXPECT_EQ(disk_.counts()["sync error"], 40U);
}

TEST_F(SimulatedDiskTest, HasNoRoomUntilThereIsSome) {
  ASSERT_TRUE(files().Replace("/keys/block", Old()).ok());
  disk_.FailAt(disk_.operations() + 2, DiskFault::kNoSpace);
  EXPECT_EQ(files().Replace("/keys/block", New()).code(), Code::kIo);
  EXPECT_EQ(files().Replace("/keys/block", New()).code(), Code::kIo) << "not once";
  EXPECT_EQ(Content(), Old());
  disk_.MakeRoom();
  EXPECT_TRUE(files().Replace("/keys/block", New()).ok());
  EXPECT_EQ(Content(), New());
  EXPECT_EQ(disk_.counts()["no space"], 2U);
}

TEST_F(SimulatedDiskTest, PutsAnOldCopyBack) {
  ASSERT_TRUE(files().Replace("/keys/block", Old()).ok());
  ASSERT_TRUE(files().Replace("/data/watermark", Old()).ok());
  const SimulatedDisk::Snapshot copy = disk_.Save();
  ASSERT_TRUE(files().Replace("/keys/block", New()).ok());
  ASSERT_TRUE(files().Replace("/keys/later", New()).ok());
  ASSERT_TRUE(files().Replace("/data/watermark", New()).ok());
  disk_.PutBack(copy, "/keys/");
  Again(Tail::kDropped);
  EXPECT_EQ(Content(), Old());
  EXPECT_FALSE(files().Exists("/keys/later"));
  EXPECT_EQ(*files().Read("/data/watermark"), New()) << "elsewhere all is as it was";
  disk_.PutBack(copy);
  EXPECT_EQ(*files().Read("/data/watermark"), Old());
  EXPECT_EQ(disk_.counts()["old copy put back"], 2U);
}

size_t BitsThatDiffer(const std::string& a, const std::string& b) {
  EXPECT_EQ(a.size(), b.size());
  size_t bits = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    bits += static_cast<size_t>(std::popcount(static_cast<uint8_t>(a[i] ^ b[i])));
  }
  return bits;
}

TEST_F(SimulatedDiskTest, FlipsABitInOneRead) {
  ASSERT_TRUE(files().Replace("/keys/block", Old()).ok());
  ASSERT_TRUE(files().Replace("/data/watermark", Old()).ok());
  disk_.RotOnRead("/keys/");
  EXPECT_EQ(*files().Read("/data/watermark"), Old());
  EXPECT_EQ(BitsThatDiffer(Content(), Old()), 1U);
  EXPECT_EQ(Content(), Old()) << "once";
  EXPECT_EQ(disk_.counts()["bit rot on read"], 1U);
}

TEST_F(SimulatedDiskTest, FlipsABitForGood) {
  ASSERT_TRUE(files().Replace("/keys/block", Old()).ok());
  EXPECT_EQ(disk_.Rot("/data/"), std::nullopt);
  EXPECT_EQ(disk_.Rot("/keys/"), "/keys/block");
  EXPECT_EQ(BitsThatDiffer(Content(), Old()), 1U);
  Again(Tail::kDropped);
  EXPECT_EQ(BitsThatDiffer(Content(), Old()), 1U);
  EXPECT_EQ(disk_.counts()["bit rot"], 1U);
}

TEST_F(SimulatedDiskTest, GivesALockToOneAndTakesItBackWithThePower) {
  auto lock = files().Lock("/data/lock");
  ASSERT_TRUE(lock.ok());
  EXPECT_EQ(files().Lock("/data/lock").status().code(), Code::kExists);
  Again(Tail::kKept);
  auto next = files().Lock("/data/lock");
  ASSERT_TRUE(next.ok());
  lock->reset();
  EXPECT_EQ(files().Lock("/data/lock").status().code(), Code::kExists) << "another one's by now";
  next->reset();
  EXPECT_TRUE(files().Lock("/data/lock").ok());
}

TEST(SimulatedDisk, MeetsTheSameFateWithTheSameSeed) {
  const auto play = [](uint64_t seed) {
    SimulatedDisk disk(seed);
    base::FileSystem& files = disk.disk().files();
    for (int i = 0; i < 5; ++i) {
      const std::string path = "/data/" + std::to_string(i);
      EXPECT_TRUE(files.Replace(path, Old()).ok());
      EXPECT_TRUE((*files.Open(path))->WriteAt(1000, New()).ok());
    }
    disk.PowerCut();
    disk.PowerOn();
    return disk.Save();
  };
  EXPECT_EQ(play(7), play(7));
  EXPECT_THAT(play(7), Not(play(8)));
}

}  // namespace
}  // namespace samenspel::simulation
