// SPDX-License-Identifier: EUPL-1.2
// Three cores that follow each other: each entry takes effect once, whatever is killed.
#include <algorithm>

#include "proto/audit/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "tests/common/daemon/core_test.h"
#include "tests/support/raw_rows.h"

namespace samenspel::daemon {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class CoreFollow : public testing::Test {
 protected:
  void SetUp() override {
    region_.Start();
    region_.Run(milliseconds(200));
    SetUpRegion(region_);
    region_.replies.clear();
  }
  void SendReport(bool red) { region_.Send("intake", From("pro_anna", Ask(++id_, Report(red)))); }
  /// Entries of intake that led to a meeting.
  std::vector<common::v1::Ref> MeetingCauses() {
    std::vector<common::v1::Ref> causes;
    for (const auto& entry : region_.rig("meeting").Entries()) {
      const auto& events = entry.events();
      const bool convened = std::any_of(events.begin(), events.end(), [](const auto& event) {
        return event.kind() == meeting::v1::Event::kMdoPlanned ||
               event.kind() == meeting::v1::Event::kMdoUnplannable;
      });
      if (convened) causes.push_back(entry.cause());
    }
    return causes;
  }
  std::vector<uint64_t> RedReports() {
    std::vector<uint64_t> reports;
    for (const auto& entry : region_.rig("intake").Entries()) {
      for (const auto& event : entry.events()) {
        if (event.urgent()) reports.push_back(entry.sequence());
      }
    }
    return reports;
  }
  /// Every entry of intake and meeting is a leaf, once and in order; audit's own too, save those
  /// that append leaves.
  void ExpectWholeLog() {
    std::map<std::string, uint64_t> next = {{"intake", 1}, {"meeting", 1}};
    uint64_t size = 0;
    for (const auto& entry : region_.rig("audit").Entries()) {
      for (const auto& record : entry.events()) {
        audit::v1::Event event;
        ASSERT_TRUE(event.ParseFromString(record.payload()));
        for (const auto& run : event.leaves_appended().runs()) {
          size += run.last().sequence() - run.first() + 1;
          if (run.service() == "audit") continue;
          EXPECT_EQ(run.first(), next[run.service()]) << run.service();
          next[run.service()] = run.last().sequence() + 1;
        }
        if (event.has_leaves_appended()) {
          EXPECT_EQ(event.leaves_appended().size(), size);
        }
      }
    }
    EXPECT_EQ(next["intake"], region_.rig("intake").store().head().sequence + 1);
    EXPECT_EQ(next["meeting"], region_.rig("meeting").store().head().sequence + 1);
  }
  void ExpectOneMeetingForEachRedReport() {
    std::vector<uint64_t> causes;
    for (const auto& cause : MeetingCauses()) causes.push_back(cause.sequence());
    EXPECT_EQ(causes, RedReports());
  }

