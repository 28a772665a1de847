// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/meeting/daemon/meeting_service.h"

// What meeting keeps of a case that intake tells of, and who may know of it.
namespace samenspel::meeting {
namespace {

using namespace common::v1;
using daemon::Decided;
using intake::v1::COLOUR_AMBER;
using intake::v1::COLOUR_RED;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kOwner = "pro_00000000000000000000000w00";
constexpr const char* kStranger = "pro_00000000000000000000000x00";

class MeetingCase : public MeetingService {
 protected:
  MeetingCase() { FillRoster(); }

  uint64_t Head() { return bench_.store().head().sequence; }
  // Whoever is on the roster sits at tables and acts for the organisation that it says.
  static daemon::Caller CallerOf(const std::string& who) {
    const bool rostered = who.starts_with(ProfessionalId(0).substr(0, 29));
    return rostered ? support::By(who, kDesk, {"table_member"}) : support::By(who, kOtherDesk);
  }
  // A red report as intake sends it: with the rights that it opens, in one entry.
  void HearCase(const std::vector<std::string>& yes = {}) {
    Hear({GradedEvent(COLOUR_RED, yes), OpenedEvent("inv_1", INVOLVEMENT_KIND_SENDER, kSender),
          OpenedEvent("inv_2", INVOLVEMENT_KIND_DESK, kDesk),
          OpenedEvent("inv_3", INVOLVEMENT_KIND_OWNER, kOwner)});
  }
  Status Asked(const std::string& who) { return Show(kReport, CallerOf(who)).status; }
  Decided Accept(const std::string& who, const std::string& name = kReport) {
    v1::Request request;
    request.mutable_accept_seat()->set_mdo(name);
    daemon::Caller caller = CallerOf(who);
    caller.roles = {"table_member"};
    return bench_.Ask(caller, request);
  }
  v1::MdosListed Listed(const std::string& who, bool to_accept = false) {
    v1::Request request;
    request.mutable_list_mdos()->set_to_accept(to_accept);
    return ResponseOf(bench_.Ask(CallerOf(who), request)).mdos_listed();
  }
  void ExpectVerified() {
    const base::Status verified = bench_.Verify();
    EXPECT_TRUE(verified.ok()) << verified.message();
  }
};

TEST_F(MeetingCase, TakesOverAllOfAnEntryInOne) {  // Invariant 10
  const uint64_t before = Head();
  HearCase();
  EXPECT_EQ(Head(), before + 1);
  const auto& header = bench_.Last()->header;
  ASSERT_EQ(header.events_size(), 4);
  std::vector<uint64_t> versions;
  for (const auto& record : header.events()) {
    EXPECT_EQ(record.urgent(), record.kind() == v1::Event::kMdoPlanned);
    if (record.kind() == v1::Event::kInvolvementSet) {
      EXPECT_EQ(record.stream(), kHousehold);
      versions.push_back(record.version());
    }
  }
  EXPECT_THAT(versions, ElementsAre(1, 2, 3));
  EXPECT_EQ(header.rule_hashes_size(), 1);
  EXPECT_EQ(Asked(kSender), STATUS_OK);
  EXPECT_EQ(Asked(kOwner), STATUS_OK);
  EXPECT_EQ(Asked(kStranger), STATUS_NOT_FOUND);
  EXPECT_EQ(bench_.Last()->header.outcome(), STATUS_DENIED);
  EXPECT_EQ(bench_.Last()->header.subject(), Shown(kReport).mdo());
  ExpectVerified();
}

TEST_F(MeetingCase, CopiesRightsOfReportsWithoutMeetingAndNeverInAHurry) {
  Hear({GradedEvent(COLOUR_AMBER), OpenedEvent("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});
  const auto& header = bench_.Last()->header;
  ASSERT_EQ(header.events_size(), 1);
  EXPECT_FALSE(header.events(0).urgent());
  EXPECT_EQ(header.rule_hashes_size(), 0);
  const uint64_t before = Head();
  Hear({OpenedEvent("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});  // Nothing new.
  EXPECT_EQ(Head(), before);
  ExpectVerified();
}

TEST_F(MeetingCase, KnowsWhoIsInvolvedWhenTheRightsCameFirst) {  // P.17
  auto provisional = GradedEvent(COLOUR_RED);
  provisional.mutable_report_graded()->set_provisional(true);
  Hear({provisional, OpenedEvent("inv_1", INVOLVEMENT_KIND_OWNER, kOwner)});
  EXPECT_EQ(Asked(kOwner), STATUS_NOT_FOUND);  // No meeting yet.
  HearGraded(COLOUR_RED);
  EXPECT_EQ(Asked(kOwner), STATUS_OK);
  EXPECT_EQ(Asked(kSender), STATUS_NOT_FOUND);
  EXPECT_EQ(Listed(kOwner).total(), 1u);
  EXPECT_EQ(Listed(kSender).total(), 0u);
  const uint64_t before = Head();
  HearGraded(COLOUR_RED);  // Invariant 2.
  EXPECT_EQ(Head(), before);
  ExpectVerified();
}

TEST_F(MeetingCase, ClosesAMillisecondAfterTheLast) {  // Invariant 10
  HearCase();
  const Instant until = bench_.now + minutes(30);
  Hear({OpenedEvent("inv_4", INVOLVEMENT_KIND_BREAK_GLASS, kStranger, until)});
  EXPECT_FALSE(bench_.Last()->header.events(0).urgent());
  bench_.now = until - base::milliseconds(1);
  EXPECT_EQ(Asked(kStranger), STATUS_OK);
  EXPECT_EQ(Listed(kStranger).total(), 1u);
  bench_.now = until;
  EXPECT_EQ(Asked(kStranger), STATUS_NOT_FOUND);
  EXPECT_EQ(Listed(kStranger).total(), 0u);
  EXPECT_EQ(Asked(kOwner), STATUS_OK);
  auto ended = OpenedEvent("inv_3", INVOLVEMENT_KIND_OWNER, kOwner, bench_.now);
  Hear({ended});
  EXPECT_EQ(Asked(kOwner), STATUS_NOT_FOUND);
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(Asked(kOwner), STATUS_NOT_FOUND);
  EXPECT_EQ(Listed(kOwner).total(), 0u);
}

TEST_F(MeetingCase, ShowsTheFirstStepAboveTheMeeting) {  // P.01
  HearCase();
  EXPECT_FALSE(ResponseOf(Show(kReport, support::By(kOwner, kDesk))).mdo_shown().has_first_step());
  intake::v1::Event event;
  auto& named = *event.mutable_first_step_named();
  named.set_report(kReport);
  named.set_household(kHousehold);
  named.mutable_first_step()->set_step(intake::v1::FIRST_STEP_SAFE_PLACE);
  named.mutable_first_step()->set_professional(kOwner);
  Hear({event, OpenedEvent("inv_9", INVOLVEMENT_KIND_FIRST_STEP, kStranger)});
  EXPECT_EQ(bench_.Last()->header.events_size(), 2);
  const auto shown = ResponseOf(Show(kReport, support::By(kStranger, kOtherDesk))).mdo_shown();
  EXPECT_EQ(shown.first_step().step(), intake::v1::FIRST_STEP_SAFE_PLACE);
  EXPECT_EQ(shown.by_right_of().kind(), INVOLVEMENT_KIND_FIRST_STEP);
  const uint64_t before = Head();
  Hear({event});
  EXPECT_EQ(Head(), before);
  ExpectVerified();
}

TEST_F(MeetingCase, KeepsWhoHasAcceptedASeat) {  // P.25
  HearCase();
  EXPECT_EQ(bench_.Counter("seats_to_accept"), 4u);
  const std::string member = ProfessionalId(2);
  EXPECT_EQ(Listed(member, true).total(), 1u);
  const Decided taken = Accept(member);
  EXPECT_EQ(taken.status, STATUS_OK);
  EXPECT_EQ(taken.version, 2u);
  EXPECT_EQ(bench_.Last()->header.events(0).kind(), static_cast<uint32_t>(v1::Event::kSeatTaken));
  const uint64_t before = Head();
  EXPECT_EQ(Accept(member).status, STATUS_OK);
  EXPECT_EQ(Head(), before);
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(Shown(kReport).seats(2).accepted_at_ms(), base::ToMs(bench_.now));
  EXPECT_EQ(Shown(kReport).seats(1).accepted_at_ms(), 0);
  EXPECT_EQ(bench_.Counter("seats_to_accept"), 3u);
  EXPECT_EQ(Listed(member, true).total(), 0u);
  ExpectVerified();
}

TEST_F(MeetingCase, LetsNobodyTakeTheSeatOfAnother) {  // P.25, invariant 10
  HearCase();
  EXPECT_EQ(Accept(kOwner).reasons.at(0).code(), "no_seat");
  EXPECT_EQ(Accept(kStranger).status, STATUS_NOT_FOUND);
  EXPECT_EQ(bench_.Last()->header.outcome(), STATUS_DENIED);
  EXPECT_EQ(Accept(kStranger, "2026-000009-K").status, STATUS_NOT_FOUND);
}

TEST_F(MeetingCase, KnowsNoSeatOfWhoActsForAnotherOrganisationNow) {  // P.05
  HearCase();
  const auto moved = support::By(ProfessionalId(2), kOtherDesk, {"table_member"});
  EXPECT_EQ(Show(kReport, moved).status, STATUS_NOT_FOUND);
  v1::Request request;
  request.mutable_accept_seat()->set_mdo(kReport);
  EXPECT_EQ(bench_.Ask(moved, request).status, STATUS_NOT_FOUND);
  request.mutable_list_mdos();
  EXPECT_EQ(ResponseOf(bench_.Ask(moved, request)).mdos_listed().total(), 0u);
  EXPECT_EQ(Accept(ProfessionalId(2)).status, STATUS_OK);
}

TEST_F(MeetingCase, EndsASeatThatWasNotAcceptedWithTheMeeting) {  // P.25, invariant 10
  HearCase();
  EXPECT_EQ(Accept(ProfessionalId(1)).status, STATUS_OK);
  const Instant end = base::FromMs(Shown(kReport).ends_at_ms());
  bench_.now = end - base::milliseconds(1);
  EXPECT_EQ(Asked(ProfessionalId(2)), STATUS_OK);
  EXPECT_EQ(Listed(ProfessionalId(2)).total(), 1u);
  bench_.now = end;
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(Asked(ProfessionalId(2)), STATUS_NOT_FOUND);
  EXPECT_EQ(Listed(ProfessionalId(2)).total(), 0u);
  EXPECT_EQ(Accept(ProfessionalId(2)).status, STATUS_NOT_FOUND);
  EXPECT_EQ(Asked(ProfessionalId(1)), STATUS_OK);
  // Who knows of the case by another right is told why it is too late.
  Hear({OpenedEvent("inv_4", INVOLVEMENT_KIND_OWNER, ProfessionalId(2))});
  EXPECT_EQ(Accept(ProfessionalId(2)).reasons.at(0).code(), "ended");
}

TEST_F(MeetingCase, AsksForTheSeatsThatTheAnswersAskFor) {  // P.21, 003.24
  RegisterProfessional(5, kDesk, "debt_counsellor");
  SetShift(ProfessionalId(5));
  HearCase({"fresh_injury", "debts_or_eviction"});
  const v1::Mdo mdo = Shown(kReport);
  ASSERT_EQ(mdo.seats_size(), 5);
  EXPECT_EQ(mdo.seats(4).function(), "debt_counsellor");
  EXPECT_TRUE(mdo.seats(4).conditional());
  EXPECT_THAT(mdo.seats(4).indicators(), ElementsAre("debts_or_eviction"));
  // The confidential physician is told which of the reasons for one hold.
  EXPECT_THAT(mdo.seats(3).indicators(), ElementsAre("fresh_injury"));
  EXPECT_NE(mdo.seats(3).reason_nl().find("letsel"), std::string::npos);
  EXPECT_THAT(mdo.missing(), IsEmpty());
  ExpectVerified();
}

TEST_F(MeetingCase, MeetsWithoutSeatsThatNobodyInTheRegionCanTake) {  // Invariant 3
  HearCase({"fresh_injury", "debts_or_eviction", "school_absence"});
  const v1::Mdo mdo = Shown(kReport);
  EXPECT_EQ(mdo.starts_at_ms(), base::ToMs(bench_.now + minutes(10)));
  EXPECT_EQ(mdo.seats_size(), 4);
  ASSERT_EQ(mdo.missing_size(), 2);
  EXPECT_EQ(mdo.missing(0).function(), "debt_counsellor");
  EXPECT_EQ(mdo.missing(1).function(), "school_liaison");
  EXPECT_EQ(mdo.missing(0).cause(), v1::MISSING_CAUSE_NOBODY_HOLDS);
  EXPECT_EQ(bench_.Counter("meetings_with_missing_seats"), 1u);
  RegisterProfessional(5, kDesk, "debt_counsellor");  // It has its start: nothing moves.
  SetShift(ProfessionalId(5));
  bench_.SendDue();
  bench_.now += base::milliseconds(500);
  EXPECT_EQ(bench_.SendDue(), 0u);
  EXPECT_EQ(Shown(kReport).seats_size(), 4);
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(bench_.Counter("meetings_with_missing_seats"), 1u);
  ExpectVerified();
}

TEST_F(MeetingCase, PlansAgainWithTheAnswersOfThen) {  // P.21
  SetShift(ProfessionalId(0), 500, 600);
  SetShift(ProfessionalId(1), 0, 1);  // The fixed table has no start.
  HearCase({"debts_or_eviction"});
  EXPECT_EQ(Shown(kReport).binding_function(), "protection_worker");
  ASSERT_TRUE(bench_.Restart().ok());
  RegisterProfessional(5, kDesk, "debt_counsellor");
  SetShift(ProfessionalId(5));
  SetShift(ProfessionalId(0));
  SetShift(ProfessionalId(1));
  bench_.SendDue();
  bench_.now += base::milliseconds(500);
  EXPECT_EQ(bench_.SendDue(), 1u);
  EXPECT_EQ(bench_.Last()->header.rule_hashes_size(), 1);
  EXPECT_EQ(Shown(kReport).seats_size(), 5);
  EXPECT_EQ(Shown(kReport).binding_function(), "");
  ExpectVerified();
}

TEST_F(MeetingCase, FollowsWhatItCopiesAndHurriesOnlyForGrades) {
  const auto follows = bench_.service().follows();
  ASSERT_EQ(follows.size(), 1u);
  EXPECT_EQ(follows[0].service, "intake");
  EXPECT_THAT(follows[0].kinds, testing::UnorderedElementsAre(intake::v1::Event::kReportGraded,
                                                              intake::v1::Event::kFirstStepNamed,
                                                              intake::v1::Event::kInvolvementSet));
  EXPECT_THAT(follows[0].urgent_kinds, ElementsAre(intake::v1::Event::kReportGraded));
}

}  // namespace
}  // namespace samenspel::meeting
