// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/disk_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/fake_clock.h"
#include "tests/support/scratch.h"

namespace samenspel::daemon {
namespace {

using base::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr uint64_t kMegabyte = 1 << 20;
constexpr milliseconds kSecond{1000};

// A disk of 1,000 MB.
class Room : public DiskRoom {
 public:
  explicit Room(Bytes& bytes) : bytes_(bytes) {}
  base::Result<Bytes> Look() override { return bytes_; }
  base::Status Reserve(uint64_t bytes) override {
    kept_ = bytes;
    bytes_.free -= bytes;
    return base::Ok();
  }
  base::Status Release() override {
    bytes_.free += std::exchange(kept_, 0);
    return base::Ok();
  }

 private:
  Bytes& bytes_;
  uint64_t kept_ = 0;
};

class Watching : public testing::Test {
 protected:
  void SetFree(uint64_t megabytes) { bytes_.free = megabytes * kMegabyte; }
  uint64_t free() const { return bytes_.free / kMegabyte; }
  bool IsLowLater() { return watch_.IsLow(now_ += kSecond); }

  DiskRoom::Bytes bytes_{500 * kMegabyte, 1000 * kMegabyte};
  std::vector<std::string> log_;
  base::Instant now_ = support::kMorning;
  DiskWatch watch_{std::make_unique<Room>(bytes_),
                   {.floor = 20 * kMegabyte, .ballast = 10 * kMegabyte},
                   [this](LogLevel, const std::string& line) { log_.push_back(line); }};
};

TEST_F(Watching, KeepsTheBallastWhileThereIsRoom) {
  EXPECT_FALSE(IsLowLater());
  EXPECT_FALSE(IsLowLater());
  EXPECT_EQ(free(), 490);
  EXPECT_THAT(log_, IsEmpty());
}

TEST_F(Watching, GivesUpTheBallastBelowTheFloorAndSaysSoOnce) {
  EXPECT_FALSE(IsLowLater());
  SetFree(20);
  EXPECT_FALSE(IsLowLater());
  SetFree(19);
  EXPECT_TRUE(IsLowLater());
  EXPECT_EQ(free(), 29);
  EXPECT_TRUE(IsLowLater()) << "its own ballast must not make it think that there is room";
  EXPECT_THAT(log_, ElementsAre(HasSubstr("event=disk_low free_mb=19")));
}

TEST_F(Watching, TakesWorkAgainWhenTheBallastFitsAboveTheFloor) {
  SetFree(5);
  EXPECT_TRUE(IsLowLater());
  SetFree(29);
  EXPECT_TRUE(IsLowLater());
  SetFree(30);
  EXPECT_FALSE(IsLowLater());
  EXPECT_EQ(free(), 20);
  EXPECT_FALSE(IsLowLater());
}

TEST_F(Watching, LooksOnceASecond) {
  EXPECT_FALSE(IsLowLater());
  SetFree(1);
  EXPECT_FALSE(watch_.IsLow(now_ + kSecond - milliseconds(1)));
  EXPECT_TRUE(watch_.IsLow(now_ + kSecond));
}

TEST_F(Watching, LooksAtOnceWhenTimeWentBack) {
  EXPECT_FALSE(IsLowLater());
  SetFree(1);
  EXPECT_TRUE(watch_.IsLow(now_ - std::chrono::hours(24)));
}

TEST_F(Watching, TakesFivePercentOfASmallDiskForTheFloor) {
  bytes_ = {6 * kMegabyte, 100 * kMegabyte};
  DiskWatch watch(std::make_unique<Room>(bytes_), {.floor = 20 * kMegabyte}, [](auto, auto&) {});
  EXPECT_FALSE(watch.IsLow(now_));
  SetFree(4);
  EXPECT_TRUE(watch.IsLow(now_ + kSecond));
}

TEST_F(Watching, WithoutAFloorIsNeverLow) {
  SetFree(0);
  DiskWatch watch(std::make_unique<Room>(bytes_), {}, [](auto, auto&) {});
  EXPECT_FALSE(watch.IsLow(now_));
}

TEST_F(Watching, AdvisesToMakeRoomOnlyWhenItIsScarce) {
  EXPECT_EQ(watch_.Advice(), "");
  SetFree(3);
  EXPECT_THAT(watch_.Advice(), HasSubstr("3 MB left: make room"));
}

TEST(RealRoom, KeepsAFileOfThatSizeAndRemovesIt) {
  const support::ScratchFolder folder;
  const auto room = RealDiskRoom(folder.path());
  EXPECT_TRUE(room->Release().ok());
  ASSERT_TRUE(room->Reserve(kMegabyte).ok());
  EXPECT_EQ(std::filesystem::file_size(folder.path() + "/ballast"), kMegabyte);
  EXPECT_TRUE(room->Release().ok());
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  const auto bytes = room->Look();
  ASSERT_TRUE(bytes.ok());
  EXPECT_GT(bytes->free, 0);
  EXPECT_GT(bytes->total, bytes->free);
  EXPECT_FALSE(RealDiskRoom(folder.path() + "/none")->Look().ok());
}

TEST(RealRoom, IsEnoughToStartInAFolderThatIsNotThereYet) {
  const support::ScratchFolder folder;
  EXPECT_TRUE(RoomToStart(folder.path() + "/none").ok());
  EXPECT_TRUE(RoomToStart(folder.path()).ok());
}

}  // namespace
}  // namespace samenspel::daemon
