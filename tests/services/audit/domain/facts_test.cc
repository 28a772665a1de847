// SPDX-License-Identifier: EUPL-1.2
#include "services/audit/domain/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/escalation/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"

namespace samenspel::audit {
namespace {

using common::v1::EntryHeader;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kReport = "rpt_00000000000000000000000001";
constexpr const char* kMdo = "mdo_00000000000000000000000001";

std::string Text(const v1::Run& run) {
  return run.service() + " " + std::to_string(run.last().epoch()) + ":" +
         std::to_string(run.first()) + "-" + std::to_string(run.last().sequence()) + " " +
         run.last().hash();
}

std::vector<std::string> Taken(Runs& runs) {
  std::vector<std::string> texts;
  for (const v1::Run& run : runs.Take()) texts.push_back(Text(run));
  return texts;
}

TEST(Runs, JoinWhatFollowsWithoutGap) {
  Runs runs;
  EXPECT_TRUE(runs.empty());
  for (uint64_t sequence = 4; sequence <= 9; ++sequence) {
    runs.Add("intake", 1, sequence, "h" + std::to_string(sequence));
  }
  EXPECT_FALSE(runs.empty());
  EXPECT_THAT(Taken(runs), ElementsAre("intake 1:4-9 h9"));
  EXPECT_TRUE(runs.empty());
  EXPECT_THAT(Taken(runs), IsEmpty());
}

TEST(Runs, KeepTheOrderInWhichEntriesBecameLeaves) {
  Runs runs;
  runs.Add("intake", 1, 4, "a");
  runs.Add("meeting", 1, 5, "b");
  runs.Add("intake", 1, 5, "c");
  runs.Add("intake", 1, 6, "d");
  EXPECT_THAT(Taken(runs), ElementsAre("intake 1:4-4 a", "meeting 1:5-5 b", "intake 1:5-6 d"));
}

TEST(Runs, EndAtAGapAndAtANewEpoch) {
  Runs runs;
  runs.Add("audit", 1, 1, "a");
  runs.Add("audit", 1, 3, "b");
  runs.Add("audit", 2, 4, "c");
  EXPECT_THAT(Taken(runs), ElementsAre("audit 1:1-1 a", "audit 1:3-3 b", "audit 2:4-4 c"));
}

common::v1::EventRecord& Add(EntryHeader& header, const std::string& stream, uint32_t kind = 0) {
  common::v1::EventRecord& record = *header.add_events();
  record.set_stream(stream);
  record.set_kind(kind);
  return record;
}

TEST(Subject, NamesEachStreamAndPersonOnce) {  // P.76
  EntryHeader header;
  header.set_service("intake");
  Add(header, kReport).add_about("per_1");
  Add(header, kReport).add_about("per_2");
  EXPECT_THAT(SubjectOf(header).streams, ElementsAre(kReport, "per_1", "per_2"));
}

TEST(Subject, LeavesOutRowsOfTheMachineItself) {
  EntryHeader header;
  header.set_service("intake");
  Add(header, "!registry", 100);
  Add(header, "!turned-away", 101);
  Add(header, "");
  const Subject subject = SubjectOf(header);
  EXPECT_THAT(subject.streams, IsEmpty());
  EXPECT_THAT(subject.aliases, IsEmpty());
  EXPECT_THAT(subject.links, IsEmpty());
}

TEST(Subject, FindsAReportUnderItsCaseNumber) {  // P.04
  intake::v1::Event event;
  event.mutable_report_submitted()->set_case_number("2026-000001-B");
  EntryHeader header;
  header.set_service("intake");
  Add(header, kReport, intake::v1::Event::kReportSubmitted).set_payload(event.SerializeAsString());
  const Subject subject = SubjectOf(header);
  ASSERT_EQ(subject.aliases.size(), 1u);
  EXPECT_EQ(subject.aliases[0].name, "2026-000001-B");
  EXPECT_EQ(subject.aliases[0].stream, kReport);
}

TEST(Subject, TiesAMeetingToItsReportWithAndWithoutStart) {
  for (const bool planned : {true, false}) {
    meeting::v1::Event event;
    meeting::v1::Mdo& mdo = planned ? *event.mutable_mdo_planned()->mutable_mdo()
                                    : *event.mutable_mdo_unplannable()->mutable_mdo();
    mdo.set_mdo(kMdo);
    mdo.set_report(kReport);
    EntryHeader header;
    header.set_service("meeting");
    Add(header, kMdo, event.kind_case()).set_payload(event.SerializeAsString());
    const Subject subject = SubjectOf(header);
    EXPECT_THAT(subject.streams, ElementsAre(kMdo));
    ASSERT_EQ(subject.links.size(), 1u);
    EXPECT_EQ(subject.links[0].from, kReport);
    EXPECT_EQ(subject.links[0].to, kMdo);
  }
}

std::vector<std::string> MembersOf(const EntryHeader& header) {
  std::vector<std::string> members;
  for (const Subject::Link& link : SubjectOf(header).members) {
    members.push_back(link.from + " " + link.to);
  }
  return members;
}

constexpr const char* kHousehold = "hh_00000000000000000000000001";

template <class Event>
EntryHeader HeaderOf(const std::string& service, const std::string& stream, const Event& event) {
  EntryHeader header;
  header.set_service(service);
  Add(header, stream, event.kind_case()).set_payload(event.SerializeAsString());
  return header;
}

TEST(Subject, KnowsWhichHouseholdAStreamBelongsTo) {
  const std::string household = kHousehold;
  intake::v1::Event graded;
  graded.mutable_report_graded()->set_report(kReport);
  graded.mutable_report_graded()->set_household(household);
  EXPECT_THAT(MembersOf(HeaderOf("intake", kReport, graded)),
              testing::Each(household + " " + kReport));
  meeting::v1::Event planned;
  planned.mutable_mdo_planned()->mutable_mdo()->set_mdo(kMdo);
  planned.mutable_mdo_planned()->mutable_mdo()->set_report(kReport);
  planned.mutable_mdo_planned()->mutable_mdo()->set_household(household);
  EXPECT_THAT(MembersOf(HeaderOf("meeting", kMdo, planned)),
              ElementsAre(household + " " + kMdo, household + " " + kReport));
  escalation::v1::Event raised;
  raised.mutable_alarm_raised()->mutable_alarm()->set_household(household);
  EXPECT_THAT(MembersOf(HeaderOf("escalation", "alm_1", raised)),
              ElementsAre(household + " alm_1"));
}

TEST(Subject, TakesTheCaseListFromIntakeOnly) {
  const auto set = [](auto event) {
    event.mutable_involvement_set()->set_household(kHousehold);
    return event;
  };
  EXPECT_EQ(SubjectOf(HeaderOf("intake", kHousehold, set(intake::v1::Event()))).involvements.size(),
            1u);
  EXPECT_THAT(SubjectOf(HeaderOf("meeting", kHousehold, set(meeting::v1::Event()))).involvements,
              IsEmpty());
}

TEST(Subject, NamesWhatARefusedLookWasAbout) {  // P.75
  EntryHeader header;
  header.set_service("intake");
  header.set_subject(kReport);
  EXPECT_THAT(SubjectOf(header).streams, ElementsAre(kReport));
}

TEST(Subject, TakesNoNameFromAnotherService) {
  intake::v1::Event event;
  event.mutable_report_submitted()->set_case_number("2026-000001-B");
  EntryHeader header;
  header.set_service("desk");
  Add(header, kReport, intake::v1::Event::kReportSubmitted).set_payload(event.SerializeAsString());
  EXPECT_THAT(SubjectOf(header).aliases, IsEmpty());
}

decide::Stamp Reader(const std::string& who, const std::string& organisation,
                     std::vector<std::string> roles = {"desk_worker"},
                     const std::string& purpose = "child_safety") {
  decide::Stamp stamp;
  stamp.received_at = base::FromMs(1000);
  stamp.actor = who;
  stamp.organisation = organisation;
  stamp.roles = std::move(roles);
  stamp.purpose = purpose;
  return stamp;
}

TEST(MaySee, IsForAuditorsAndWhoActedAndTheirOrganisation) {  // invariant 10
  EntryHeader header;
  header.set_principal("pro_noor");
  header.set_organisation("org_one");
  EXPECT_TRUE(MaySee(Reader("pro_anybody", "org_two", {"auditor"}), header));
  EXPECT_TRUE(MaySee(Reader("pro_noor", "org_two"), header));
  EXPECT_TRUE(MaySee(Reader("pro_colleague", "org_one"), header));
  EXPECT_FALSE(MaySee(Reader("pro_colleague", "org_two"), header));
}

TEST(MaySee, TakesNoOrganisationForNoMatch) {
  EntryHeader header;
  header.set_principal("svc_meeting");
  EXPECT_FALSE(MaySee(Reader("pro_colleague", ""), header));
}

TEST(MaySee, DoesNotShowARefusedLookToTheOneWhoWasRefused) {  // P.75
  EntryHeader header;
  header.set_principal("pro_noor");
  header.set_organisation("org_one");
  header.set_subject(kReport);
  EXPECT_FALSE(MaySee(Reader("pro_noor", "org_one"), header));
  EXPECT_TRUE(MaySee(Reader("pro_anybody", "", {"auditor"}), header));
}

common::v1::CaseList ListWith(int64_t from_ms, int64_t until_ms) {
  common::v1::CaseList list;
  auto& one = *list.add_involvements();
  one.set_person("pro_noor");
  one.set_from_ms(from_ms);
  one.set_until_ms(until_ms);
  return list;
}

TEST(MayReadCase, HoldsWhileAnInvolvementCoversTheReader) {  // invariant 10
  EXPECT_TRUE(MayReadCase(Reader("pro_noor", "org_one"), ListWith(1000, 0), false));
  EXPECT_TRUE(MayReadCase(Reader("pro_noor", "org_one"), ListWith(0, 1001), false));
  EXPECT_FALSE(MayReadCase(Reader("pro_noor", "org_one"), ListWith(0, 1000), false));
  // From a moment still to come, since the clock was set back: it is on the list.
  EXPECT_TRUE(MayReadCase(Reader("pro_noor", "org_one"), ListWith(1001, 0), false));
  EXPECT_FALSE(MayReadCase(Reader("pro_other", "org_one"), ListWith(0, 0), false));
  EXPECT_TRUE(MayReadCase(Reader("pro_other", "", {"auditor"}), ListWith(0, 0), false));
}

TEST(MayReadCase, LetsAPrivacyOfficerReadWhatTheyReview) {  // P.73
  const auto officer = Reader("pro_kim", "org_one", {"privacy_officer"}, "privacy_review");
  EXPECT_TRUE(MayReadCase(officer, ListWith(0, 0), true));
  EXPECT_FALSE(MayReadCase(officer, ListWith(0, 0), false));
  const auto other = Reader("pro_kim", "org_one", {"privacy_officer"});
  EXPECT_FALSE(MayReadCase(other, ListWith(0, 0), true));
  const auto worker = Reader("pro_kim", "org_one", {"desk_worker"}, "privacy_review");
  EXPECT_FALSE(MayReadCase(worker, ListWith(0, 0), true));
}

}  // namespace
}  // namespace samenspel::audit
