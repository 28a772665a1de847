// SPDX-License-Identifier: EUPL-1.2
// The checks themselves: what happens to a good run when its evidence is tampered with.
#include <gmock/gmock.h>

#include <functional>

#include "proto/audit/v1/events.pb.h"
#include "proto/escalation/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "tests/simulation/run.h"

namespace samenspel::simulation {
namespace {

using testing::IsEmpty;
using testing::Not;

const Evidence& Good() {
  static const Evidence evidence = [] {
    SimulatedRun run({.seed = 7, .reports = 12, .calm = true});
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

// Changes every event of the journal that `change` says yes to; expects at least one.
template <class Event>
void TamperEvents(Entries& journal, const std::function<bool(Event& event)>& change) {
  int changed = 0;
  for (auto& entry : journal) {
    Tamper(entry, [&](store::Stored& stored) {
      for (auto& record : *stored.header.mutable_events()) {
        Event event;
        event.ParseFromString(record.payload());
        if (!change(event)) continue;
        record.set_payload(event.SerializeAsString());
        ++changed;
      }
    });
  }
  EXPECT_GT(changed, 0);
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

TEST(Checks, NoticeACauseWithTwoEffects) {
  Evidence evidence = Good();
  Entries& journal = evidence.journals[kMeeting];
  const auto caused = std::find_if(journal.begin(), journal.end(),
                                   [](const auto& entry) { return entry->header.has_cause(); });
  ASSERT_NE(caused, journal.end());
  journal.push_back(*caused);
  EXPECT_THAT(CheckEffects(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeASecondMeetingOfOneReport) {
  Evidence evidence = Good();
  Entries more = evidence.journals[kMeeting];
  TamperEvents<meeting::v1::Event>(more, [](meeting::v1::Event& event) {
    if (!event.has_mdo_planned()) return false;
    event.mutable_mdo_planned()->mutable_mdo()->set_mdo("mdo_another");
    return true;
  });
  Entries& journal = evidence.journals[kMeeting];
  journal.insert(journal.end(), more.begin(), more.end());
  EXPECT_THAT(CheckMeetings(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeAMeetingThatIntakeDidNotNote) {
  Evidence evidence = Good();
  std::erase_if(evidence.journals[kIntake],
                [](const auto& entry) { return entry->header.has_cause(); });
  EXPECT_THAT(CheckMeetings(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeADoubleBooking) {
  Evidence evidence = Good();
  std::optional<meeting::v1::Mdo> first;
  TamperEvents<meeting::v1::Event>(evidence.journals[kMeeting], [&](meeting::v1::Event& event) {
    if (!event.has_mdo_planned()) return false;
    meeting::v1::Mdo& mdo = *event.mutable_mdo_planned()->mutable_mdo();
    if (!first) first = mdo;
    mdo.set_starts_at_ms(first->starts_at_ms());
    mdo.set_ends_at_ms(first->ends_at_ms());
    *mdo.mutable_seats() = first->seats();
    return true;
  });
  EXPECT_THAT(CheckBookings(evidence), testing::Contains(testing::HasSubstr("is booked twice")));
}

TEST(Checks, NoticeASeatThatIsEmpty) {
  Evidence evidence = Good();
  TamperEvents<meeting::v1::Event>(evidence.journals[kMeeting], [](meeting::v1::Event& event) {
    if (!event.has_mdo_planned()) return false;
    event.mutable_mdo_planned()->mutable_mdo()->mutable_seats()->RemoveLast();
    return true;
  });
  EXPECT_THAT(CheckBookings(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeARedReportForWhichNobodyIsRung) {  // Invariant 11
  Evidence evidence = Good();
  std::erase_if(evidence.journals[kEscalation], [](const auto& entry) {
    escalation::v1::Event event;
    for (const auto& record : entry->header.events()) event.ParseFromString(record.payload());
    return event.has_alarm_raised();
  });
  EXPECT_THAT(CheckFirstSteps(evidence),
              testing::Contains(testing::HasSubstr("nobody is named and no alarm rang")));
}

TEST(Checks, NoticeAnAlarmThatRingsTooSoonOrForNothing) {
  Evidence evidence = Good();
  for (auto& entry : evidence.journals[kEscalation]) {
    Tamper(entry, [](store::Stored& stored) { stored.header.set_received_at_ms(1); });
  }
  EXPECT_THAT(CheckFirstSteps(evidence), testing::Contains(testing::HasSubstr("rang too soon")));
  evidence = Good();
  for (Story& story : evidence.stories) story.colour = intake::v1::COLOUR_GREEN;
  EXPECT_THAT(CheckFirstSteps(evidence), testing::Contains(testing::HasSubstr("is not red")));
}

TEST(Checks, NoticeAnEntryThatTheLogLacks) {
  Evidence evidence = Good();
  evidence.journals[kMeeting].push_back(evidence.journals[kMeeting].front());
  EXPECT_THAT(CheckLog(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeACopyThatDiffers) {
  Evidence evidence = Good();
  Tamper(evidence.copies[kIntake].back(), [](store::Stored& stored) { stored.bytes += ' '; });
  EXPECT_THAT(CheckLog(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeASignedRootThatIsNotOfTheLeaves) {
  Evidence evidence = Good();
  TamperEvents<audit::v1::Event>(evidence.journals[kAudit], [](audit::v1::Event& event) {
    if (!event.has_leaves_appended()) return false;
    event.mutable_leaves_appended()->mutable_root()->back() ^= 1;
    return true;
  });
  EXPECT_THAT(CheckLog(evidence), Not(IsEmpty()));
}

TEST(Checks, NoticeARunThatStandsTwice) {
  Evidence evidence = Good();
  TamperEvents<audit::v1::Event>(evidence.journals[kAudit], [](audit::v1::Event& event) {
    if (!event.has_leaves_appended()) return false;
    auto& appended = *event.mutable_leaves_appended();
    *appended.add_runs() = appended.runs(0);
    return true;
  });
  EXPECT_THAT(CheckLog(evidence), Not(IsEmpty()));
}

}  // namespace
}  // namespace samenspel::simulation
