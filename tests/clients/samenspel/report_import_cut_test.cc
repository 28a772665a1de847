// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/samenspel/bulk.h"

namespace samenspel::cli {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

struct PowerLoss {};

/// Files that stay as they are from the moment that the power fails.
class FailingFiles : public base::FileSystem {
 public:
  FailingFiles(std::unique_ptr<base::FileSystem> files, int& steps_left)
      : files_(std::move(files)), steps_left_(steps_left) {}

  base::Status MakeDirectory(const std::string& path) override {
    return files_->MakeDirectory(path);
  }
  bool Exists(const std::string& path) override { return files_->Exists(path); }
  base::Result<std::vector<std::string>> List(const std::string& directory) override {
    return files_->List(directory);
  }
  base::Result<std::string> Read(const std::string& path) override { return files_->Read(path); }
  base::Status Replace(const std::string& path, std::string_view content) override {
    Step();
    return files_->Replace(path, content);
  }
  base::Status Remove(const std::string& path) override {
    Step();
    return files_->Remove(path);
  }
  base::Result<std::unique_ptr<base::File>> Open(const std::string& path) override {
    return files_->Open(path);
  }
  base::Result<std::unique_ptr<base::FileLock>> Lock(const std::string& path) override {
    return files_->Lock(path);
  }

 private:
  void Step() {
    if (steps_left_-- == 0) throw PowerLoss();
  }
  std::unique_ptr<base::FileSystem> files_;
  int& steps_left_;
};

constexpr int kNever = 1'000'000;

class ImportCut : public Bulk {
 protected:
  ImportCut() {
    world.files = std::make_unique<FailingFiles>(std::move(world.files), steps_left);
    world.answer = [this](const std::string&, const common::v1::Envelope& envelope) {
      if (steps_left-- == 0) throw PowerLoss();  // Before intake hears of it.
      FakeWorld::Answer answer = Intake(envelope);
      if (steps_left-- == 0) throw PowerLoss();  // After: nobody hears the answer.
      return answer;
    };
  }
  // False: the power failed after so many steps.
  bool ImportsWithin(int steps) {
    steps_left = steps;
    bool done = true;
    try {
      Import();
    } catch (const PowerLoss&) {
      done = false;
    }
    steps_left = kNever;
    return done;
  }

  int steps_left = kNever;
};

// Ctrl-C, kill -9 or power, before and after every write and every send.
TEST_F(ImportCut, TypedAgainSendsNothingTwiceAndLosesNothingWhereverItWasCut) {
  File(Form("a") + Form("b") + Form("a"));
  bool whole = false;
  int cuts = 0;
  for (; !whole; ++cuts) {
    world.files->Remove(Remembered()).ok();
    answered.clear();
    received.clear();
    whole = ImportsWithin(cuts);
    if (whole) break;
    EXPECT_EQ(Import(), 0) << "cut after " << cuts;
    EXPECT_THAT(Addresses(), UnorderedElementsAre("a", "b", "a")) << "cut after " << cuts;
    EXPECT_THAT(world.Spooled(), IsEmpty()) << "cut after " << cuts;
  }
  EXPECT_GT(cuts, 12);
}

// The no that nobody wrote down is not the last word: after the cause was mended, one repeat does.
TEST_F(ImportCut, ARefusalThatWasCutOffIsDecidedAnewInTheNextRun) {
  bool whole = false;
  int cuts = 0;
  for (; !whole; ++cuts) {
    world.files->Remove(Remembered()).ok();
    answered.clear();
    received.clear();
    unknown = {"b"};
    whole = ImportsWithin(cuts);
    unknown.clear();
    EXPECT_EQ(Import(), 0) << "cut after " << cuts;
    EXPECT_THAT(Addresses(), UnorderedElementsAre("a", "b", "c")) << "cut after " << cuts;
    EXPECT_THAT(world.Spooled(), IsEmpty()) << "cut after " << cuts;
  }
  EXPECT_GT(cuts, 12);
}

// Cut twice, and a second time in the run that goes on.
TEST_F(ImportCut, HoldsWhenTheRepeatIsCutOffToo) {
  for (int first = 0; first < 16; ++first) {
    for (int second = 0; second < 16; ++second) {
      world.files->Remove(Remembered()).ok();
      answered.clear();
      received.clear();
      unknown = {"b"};
      ImportsWithin(first);
      unknown.clear();
      const bool done = ImportsWithin(second);
      if (!done) {
        EXPECT_EQ(Import(), 0) << first << " " << second;
      }
      EXPECT_THAT(Addresses(), UnorderedElementsAre("a", "b", "c")) << first << " " << second;
    }
  }
}

}  // namespace
}  // namespace samenspel::cli
