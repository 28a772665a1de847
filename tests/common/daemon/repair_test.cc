// SPDX-License-Identifier: EUPL-1.2
// A journal is restored from audit's copies; what is whole here is never overwritten in silence.
#include "common/daemon/repair.h"

#include <map>

#include "common/daemon/backup.h"
#include "common/daemon/core.h"
#include "common/daemon/keys_fit.h"
#include "common/store/bytes.h"
#include "common/store/mend.h"
#include "tests/common/daemon/core_test.h"
#include "tests/support/raw_rows.h"

namespace samenspel::daemon {
namespace {

using store::BigEndian;
using store::Stored;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// Copies in memory, in pages of three.
class Copies : public CopySource {
 public:
  std::vector<std::shared_ptr<const Stored>> entries;
  std::vector<std::pair<std::string, store::Head>> causes;
  base::Status fault;

  base::Result<Page> After(uint64_t sequence) override {
    if (!fault.ok()) return fault;
    Page page;
    page.causes = causes;
    if (!entries.empty()) {
      const auto& last = entries.back();
      page.head = {last->header.epoch(), last->header.sequence(), last->hash};
    }
    for (uint64_t i = sequence; i < entries.size() && page.entries.size() < 3; ++i) {
      page.entries.push_back(entries[i]);
    }
    return page;
  }
};

/// Intake or meeting after a short day; its journal as it was is what audit holds.
class RepairTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    region_.Start();
    region_.Run(milliseconds(200));
    SetUpRegion(region_);
    for (uint64_t i = 0; i < 6; ++i) {
      region_.Send("intake", From("pro_anna", Ask(i, Report(i % 2 == 0))));
      region_.Run(milliseconds(37));
    }
    region_.Run(milliseconds(2000));
    rig().Kill();
    copies_.entries = Journal();
    ASSERT_GT(copies_.entries.size(), 6u);
    before_ = Rows();
  }
  Rig& rig() { return region_.rig(GetParam()); }
  store::StoreConfig Config() {
    return {.path = std::string("/") + GetParam(), .service = GetParam()};
  }
  std::vector<std::shared_ptr<const Stored>> Journal() {
    rig().OpenForMaintenance();
    std::vector<std::shared_ptr<const Stored>> entries;
    for (uint64_t i = 1; i <= rig().store().head().sequence; ++i) {
      entries.push_back(rig().store().Read(i));
    }
    rig().Kill();
    return entries;
  }
  std::map<std::string, std::string> Rows() {
    rig().OpenForMaintenance();
    std::map<std::string, std::string> rows;
    for (const auto column : {store::Column::kJournal, store::Column::kState, store::Column::kIndex,
                              store::Column::kDedup, store::Column::kCursor}) {
      rig().store().Scan(column, "", "", [&](std::string_view key, std::string_view value) {
        rows[std::to_string(static_cast<int>(column)) + std::string(key)] = value;
        return true;
      });
    }
    rig().Kill();
    return rows;
  }
  void Change(const std::string& column, const std::string& key, const support::RowChange& change) {
    support::ChangeRow(rig().watched().disk(), Config().path, column, key, change);
  }
  void DropEntry(uint64_t sequence) {
    Change("journal", BigEndian(sequence), [](auto& row) { row.reset(); });
  }
  /// As if the log had been cut behind this entry, at a record's edge.
  void CutBehind(uint64_t sequence) {
    for (uint64_t i = sequence + 1; i <= copies_.entries.size(); ++i) DropEntry(i);
    Change("cursor", "head", [&](auto& row) {
      common::v1::Head head;
      head.set_epoch(1);
      head.set_sequence(sequence);
      head.set_hash(copies_.entries[sequence - 1]->hash);
      row = head.SerializeAsString();
    });
  }
  base::Result<RepairSummary> RepairIt(bool accept_loss = false) {
    said_.clear();
    auto keys =
        seal::KeyStore::Open(rig().watched().disk().files(), std::string(GetParam()) + "-keys",
                             std::string(32, 'm'), rig().entropy());
    EXPECT_TRUE(keys.ok());
    return Repair({.store = Config(),
                   .disk = rig().watched().disk(),
                   .keys = **keys,
                   .entropy = rig().entropy(),
                   .make = rig().maker(),
                   .copies = copies_,
                   .now = support::kMorning,
                   .accept_loss = accept_loss,
                   .say = [this](const std::string& line) { said_.push_back(line); }});
  }
  RepairSummary Repaired(bool accept_loss = false) {
    const auto summary = RepairIt(accept_loss);
    EXPECT_TRUE(summary.ok()) << summary.status().message();
    return summary.ok() ? *summary : RepairSummary();
  }
  /// Serves again, and holds what it held.
  void ExpectAsBefore() {
    EXPECT_EQ(Rows(), before_);
    rig().Start(support::kMorning, RegistryOf(Everybody()));
    rig().Kill();
    rig().OpenForMaintenance();
    const base::Status verified =
        Verify(rig().store(), rig().keys(), rig().entropy(), rig().maker());
    EXPECT_TRUE(verified.ok()) << verified.message();
    rig().Kill();
  }
  uint64_t size() const { return copies_.entries.size(); }