  RegionRig region_;
  uint64_t id_ = 0;
};

TEST_F(CoreFollow, PlansAMeetingForEachRedReportAndNotesItAtIntake) {
  for (const bool red : {true, false, true}) SendReport(red);
  region_.Run(milliseconds(200));
  EXPECT_THAT(RedReports(), SizeIs(2));
  ExpectOneMeetingForEachRedReport();
  size_t noted = 0;
  for (const auto& entry : region_.rig("intake").Entries()) {
    noted += entry.cause().service() == "meeting" ? 1 : 0;
  }
  EXPECT_EQ(noted, 2U);
  ExpectWholeLog();
}

TEST_F(CoreFollow, CommitsTheCursorWithTheEffect) {
  SendReport(true);
  region_.Run(milliseconds(0));
  auto& meeting = region_.rig("meeting");
  const auto row = meeting.store().Get(store::Column::kCursor, CursorRow("intake"));
  ASSERT_TRUE(row);
  common::v1::Head cursor;
  ASSERT_TRUE(cursor.ParseFromString(*row));
  EXPECT_EQ(cursor.sequence(), RedReports().back());
}

TEST_F(CoreFollow, CausesNoSyncByAnEntryWithoutEffect) {
  SendReport(false);
  region_.Run(milliseconds(3000));
  intake::v1::Response sent;
  ASSERT_TRUE(sent.ParseFromString(region_.replies.back().response()));
  auto& watch = region_.rig("meeting").watched().watch();
  const uint64_t head = region_.rig("meeting").store().head().sequence;
  watch.log_syncs = 0;
  // Reading leaves a mark at intake that is no affair of meeting's.
  region_.Send("intake", From("pro_anna", Ask(++id_, Show(sent.report_received().report()))));
  region_.Run(milliseconds(3000));
  EXPECT_EQ(watch.log_syncs, 0);
  EXPECT_EQ(region_.rig("meeting").store().head().sequence, head);
}

TEST_F(CoreFollow, TakesEachEntryOnceWhenTheFollowerForgotItsCursor) {
  SendReport(true);
  region_.Run(milliseconds(100));
  ASSERT_THAT(MeetingCauses(), SizeIs(1));
  region_.rig("meeting").Kill();
  support::ChangeRow(region_.rig("meeting").watched().disk(), "/meeting", "cursor",
                     CursorRow("intake"), [](auto& row) { row.reset(); });
  region_.Reconnect("meeting");
  region_.Run(milliseconds(500));
  EXPECT_THAT(MeetingCauses(), SizeIs(1)) << "asked for again, took effect before";
}

TEST_F(CoreFollow, CatchesUpAfterAnAbsence) {
  region_.Disconnect("meeting");
  region_.Disconnect("audit");
  for (int i = 0; i < 30; ++i) SendReport(i % 3 == 0);
  region_.Run(milliseconds(20'000));
  region_.Reconnect("meeting");
  region_.Reconnect("audit");
  region_.Run(milliseconds(500));
  EXPECT_THAT(RedReports(), SizeIs(10));
  ExpectOneMeetingForEachRedReport();
  ExpectWholeLog();
}

TEST_F(CoreFollow, TakesEffectOnceWhateverIsKilledAndWhen) {
  const uint64_t seed = base::SystemEntropy().Number();
  SCOPED_TRACE("seed " + std::to_string(seed));
  support::SeededEntropy chance(seed);
  const char* const services[] = {"intake", "meeting", "audit"};
  for (int round = 0; round < 60; ++round) {
    SendReport(chance.OneIn(2));
    if (chance.OneIn(2)) SendReport(true);
    region_.Run(milliseconds(static_cast<int64_t>(chance.Below(30))));
    region_.Restart(services[chance.Below(3)]);
  }
  region_.Run(milliseconds(10'000));
  std::set<std::string> durable;
  for (const auto& entry : region_.rig("intake").Entries()) durable.insert(entry.request_id());
  for (const auto& reply : region_.replies) {
    EXPECT_EQ(reply.status(), common::v1::STATUS_OK);
    EXPECT_TRUE(durable.contains(reply.request_id())) << "answered and not in the journal";
  }
  ExpectOneMeetingForEachRedReport();
  ExpectWholeLog();
  EXPECT_GE(RedReports().size(), 10U) << "something happened";
}

TEST_F(CoreFollow, AppendsNoLeafTwiceAfterAuditWasRebuilt) {
  for (int i = 0; i < 5; ++i) SendReport(true);
  region_.Run(milliseconds(200));
  region_.Disconnect("audit");
  Rig& audit = region_.rig("audit");
  audit.OpenForMaintenance();
  const base::Status rebuilt = Rebuild(audit.store(), audit.keys(), audit.entropy(), audit.maker());
  ASSERT_TRUE(rebuilt.ok()) << rebuilt.message();
  audit.Kill();
  region_.Reconnect("audit");
  SendReport(true);
  region_.Run(milliseconds(500));
  ExpectWholeLog();
}

/// What intake recorded of its follower audit: true for behind, false for level again.
std::vector<bool> SeenOfAudit(Rig& intake) {
  std::vector<bool> seen;
  for (const auto& entry : intake.Entries()) {
    for (const auto& record : entry.events()) {
      intake::v1::Event event;
      EXPECT_TRUE(event.ParseFromString(record.payload()));
      if (event.follower_seen().principal() == "svc_audit") {
        seen.push_back(event.follower_seen().lagging());
      }
    }
  }
  return seen;
}

TEST_F(CoreFollow, TellsThatAFollowerIsAwayAfterAMinuteAndOnceOnly) {
  region_.Disconnect("audit");
  region_.Run(milliseconds(59'000));
  EXPECT_THAT(SeenOfAudit(region_.rig("intake")), IsEmpty());
  region_.Run(milliseconds(600'000));
  EXPECT_EQ(SeenOfAudit(region_.rig("intake")), std::vector<bool>{true});
  EXPECT_TRUE(region_.rig("intake").core().Status(region_.now()).followers(0).lagging());
}

TEST_F(CoreFollow, TellsThatAFollowerIsLevelAgain) {
  region_.Disconnect("audit");
  region_.Run(milliseconds(70'000));
  SendReport(true);
  region_.Reconnect("audit");
  region_.Run(milliseconds(5'000));
  EXPECT_EQ(SeenOfAudit(region_.rig("intake")), (std::vector<bool>{true, false}));
  ExpectWholeLog();
}

TEST_F(CoreFollow, RemembersAcrossARestartThatAFollowerWasAway) {
  region_.Disconnect("audit");
  region_.Run(milliseconds(70'000));
  region_.Restart("intake");
  region_.Run(milliseconds(70'000));
  EXPECT_EQ(SeenOfAudit(region_.rig("intake")), std::vector<bool>{true});
  region_.Reconnect("audit");
  region_.Run(milliseconds(5'000));
  EXPECT_EQ(SeenOfAudit(region_.rig("intake")), (std::vector<bool>{true, false}));
}

TEST_F(CoreFollow, SaysNothingOfAFollowerThatKeepsUp) {
  for (int i = 0; i < 120; ++i) {
    SendReport(i % 2 == 0);
    region_.Run(milliseconds(1'000));
  }
  EXPECT_THAT(SeenOfAudit(region_.rig("intake")), IsEmpty());
}

}  // namespace
}  // namespace samenspel::daemon
