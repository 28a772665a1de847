// SPDX-License-Identifier: EUPL-1.2
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "tests/support/ask.h"
#include "tests/support/journal.h"
#include "tests/support/region.h"

namespace samenspel::faults {
namespace {

using support::Outcome;

constexpr int kUnavailable = 6;
constexpr int kNoAnswer = 7;
constexpr int kProfessionals = 30;
constexpr int kDays = 3;

class Away : public testing::Test {
 protected:
  Outcome Type(const std::vector<std::string>& words) const {
    return support::RunToEnd(region_.Client("desk-vt", words));
  }
  Outcome Submit() const {
    return Type({"--timeout", "1", "report", "submit",
                 support::SourcePath("deploy/demo/reports/red-toddler.json")});
  }
  // The kept report goes out, and nothing is left to send.
  void ExpectRetrySucceedsOnce() {
    const Outcome sent = Type({"report", "submit", "--retry"});
    EXPECT_EQ(sent.code, 0) << sent.output;
    const Outcome nothing = Type({"report", "submit", "--retry"});
    EXPECT_EQ(nothing.output, "Nothing waits to be sent.\n");
    EXPECT_TRUE(std::filesystem::is_empty(region_.folder() + "/spool/desk-vt"));
    region_.StopAll();
    EXPECT_EQ(support::StoppedStore(region_, "intake")
                  .Events<intake::v1::Event>(intake::v1::Event::kReportSubmitted)
                  .size(),
              1);
    EXPECT_EQ(support::StoppedStore(region_, "meeting")
                  .Events<meeting::v1::Event>(meeting::v1::Event::kMdoPlanned)
                  .size(),
              1);
  }

  support::Region region_;
};

TEST_F(Away, IntakeMeansExitSixAndALaterRetryCountsOnce) {
  region_.Start();
  region_.LoadRoster(kProfessionals, kDays);
  EXPECT_EQ(region_.Stop("intake"), 0);
  EXPECT_EQ(Submit().code, kUnavailable);
  region_.Launch("intake");
  ExpectRetrySucceedsOnce();
}

// The report is sent, intake hangs before it answers: nobody knows what became of it.
TEST_F(Away, AnAnswerMeansExitSevenAndALaterRetryCountsOnce) {
  region_.Start();
  region_.LoadRoster(kProfessionals, kDays);
  region_.Daemon("intake").Hang();
  EXPECT_EQ(Submit().code, kNoAnswer);
  region_.Daemon("intake").Resume();
  ExpectRetrySucceedsOnce();
}

// The sender is told of the report at once; the meeting follows when its daemon is back.
TEST_F(Away, MeetingDoesNotKeepIntakeFromTakingReports) {
  region_.Launch("intake");
  region_.AwaitReady("intake");
  const auto intake = region_.Connect("desk-vt", "intake");
  const auto reply = support::Ask(*intake, support::EnvelopeOf(support::RedReport(1)));
  EXPECT_EQ(reply.status(), common::v1::STATUS_OK);
  region_.Launch("meeting");
  region_.LoadRoster(kProfessionals, kDays);
  const auto meeting = region_.Connect("desk-vt", "meeting");
  (void)support::Await(*meeting, reply.entry(), "meeting");
}

}  // namespace
}  // namespace samenspel::faults
