// SPDX-License-Identifier: EUPL-1.2
// What is taken for a backup, a key folder or an empty disk and is none; and commands that are cut
// short. Each is refused with one sentence, breaks nothing, and the right command then works.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/drill/drill.h"
#include "tests/drill/state.h"
#include "tests/kill/small_disk.h"
#include "tests/support/ask.h"

namespace samenspel::drill {
namespace {

namespace fs = std::filesystem;

using base::milliseconds;
using support::Outcome;
using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

constexpr int kCannotGoOn = 3;
constexpr size_t kChanges = 40;
constexpr uint64_t kDiskBytes = 12 << 20;
constexpr uint64_t kLeftBytes[] = {16 << 10, 64 << 10, 160 << 10};

class BadTwins : public testing::Test {
 protected:
  /// Backups of all, and then a little more work.
  void SetUp() override {
    drill_.Begin();
    reported_ = drill_.Report();
    drill_.Work(kChanges);
    for (const std::string_view service : support::kServices) {
      ASSERT_EQ(drill_.BackUp(service).code, 0);
    }
    drill_.Work(kChanges);
    drill_.rig().load().Finish();
    drill_.region().Settle();
  }
  void Stop(std::string_view service) { EXPECT_EQ(drill_.region().Stop(service), 0); }
  std::string Folder(const std::string& name) const {
    return drill_.region().folder() + "/" + name;
  }
  void Copy(const std::string& from, const std::string& to) const {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
  }
  static void ExpectRefused(const Outcome& outcome, const std::string& about) {
    EXPECT_EQ(outcome.code, kCannotGoOn) << outcome.output;
    EXPECT_THAT(outcome.output, StartsWith("samenspel-"));
    EXPECT_THAT(outcome.output, HasSubstr(about));
    EXPECT_EQ(outcome.output.find('\n'), outcome.output.size() - 1) << "one sentence";
  }
  Outcome RestoreIntake(const std::string& from) const {
    return drill_.Run("intake", {"--restore", from, "--accept-loss"});
  }
  void ExpectNothingPut() const {
    EXPECT_FALSE(fs::exists(drill_.Data("intake") + "/db")) << "something was put into the folder";
  }
  /// Done as it should be after all, and served.
  void ExpectRestored() {
    const Outcome restored = drill_.Restore("intake", {"--repair-from", "audit"});
    EXPECT_EQ(restored.code, 0) << restored.output;
    ExpectServed();
  }
  void ExpectServed() {
    drill_.StartAgain("intake");
    EXPECT_EQ(drill_.AskAgain(reported_).SerializeAsString(), reported_.reply.SerializeAsString());
    (void)drill_.Report();
    drill_.rig().EndAndCheck();
  }
  /// The longest file of a database.
  static std::string LongestIn(const std::string& folder) {
    std::string longest;
    for (const auto& file : fs::directory_iterator(folder)) {
      if (!longest.empty() && file.file_size() <= fs::file_size(longest)) continue;
      longest = file.path();
    }
    return longest;
  }

