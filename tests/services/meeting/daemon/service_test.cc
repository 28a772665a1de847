// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/meeting/daemon/meeting_service.h"

namespace samenspel::meeting {
namespace {

using daemon::Decided;
using support::Bench;

TEST_F(MeetingService, PlansARedReportWithOneOfEachFunction) {  // 003.14, 003.16, 003.17
  FillRoster();
  HearGraded(intake::v1::COLOUR_RED);
  const v1::Mdo mdo = Shown(kReport);
  EXPECT_EQ(mdo.starts_at_ms(), base::ToMs(bench_.now + minutes(10)));
  EXPECT_EQ(mdo.ends_at_ms(), base::ToMs(bench_.now + minutes(100)));
  ASSERT_EQ(mdo.seats_size(), 4);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(mdo.seats(i).function(), kFunctions[i]);
  EXPECT_EQ(bench_.Last()->header.cause().sequence(), 5u);
  EXPECT_EQ(bench_.Last()->header.rule_hashes_size(), 1);
  EXPECT_TRUE(bench_.Last()->header.events(0).urgent());
  EXPECT_EQ(mdo.chair(), mdo.seats(1).professional());  // P.03
  EXPECT_EQ(mdo.notes(), mdo.seats(0).professional());
  EXPECT_NE(mdo.join().link().find(mdo.case_number()), std::string::npos);
  EXPECT_NE(mdo.seats(2).subject_nl(), "");  // P.20, 003.21 to 003.23
  EXPECT_NE(mdo.seats(2).reason_nl(), "");
}

TEST_F(MeetingService, IsFoundByMeetingReportAndCaseNumber) {  // P.04
  FillRoster();
  HearGraded(intake::v1::COLOUR_RED);
  const v1::Mdo mdo = Shown(kReport);
  std::string spoken = mdo.case_number();
  spoken.back() = static_cast<char>(std::tolower(spoken.back()));
  for (const std::string& name : {mdo.mdo(), mdo.case_number(), spoken}) {
    EXPECT_EQ(Shown(name).mdo(), mdo.mdo()) << name;
  }
}

TEST_F(MeetingService, DoesNothingForAmberAndGreen) {
  FillRoster();
  const uint64_t before = bench_.store().head().sequence;
  HearGraded(intake::v1::COLOUR_AMBER);
  HearGraded(intake::v1::COLOUR_GREEN);
  EXPECT_EQ(bench_.store().head().sequence, before);
}

TEST_F(MeetingService, GivesOneReportOneMeeting) {  // invariant 2
  FillRoster();
  HearGraded(intake::v1::COLOUR_RED);
  const uint64_t before = bench_.store().head().sequence;
  HearGraded(intake::v1::COLOUR_RED);
  EXPECT_EQ(bench_.store().head().sequence, before);
  EXPECT_EQ(bench_.Counter("meetings_planned"), 1u);
}

TEST_F(MeetingService, BooksNobodyForTwoMeetingsAtOnce) {  // invariant 3
  FillRoster();
  HearGraded(intake::v1::COLOUR_RED);
  HearGraded(intake::v1::COLOUR_RED, "rpt_00000000000000000000000002");
  const v1::Mdo first = Shown(kReport);
  const v1::Mdo second = Shown("rpt_00000000000000000000000002");
  EXPECT_GE(second.starts_at_ms(), first.ends_at_ms());
}

TEST_F(MeetingService, PlansAgainWhenTheRosterHasBeenQuietForAMoment) {
  HearGraded(intake::v1::COLOUR_RED);
  EXPECT_EQ(Shown(kReport).binding_function(), "veilig_thuis_expert");
  EXPECT_EQ(bench_.Counter("meetings_without_start"), 1u);
  FillRoster();
  EXPECT_EQ(bench_.SendDue(), 0u);  // More of the roster may be on its way.
  ASSERT_TRUE(bench_.service().DueAt().has_value());
  EXPECT_EQ(*bench_.service().DueAt(), bench_.now + base::milliseconds(500));
  bench_.now += base::milliseconds(500);
  EXPECT_EQ(bench_.SendDue(), 1u);
  EXPECT_NE(Shown(kReport).starts_at_ms(), 0);
  EXPECT_EQ(Shown(kReport).binding_function(), "");
  EXPECT_EQ(bench_.Counter("meetings_without_start"), 0u);
  EXPECT_EQ(bench_.Counter("meetings_planned"), 1u);
}

TEST_F(MeetingService, TriesAgainAfterARestart) {
  HearGraded(intake::v1::COLOUR_RED);
  FillRoster();
  ASSERT_TRUE(bench_.Restart().ok());
  bench_.SendDue();
  bench_.now += base::milliseconds(500);
  EXPECT_EQ(bench_.SendDue(), 1u);
  EXPECT_NE(Shown(kReport).starts_at_ms(), 0);
}

TEST_F(MeetingService, RemembersBookingsAcrossARestart) {  // invariant 3
  FillRoster();
  HearGraded(intake::v1::COLOUR_RED);
  ASSERT_TRUE(bench_.Restart().ok());
  HearGraded(intake::v1::COLOUR_RED, "rpt_00000000000000000000000002");
  EXPECT_GE(Shown("rpt_00000000000000000000000002").starts_at_ms(), Shown(kReport).ends_at_ms());
}

TEST_F(MeetingService, IsShownToASeatAndHiddenFromOthers) {  // invariant 10
  FillRoster();
  RegisterOrganisation(kOtherDesk);
  v1::Request lent;  // Acts for the other organisation (P.05).
  auto& person = *lent.mutable_register_professional()->mutable_professional();
  person.set_id(ProfessionalId(2));
  person.set_name("Persoon 2");
  person.set_employer(kDesk);
  person.set_organisation(kOtherDesk);
  person.add_functions(kFunctions[2]);
  Manage(lent);
  HearGraded(intake::v1::COLOUR_RED);
  const Decided seat = Show(kReport, support::By(ProfessionalId(2), kOtherDesk, {"table_member"}));
  EXPECT_EQ(seat.status, common::v1::STATUS_OK);
  const Decided stranger = Show(kReport, support::By(kManager, kOtherDesk));
  EXPECT_EQ(stranger.status, common::v1::STATUS_NOT_FOUND);
  EXPECT_TRUE(stranger.hidden);
  EXPECT_EQ(bench_.Last()->header.outcome(), common::v1::STATUS_DENIED);
}

TEST_F(MeetingService, FindsNoMeetingUnderAnotherName) {
  FillRoster();
  HearGraded(intake::v1::COLOUR_RED);
  for (const char* name : {"", "table", "!next-key", kDesk, "2026-000009-K"}) {
    EXPECT_EQ(Show(name, support::By(kSender, kDesk)).status, common::v1::STATUS_NOT_FOUND) << name;
  }
}

TEST_F(MeetingService, RefusesIdsThatNameOtherRows) {
  FillRoster();
  HearGraded(intake::v1::COLOUR_RED);
  for (const std::string& id :
       {std::string("table"), std::string("!next-key"), Shown(kReport).mdo(), ProfessionalId(0)}) {
    EXPECT_EQ(RegisterOrganisation(id).reasons.at(0).code(), "bad_id") << id;
  }
  for (const std::string& id :
       {std::string("table"), std::string("!next-key"), Shown(kReport).mdo(), std::string(kDesk)}) {
    EXPECT_EQ(SetShift(id).reasons.at(0).code(), "unknown_professional") << id;
    EXPECT_EQ(RegisterProfessional(0, id == kDesk ? ProfessionalId(1) : id).reasons.at(0).code(),
              "unknown_organisation")
        << id;
  }
}

TEST_F(MeetingService, AdoptsATableThatChanged) {
  EXPECT_EQ(bench_.SendDue(), 0u);
  bench_.WriteRules("# a second version\n" + ShippedTable());
  ASSERT_TRUE(bench_.service().Reload().ok());
  EXPECT_EQ(bench_.SendDue(), 1u);
  EXPECT_EQ(bench_.Last()->header.events(0).version(), 2u);
  bench_.WriteRules("name = \"table\"\n# end\n");
  EXPECT_EQ(bench_.service().Reload().message(), "/rules.toml:1: version is missing or not a text");
  EXPECT_EQ(bench_.SendDue(), 0u);
}

TEST_F(MeetingService, GivesTheSameStateInAReplay) {  // invariant 8
  HearGraded(intake::v1::COLOUR_RED);
  FillRoster();
  bench_.SendDue();
  bench_.now += base::milliseconds(500);
  bench_.SendDue();
  SetShift(ProfessionalId(0), 30, 700);
  HearGraded(intake::v1::COLOUR_RED, "rpt_00000000000000000000000002");
  const base::Status verified = bench_.Verify();
  EXPECT_TRUE(verified.ok()) << verified.message();
}

TEST_F(MeetingService, DoesNotStartOnARowThatCannotBeRead) {  // Invariant 3
  FillRoster();
  HearGraded(intake::v1::COLOUR_RED);
  for (const std::string& key :
       {std::string(kDesk), ProfessionalId(0), std::string(Shown(kReport).mdo())}) {
    const auto row = *bench_.store().Get(store::Column::kState, key);
    const auto write = [&](const std::string& bytes) {
      store::Batch batch = bench_.store().Begin();
      batch.Put(store::Column::kState, key, bytes);
      EXPECT_EQ(bench_.store().Commit(std::move(batch)), store::CommitResult::kAcked);
    };
    write("\xff\xff");
    const base::Status started = bench_.Restart();
    EXPECT_EQ(started.code(), base::Code::kCorrupt);
    EXPECT_EQ(started.message(), "state of " + key + " cannot be read");
    write(row);
    EXPECT_TRUE(bench_.Restart().ok());
  }
}

TEST_F(MeetingService, KeepsItsTableWhenTheNewOneIsOnlyHalfThere) {
  const std::string whole = ShippedTable();
  const size_t seat = whole.rfind("\n[[seat]]\n");
  bench_.WriteRules(whole.substr(0, seat + 1));  // Right in all else, with a seat less.
  EXPECT_THAT(bench_.service().Reload().message(),
              testing::HasSubstr("a half-written file cannot be told from a whole one"));
  EXPECT_EQ(bench_.SendDue(), 0u);
  EXPECT_EQ(bench_.Restart().code(), base::Code::kInvalid);
}

TEST_F(MeetingService, LetsEveryRegisteredPersonAwait) {
  common::v1::Ref ref;
  EXPECT_TRUE(bench_.MaySee(support::By(kSender, kOtherDesk), ref));
  EXPECT_FALSE(bench_.MaySee(support::By(kSender, ""), ref));
}

TEST(MeetingServiceWithoutTable, KeepsARedReportUntilATableIsAdopted) {  // 003.14
  Bench bench("meeting", Service::Make, ShippedTable());
  intake::v1::Event event;
  *event.mutable_report_graded() = Graded(intake::v1::COLOUR_RED);
  auto entry = std::make_shared<store::Stored>();
  entry->header.set_service("intake");
  entry->header.set_sequence(1);
  entry->header.add_events()->set_kind(intake::v1::Event::kReportGraded);
  entry->header.mutable_events(0)->set_payload(event.SerializeAsString());
  bench.Hear("intake", entry);
  EXPECT_EQ(bench.Counter("meetings_without_start"), 1u);
  EXPECT_EQ(bench.SendDue(), 1u);  // Adopts.
  bench.SendDue();
  bench.now += base::milliseconds(500);
  EXPECT_EQ(bench.SendDue(), 1u);  // Tries again.
}

}  // namespace
}  // namespace samenspel::meeting
