// SPDX-License-Identifier: EUPL-1.2
// A backup is the same journal and the same state; what it lacks is never given up in silence.
#include "common/daemon/backup.h"

#include <map>

#include "common/daemon/backup_note.h"
#include "common/daemon/journal.h"
#include "common/store/bytes.h"
#include "common/tlog/checkpoint.h"
#include "proto/audit/state/state.pb.h"
#include "tests/common/daemon/core_test.h"
#include "tests/support/raw_rows.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using store::Column;
using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

constexpr const char* kBackup = "/backups/monday";
constexpr const char* kMark = "/mark";  // Outside the data folder, as in a daemon's config.

class BackupTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    region_.Start();
    region_.Run(milliseconds(200));
    SetUpRegion(region_);
    Work();
  }
  void Work() {
    for (int i = 0; i < 4; ++i) {
      ++id_;
      region_.Send("intake", From("pro_anna", Ask(id_, Report(id_ % 2 == 0))));
      region_.Run(milliseconds(37));
    }
    region_.Run(milliseconds(500));
  }
  Rig& rig() { return region_.rig(GetParam()); }
  store::Disk& disk() { return rig().watched().disk(); }
  base::FileSystem& files() { return disk().files(); }
  std::string folder() const { return std::string("/") + GetParam(); }
  KeysOpener Keys() {
    return [this] {
      return seal::KeyStore::Open(files(), std::string(GetParam()) + keys_, std::string(32, 'm'),
                                  rig().entropy());
    };
  }

  base::Result<store::Head> BackUp(const std::string& to = kBackup) {
    return Backup({.store = {.path = folder(), .service = GetParam()},
                   .disk = disk(),
                   .to = to,
                   .keys = Keys(),
                   .entropy = rig().entropy(),
                   .make = rig().maker(),
                   .now = support::kMorning,
                   .version = "test"});
  }
  /// Stops the daemon and takes its data away, all but keys and watermark.
  void LoseData() {
    rig().Kill();
    ASSERT_TRUE(files().Replace(kMark, *files().Read(folder() + "/watermark")).ok());
    ASSERT_TRUE(store::Discard({.path = folder(), .service = GetParam()}, disk()).ok());
  }
  store::StoreConfig Config() {
    return {.path = folder(), .service = GetParam(), .watermark = kMark};
  }
  base::Result<Restored> PutBack(bool accept_loss = false, bool repair = false) {
    return Restore({.store = Config(),
                    .disk = disk(),
                    .from = kBackup,
                    .keys = Keys(),
                    .entropy = rig().entropy(),
                    .make = rig().maker(),
                    .repair = repair,
                    .accept_loss = accept_loss});
  }
  /// All rows but the sealed ones.
  std::map<std::string, std::string> Rows(const store::Store& store) {
    std::map<std::string, std::string> rows;
    for (const Column column : {Column::kJournal, Column::kState, Column::kIndex, Column::kDedup,
                                Column::kCursor, Column::kCopy}) {
      store.Scan(column, "", "", [&](std::string_view key, std::string_view value) {
        rows[std::to_string(static_cast<int>(column)) + std::string(key)] = value;
        return true;
      });
    }
    return rows;
  }

  RegionRig region_;
  uint64_t id_ = 0;
  std::string keys_ = "-keys";
};

// Whether the newest checkpoint of this audit is signed as that of the log with this name.
bool IsSignedAs(store::Store& audit, const std::string& name) {
  samenspel::audit::state::Log log;
  EXPECT_TRUE(log.ParseFromString(audit.Get(Column::kState, "log").value_or("")));
  const auto key = tlog::SigningKey::FromSeed(name, std::string(32, 's'));
  const auto text = tlog::CheckpointText({name, log.size(), log.root()});
  return key->verifier().Verifies(*text, log.signature());
}

std::string NameOf(const testing::TestParamInfo<const char*>& about) { return about.param; }

INSTANTIATE_TEST_SUITE_P(Of, BackupTest, testing::Values("intake", "meeting", "audit"), NameOf);

// The others sign nothing, and seal nothing here.
class AuditBackupTest : public BackupTest {};
INSTANTIATE_TEST_SUITE_P(Of, AuditBackupTest, testing::Values("audit"), NameOf);
class IntakeBackupTest : public BackupTest {};
INSTANTIATE_TEST_SUITE_P(Of, IntakeBackupTest, testing::Values("intake"), NameOf);