  RegionRig region_;
  Copies copies_;
  std::map<std::string, std::string> before_;
  std::vector<std::string> said_;
};

INSTANTIATE_TEST_SUITE_P(Of, RepairTest, testing::Values("intake", "meeting"),
                         [](const auto& about) { return std::string(about.param); });

/// Of the two only intake holds family data.
class RepairSealedTest : public RepairTest {};
INSTANTIATE_TEST_SUITE_P(Of, RepairSealedTest, testing::Values("intake"),
                         [](const auto& about) { return std::string(about.param); });

TEST_P(RepairTest, LeavesAWholeJournalAsItIs) {
  const RepairSummary summary = Repaired();
  EXPECT_TRUE(summary.done);
  EXPECT_EQ(summary.whole, size());
  EXPECT_EQ(summary.mended + summary.fetched + summary.kept + summary.lost, 0u);
  EXPECT_THAT(said_, IsEmpty());
  ExpectAsBefore();
}

TEST_P(RepairTest, FetchesWhatIsMissingInTheMiddle) {
  DropEntry(2);
  DropEntry(3);
  DropEntry(5);
  const RepairSummary summary = Repaired();
  EXPECT_TRUE(summary.done);
  EXPECT_EQ(summary.fetched, 3u);
  EXPECT_EQ(summary.whole, size() - 3);
  EXPECT_THAT(said_, Contains(HasSubstr("entries 2 to 3: missing here; fetched")));
  EXPECT_THAT(said_, Contains(HasSubstr("entry 5: missing here; fetched")));
  EXPECT_THAT(said_, Contains(HasSubstr("kept as /")));
  ExpectAsBefore();
}

TEST_P(RepairTest, FetchesATailThatWasCutOff) {
  CutBehind(4);
  const RepairSummary summary = Repaired();
  EXPECT_TRUE(summary.done);
  EXPECT_EQ(summary.fetched, size() - 4);
  ExpectAsBefore();
}

TEST_P(RepairTest, MendsAnEntryThatCannotBeRead) {
  Change("journal", BigEndian(4), [](auto& row) { row = "\x0a\xff"; });
  const RepairSummary summary = Repaired();
  EXPECT_EQ(summary.mended, 1u);
  EXPECT_THAT(said_, Contains(HasSubstr("entry 4: it cannot be read")));
  ExpectAsBefore();
}

TEST_P(RepairSealedTest, MendsAChangedHeaderAndAChangedPart) {
  uint64_t with_part = 0;
  for (const auto& entry : copies_.entries) {
    if (!entry->sealed.empty()) with_part = entry->header.sequence();
  }
  ASSERT_GT(with_part, 3u);
  const auto changed = [&](uint64_t sequence, bool part) {
    Stored entry = *copies_.entries[sequence - 1];
    part ? entry.sealed[0].back() ^= 1 : entry.bytes.back() ^= 1;
    Change("journal", BigEndian(sequence), [&](auto& row) { row = store::RowOf(entry); });
  };
  changed(2, false);
  changed(with_part, true);
  const RepairSummary summary = Repaired();
  EXPECT_EQ(summary.mended, 2u);
  EXPECT_EQ(summary.whole, size() - 2);
  EXPECT_THAT(said_, Contains(HasSubstr("a sealed part is damaged")));
  ExpectAsBefore();
}