  Drill drill_;
  Drill::Asked reported_;
};

TEST_F(BadTwins, ThatAreNoBackupOfThisServiceAreRefused) {
  Stop("intake");
  drill_.Lose("intake", false);
  ExpectRefused(RestoreIntake(drill_.BackupOf("meeting")), "is a backup of meeting, not of intake");
  ExpectRefused(RestoreIntake(Folder("log")), "holds no backup");
  ExpectRefused(RestoreIntake(Folder("nowhere")), "holds no backup");

  const std::string twin = Folder("twin");
  Copy(drill_.BackupOf("intake"), twin);
  support::WriteFile(twin + "/backup.txt", "service: intake\nepoch: 1\n");
  ExpectRefused(RestoreIntake(twin), "cannot be read; take another backup");

  Copy(drill_.BackupOf("intake"), twin);
  Copy(drill_.BackupOf("meeting") + "/db", twin + "/db");
  ExpectRefused(RestoreIntake(twin), "is damaged");

  Copy(drill_.BackupOf("intake"), twin);
  const std::string file = LongestIn(twin + "/db");
  fs::resize_file(file, fs::file_size(file) / 2);
  ExpectRefused(RestoreIntake(twin), "is damaged");
  ExpectNothingPut();
  ExpectRestored();
}

TEST_F(BadTwins, OfTheKeyFolderAreRefused) {
  Stop("intake");
  drill_.Lose("intake", false);
  const std::string right = Folder("right-keys");
  Copy(drill_.Keys("intake"), right);
  Copy(drill_.Keys("meeting"), drill_.Keys("intake"));
  ExpectRefused(RestoreIntake(drill_.BackupOf("intake")), "master key");
  fs::remove_all(drill_.Keys("intake"));
  fs::create_directory(drill_.Keys("intake"));
  ExpectRefused(RestoreIntake(drill_.BackupOf("intake")), "the key store ends at 0");
  ExpectNothingPut();
  Copy(right, drill_.Keys("intake"));
  ExpectRestored();
}

TEST_F(BadTwins, OfTheWatermarkFromBeforeTheBackupAreNoReasonNotToRestore) {
  Stop("intake");
  const State was = StateOf(drill_.region(), "intake");
  drill_.Lose("intake", false);
  const auto files = base::RealFileSystem();
  const std::string path = drill_.Keys("intake") + "/watermark";
  ASSERT_TRUE(store::Watermark::Reset(*files, path, {.epoch = 1, .sequence = 0, .hash = {}}).ok());
  const Outcome restored = drill_.Restore("intake", {"--repair-from", "audit"});
  EXPECT_EQ(restored.code, 0) << restored.output;
  EXPECT_EQ(DifferenceOf(was, StateOf(drill_.region(), "intake")), "");
  ExpectServed();
}

TEST_F(BadTwins, OfAnEmptyFolderAreNotWrittenOver) {
  ExpectRefused(drill_.Restore("intake", {"--repair-from", "audit"}), "in use by another process");
  Stop("intake");
  const State was = StateOf(drill_.region(), "intake");
  ExpectRefused(drill_.Restore("intake", {"--repair-from", "audit"}), "move the folder away");
  EXPECT_EQ(DifferenceOf(was, StateOf(drill_.region(), "intake")), "");

  drill_.Lose("intake", false);
  const Outcome restored = drill_.Restore("intake", {"--repair-from", "audit"});
  EXPECT_EQ(restored.code, 0) << restored.output;
  ExpectRefused(drill_.Restore("intake", {"--repair-from", "audit"}), "move the folder away");
  EXPECT_EQ(DifferenceOf(was, StateOf(drill_.region(), "intake")), "");
  ExpectServed();
}

TEST_F(BadTwins, OfAFolderMovedAwayUnderARunningDaemonAreNotPutInItsPlace) {
  const std::string data = drill_.Data("intake");
  fs::rename(data, data + "-moved");
  const std::string in_use = Folder("data/intake-keys/lock") + ": in use by another process";
  ExpectRefused(drill_.Run("intake", {}), in_use);
  ExpectRefused(drill_.Restore("intake", {"--repair-from", "audit"}), in_use);
  ExpectRefused(drill_.Run("intake", {"--repair-from", "audit"}), in_use);
  ExpectRefused(drill_.Run("intake", {"--verify"}), in_use);
  ExpectNothingPut();
  fs::remove_all(data);
  fs::rename(data + "-moved", data);
  Stop("intake");
  ExpectServed();
}

TEST_F(BadTwins, OfARestoreThatAuditDidNotAnswerAreNotServed) {
  Stop("intake");
  Stop("audit");
  const State was = StateOf(drill_.region(), "intake");
  drill_.Lose("intake", true);
  drill_.PutKeysBack("intake");
  const Outcome first = drill_.Restore("intake", {"--repair-from", "audit"});
  EXPECT_EQ(first.code, kCannotGoOn);
  EXPECT_THAT(first.output, HasSubstr("ask audit for its copies"));
  ExpectRefused(drill_.Run("intake", {}), "run --repair-from audit");
  ExpectRefused(drill_.Run("intake", {"--rebuild"}), "run --repair-from audit");
  ExpectRefused(RestoreIntake(drill_.BackupOf("intake")), "waits for --repair-from audit");
  drill_.StartAgain("audit");
  const Outcome again = drill_.Run("intake", {"--repair-from", "audit"});
  EXPECT_EQ(again.code, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("a new epoch begins"));
  const State now = StateOf(drill_.region(), "intake");
  EXPECT_EQ(DifferenceOf(was, now), "");
  EXPECT_EQ(now.head.epoch, 2U);
  ExpectServed();
}

TEST_F(BadTwins, OfARestoreThatWasKilledAreMadeWholeByTheSameCommand) {
  Stop("intake");
  const State was = StateOf(drill_.region(), "intake");
  drill_.Lose("intake", false);
  const std::vector<std::string> words = {support::DaemonProgram("intake"),
                                          "--config",
                                          drill_.region().ConfigPath("intake"),
                                          "--restore",
                                          drill_.BackupOf("intake"),
                                          "--repair-from",
                                          "audit"};
  int killed = 0;
  for (double wait_ms = 4;; wait_ms *= 1.25) {
    support::Process restore({words, {}, Folder("log"), Folder("log/restore.log")});
    const auto ended = restore.Wait(milliseconds(static_cast<int>(wait_ms)));
    if (ended) {
      // The one before may have been killed when all was done.
      const std::string said = support::ReadFile(Folder("log/restore.log"));
      EXPECT_TRUE(*ended == 0 || said.find("holds db;") != std::string::npos) << said;
      break;
    }
    restore.Kill();
    ++killed;
  }
  EXPECT_GT(killed, 4);
  const State now = StateOf(drill_.region(), "intake");
  EXPECT_EQ(DifferenceOf(was, now), "");
  EXPECT_GE(now.head.epoch, 2U);
  ExpectServed();
}

TEST_F(BadTwins, OfABackupThatWasKilledAreNone) {
  const std::string to = Folder("backups/killed");
  const std::vector<std::string> words = {support::DaemonProgram("intake"), "--config",
                                          drill_.region().ConfigPath("intake"), "--backup", to};
  Stop("meeting");
  drill_.Lose("meeting", false);
  int killed = 0;
  for (double wait_ms = 4;; wait_ms *= 1.25) {
    support::Process backup({words, {}, Folder("log"), Folder("log/backup.log")});
    if (backup.Wait(milliseconds(static_cast<int>(wait_ms)))) break;
    backup.Kill();
    ++killed;
    if (fs::exists(to + "/backup.txt")) break;  // All was done.
    ExpectRefused(drill_.Run("meeting", {"--restore", to}), "holds no backup");
    const Outcome again = drill_.BackUp("intake", to);
    if (again.code == 0) {  // It had made nothing yet.
      fs::remove_all(to);
    } else {
      EXPECT_THAT(again.output, AnyOf(HasSubstr("was cut short"), HasSubstr("is not empty")));
    }
    fs::remove_all(to + ".new");
    fs::remove_all(to);
  }
  EXPECT_GT(killed, 2);
  EXPECT_TRUE(fs::exists(to + "/backup.txt"));
  EXPECT_EQ(drill_.Restore("meeting", {"--repair-from", "audit"}).code, 0);
  drill_.StartAgain("meeting");
  Stop("intake");
  drill_.Lose("intake", false);
  const Outcome restored = drill_.Run("intake", {"--restore", to});
  EXPECT_EQ(restored.code, 0) << restored.output;
  ExpectServed();
}

TEST_F(BadTwins, OfAFreeFolderGetNoBackup) {
  const std::string full = drill_.BackupOf("intake");
  ExpectRefused(drill_.BackUp("intake", full), "is not empty; choose a new folder");
  ExpectRefused(drill_.BackUp("intake", drill_.Data("intake") + "/backup"), "lies in the data");
  support::WriteFile(Folder("backups/file"), "x");
  ExpectRefused(drill_.BackUp("intake", Folder("backups/file")), "is no folder");
  EXPECT_EQ(drill_.BackUp("intake", Folder("backups/tuesday/")).code, 0);
  drill_.rig().EndAndCheck();
}

class FullBackupDisk : public BadTwins {
 protected:
  void SetUp() override {
    if (!kill::SmallDisk::IsPossible()) GTEST_SKIP() << "a disk of our own cannot be mounted here";
    BadTwins::SetUp();
  }
};

TEST_F(FullBackupDisk, HoldsNoBackupUntilThereIsRoom) {
  const kill::SmallDisk disk(Folder("small"), kDiskBytes);
  const std::string to = Folder("small/intake");
  for (const uint64_t left : kLeftBytes) {
    SCOPED_TRACE(left);
    disk.FillBut(left);
    const Outcome full = drill_.BackUp("intake", to);
    disk.MakeRoom();
    ExpectRefused(full, "No space left on device");
    EXPECT_FALSE(fs::exists(to));
    EXPECT_FALSE(fs::exists(to + ".new"));
  }
  EXPECT_EQ(drill_.BackUp("intake", to).code, 0);
  drill_.rig().EndAndCheck();
}

TEST_F(FullBackupDisk, GetsItsRestoreWhenThereIsRoom) {
  Stop("intake");
  const State was = StateOf(drill_.region(), "intake");
  drill_.Lose("intake", false);
  const kill::SmallDisk disk(Folder("small"), kDiskBytes);
  fs::create_directory(Folder("small/intake"));
  fs::create_directory_symlink(Folder("small/intake"), drill_.Data("intake"));
  for (const uint64_t left : kLeftBytes) {
    SCOPED_TRACE(left);
    disk.FillBut(left);
    const Outcome full = drill_.Restore("intake", {"--repair-from", "audit"});
    disk.MakeRoom();
    ASSERT_EQ(full.code, kCannotGoOn) << full.output;
    EXPECT_THAT(full.output, HasSubstr("No space left on device"));
  }
  const Outcome restored = drill_.Restore("intake", {"--repair-from", "audit"});
  EXPECT_EQ(restored.code, 0) << restored.output;
  EXPECT_EQ(DifferenceOf(was, StateOf(drill_.region(), "intake")), "");
  ExpectServed();
}

}  // namespace
}  // namespace samenspel::drill
