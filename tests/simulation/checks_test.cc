// SPDX-License-Identifier: EUPL-1.2
// The checks themselves: what happens to a good run when its evidence is tampered with.
#include <gmock/gmock.h>

#include <functional>

#include "tests/simulation/run.h"

namespace samenspel::simulation {
namespace {

using testing::IsEmpty;
using testing::Not;

const Evidence& Good() {
  static const Evidence evidence = [] {
    SimulatedRun run({.seed = 7, .hours = 1, .commands = 12, .calm = true});
    EXPECT_THAT(run.Play(), IsEmpty());
    return run.CollectEvidence();
  }();
  return evidence;
}

using Change = std::function<void(store::Stored& entry)>;

void Tamper(std::shared_ptr<const store::Stored>& entry, const Change& change) {
  auto changed = std::make_shared<store::Stored>(*entry);
  change(*changed);
  entry = changed;
}

TEST(Checks, FindNothingInAGoodRun) { EXPECT_THAT(CheckAll(Good()), IsEmpty()); }

TEST(Checks, NoticeAnEntryThatIsGone) {
  Evidence evidence = Good();
  evidence.journals[kIntake].erase(evidence.journals[kIntake].begin() + 3);
  EXPECT_THAT(CheckChains(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeADamagedPart) {
  Evidence evidence = Good();
  for (auto& entry : evidence.journals[kIntake]) {
    Tamper(entry, [](store::Stored& stored) {
      for (std::string& part : stored.sealed) part.back() = static_cast<char>(part.back() ^ 1);
    });
  }
  EXPECT_THAT(CheckChains(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeAnAcknowledgedRequestThatIsLost) {
  Evidence evidence = Good();
  evidence.journals[kIntake].resize(evidence.journals[kIntake].size() / 2);
  EXPECT_THAT(CheckAcknowledged(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeAnAnswerThatChanged) {
  Evidence evidence = Good();
  evidence.acknowledged.back().reply.set_response("another");
  EXPECT_THAT(CheckAcknowledged(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeARequestThatTookEffectTwice) {
  Evidence evidence = Good();
  const auto sequence = evidence.acknowledged.back().reply.entry().sequence();
  Entries& journal = evidence.journals[evidence.acknowledged.back().server];
  journal.push_back(journal[sequence - 1]);
  EXPECT_THAT(CheckAcknowledged(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeSomebodyTurnedAwayOfWhomNoEntryTells) {
  Evidence evidence = Good();
  Acknowledged& denied = evidence.turned_away.emplace_back();
  denied.principal = "pro_anybody";
  denied.server = kIntake;
  denied.reply.set_status(common::v1::STATUS_DENIED);
  EXPECT_THAT(CheckTurnedAway(evidence), Not(IsEmpty()));
  denied.reply.mutable_entry()->set_sequence(1);
  EXPECT_THAT(CheckTurnedAway(evidence), Not(IsEmpty()));
  auto& entry = evidence.journals[kIntake].front();
  Tamper(entry, [](store::Stored& stored) {
    stored.header.set_principal("pro_anybody");
    stored.header.set_outcome(common::v1::STATUS_DENIED);
  });
  EXPECT_THAT(CheckTurnedAway(evidence), IsEmpty());
}

TEST(Checks, NoticeTwoStreamsUnderOneKey) {
  Evidence evidence = Good();
  for (auto& entry : evidence.journals[kIntake]) {
    Tamper(entry, [](store::Stored& stored) {
      for (std::string& part : stored.sealed) {
        common::v1::Sealed sealed;
        sealed.ParseFromString(part);
        sealed.set_key(1);
        part = sealed.SerializeAsString();
      }
    });
  }
  EXPECT_THAT(CheckKeys(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeAReportThatNobodySentOrThatIsGone) {
  Evidence evidence = Good();
  evidence.stories.pop_back();
  EXPECT_THAT(CheckStories(evidence), Not(IsEmpty()));
  evidence = Good();
  evidence.stories.back().answer.set_report("rpt_another");
  EXPECT_THAT(CheckStories(evidence), Not(IsEmpty()));
  evidence = Good();
  evidence.stories.back().received = false;
  EXPECT_THAT(CheckStories(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeACopyThatIsGone) {
  Evidence evidence = Good();
  evidence.journals[kMeeting].push_back(evidence.journals[kMeeting].front());
  EXPECT_THAT(CheckCopies(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeACopyThatDiffers) {
  Evidence evidence = Good();
  Tamper(evidence.copies[kIntake].back(), [](store::Stored& stored) { stored.bytes += ' '; });
  EXPECT_THAT(CheckCopies(evidence), Not(IsEmpty()));
}

}  // namespace
}  // namespace samenspel::simulation