TEST_P(RepairTest, KeepsWhatAuditHasNotYet) {
  DropEntry(3);
  copies_.entries.resize(size() - 2);
  const RepairSummary summary = Repaired();
  EXPECT_TRUE(summary.done);
  EXPECT_EQ(summary.kept, 2u);
  EXPECT_EQ(summary.fetched, 1u);
  EXPECT_THAT(said_, Contains(HasSubstr("here and not yet at audit; kept")));
  ExpectAsBefore();
}

TEST_P(RepairTest, SaysWhatIsLostAndChangesNothing) {
  const uint64_t all = size();
  CutBehind(4);
  copies_.entries.resize(all - 1);
  const auto damaged = Rows();
  const RepairSummary summary = Repaired();
  EXPECT_FALSE(summary.done);
  EXPECT_EQ(summary.lost, 1u);
  EXPECT_THAT(said_, Contains(HasSubstr("entry " + std::to_string(all) + ": lost")));
  EXPECT_EQ(Rows(), damaged);
  auto opened = store::Store::Open(Config(), rig().watched().disk());
  EXPECT_FALSE(opened.ok());
}

TEST_P(RepairTest, GoesOnWithoutTheLostInANewEpochWhenThatIsAccepted) {
  const uint64_t all = size();
  CutBehind(4);
  copies_.entries.resize(all - 1);
  const RepairSummary summary = Repaired(true);
  EXPECT_TRUE(summary.done);
  EXPECT_EQ(summary.lost, 1u);
  EXPECT_EQ(summary.fetched, all - 5);
  rig().Start(support::kMorning, RegistryOf(Everybody()));
  EXPECT_EQ(rig().store().head().epoch, 2u);
  EXPECT_EQ(rig().store().Read(all - 1)->hash, copies_.entries.back()->hash);
  rig().Kill();
}

TEST_P(RepairTest, NeverOverwritesAnotherHistory) {
  // Audit followed another journal from entry 3 on.
  Stored other = *copies_.entries[2];
  other.header.set_version(other.header.version() + 1);
  other.bytes = other.header.SerializeAsString();
  other.hash = "another";
  copies_.entries[2] = std::make_shared<Stored>(other);
  const auto summary = RepairIt();
  ASSERT_FALSE(summary.ok());
  EXPECT_EQ(summary.status().code(), base::Code::kCorrupt);
  EXPECT_THAT(summary.status().message(), HasSubstr("two histories: from entry 3 on"));
  EXPECT_EQ(Rows(), before_);
}

TEST_P(RepairTest, TakesNoCopyThatDoesNotFit) {
  DropEntry(3);
  Stored other = *copies_.entries[2];
  other.header.set_previous_hash("forged");
  copies_.entries[2] = std::make_shared<Stored>(other);
  const auto summary = RepairIt();
  ASSERT_FALSE(summary.ok());
  EXPECT_THAT(summary.status().message(), HasSubstr("audit's copy of entry 3 does not fit"));
}

TEST_P(RepairTest, RefusesTheJournalOfAnotherService) {
  for (uint64_t i : {uint64_t{1}, size()}) {
    Stored entry = *copies_.entries[i - 1];
    entry.header.set_service("escalation");
    entry.bytes = entry.header.SerializeAsString();
    Change("journal", BigEndian(i), [&](auto& row) { row = store::RowOf(entry); });
  }
  const auto summary = RepairIt();
  ASSERT_FALSE(summary.ok());
  EXPECT_EQ(summary.status().code(), base::Code::kInvalid);
  EXPECT_THAT(summary.status().message(), HasSubstr("holds the journal of escalation"));
}

