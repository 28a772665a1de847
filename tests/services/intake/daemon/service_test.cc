// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/daemon/service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/file_system.h"
#include "proto/meeting/v1/events.pb.h"
#include "tests/services/intake/domain/given.h"
#include "tests/services/support/bench.h"

namespace samenspel::intake {
namespace {

using daemon::Decided;
using support::Bench;
using support::By;
using testing::ElementsAre;

std::string ShippedRules() { return *base::RealFileSystem()->Read(CRISISMETER_TOML); }

constexpr const char* kTerms = "/terms.toml";

std::string ShippedTerms() { return *base::RealFileSystem()->Read(TERMS_TOML); }

void InstallTerms(base::FileSystem& files, daemon::Config& config) {
  config.terms = kTerms;
  EXPECT_TRUE(files.Replace(kTerms, ShippedTerms()).ok());
}

class IntakeService : public testing::Test {
 protected:
  IntakeService() { EXPECT_EQ(bench_.SendDue(), 2u); }  // Adopts both rule files.

  v1::ReportReceived Submit(const v1::SubmitReport& form) {
    v1::Request request;
    *request.mutable_submit_report() = form;
    return Answered(bench_.Ask(By(kNoor, kDesk), request)).report_received();
  }
  Decided Show(const std::string& name, const daemon::Caller& reader = By(kNoor, kDesk)) {
    v1::Request request;
    request.mutable_show_report()->set_report(name);
    return bench_.Ask(reader, request);
  }
  static v1::Response Answered(const Decided& decided) {
    EXPECT_EQ(decided.status, common::v1::STATUS_OK);
    v1::Response response;
    EXPECT_TRUE(response.ParseFromString(decided.response));
    return response;
  }
  v1::ReportShown Shown(const std::string& name, const daemon::Caller& reader = By(kNoor, kDesk)) {
    return Answered(Show(name, reader)).report_shown();
  }
  static v1::SubmitReport SecretForm() {
    v1::SubmitReport form = Form({});
    form.mutable_private_()->add_children()->set_name("Fleur Zonnestraal");
    form.mutable_secret()->set_secret_location("Opvang De Haven");
    return form;
  }
  // The entry in which meeting planned a table for this report.
  std::shared_ptr<const store::Stored> Planned(const std::string& report, uint64_t sequence,
                                               int64_t start) {
    meeting::v1::Event event;
    meeting::v1::Mdo& mdo = *event.mutable_mdo_planned()->mutable_mdo();
    mdo.set_mdo("mdo_00000000000000000000000001");
    mdo.set_report(report);
    mdo.set_starts_at_ms(start);
    mdo.set_ends_at_ms(start + 1);
    auto entry = std::make_shared<store::Stored>();
    entry->header.set_service("meeting");
    entry->header.set_epoch(1);
    entry->header.set_sequence(sequence);
    entry->header.add_events()->set_kind(meeting::v1::Event::kMdoPlanned);
    entry->header.mutable_events(0)->set_payload(event.SerializeAsString());
    return entry;
  }

  void WriteTerms(const std::string& text) { EXPECT_TRUE(files_->Replace(kTerms, text).ok()); }

