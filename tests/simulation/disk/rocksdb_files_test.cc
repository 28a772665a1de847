// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include "common/store/store.h"
#include "tests/simulation/disk/simulated_disk.h"

namespace samenspel::simulation {
namespace {

using store::Batch;
using store::Column;
using store::CommitResult;
using store::Store;

class RocksdbFilesTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(disk_.disk().files().MakeDirectory("/data").ok()); }
  rocksdb::Env& env() { return *disk_.disk().env(); }
  bool Exists(const std::string& path) { return env().FileExists(path).ok(); }
  void Write(const std::string& path, const std::string& bytes) {
    std::unique_ptr<rocksdb::WritableFile> file;
    ASSERT_TRUE(env().NewWritableFile(path, &file, {}).ok());
    ASSERT_TRUE(file->Append(bytes).ok());
    ASSERT_TRUE(file->Sync().ok());
  }
  void SyncFolder(const std::string& path) {
    std::unique_ptr<rocksdb::Directory> folder;
    ASSERT_TRUE(env().NewDirectory(path, &folder).ok());
    ASSERT_TRUE(folder->Fsync().ok());
  }
  void Again(Tail tail) {
    disk_.PowerCut();
    disk_.PowerOn(tail);
  }

  SimulatedDisk disk_{1};
};

TEST_F(RocksdbFilesTest, MayLoseAFileWhoseFolderWasNotSynced) {
  Write("/data/new", "synced");
  Again(Tail::kDropped);
  EXPECT_FALSE(Exists("/data/new"));
  EXPECT_EQ(disk_.counts()["creation lost"], 1U);
  Write("/data/new", "synced");
  SyncFolder("/data");
  Again(Tail::kDropped);
  EXPECT_TRUE(Exists("/data/new"));
}

TEST_F(RocksdbFilesTest, MayLoseARenamingWhoseFolderWasNotSynced) {
  Write("/data/CURRENT", "old");
  Write("/data/next", "new");
  SyncFolder("/data");
  ASSERT_TRUE(env().RenameFile("/data/next", "/data/CURRENT").ok());
  std::string content;
  ASSERT_TRUE(rocksdb::ReadFileToString(&env(), "/data/CURRENT", &content).ok());
  EXPECT_EQ(content, "new");
  Again(Tail::kDropped);
  ASSERT_TRUE(rocksdb::ReadFileToString(&env(), "/data/CURRENT", &content).ok());
  EXPECT_EQ(content, "old");
  EXPECT_TRUE(Exists("/data/next"));
  EXPECT_EQ(disk_.counts()["rename lost"], 1U);
}

TEST_F(RocksdbFilesTest, MayGetBackWhatWasRemovedWithoutASync) {
  Write("/data/old", "x");
  SyncFolder("/data");
  ASSERT_TRUE(env().DeleteFile("/data/old").ok());
  EXPECT_FALSE(Exists("/data/old"));
  Again(Tail::kDropped);
  EXPECT_TRUE(Exists("/data/old"));
  EXPECT_EQ(disk_.counts()["removal lost"], 1U);
}

TEST_F(RocksdbFilesTest, LosesAFolderWithAllThatIsInIt) {
  ASSERT_TRUE(env().CreateDir("/data/db").ok());
  Write("/data/db/log", "x");
  SyncFolder("/data/db");
  Again(Tail::kDropped);
  EXPECT_FALSE(Exists("/data/db"));
  EXPECT_FALSE(Exists("/data/db/log"));
}

TEST_F(RocksdbFilesTest, TellsRocksdbOfAFullDiskAndAFailedSync) {
  std::unique_ptr<rocksdb::WritableFile> file;
  ASSERT_TRUE(env().NewWritableFile("/data/log", &file, {}).ok());
  disk_.FailAt(disk_.operations() + 1, DiskFault::kNoSpace);
  EXPECT_TRUE(file->Append("x").IsNoSpace());
  disk_.MakeRoom();
  ASSERT_TRUE(file->Append("x").ok());
  disk_.FailAt(disk_.operations() + 1, DiskFault::kSyncError);
  EXPECT_TRUE(file->Sync().IsIOError());
}

// Opens and writes; with the usual buffers so much that tables are made and merged.
uint64_t WriteMuch(SimulatedDisk& disk, int commits, size_t buffers = 64 << 10) {
  store::StoreConfig config{.path = "/data", .service = "intake"};
  config.write_buffer_bytes = buffers;
  auto store = Store::Open(config, disk.disk());
  EXPECT_TRUE(store.ok()) << store.status().message();
  for (int i = 0; store.ok() && i < commits; ++i) {
    Batch batch = (*store)->Begin();
    batch.Append({}, {});
    batch.Put(Column::kState, "row" + std::to_string(i % 7), std::string(8000, 'x'));
    EXPECT_EQ((*store)->Commit(std::move(batch)), CommitResult::kAcked);
  }
  return store.ok() ? (*store)->head().sequence : 0;
}

TEST_F(RocksdbFilesTest, HoldsAStoreThatFlushesAndCompacts) {
  const auto tables = [&] {
    std::vector<std::string> names;
    EXPECT_TRUE(env().GetChildren("/data/db", &names).ok());
    return std::ranges::count_if(names, [](const auto& name) { return name.ends_with(".sst"); });
  };
  for (uint64_t i = 1; i <= 10; ++i) {
    EXPECT_EQ(WriteMuch(disk_, 60), i * 60);
    EXPECT_GT(tables(), 0) << "it flushes";
    EXPECT_LT(tables(), 10 + 15 * static_cast<long>(i)) << "and merges most of what it flushed";
    Again(Tail::kDropped);
  }
}

TEST_F(RocksdbFilesTest, ComesToAnEndOnAFullDiskThatCompacts) {
  store::StoreConfig config{.path = "/data", .service = "intake"};
  config.write_buffer_bytes = 64 << 10;
  for (uint64_t n = 1; n <= 40; ++n) {
    auto store = Store::Open(config, disk_.disk());
    ASSERT_TRUE(store.ok()) << store.status().message();
    disk_.FailAt(disk_.operations() + 10 * n, DiskFault::kNoSpace);
    CommitResult result = CommitResult::kAcked;
    for (int i = 0; i < 200 && result == CommitResult::kAcked; ++i) {
      Batch batch = (*store)->Begin();
      batch.Append({}, {});
      batch.Put(Column::kState, "row" + std::to_string(i % 7), std::string(8000, 'x'));
      result = (*store)->Commit(std::move(batch));
    }
    EXPECT_EQ(result, CommitResult::kUnknown);
    disk_.MakeRoom();
  }
}

// Opening makes tables of what is in the log, and merges them after a while.
TEST_F(RocksdbFilesTest, TakesTheSameOperationsEachTimeWhileNoTableIsFull) {
  SimulatedDisk other(2);
  ASSERT_TRUE(other.disk().files().MakeDirectory("/data").ok());
  for (int i = 0; i < 8; ++i) {
    WriteMuch(disk_, 20, 64 << 20);
    WriteMuch(other, 20, 64 << 20);
  }
  EXPECT_EQ(disk_.operations(), other.operations());
  const auto sizes = [](const SimulatedDisk& disk) {
    std::map<std::string, size_t> all;
    for (const auto& [path, content] : disk.Save()) all[path] = content.size();
    return all;
  };
  EXPECT_EQ(sizes(disk_), sizes(other));
}

}  // namespace
}  // namespace samenspel::simulation