TEST_P(BackupTest, HoldsWhatTheRunningDaemonHolds) {
  const auto head = BackUp();
  ASSERT_TRUE(head.ok()) << head.status().message();
  EXPECT_EQ(*head, rig().store().head());
  auto backup = store::Store::OpenSnapshot({.path = kBackup, .service = GetParam()}, disk());
  ASSERT_TRUE(backup.ok()) << backup.status().message();
  EXPECT_EQ(Rows(**backup), Rows(rig().store()));
  Work();
  EXPECT_GT(rig().store().head().sequence, head->sequence) << "the daemon goes on";
  EXPECT_FALSE(files().Exists(std::string(kBackup) + ".new/watermark"));
}

TEST_P(BackupTest, SaysWhatItIs) {
  ASSERT_TRUE(BackUp().ok());
  const std::string text = *files().Read(std::string(kBackup) + "/backup.txt");
  EXPECT_THAT(
      text, AllOf(HasSubstr(std::string("service: ") + GetParam() + "\n"), HasSubstr("epoch: 1\n"),
                  HasSubstr("made_at: 20"), HasSubstr("version: test\n")));
  const auto note = ParseNote(text);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->head, rig().store().head());
  EXPECT_FALSE(ParseNote("service: intake\nepoch: one\n"));
  const std::string head = "service: intake\nepoch: 1\nsequence: 4\n";
  EXPECT_FALSE(ParseNote(head + "hash: 0g\n")) << "a hash that cannot be read is none";
}

TEST_P(BackupTest, IsMadeOfAStoppedDaemonToo) {
  const auto head = rig().store().head();
  rig().Kill();
  ASSERT_TRUE(BackUp().ok());
  EXPECT_EQ(*BackUp("/backups/tuesday"), head);
}

TEST_P(BackupTest, IsNotMadeWhereSomethingIs) {
  ASSERT_TRUE(files().Replace("/backups/full/file", "x").ok());
  EXPECT_EQ(BackUp("/backups/full").status().code(), Code::kExists);
  ASSERT_TRUE(files().Replace("/backups/half.new/backup.txt", "x").ok());
  EXPECT_THAT(BackUp("/backups/half").status().message(), HasSubstr("cut short"));
  EXPECT_EQ(BackUp(folder() + "/backup").status().code(), Code::kInvalid);
  ASSERT_TRUE(BackUp().ok());
  EXPECT_EQ(BackUp().status().code(), Code::kExists) << "a backup is never overwritten";
}

TEST_P(BackupTest, IsNotMadeOfDamagedState) {
  rig().Kill();
  const auto keys = support::KeysOf(disk(), folder(), "index");
  ASSERT_FALSE(keys.empty());
  support::ChangeRow(disk(), folder(), "index", keys.front(),
                     [](auto& row) { row->push_back('x'); });
  EXPECT_EQ(BackUp().status().code(), Code::kCorrupt);
  EXPECT_FALSE(files().Exists(std::string(kBackup) + "/backup.txt"));
}

TEST_P(BackupTest, IsNotMadeWhenEntriesAreMissing) {
  rig().Kill();
  support::ChangeRow(disk(), folder(), "journal", store::BigEndian(2),
                     [](auto& row) { row.reset(); });
  EXPECT_THAT(BackUp().status().message(), HasSubstr("entry 2 is missing"));
}

TEST_P(BackupTest, IsNotMadeWithoutAWatermark) {
  rig().Kill();
  ASSERT_TRUE(files().Remove(folder() + "/watermark").ok());
  EXPECT_THAT(BackUp().status().message(), HasSubstr("is gone"));
}

TEST_P(BackupTest, IsRestoredToANewEpoch) {
  const auto head = *BackUp();
  LoseData();
  const auto restored = PutBack();
  ASSERT_TRUE(restored.ok()) << restored.status().message();
  EXPECT_EQ(restored->head,
            (store::Head{.epoch = 2, .sequence = head.sequence, .hash = head.hash}));
  EXPECT_FALSE(restored->lost);
  EXPECT_TRUE(restored->had_watermark);
  auto store = store::Store::Open(Config(), disk());
  ASSERT_TRUE(store.ok()) << store.status().message();
  EXPECT_EQ((*store)->head(), restored->head);
  const auto keys = Keys()();
  const auto verified = Verify(**store, **keys, rig().entropy(), rig().maker());
  EXPECT_TRUE(verified.ok()) << verified.message();
}