  base::FileSystem* files_ = nullptr;  // Of the bench.
  Bench bench_{"intake", Service::Make, ShippedRules(),
               [this](base::FileSystem& files, daemon::Config& config) {
                 files_ = &files;
                 InstallTerms(files, config);
               }};
};

TEST_F(IntakeService, ShowsAReportByIdAndByCaseNumberInAnyCase) {  // P.04
  const v1::ReportReceived received = Submit(SecretForm());
  std::string spoken = received.case_number();
  spoken.back() = static_cast<char>(std::tolower(spoken.back()));
  for (const std::string& name : {received.report(), received.case_number(), spoken}) {
    const v1::ReportShown shown = Shown(name);
    EXPECT_EQ(shown.report(), received.report()) << name;
    EXPECT_EQ(shown.private_().children(0).name(), "Fleur Zonnestraal");
    EXPECT_EQ(shown.secret().secret_location(), "Opvang De Haven");
  }
}

TEST_F(IntakeService, FindsNothingUnderAnotherName) {
  Submit(SecretForm());
  for (const char* name : {"", "crisismeter", "case-numbers", "!next-key", "2026-000001-A",
                           "rpt_00000000000000000000000000"}) {
    const Decided decided = Show(name);
    EXPECT_EQ(decided.status, common::v1::STATUS_NOT_FOUND) << name;
    EXPECT_FALSE(decided.hidden);
  }
}

TEST_F(IntakeService, HidesAReportFromAnotherOrganisationAndRecordsTheAttempt) {  // invariant 10
  const v1::ReportReceived received = Submit(SecretForm());
  const Decided decided = Show(received.report(), By(kStranger, kOtherDesk));
  EXPECT_EQ(decided.status, common::v1::STATUS_NOT_FOUND);
  EXPECT_TRUE(decided.hidden);
  EXPECT_EQ(decided.response, "");
  EXPECT_EQ(bench_.Last()->header.outcome(), common::v1::STATUS_DENIED);
}

TEST_F(IntakeService, StoresFamilyDataSealedOnly) {  // invariant 9
  Submit(SecretForm());
  ASSERT_EQ(bench_.Last()->sealed.size(), 2u);
  for (const char* text : {"Zonnestraal", "De Haven", "Geschreeuw", "Bakker"}) {
    EXPECT_FALSE(bench_.IsReadable(text)) << text;
  }
  const auto entry = bench_.Last();
  EXPECT_NE(bench_.OpenPart(*entry, 0, "private").find("Zonnestraal"), std::string::npos);
  EXPECT_EQ(bench_.OpenPart(*entry, 0, "private").find("De Haven"), std::string::npos);
  EXPECT_NE(bench_.OpenPart(*entry, 0, "secret").find("De Haven"), std::string::npos);
}

TEST_F(IntakeService, KeepsTheFirstAnswerFreeOfFamilyData) {
  v1::Request request;
  *request.mutable_submit_report() = SecretForm();
  const Decided decided = bench_.Ask(By(kNoor, kDesk), request);
  for (const char* text : {"Zonnestraal", "De Haven", "Geschreeuw", "Bakker"}) {
    EXPECT_EQ(decided.response.find(text), std::string::npos) << text;
  }
}

TEST_F(IntakeService, NamesTheRulesThatADecisionUsed) {
  const v1::ReportReceived received = Submit(SecretForm());
  ASSERT_EQ(bench_.Last()->header.rule_hashes_size(), 2);
  EXPECT_EQ(bench_.Last()->header.rule_hashes(0), received.grade().rules_hash());
}

TEST_F(IntakeService, CountsCaseNumbersOn) {  // P.04
  const std::string first = Submit(SecretForm()).case_number();
  const std::string second = Submit(SecretForm()).case_number();
  EXPECT_EQ(first.substr(0, 12), "2026-000001-");
  EXPECT_EQ(second.substr(0, 12), "2026-000002-");
}

TEST_F(IntakeService, MarksReadingOncePerTenMinutes) {
  const v1::ReportReceived received = Submit(SecretForm());
  const uint64_t before = bench_.store().head().sequence;
  Shown(received.report());
  EXPECT_EQ(bench_.store().head().sequence, before + 1);
  Shown(received.report());
  EXPECT_EQ(bench_.store().head().sequence, before + 1);
  bench_.now += std::chrono::minutes(10);
  Shown(received.report());
  Shown(received.report());
  EXPECT_EQ(bench_.store().head().sequence, before + 2);
  Shown(received.report(), By(kColleague, kDesk));
  EXPECT_EQ(bench_.store().head().sequence, before + 3);
}

TEST_F(IntakeService, NotesTheMeetingItHearsOf) {
  const v1::ReportReceived received = Submit(SecretForm());
  EXPECT_FALSE(Shown(received.report()).has_meeting());
  bench_.Hear("meeting", Planned(received.report(), 5, 1000));
  EXPECT_EQ(Shown(received.report()).meeting().starts_at_ms(), 1000);
  EXPECT_EQ(bench_.Last()->header.cause().service(), "meeting");
  EXPECT_EQ(bench_.Last()->header.cause().sequence(), 5u);
}

TEST_F(IntakeService, RecordsNothingWhenAMeetingIsHeardOfAgain) {
  const v1::ReportReceived received = Submit(SecretForm());
  bench_.Hear("meeting", Planned(received.report(), 5, 1000));
  const uint64_t before = bench_.store().head().sequence;
  bench_.Hear("meeting", Planned(received.report(), 6, 1000));
  bench_.Hear("meeting", Planned("rpt_00000000000000000000000000", 7, 1000));
  bench_.Hear("meeting", Planned("case-numbers", 8, 1000));
  EXPECT_EQ(bench_.store().head().sequence, before);
}

TEST_F(IntakeService, AdoptsARuleFileOnceAndAgainWhenItChanges) {
  EXPECT_EQ(bench_.SendDue(), 0u);
  ASSERT_TRUE(bench_.service().Reload().ok());
  EXPECT_EQ(bench_.SendDue(), 0u);  // The same file.
  bench_.WriteRules("# a second version\n" + ShippedRules());
  ASSERT_TRUE(bench_.service().Reload().ok());
  EXPECT_TRUE(bench_.service().DueAt().has_value());
  EXPECT_EQ(bench_.SendDue(), 1u);
  EXPECT_EQ(bench_.Last()->header.events(0).version(), 2u);
  EXPECT_FALSE(bench_.service().DueAt().has_value());
}

TEST_F(IntakeService, KeepsItsRulesWhenTheFileIsNotRight) {
  bench_.WriteRules("name = \"crisismeter\"\n# end\n");
  const base::Status reloaded = bench_.service().Reload();
  EXPECT_EQ(reloaded.message(), "/rules.toml:1: version is missing or not a text");
  EXPECT_EQ(bench_.SendDue(), 0u);
  EXPECT_EQ(Submit(SecretForm()).grade().colour(), v1::COLOUR_AMBER);
}

TEST_F(IntakeService, KeepsBothRuleFilesWhenEitherIsNotRight) {
  bench_.WriteRules("# a second version\n" + ShippedRules());
  WriteTerms("name = \"terms\"\n# end\n");
  EXPECT_EQ(bench_.service().Reload().message(), "/terms.toml:1: version is missing or not a text");
  EXPECT_EQ(bench_.SendDue(), 0u);
  WriteTerms("# a second version\n" + ShippedTerms());
  bench_.WriteRules("name = \"crisismeter\"\n# end\n");
  EXPECT_FALSE(bench_.service().Reload().ok());
  EXPECT_EQ(bench_.SendDue(), 0u);
  bench_.WriteRules(ShippedRules());
  EXPECT_TRUE(bench_.service().Reload().ok());
  EXPECT_EQ(bench_.SendDue(), 1u);
}

TEST_F(IntakeService, LeavesTheTermsOfEarlierReportsAsTheyWere) {
  const v1::ReportReceived before = Submit(SecretForm());
  std::string terms = ShippedTerms();
  const std::string said = "settle_hours = 24";
  terms.replace(terms.find(said), said.size(), "settle_hours = 12");
  WriteTerms(terms);
  ASSERT_TRUE(bench_.service().Reload().ok());
  EXPECT_EQ(Submit(SecretForm()).terms().settle_due_ms(), before.terms().settle_due_ms());
  EXPECT_EQ(bench_.SendDue(), 1u);
  const int64_t shorter = 12 * 60 * 60 * 1000;
  EXPECT_EQ(Submit(SecretForm()).terms().settle_due_ms(), before.terms().settle_due_ms() - shorter);
  EXPECT_EQ(Shown(before.report()).terms().settle_due_ms(), before.terms().settle_due_ms());
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(Submit(SecretForm()).terms().settle_due_ms(), before.terms().settle_due_ms() - shorter);
  const base::Status verified = bench_.Verify();
  EXPECT_TRUE(verified.ok()) << verified.message();
}

TEST_F(IntakeService, TakesNoReportBeforeBothRuleFilesWereAdopted) {
  Bench fresh("intake", Service::Make, ShippedRules(), InstallTerms);
  v1::Request request;
  *request.mutable_submit_report() = SecretForm();
  EXPECT_EQ(fresh.Ask(By(kNoor, kDesk), request).status, common::v1::STATUS_UNAVAILABLE);
  EXPECT_EQ(fresh.SendDue(), 2u);
  EXPECT_EQ(fresh.Ask(By(kNoor, kDesk), request).status, common::v1::STATUS_OK);
}

TEST_F(IntakeService, DoesNotStartWithoutATermsFile) {
  WriteTerms("");
  EXPECT_FALSE(bench_.Restart().ok());
}

TEST_F(IntakeService, KeepsTheEntryOfARedReportSmall) {  // P.01: what is sent first, and at once.
  v1::SubmitReport form = Form({{"fresh_injury", v1::ANSWER_VALUE_YES}});
  EXPECT_EQ(Submit(form).grade().colour(), v1::COLOUR_RED);
  EXPECT_EQ(bench_.Last()->header.events_size(), 6);
  EXPECT_LT(bench_.Last()->bytes.size(), 24u * 1024);
}

TEST_F(IntakeService, DoesNotStartWithAFileThatIsNotRight) {
  bench_.WriteRules("name = \"crisismeter\"\n# end\n");
  EXPECT_EQ(bench_.Restart().message(), "/rules.toml:1: version is missing or not a text");
}

TEST_F(IntakeService, GoesOnAfterARestartWhereItWas) {
  const v1::ReportReceived received = Submit(SecretForm());
  ASSERT_TRUE(bench_.Restart().ok());
  EXPECT_EQ(bench_.SendDue(), 0u);
  EXPECT_EQ(Shown(received.case_number()).private_().children(0).name(), "Fleur Zonnestraal");
  EXPECT_EQ(Submit(SecretForm()).case_number().substr(0, 12), "2026-000002-");
}

TEST_F(IntakeService, GivesTheSameStateInAReplay) {  // invariant 8
  const v1::ReportReceived received = Submit(SecretForm());
  Shown(received.report());
  Shown(received.report(), By(kColleague, kDesk));
  bench_.Hear("meeting", Planned(received.report(), 5, 1000));
  bench_.now += std::chrono::minutes(11);
  Shown(received.report());
  Submit(SecretForm());
  const base::Status verified = bench_.Verify();
  EXPECT_TRUE(verified.ok()) << verified.message();
}

TEST_F(IntakeService, LetsOnlySenderAndDeskAwaitWhatARequestLedTo) {
  Submit(SecretForm());
  common::v1::Ref ref;
  ref.set_service("intake");
  ref.set_epoch(1);
  ref.set_sequence(bench_.store().head().sequence);
  EXPECT_TRUE(bench_.MaySee(By(kNoor, kOtherDesk), ref));
  EXPECT_TRUE(bench_.MaySee(By(kColleague, kDesk), ref));
  EXPECT_FALSE(bench_.MaySee(By(kStranger, kOtherDesk), ref));
  ref.set_sequence(ref.sequence() + 1);
  EXPECT_FALSE(bench_.MaySee(By(kNoor, kDesk), ref));
  ref.set_service("meeting");
  EXPECT_FALSE(bench_.MaySee(By(kNoor, kDesk), ref));
}

TEST_F(IntakeService, CountsReportsByColour) {
  Submit(SecretForm());
  Submit(SecretForm());
  EXPECT_EQ(bench_.Counter("reports_amber"), 2u);
  EXPECT_EQ(bench_.Counter("reports_red"), 0u);
}

}  // namespace
}  // namespace samenspel::intake
