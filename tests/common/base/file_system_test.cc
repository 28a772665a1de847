// SPDX-License-Identifier: EUPL-1.2
#include "common/base/file_system.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <optional>

#include "tests/support/scratch.h"

namespace samenspel::base {
namespace {

using testing::ElementsAre;

class Files : public testing::Test {
 protected:
  explicit Files(bool real) : real_(real) {
    if (!real_) return;
    directory_ = scratch_.emplace().path();
    files_ = RealFileSystem();
  }

  std::string At(const std::string& name) const { return directory_ + "/" + name; }
  std::string Content(const std::string& name) {
    const Result<std::string> content = files_->Read(At(name));
    return content.ok() ? *content : "<" + content.status().message() + ">";
  }
  unsigned Mode(const std::string& path) const {
    struct stat found {};
    EXPECT_EQ(stat(path.c_str(), &found), 0);
    return found.st_mode & 0777U;
  }

  const bool real_;
  std::unique_ptr<FileSystem> files_ = MemoryFileSystem();
  std::optional<support::ScratchFolder> scratch_;
  std::string directory_ = "memory";
};

/// What every FileSystem promises, held against each that we have.
class FileSystemTest : public Files, public testing::WithParamInterface<bool> {
 protected:
  FileSystemTest() : Files(GetParam()) {}
};

/// What only a disk can show.
class RealFileSystemTest : public Files {
 protected:
  RealFileSystemTest() : Files(true) {}
};

INSTANTIATE_TEST_SUITE_P(Both, FileSystemTest, testing::Bool(),
                         [](const auto& kind) { return kind.param ? "Real" : "Memory"; });

TEST_P(FileSystemTest, ReadsBackWhatReplaceWrote) {
  const std::string bytes("a\0b\n\xFF", 5);
  EXPECT_FALSE(files_->Exists(At("a")));
  ASSERT_TRUE(files_->Replace(At("a"), bytes).ok());
  EXPECT_TRUE(files_->Exists(At("a")));
  EXPECT_EQ(Content("a"), bytes);
}

TEST_P(FileSystemTest, ReadsBackMoreThanOneBufferful) {
  std::string bytes(200'000, 'x');
  bytes.back() = 'y';
  ASSERT_TRUE(files_->Replace(At("large"), bytes).ok());
  EXPECT_TRUE(Content("large") == bytes);
}

TEST_P(FileSystemTest, ReplaceLeavesNothingOfTheFormerContent) {
  ASSERT_TRUE(files_->Replace(At("a"), "the former, longer content").ok());
  ASSERT_TRUE(files_->Replace(At("a"), "new").ok());
  EXPECT_EQ(Content("a"), "new");
  ASSERT_TRUE(files_->Replace(At("a"), "").ok());
  EXPECT_EQ(Content("a"), "");
  EXPECT_THAT(*files_->List(directory_), ElementsAre("a"));
}

TEST_P(FileSystemTest, SaysNotFoundForAFileThatIsNotThere) {
  const Result<std::string> content = files_->Read(At("absent"));
  ASSERT_FALSE(content.ok());
  EXPECT_EQ(content.status().code(), Code::kNotFound);
  EXPECT_THAT(content.status().message(), testing::HasSubstr("absent"));
}

TEST_P(FileSystemTest, ListsNamesSortedWithoutThoseOfOtherDirectories) {
  ASSERT_TRUE(files_->MakeDirectory(At("one")).ok());
  ASSERT_TRUE(files_->MakeDirectory(At("one-more")).ok());
  EXPECT_THAT(*files_->List(At("one")), ElementsAre());
  for (const char* name : {"one/b", "one/a", "one/c", "one-more/d"}) {
    ASSERT_TRUE(files_->Replace(At(name), "").ok());
  }
  EXPECT_THAT(*files_->List(At("one")), ElementsAre("a", "b", "c"));
}

TEST_P(FileSystemTest, MakesADirectoryWithItsParentsOnceOrTwice) {
  ASSERT_TRUE(files_->MakeDirectory(At("p/q/r")).ok());
  ASSERT_TRUE(files_->MakeDirectory(At("p/q/r")).ok());
  EXPECT_TRUE(files_->Replace(At("p/q/r/file"), "in it").ok());
  EXPECT_EQ(Content("p/q/r/file"), "in it");
}

TEST_P(FileSystemTest, RemovesAFileAndIsContentWhenThereIsNone) {
  ASSERT_TRUE(files_->Replace(At("a"), "x").ok());
  EXPECT_TRUE(files_->Remove(At("a")).ok());
  EXPECT_FALSE(files_->Exists(At("a")));
  EXPECT_TRUE(files_->Remove(At("a")).ok());
}

TEST_P(FileSystemTest, OpenMakesAnEmptyFile) {
  ASSERT_TRUE(files_->Open(At("a")).ok());
  EXPECT_TRUE(files_->Exists(At("a")));
  EXPECT_EQ(Content("a"), "");
}

TEST_P(FileSystemTest, WritesInPlaceAndKeepsTheRest) {
  ASSERT_TRUE(files_->Replace(At("a"), "0123456789").ok());
  auto file = files_->Open(At("a"));
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE((*file)->WriteAt(3, std::string("\0\0", 2)).ok());
  ASSERT_TRUE((*file)->Sync().ok());
  EXPECT_EQ(Content("a"), std::string("012\0\00056789", 10));
}

TEST_P(FileSystemTest, WritingPastTheEndFillsTheGapWithZeros) {
  auto file = files_->Open(At("a"));
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE((*file)->WriteAt(2, "xy").ok());
  ASSERT_TRUE((*file)->WriteAt(0, "w").ok());
  EXPECT_EQ(Content("a"), std::string("w\0xy", 4));
}

TEST_P(FileSystemTest, AnOpenFileDoesNotReachWhatReplacedIt) {
  auto former = files_->Open(At("a"));
  ASSERT_TRUE(former.ok());
  ASSERT_TRUE(files_->Replace(At("a"), "new").ok());
  EXPECT_TRUE((*former)->WriteAt(0, "OLD").ok());
  EXPECT_EQ(Content("a"), "new");
}

TEST_P(FileSystemTest, RefusesASecondTakerOfALockWhileItIsHeld) {
  auto held = files_->Lock(At("lock"));
  ASSERT_TRUE(held.ok());
  const auto second = files_->Lock(At("lock"));
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.status().code(), Code::kExists);
  EXPECT_TRUE(files_->Lock(At("another")).ok());
  held->reset();
  EXPECT_TRUE(files_->Lock(At("lock")).ok());
}

TEST_F(RealFileSystemTest, KeepsOthersOut) {
  const mode_t former = umask(0);
  ASSERT_TRUE(files_->MakeDirectory(At("d")).ok());
  ASSERT_TRUE(files_->Replace(At("d/a"), "x").ok());
  ASSERT_TRUE(files_->Open(At("d/b")).ok());
  umask(former);
  EXPECT_EQ(Mode(At("d")), 0700U);
  EXPECT_EQ(Mode(At("d/a")), 0600U);
  EXPECT_EQ(Mode(At("d/b")), 0600U);
}

TEST_F(RealFileSystemTest, ReplaceKeepsTheModeOfWhatWasThere) {
  ASSERT_TRUE(files_->Replace(At("a"), "x").ok());
  ASSERT_EQ(chmod(At("a").c_str(), 0640), 0);
  ASSERT_TRUE(files_->Replace(At("a"), "y").ok());
  EXPECT_EQ(Mode(At("a")), 0640U);
}

TEST_F(RealFileSystemTest, RootLeavesToEachWhatIsTheirs) {
  if (geteuid() != 0) GTEST_SKIP() << "only root could take it from them";
  constexpr uid_t kDaemon = 12'345;
  constexpr uid_t kOther = 23'456;
  const auto owner = [&](const std::string& name) {
    struct stat found {};
    EXPECT_EQ(stat(At(name).c_str(), &found), 0);
    return found.st_uid;
  };
  ASSERT_TRUE(files_->MakeDirectory(At("d")).ok());
  ASSERT_EQ(chown(At("d").c_str(), kDaemon, kDaemon), 0);
  ASSERT_TRUE(files_->Replace(At("d/a"), "x").ok());
  ASSERT_TRUE(files_->MakeDirectory(At("d/e/f")).ok());
  EXPECT_EQ(owner("d/a"), kDaemon);
  EXPECT_EQ(owner("d/e"), kDaemon);
  EXPECT_EQ(owner("d/e/f"), kDaemon);
  ASSERT_EQ(chown(At("d/a").c_str(), kOther, kOther), 0);
  ASSERT_TRUE(files_->Replace(At("d/a"), "y").ok());
  EXPECT_EQ(owner("d/a"), kOther);
}

TEST_F(RealFileSystemTest, ReplaceWritesThroughNoLinkThatWaitsForIt) {
  ASSERT_TRUE(files_->Replace(At("of-another"), "theirs").ok());
  ASSERT_EQ(symlink(At("of-another").c_str(), At("a.new").c_str()), 0);
  ASSERT_TRUE(files_->Replace(At("a"), "ours").ok());
  EXPECT_EQ(Content("of-another"), "theirs");
  EXPECT_EQ(Content("a"), "ours");
}

TEST_F(RealFileSystemTest, ReplaceIsNotDisturbedByOneThatWasCutShort) {
  ASSERT_TRUE(files_->Replace(At("a.new"), "longer, left behind by a power cut").ok());
  ASSERT_TRUE(files_->Replace(At("a"), "short").ok());
  EXPECT_EQ(Content("a"), "short");
  EXPECT_THAT(*files_->List(directory_), ElementsAre("a"));
}

TEST_F(RealFileSystemTest, SaysWhatWasTriedOnWhatWhenTheDiskRefuses) {
  ASSERT_TRUE(files_->Replace(At("a"), "x").ok());
  EXPECT_FALSE(files_->Replace(At("a/below"), "x").ok());
  EXPECT_FALSE(files_->Open(At("absent/file")).ok());
  EXPECT_FALSE(files_->List(At("absent")).ok());
  const Status status = files_->MakeDirectory(At("a"));
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(status.message(), testing::HasSubstr(At("a")));
}

}  // namespace
}  // namespace samenspel::base
