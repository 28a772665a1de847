// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/board.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/bench/load/crew.h"
#include "tests/support/scratch.h"

namespace samenspel::bench {
namespace {

using std::chrono::microseconds;
using testing::HasSubstr;

Trip Done(int64_t audited_us) {
  return {"", "", microseconds(audited_us / 4), microseconds(audited_us / 2),
          microseconds(audited_us)};
}

TEST(Board, KeepsWhatIsUnavailableApartFromOtherErrors) {
  Board board(nullptr, nullptr);
  board.Add(Done(4000), SteadyClock::now(), true);
  board.Add({"unavailable", "submit"}, SteadyClock::now(), true);
  board.Add({"unavailable", "plan", microseconds(5)}, SteadyClock::now(), true);
  board.Add({"denied/role", "submit"}, SteadyClock::now(), true);
  const Tally tally = board.Total();
  EXPECT_EQ(tally.done(), 1U);
  EXPECT_EQ(tally.failed(), 3U);
  EXPECT_EQ(tally.failed_otherwise(), 1U);
  EXPECT_EQ(tally.errors.at("plan:unavailable"), 1U);
}

TEST(Board, CountsNoPlanningOfWhatIsNotRed) {
  Board board(nullptr, nullptr);
  board.Add(Done(4000), SteadyClock::now(), false);
  EXPECT_EQ(board.Total().planned.count(), 0U);
  EXPECT_EQ(board.Total().audited.count(), 1U);
}

TEST(Board, TellsOfEachIntervalAlone) {
  Board board(nullptr, nullptr);
  for (int i = 0; i < 50; ++i) board.Add(Done(4000), SteadyClock::now(), true);
  EXPECT_THAT(board.Progress(5), HasSubstr("50 done     10.0/s  p50 4.0 p99 4.0 ms"));
  for (int i = 0; i < 10; ++i) board.Add(Done(9000), SteadyClock::now(), true);
  EXPECT_THAT(board.Progress(10), HasSubstr("60 done      2.0/s  p50 9.0 p99 9.0 ms"));
}

TEST(Board, WritesALineForEachErrorAndEachInterval) {
  const support::ScratchFolder folder;
  std::FILE* errors = std::fopen((folder.path() + "/errors").c_str(), "w");
  std::FILE* timeline = std::fopen((folder.path() + "/timeline").c_str(), "w");
  Board board(errors, timeline);
  board.Add(Done(4000), SteadyClock::now(), true);
  board.Add({"no_answer", "audit", microseconds(5), microseconds(6)}, SteadyClock::now(), true);
  (void)board.Progress(5);
  std::fclose(errors);
  std::fclose(timeline);
  EXPECT_THAT(support::ReadFile(folder.path() + "/errors"), HasSubstr(",no_answer,audit\n"));
  EXPECT_THAT(support::ReadFile(folder.path() + "/timeline"),
              HasSubstr(",1,0.2,0,1,4.00,4.00,4.00\n"));
}

TEST(ReportOf, SpreadsTheRedOnesEvenly) {
  int red = 0;
  int in_a_row = 0;
  for (uint64_t number = 0; number < 1000; ++number) {
    const bool is_red = ReportOf({.red_percent = 20}, number).second;
    red += is_red ? 1 : 0;
    in_a_row = is_red ? in_a_row + 1 : 0;
    EXPECT_LE(in_a_row, 1);
  }
  EXPECT_EQ(red, 200);
}

TEST(ReportOf, IsAFullFormOfAboutAKilobyteAndAlwaysTheSame) {
  size_t bytes = 0;
  for (uint64_t number = 0; number < 200; ++number) {
    const auto [request, red] = ReportOf({}, number);
    EXPECT_TRUE(red);
    EXPECT_EQ(request.submit_report().answers_size(), 38);
    EXPECT_EQ(request.SerializeAsString(), ReportOf({}, number).first.SerializeAsString());
    bytes += request.ByteSizeLong();
  }
  EXPECT_NEAR(static_cast<double>(bytes) / 200, 1200, 300);
}

}  // namespace
}  // namespace samenspel::bench
