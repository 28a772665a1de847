// SPDX-License-Identifier: EUPL-1.2
// A daemon whose database was wrecked, from the sentence with which it does not start to serving
// again, with the real programs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>

#include "tests/faults/whole.h"
#include "tests/support/ask.h"
#include "tests/support/journal.h"
#include "tests/support/region.h"

namespace samenspel::damage {
namespace {

using faults::Acknowledged;
using support::Outcome;
using support::Region;
using testing::HasSubstr;

constexpr int kWrongUse = 2;
constexpr int kCannotGoOn = 3;

class Repairing : public testing::Test {
 protected:
  void SetUp() override {
    region_.Start();
    region_.LoadRoster(30, 3);
    Report();
    Report();
    region_.Settle();
  }
  void Report() {
    const auto desk = region_.Connect("desk-vt", "intake");
    const auto meeting = region_.Connect("desk-vt", "meeting");
    const auto audit = region_.Connect("desk-vt", "audit");
    const auto envelope = support::EnvelopeOf(support::RedReport(reports_.size()));
    const auto reply = support::Ask(*desk, envelope);
    reports_.push_back({support::ReceivedIn(reply).report(), reply.entry()});
    (void)support::Await(*audit, support::Await(*meeting, reply.entry(), "meeting"), "meeting");
  }
  std::string Data(const std::string& service) { return region_.folder() + "/data/" + service; }
  void WreckManifest(const std::string& service) {
    region_.Daemon(service).Kill();
    for (const auto& file : std::filesystem::directory_iterator(Data(service) + "/db")) {
      if (file.path().filename().string().starts_with("MANIFEST-")) {
        support::WriteFile(file.path(), "no manifest");
      }
    }
  }
  void ExpectOneSentence(const std::string& service, const std::string& about) {
    const Outcome outcome = region_.RunDaemon(service, {});
    EXPECT_EQ(outcome.code, kCannotGoOn);
    EXPECT_THAT(outcome.output, testing::StartsWith("samenspel-" + service + ": "));
    EXPECT_THAT(outcome.output, HasSubstr(about));
    EXPECT_EQ(outcome.output.find('\n'), outcome.output.size() - 1) << outcome.output;
  }
  Outcome Repair(const std::string& service, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"--repair-from", "audit"});
    return region_.RunDaemon(service, more);
  }
  void StartAgain(const std::string& service) {
    region_.Launch(service);
    region_.AwaitReady(service);
  }
  /// Everything goes on, and nothing of before is gone.
  void ExpectServedAndWhole() {
    Report();
    region_.Settle();
    region_.StopAll();
    faults::ExpectEachReportOnce(region_, reports_);
    faults::ExpectOneMeetingEachAndNobodyTwice(region_, reports_);
    faults::ExpectEachMeetingNotedOnce(region_, reports_);
    faults::ExpectTheLogHoldsEachEntryOnce(region_);
    faults::ExpectAuditKeepsEachEntryAsItWas(region_);
    faults::ExpectAllWhole(region_);
  }

  Region region_;
  std::vector<Acknowledged> reports_;
};

class RepairingEach : public Repairing, public testing::WithParamInterface<const char*> {};

TEST_P(RepairingEach, BringsAWreckedDatabaseBack) {
  WreckManifest(GetParam());
  ExpectOneSentence(GetParam(), "repair-from audit");
  const Outcome repaired = Repair(GetParam());
  EXPECT_EQ(repaired.code, 0) << repaired.output;
  EXPECT_THAT(repaired.output, HasSubstr("fetched from audit"));
  EXPECT_THAT(repaired.output, HasSubstr("whole again"));
  EXPECT_THAT(repaired.output, HasSubstr("db.damaged-"));
  StartAgain(GetParam());
  ExpectServedAndWhole();
}

INSTANTIATE_TEST_SUITE_P(Of, RepairingEach, testing::Values("intake", "meeting", "escalation"),
                         [](const auto& about) { return std::string(about.param); });

TEST_F(Repairing, BringsADataFolderBackThatIsGone) {
  region_.Daemon("intake").Kill();
  std::filesystem::remove_all(Data("intake"));
  ExpectOneSentence("intake", "repair-from audit");
  const Outcome repaired = Repair("intake");
  EXPECT_EQ(repaired.code, 0) << repaired.output;
  StartAgain("intake");
  ExpectServedAndWhole();
}

TEST_F(Repairing, KilledAtAnyMomentItFinishesTheNextTime) {
  WreckManifest("intake");
  for (int wait_ms = 20; wait_ms < 400; wait_ms += 40) {
    support::Process repair({{support::DaemonProgram("intake"), "--config",
                              region_.ConfigPath("intake"), "--repair-from", "audit"},
                             {},
                             region_.folder(),
                             region_.folder() + "/log/repair.log"});
    (void)repair.Wait(base::milliseconds(wait_ms));
    repair.Kill();
  }
  const Outcome repaired = Repair("intake");
  EXPECT_EQ(repaired.code, 0) << repaired.output;
  StartAgain("intake");
  ExpectServedAndWhole();
}

TEST_F(Repairing, RefusesWhileTheDaemonRuns) {
  const Outcome outcome = Repair("intake");
  EXPECT_EQ(outcome.code, kCannotGoOn);
  EXPECT_THAT(outcome.output, HasSubstr("in use"));
}

TEST_F(Repairing, SaysWhenAuditIsAway) {
  WreckManifest("intake");
  EXPECT_EQ(region_.Stop("audit"), 0);
  const Outcome outcome = Repair("intake");
  EXPECT_EQ(outcome.code, kCannotGoOn);
  EXPECT_THAT(outcome.output, HasSubstr("ask audit for its copies"));
  EXPECT_TRUE(std::filesystem::exists(Data("intake") + "/db"));
}

TEST_F(Repairing, SaysThatOfAuditItselfThereIsNoCopy) {
  EXPECT_EQ(region_.Stop("audit"), 0);
  const Outcome outcome = Repair("audit");
  EXPECT_EQ(outcome.code, kWrongUse);
  EXPECT_THAT(outcome.output, HasSubstr("no copy"));
}

TEST_F(Repairing, SaysThatKeysMustComeFromTheirOwnCopy) {
  region_.Daemon("intake").Kill();
  for (const auto& file : std::filesystem::directory_iterator(Data("intake") + "-keys")) {
    if (!file.path().filename().string().starts_with("block-")) continue;
    std::string bytes = support::ReadFile(file.path());
    bytes[200] = static_cast<char>(bytes[200] ^ 1);  // In a row, behind the header.
    support::WriteFile(file.path(), bytes);
  }
  ExpectOneSentence("intake", "block-00000001");
  const Outcome outcome = Repair("intake");
  EXPECT_EQ(outcome.code, kCannotGoOn);
  EXPECT_THAT(outcome.output, HasSubstr("block-00000001"));
}

}  // namespace
}  // namespace samenspel::damage
