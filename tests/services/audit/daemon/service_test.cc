// SPDX-License-Identifier: EUPL-1.2
#include "services/audit/daemon/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/tlog/checkpoint.h"
#include "tests/common/tlog/reference_tree.h"
#include "tests/services/audit/daemon/audit_test.h"

namespace samenspel::audit {
namespace {

using testing::ElementsAre;

TEST_F(AuditService, SignsTheRootThatRfc6962GivesForTheHeaders) {
  for (uint32_t i = 1; i <= 300; ++i) {  // More than one tile.
    HearSubmitted("rpt_000000000000000000000000" + std::to_string(10 + i % 50), i);
    if (i % 7 == 0) ShowEntry("intake", i);
    if (i % 37 != 0 && i != 300) continue;
    const v1::LeavesAppended newest = Newest();
    ASSERT_EQ(newest.size(), leaves_.size());
    ASSERT_EQ(newest.root(), tlog::ReferenceRoot(leaves_));
  }
  EXPECT_EQ(bench_.Counter("log_size"), leaves_.size());
}

TEST_F(AuditService, NamesTheRunsThatBecameLeaves) {
  HearSubmitted();
  const v1::LeavesAppended newest = Newest();
  ASSERT_EQ(newest.runs_size(), 1);
  EXPECT_EQ(newest.runs(0).service(), "intake");
  EXPECT_EQ(newest.runs(0).first(), 1u);
  EXPECT_EQ(newest.runs(0).last().sequence(), 1u);
  EXPECT_EQ(newest.runs(0).last().hash(), tlog::Sha256(heard_[0]));
}

TEST_F(AuditService, ProvesEachEntryItShowsUnderTheSignedCheckpoint) {
  HearSubmitted();
  HearPlanned();
  HearSubmitted("rpt_00000000000000000000000002", 2);
  const v1::EntriesShown shown = Shown(ShowStream(kReport));
  const auto checkpoint = tlog::OpenCheckpoint(shown.checkpoint(), Key().verifier());
  ASSERT_TRUE(checkpoint.ok()) << checkpoint.status().message();
  EXPECT_EQ(checkpoint->origin, kOrigin);
  EXPECT_EQ(checkpoint->size, 3u);
  ASSERT_EQ(shown.entries_size(), 2);
  for (const v1::ProvenEntry& entry : shown.entries()) {
    EXPECT_EQ(entry.header(), heard_[entry.leaf()]);
    EXPECT_TRUE(tlog::VerifyInclusion(tlog::LeafHash(entry.header()), entry.leaf(),
                                      checkpoint->size, {entry.path().begin(), entry.path().end()},
                                      checkpoint->root)
                    .ok());
    // One changed byte and the proof fails.
    std::string forged = entry.header();
    forged[0] = static_cast<char>(forged[0] ^ 1);
    EXPECT_FALSE(tlog::VerifyInclusion(tlog::LeafHash(forged), entry.leaf(), checkpoint->size,
                                       {entry.path().begin(), entry.path().end()}, checkpoint->root)
                     .ok());
  }
}

TEST_F(AuditService, SignsWithItsOwnKeyOnly) {
  HearSubmitted();
  const v1::EntriesShown shown = Shown(ShowStream(kReport));
  const auto other = tlog::SigningKey::FromSeed(kOrigin, std::string(32, '\x22'));
  EXPECT_FALSE(tlog::OpenCheckpoint(shown.checkpoint(), other->verifier()).ok());
}

TEST_F(AuditService, FindsAReportByIdAndCaseNumberTogetherWithItsMeeting) {  // P.04
  HearSubmitted();
  HearSubmitted("rpt_00000000000000000000000002", 2);
  HearPlanned();
  std::string spoken = base::CaseNumber(2026, 1);
  EXPECT_THAT(LeavesOf(Shown(ShowStream(spoken))), ElementsAre(0, 2));
  spoken.back() = static_cast<char>(std::tolower(spoken.back()));
  EXPECT_THAT(LeavesOf(Shown(ShowStream(spoken))), ElementsAre(0, 2));
  EXPECT_THAT(LeavesOf(Shown(ShowStream(kReport))), ElementsAre(0, 2));
}

TEST_F(AuditService, ShowsOneEntryByItsPlace) {
  HearSubmitted();
  HearSubmitted("rpt_00000000000000000000000002", 2);
  EXPECT_THAT(LeavesOf(Shown(ShowEntry("intake", 2))), ElementsAre(1));
  EXPECT_EQ(ShowEntry("intake", 3).status, common::v1::STATUS_NOT_FOUND);
  EXPECT_EQ(ShowEntry("desk", 1).status, common::v1::STATUS_NOT_FOUND);
}

TEST_F(AuditService, PagesOnFromALeaf) {
  for (uint32_t i = 1; i <= 203; ++i) HearSubmitted(kReport, i);
  const v1::EntriesShown first = Shown(ShowStream(kReport));
  EXPECT_EQ(first.entries_size(), 200);
  EXPECT_TRUE(first.more());
  const uint64_t last = first.entries(199).leaf();
  const v1::EntriesShown second = Shown(ShowStream(kReport, Noor(), last + 1));
  EXPECT_THAT(LeavesOf(second), ElementsAre(last + 1, last + 2, last + 3));
  EXPECT_FALSE(second.more());
}

TEST_F(AuditService, ShowsEachPageToWhoMaySeeTheFirst) {
  HearSubmitted();
  HearPlanned();  // Meeting's own entry: not one of the reader's.
  EXPECT_THAT(LeavesOf(Shown(ShowStream(kReport, Noor(), 1))), ElementsAre(1));
  EXPECT_TRUE(ShowStream(kReport, Stranger(), 1).hidden);
}

TEST_F(AuditService, LogsThatTheLogWasRead) {  // NEN 7513
  HearSubmitted();
  HearPlanned();
  Shown(ShowStream(base::CaseNumber(2026, 1)));
  v1::Event event;
  for (const auto& entry : bench_.Entries()) {
    if (entry->header.kind() == "show_entries") {
      event.ParseFromString(entry->header.events(0).payload());
    }
  }
  EXPECT_EQ(event.log_read().reader(), kNoor);
  EXPECT_EQ(event.log_read().purpose(), "child_safety");
  EXPECT_EQ(event.log_read().what(), kReport);
  EXPECT_EQ(event.log_read().entries(), 2u);
  EXPECT_EQ(event.log_read().at_ms(), base::ToMs(bench_.now));
  EXPECT_EQ(bench_.Counter("log_size"), 3u);  // That reading is a leaf itself.
}

TEST_F(AuditService, HidesACaseFromWhoHasNoPartInIt) {  // invariant 10
  HearSubmitted();
  HearPlanned();
  const Decided hidden = ShowStream(kReport, Stranger());
  EXPECT_EQ(hidden.status, common::v1::STATUS_NOT_FOUND);
  EXPECT_TRUE(hidden.hidden);
  EXPECT_EQ(hidden.response, "");
  const Decided absent = ShowStream("rpt_00000000000000000000000009", Stranger());
  EXPECT_EQ(absent.status, common::v1::STATUS_NOT_FOUND);
  EXPECT_FALSE(absent.hidden);
  EXPECT_EQ(absent.reasons.at(0).SerializeAsString(), hidden.reasons.at(0).SerializeAsString());
}

TEST_F(AuditService, ShowsEveryCaseToAnAuditor) {
  HearSubmitted();
  const auto auditor = support::By(kStranger, kOtherDesk, {"auditor"});
  EXPECT_THAT(LeavesOf(Shown(ShowStream(kReport, auditor))), ElementsAre(0));
}

TEST_F(AuditService, TakesNothingForANameThatIsNone) {
  using namespace std::string_literals;
  HearSubmitted();
  // The row of leaf 12,033: in its key a slash stands before the last byte.
  store::Batch batch = bench_.store().Begin();
  batch.Put(store::Column::kIndex, "s/"s + kReport + "/\0\0\0\0\0\0/\x01"s,
            "intake/\0\0\0\0\0\0\0\x01"s);
  ASSERT_EQ(bench_.store().Commit(std::move(batch)), store::CommitResult::kAcked);
  for (const std::string& name : {""s, "2026-000049-X"s, "!registry"s, "rpt_"s, kReport + "/"s,
                                  kReport + "/\0\0\0\0\0\0"s, "../"s}) {
    EXPECT_EQ(ShowStream(name).status, common::v1::STATUS_NOT_FOUND) << name;
  }
}

TEST_F(AuditService, ProvesThatAnOlderLogIsABeginningOfTodays) {
  for (uint32_t i = 1; i <= 20; ++i) HearSubmitted(kReport, i);
  for (uint64_t old_size = 1; old_size <= 20; ++old_size) {
    const Decided decided = Prove(old_size);
    ASSERT_EQ(decided.status, common::v1::STATUS_OK);
    v1::Response response;
    ASSERT_TRUE(response.ParseFromString(decided.response));
    const v1::ConsistencyProven& proven = response.consistency_proven();
    const auto checkpoint = tlog::OpenCheckpoint(proven.checkpoint(), Key().verifier());
    ASSERT_TRUE(checkpoint.ok());
    const tlog::Leaves all(leaves_);
    EXPECT_TRUE(tlog::VerifyConsistency(old_size, tlog::ReferenceRoot(all.first(old_size)),
                                        checkpoint->size, checkpoint->root,
                                        {proven.path().begin(), proven.path().end()})
                    .ok())
        << old_size;
  }
}

TEST_F(AuditService, RefusesASizeThatTheLogDoesNotHave) {
  HearSubmitted();
  for (const uint64_t size : {uint64_t{0}, uint64_t{2}, UINT64_MAX}) {
    const Decided decided = Prove(size);
    EXPECT_EQ(decided.status, common::v1::STATUS_REFUSED);
    EXPECT_EQ(decided.reasons.at(0).code(), "size_beyond_log");
    EXPECT_EQ(decided.reasons.at(0).field(), "old_size");
  }
}

TEST_F(AuditService, WritesNothingWhenThereIsNothingToAppend) {
  HearSubmitted();
  const uint64_t before = bench_.store().head().sequence;
  Prove(1);
  ShowStream("rpt_00000000000000000000000009");
  EXPECT_EQ(bench_.store().head().sequence, before);
}

TEST_F(AuditService, KeepsACopyOfEachEntryAsItCame) {
  auto entry = std::make_shared<store::Stored>();
  intake::v1::Event event;
  event.mutable_report_submitted()->set_report(kReport);
  *entry = *intake_.Add(kNoor, kDesk, kReport, 1, event);
  entry->sealed = {"sealed bytes", "more"};
  bench_.Hear("intake", entry);
  size_t copies = 0;
  bench_.store().Scan(store::Column::kCopy, "intake/", "", [&](std::string_view, auto row) {
    ++copies;
    EXPECT_EQ(row, store::RowOf(*entry));
    return true;
  });
  EXPECT_EQ(copies, 1u);
}

TEST_F(AuditService, MakesNoSecondLeafOfAnEntryThatIsSentAgain) {  // invariant 7
  intake::v1::Event event;
  event.mutable_report_submitted()->set_report(kReport);
  const auto entry = intake_.Add(kNoor, kDesk, kReport, 1, event);
  Hear(entry, "intake");
  const uint64_t before = bench_.store().head().sequence;
  bench_.Hear("intake", entry);
  EXPECT_EQ(bench_.store().head().sequence, before);
  EXPECT_EQ(bench_.Counter("log_size"), 1u);
  HearPlanned();
  EXPECT_EQ(Newest().root(), tlog::ReferenceRoot(leaves_));
}

TEST_F(AuditService, KnowsWhichEntryOfAnotherServiceAnEntryLedTo) {
  HearSubmitted();
  HearPlanned();
  common::v1::Ref cause;
  cause.set_service("intake");
  cause.set_epoch(1);
  cause.set_sequence(1);
  const auto led = bench_.store().Begin().Caused(cause, "meeting");
  ASSERT_TRUE(led.has_value());
  EXPECT_EQ(led->service(), "meeting");
  EXPECT_EQ(led->sequence(), 1u);
}

TEST_F(AuditService, GoesOnWithTheSameTreeAfterARestart) {
  for (uint32_t i = 1; i <= 260; ++i) HearSubmitted(kReport, i);
  ASSERT_TRUE(bench_.Restart().ok());
  HearPlanned();
  EXPECT_EQ(Newest().size(), leaves_.size());
  EXPECT_EQ(Newest().root(), tlog::ReferenceRoot(leaves_));
}

TEST_F(AuditService, GivesTheSameStateInAReplay) {  // invariants 7 and 8
  for (uint32_t i = 1; i <= 20; ++i) HearSubmitted(kReport, i);
  HearPlanned();
  ShowStream(kReport);
  ShowStream(kReport, Stranger());
  const base::Status verified = bench_.Verify();
  EXPECT_TRUE(verified.ok()) << verified.message();
}

TEST_F(AuditService, DoesNotStartOnATreeThatGivesAnotherRoot) {
  for (uint32_t i = 1; i <= 3; ++i) HearSubmitted(kReport, i);
  store::Batch batch = bench_.store().Begin();
  batch.Put(store::Column::kState, std::string("!t/0/") + std::string(7, '\0') + '\x02',
            std::string(32, 'x'));
  ASSERT_EQ(bench_.store().Commit(std::move(batch)), store::CommitResult::kAcked);
  const base::Status started = bench_.Restart();
  EXPECT_EQ(started.code(), base::Code::kCorrupt);
  EXPECT_EQ(started.message(), "the tree of 3 leaves does not give the root that was signed for 3");
}

TEST(AuditConfig, NeedsASeedAndAnOrigin) {
  const auto disk = store::Disk::Memory();
  daemon::Config config;
  EXPECT_FALSE(Service::Make({config, disk->files()}).ok());
  Prepare(disk->files(), config);
  EXPECT_TRUE(Service::Make({config, disk->files()}).ok());
  config.origin.clear();
  EXPECT_EQ(Service::Make({config, disk->files()}).status().message(),
            "the config of audit lacks origin");
}

TEST_F(AuditService, LetsEveryRegisteredPersonAwait) {
  EXPECT_TRUE(bench_.MaySee(Stranger(), common::v1::Ref()));
  EXPECT_FALSE(bench_.MaySee(support::By(kStranger, ""), common::v1::Ref()));
}

}  // namespace
}  // namespace samenspel::audit