TEST_P(RepairTest, ChangesNothingWhenAuditDoesNotAnswer) {
  DropEntry(3);
  const auto damaged = Rows();
  copies_.fault = {base::Code::kTimeout, "audit is away"};
  EXPECT_EQ(RepairIt().status().code(), base::Code::kTimeout);
  EXPECT_EQ(Rows(), damaged);
}

TEST_P(RepairSealedTest, RefusesKeysThatDoNotReachWhatTheEntriesUse) {
  auto& files = rig().watched().disk().files();
  const std::string block = std::string(GetParam()) + "-keys/block-00000001";
  const bool uses_keys = std::ranges::any_of(
      copies_.entries, [](const auto& entry) { return HighestKeyOf(*entry) > 0; });
  ASSERT_TRUE(uses_keys);
  ASSERT_TRUE(files.Remove(block).ok());
  const auto summary = RepairIt();
  ASSERT_FALSE(summary.ok());
  EXPECT_THAT(summary.status().message(), HasSubstr("put the key store back"));
  EXPECT_FALSE(files.Exists(block));  // No new keys in the place of those that are gone.
}

TEST_P(RepairTest, RunAgainFinishesWhatWasCutShort) {
  DropEntry(3);
  // As it is after the mended journal came in place and before all was derived.
  {
    auto mended = store::MendedJournal::Begin(Config(), rig().watched().disk());
    ASSERT_TRUE(mended.ok());
    for (const auto& entry : copies_.entries) ASSERT_TRUE((*mended)->Add(*entry).ok());
    ASSERT_TRUE((*mended)->PutInPlace(Config().path + "/db.aside", 1).ok());
  }
  auto opened = store::Store::Open(Config(), rig().watched().disk());
  ASSERT_FALSE(opened.ok());
  EXPECT_THAT(opened.status().message(), HasSubstr("cut short"));
  EXPECT_TRUE(Repaired().done);
  std::erase_if(before_, [](const auto& row) { return row.first.starts_with("5f/"); });
  auto rows = Rows();
  std::erase_if(rows, [](const auto& row) { return row.first.starts_with("5f/"); });
  EXPECT_EQ(rows, before_);
}

TEST_P(RepairTest, GoesOnFollowingBehindTheNewestCause) {
  CutBehind(4);
  const store::Head cause{.epoch = 1, .sequence = 1'000'000, .hash = std::string(32, 'c')};
  copies_.causes = {{"elsewhere", cause}};
  EXPECT_TRUE(Repaired().done);
  common::v1::Head head;
  rig().OpenForMaintenance();
  const auto row = rig().store().Get(store::Column::kCursor, CursorRow("elsewhere"));
  ASSERT_TRUE(row && head.ParseFromString(*row));
  EXPECT_EQ(head.sequence(), cause.sequence);
  EXPECT_EQ(head.hash(), cause.hash);
  rig().Kill();
}

TEST_P(RepairTest, OfABackupThatWasPutThereBeginsANewEpoch) {
  CutBehind(4);
  auto& files = rig().watched().disk().files();
  ASSERT_TRUE(files.Replace(Config().path + "/restored.txt", "of a backup").ok());
  const auto summary = Repaired();
  EXPECT_EQ(summary.fetched, size() - 4);
  EXPECT_TRUE(summary.began_epoch);
  EXPECT_EQ(summary.head.epoch, 2U);
  EXPECT_FALSE(AwaitsRepair(Config().path, files));
  EXPECT_FALSE(summary.unproven);
}

TEST_P(RepairTest, SaysThatNobodyKnowsTheEndWithoutAWatermarkAndWithAnOldBackup) {
  CutBehind(4);
  auto& files = rig().watched().disk().files();
  ASSERT_TRUE(files.Remove(Config().path + "/watermark").ok());
  EXPECT_FALSE(RepairIt()->unproven) << "the database itself was not exchanged";
  ASSERT_TRUE(files.Remove(Config().path + "/watermark").ok());
  ASSERT_TRUE(files.Replace(Config().path + "/restored.txt", "of a backup").ok());
  EXPECT_TRUE(RepairIt()->unproven);
}

}  // namespace
}  // namespace samenspel::daemon