TEST_P(BackupTest, ServesAgainAndGoesOn) {
  ASSERT_TRUE(BackUp().ok());
  LoseData();
  ASSERT_TRUE(PutBack().ok());
  ASSERT_TRUE(files().Replace(folder() + "/watermark", *files().Read(kMark)).ok());
  region_.Disconnect(GetParam());
  region_.Reconnect(GetParam());
  Work();
  region_.Run(milliseconds(5000));
  EXPECT_EQ(rig().store().last_epoch(), 2U);
  for (const auto& reply : region_.replies) EXPECT_EQ(reply.status(), common::v1::STATUS_OK);
  rig().Kill();
  rig().OpenForMaintenance();
  const auto verified = Verify(rig().store(), rig().keys(), rig().entropy(), rig().maker());
  EXPECT_TRUE(verified.ok()) << verified.message();
}

TEST_P(AuditBackupTest, KeepsAnotherLogFromThereOn) {
  ASSERT_TRUE(BackUp().ok());
  Work();
  const std::string origin = "samenspel.example/test";
  EXPECT_TRUE(IsSignedAs(rig().store(), origin));
  LoseData();
  ASSERT_TRUE(PutBack(true).ok());
  ASSERT_TRUE(files().Replace(folder() + "/watermark", *files().Read(kMark)).ok());
  region_.Disconnect("audit");
  region_.Reconnect("audit");
  region_.Run(milliseconds(5000));
  EXPECT_FALSE(IsSignedAs(rig().store(), origin)) << "two roots for one size";
  EXPECT_TRUE(IsSignedAs(rig().store(), tlog::LogName(origin, 2)));
  region_.Restart("audit");
  Work();
  EXPECT_TRUE(IsSignedAs(rig().store(), origin + "/epoch-2"));
}

TEST_P(BackupTest, IsNotRestoredInSilenceWhenItLacksWhatWasAcknowledged) {
  const auto head = *BackUp();
  Work();
  const auto acked = rig().store().head();
  ASSERT_GT(acked.sequence, head.sequence);
  LoseData();
  const auto refused = PutBack();
  EXPECT_EQ(refused.status().code(), Code::kDenied);
  EXPECT_THAT(refused.status().message(),
              AllOf(HasSubstr(std::to_string(acked.sequence - head.sequence) + " are missing"),
                    HasSubstr("--accept-loss")));
  EXPECT_EQ(refused.status().message().find("--repair-from") == std::string::npos,
            GetParam() == std::string("audit"))
      << "of audit's own there is no copy";

  const auto accepted = PutBack(true);
  ASSERT_TRUE(accepted.ok()) << accepted.status().message();
  EXPECT_EQ(accepted->lost, acked);
  EXPECT_EQ(accepted->head.epoch, 2U);
  EXPECT_TRUE(store::Store::Open(Config(), disk()).ok());
}

TEST_P(BackupTest, KeepsItsEpochWhileARepairIsToFollow) {
  const auto head = *BackUp();
  Work();
  LoseData();
  const auto restored = PutBack(false, true);
  ASSERT_TRUE(restored.ok()) << restored.status().message();
  EXPECT_EQ(restored->head, head);
  const auto opened = store::Store::Open(Config(), disk());
  EXPECT_THAT(opened.status().message(), HasSubstr("was acknowledged")) << "not before the repair";
}

TEST_P(BackupTest, AwaitsItsRepairAndIsLeftToItWhenItIsRestoredOnceMore) {
  ASSERT_TRUE(BackUp().ok());
  Work();
  LoseData();
  ASSERT_TRUE(PutBack(false, true).ok());
  EXPECT_TRUE(AwaitsRepair(folder(), files()));
  const auto again = PutBack(false, true);
  ASSERT_TRUE(again.ok()) << again.status().message();
  EXPECT_TRUE(again->was_in_place);
  EXPECT_THAT(PutBack(true).status().message(), HasSubstr("waits for --repair-from audit"));
  ASSERT_TRUE(EndAwaitingRepair(folder(), files()).ok());
  EXPECT_FALSE(AwaitsRepair(folder(), files()));
}

TEST_P(BackupTest, IsMadeAnewWhenItWasCutShortBeforeItWasInItsPlace) {
  ASSERT_TRUE(BackUp().ok());
  LoseData();
  ASSERT_TRUE(files().Replace(folder() + "/restored.txt", "of another day").ok());
  const auto restored = PutBack();
  ASSERT_TRUE(restored.ok()) << restored.status().message();
  EXPECT_FALSE(restored->was_in_place);
  EXPECT_FALSE(AwaitsRepair(folder(), files()));
}

