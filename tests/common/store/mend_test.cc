// SPDX-License-Identifier: EUPL-1.2
// What RocksDB opens without a word, and a journal that is made anew beside a damaged one.
#include "common/store/mend.h"

#include <rocksdb/env.h>

#include <algorithm>

#include "tests/common/store/store_fixture.h"
#include "tests/support/raw_rows.h"
#include "tests/support/scratch.h"

namespace samenspel::store {
namespace {

using testing::Contains;
using testing::EndsWith;
using testing::HasSubstr;

class MendTest : public StoreTest {
 protected:
  void Change(const std::string& column, const std::string& key, const support::RowChange& change) {
    support::ChangeRow(*disk_, config_.path, column, key, change);
  }
  std::vector<std::string> Files() {
    std::vector<std::string> names;
    EXPECT_TRUE(disk_->env()->GetChildren(config_.path + "/db", &names).ok());
    return names;
  }
  std::vector<std::shared_ptr<const Stored>> Entries() {
    std::vector<std::shared_ptr<const Stored>> entries;
    for (uint64_t i = 1; i <= store_->head().sequence; ++i) entries.push_back(store_->Read(i));
    return entries;
  }
  std::unique_ptr<MendedJournal> Mended(const std::vector<std::shared_ptr<const Stored>>& entries) {
    auto mended = MendedJournal::Begin(config_, *disk_);
    EXPECT_TRUE(mended.ok()) << mended.status().message();
    for (const auto& entry : entries) EXPECT_TRUE((*mended)->Add(*entry).ok());
    return *std::move(mended);
  }
};

TEST_F(MendTest, AnEntryMissingFarBehindTheHeadIsNoticedAtStart) {
  for (const bool in_tables : {false, true}) {
    Open();
    WriteMany(6);
    const uint64_t head = store_->head().sequence;
    if (in_tables) Reopen();  // Recovery makes table files.
    Close();
    Change("journal", BigEndian(head - 4), [](auto& row) { row.reset(); });
    EXPECT_THAT(OpenFails().message(),
                HasSubstr("entry " + std::to_string(head - 4) + " is missing"));
    disk_ = Disk::Memory();
  }
}

TEST_F(MendTest, AWholeJournalOverSeveralTableFilesOpens) {
  Open();
  for (int i = 0; i < 4; ++i) {
    WriteMany(3);
    Reopen();
  }
  EXPECT_EQ(store_->head().sequence, 12u);
}

TEST_F(MendTest, ADatabaseWithoutItsCurrentIsNotMadeAnewInItsPlace) {
  Open();
  WriteMany(3);
  Reopen();
  WriteMany(3);
  Close();
  ASSERT_TRUE(disk_->env()->DeleteFile(config_.path + "/db/CURRENT").ok());
  for (int start = 0; start < 2; ++start) {  // As systemd does.
    const base::Status status = OpenFails();
    EXPECT_EQ(status.code(), base::Code::kCorrupt);
    EXPECT_THAT(status.message(), HasSubstr("--repair-from audit"));
    EXPECT_THAT(Files(), Contains(EndsWith(".sst")));
    EXPECT_THAT(Files(), Contains(EndsWith(".log")));
  }
}

/// On a real folder, with a manifest that can be cut.
class ManifestTest : public StoreTest {
 protected:
  ManifestTest() : StoreTest(Disk::Real()) { config_.path = scratch_.path() + "/data"; }
  std::string Manifest() const {
    const std::string name = support::ReadFile(config_.path + "/db/CURRENT");
    return config_.path + "/db/" + name.substr(0, name.find('\n'));
  }
  static size_t SizeOf(const std::string& path) { return support::ReadFile(path).size(); }
  void Cut(size_t size) {
    support::WriteFile(Manifest(), support::ReadFile(Manifest()).substr(0, size));
  }
  /// Twice, as systemd does; looking changes nothing.
  void ExpectShorter(size_t size) {
    const auto tables = KeptTables();
    for (int start = 0; start < 2; ++start) {
      EXPECT_THAT(OpenFails().message(),
                  testing::AllOf(HasSubstr("has " + std::to_string(size) + " bytes, it had"),
                                 HasSubstr("--repair-from audit")));
    }
    EXPECT_EQ(KeptTables(), tables);
  }
  size_t KeptTables() {
    std::vector<std::string> names;
    EXPECT_TRUE(disk_->env()->GetChildren(config_.path + "/db", &names).ok());
    return static_cast<size_t>(std::count_if(
        names.begin(), names.end(), [](const auto& name) { return name.ends_with(".sst"); }));
  }
  support::ScratchFolder scratch_;
};

TEST_F(ManifestTest, AManifestThatLostItsEndIsRefusedBeforeAnythingIsTouched) {
  Open();
  WriteMany(5);
  Reopen();  // Into table files.
  WriteMany(2);
  Close();
  const std::string whole = support::ReadFile(Manifest());
  for (size_t size = 0; size < whole.size(); size += 1 + whole.size() / 40) {
    Cut(size);
    ExpectShorter(size);
    support::WriteFile(Manifest(), whole);
  }
  Open();
  EXPECT_EQ(store_->head().sequence, 7u);
}

TEST_F(ManifestTest, WhatAFlushAddedIsNotedAtTheNextTick) {
  config_.write_buffer_bytes = 64 << 10;
  Open();
  const std::string first = Manifest();
  const size_t before = SizeOf(first);
  for (int i = 0; i < 2000 && SizeOf(first) == before; ++i) {
    Write("pro_someone", {std::string(4000, static_cast<char>('a' + i % 26))});
  }
  ASSERT_GT(SizeOf(first), before) << "no flush came";
  Write("pro_someone");
  Close();  // Waits for what RocksDB's threads are at.
  Open();
  WriteMany(1);
  ASSERT_TRUE(store_->Tick(base::FromMs(1'000'000)).ok());
  Close();
  const size_t size = SizeOf(Manifest());
  Cut(size - 1);
  ExpectShorter(size - 1);
}

TEST_F(ManifestTest, ARebuildSettlesIt) {
  Open();
  WriteMany(5);
  Close();
  support::WriteFile(config_.path + "/watermark-manifest",
                     Manifest().substr(Manifest().rfind('/') + 1) + " 999999\n");
  EXPECT_FALSE(OpenFails().ok());
  auto unproven = Store::OpenUnproven(config_, *disk_);
  ASSERT_TRUE(unproven.ok());
  ASSERT_TRUE((*unproven)->EndRebuild().ok());
  unproven->reset();
  Open();
}

TEST_F(MendTest, ADamagedJournalIsReadPastWhatIsWrongWithIt) {
  Open();
  WriteMany(5);
  const Head head = store_->head();
  Close();
  Change("journal", BigEndian(2), [](auto& row) { row.reset(); });
  Change("journal", BigEndian(4), [](auto& row) { row = "\x0a\xff"; });
  auto journal = DamagedJournal::Open(config_, *disk_);
  ASSERT_TRUE(journal.ok()) << journal.status().message();
  EXPECT_EQ((*journal)->last(), 5u);
  EXPECT_EQ((*journal)->noted(), head);
  EXPECT_TRUE((*journal)->Read(1).ok());
  EXPECT_EQ((*journal)->Read(2).status().code(), base::Code::kNotFound);
  EXPECT_TRUE((*journal)->Read(3).ok());
  EXPECT_EQ((*journal)->Read(4).status().code(), base::Code::kCorrupt);
  EXPECT_TRUE((*journal)->Read(5).ok());
  EXPECT_TRUE((*journal)->CheckFiles().ok());
}

TEST_F(MendTest, AMendedJournalTakesThePlaceAndIsRefusedUntilAllIsDerived) {
  Open();
  WriteMany(5);
  const Head head = store_->head();
  const auto entries = Entries();
  Close();
  ASSERT_TRUE(Mended(entries)->PutInPlace(config_.path + "/db.aside", 1).ok());
  EXPECT_TRUE(disk_->env()->FileExists(config_.path + "/db.aside/CURRENT").ok());
  EXPECT_THAT(OpenFails().message(), HasSubstr("cut short"));
  auto unproven = Store::OpenUnproven(config_, *disk_);
  ASSERT_TRUE(unproven.ok()) << unproven.status().message();
  EXPECT_EQ((*unproven)->head(), head);
  ASSERT_TRUE((*unproven)->EndRebuild().ok());
  unproven->reset();
  Open();
  EXPECT_EQ(store_->head(), head);
}

TEST_F(MendTest, KeepsAnEpochThatHadBegunWithoutAnEntry) {
  Open();
  WriteMany(2);
  ASSERT_TRUE(store_->BeginEpoch().ok());
  const auto entries = Entries();
  Close();
  ASSERT_TRUE(Mended(entries)->PutInPlace(config_.path + "/db.aside", 2).ok());
  auto unproven = Store::OpenUnproven(config_, *disk_);
  ASSERT_TRUE(unproven.ok());
  EXPECT_EQ((*unproven)->head().epoch, 2u);
}

TEST_F(MendTest, OneCutShortBeforeItWasCompleteIsMadeAgain) {
  Open();
  WriteMany(5);
  const auto entries = Entries();
  Close();
  (void)Mended({entries[0], entries[1]});  // Dropped half made.
  const auto finished = FinishPutting(config_, *disk_, config_.path + "/db.aside");
  ASSERT_TRUE(finished.ok());
  EXPECT_FALSE(*finished);
  ASSERT_TRUE(Mended(entries)->PutInPlace(config_.path + "/db.aside", 1).ok());
  auto journal = DamagedJournal::Open(config_, *disk_);
  ASSERT_TRUE(journal.ok());
  EXPECT_EQ((*journal)->last(), 5u);
}

TEST_F(MendTest, OneCutShortWhileTakingThePlaceIsPutThere) {
  Open();
  WriteMany(5);
  const auto entries = Entries();
  Close();
  ASSERT_TRUE(Mended(entries)->PutInPlace(config_.path + "/db.aside", 1).ok());
  const std::string db = config_.path + "/db";
  // As it is between the two renames, with what a daemon may have made in the empty place.
  ASSERT_TRUE(disk_->env()->RenameFile(db, config_.path + "/db.mended").ok());
  EXPECT_FALSE(OpenFails().ok());
  const auto finished = FinishPutting(config_, *disk_, config_.path + "/db.aside2");
  ASSERT_TRUE(finished.ok()) << finished.status().message();
  EXPECT_TRUE(*finished);
  auto journal = DamagedJournal::Open(config_, *disk_);
  ASSERT_TRUE(journal.ok());
  EXPECT_EQ((*journal)->last(), 5u);
}

}  // namespace
}  // namespace samenspel::store