TEST_P(BackupTest, AsksWhatToDoWhenTheWatermarkIsLostToo) {
  ASSERT_TRUE(BackUp().ok());
  LoseData();
  ASSERT_TRUE(files().Remove(kMark).ok());
  EXPECT_THAT(PutBack().status().message(), HasSubstr("nobody here knows"));
  const auto restored = PutBack(true);
  ASSERT_TRUE(restored.ok()) << restored.status().message();
  EXPECT_FALSE(restored->had_watermark);
  EXPECT_TRUE(store::Store::Open(Config(), disk()).ok());
}

TEST_P(BackupTest, IsRestoredOnceMoreAfterARestoreThatWasCutShort) {
  const auto head = *BackUp();
  LoseData();
  {
    auto half = store::Store::OpenUnproven({.path = folder() + "/restoring", .service = GetParam()},
                                           disk());
    ASSERT_TRUE(half.ok());
    ASSERT_TRUE((*half)->BeginEpoch().ok());
  }
  auto mark = store::Watermark::Open(files(), kMark);
  ASSERT_TRUE((*mark)->Write({.epoch = 2, .sequence = head.sequence, .hash = head.hash}).ok());
  const auto restored = PutBack();
  ASSERT_TRUE(restored.ok()) << restored.status().message();
  EXPECT_EQ(restored->head.epoch, 3U);
}

TEST_P(BackupTest, IsNotPutOverAnything) {
  ASSERT_TRUE(BackUp().ok());
  rig().Kill();
  ASSERT_TRUE(files().Replace(kMark, *files().Read(folder() + "/watermark")).ok());
  const auto refused = PutBack();
  EXPECT_EQ(refused.status().code(), Code::kExists);
  EXPECT_THAT(refused.status().message(), HasSubstr("move the folder away"));
}

TEST_P(BackupTest, IsNotTakenFromAnotherService) {
  const std::string other = GetParam() == std::string("intake") ? "meeting" : "intake";
  ASSERT_TRUE(BackUp().ok());
  LoseData();
  const std::string note = std::string(kBackup) + "/backup.txt";
  const std::string text = *files().Read(note);
  const size_t at = text.find(GetParam());
  ASSERT_TRUE(files()
                  .Replace(note, text.substr(0, at) + other + text.substr(at + strlen(GetParam())))
                  .ok());
  EXPECT_EQ(PutBack().status().code(), Code::kInvalid);
  ASSERT_TRUE(files().Remove(note).ok());
  EXPECT_THAT(PutBack().status().message(), HasSubstr("holds no backup"));
}

TEST_P(BackupTest, IsNotTakenWhenItIsDamaged) {
  ASSERT_TRUE(BackUp().ok());
  LoseData();
  support::ChangeRow(disk(), kBackup, "journal", store::BigEndian(2),
                     [](auto& row) { row->back() ^= 1; });
  const auto refused = PutBack(true);
  EXPECT_EQ(refused.status().code(), Code::kCorrupt);
  EXPECT_THAT(refused.status().message(), HasSubstr("is damaged"));
}

TEST_P(BackupTest, IsNotTakenWhenItsEndIsGone) {
  const auto head = *BackUp();
  LoseData();
  const auto before = [&] {
    auto backup = store::Store::OpenSnapshot({.path = kBackup, .service = GetParam()}, disk());
    return (*backup)->Read(head.sequence - 1);
  }();
  support::ChangeRow(disk(), kBackup, "journal", store::BigEndian(head.sequence),
                     [](auto& row) { row.reset(); });
  support::ChangeRow(disk(), kBackup, "cursor", "head", [&](auto& row) {
    common::v1::Head noted;
    noted.set_epoch(1);
    noted.set_sequence(head.sequence - 1);
    noted.set_hash(before->hash);
    row = noted.SerializeAsString();
  });
  EXPECT_THAT(PutBack(true).status().message(), HasSubstr("is damaged: it ends at entry"));
}

TEST_P(IntakeBackupTest, IsNotTakenWithoutItsKeys) {
  ASSERT_TRUE(BackUp().ok());
  LoseData();
  keys_ = "-other-keys";
  EXPECT_THAT(PutBack(true).status().message(), HasSubstr("the key store ends at 0"));
}

}  // namespace
}  // namespace samenspel::daemon
