// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/decider.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "common/base/ids.h"
#include "common/time/local_date.h"
#include "tests/services/intake/domain/given.h"

namespace samenspel::intake {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const base::Instant kNow = At("2026-11-21T09:30:00");

v1::SubmitReport RedForm() {
  return Form({{"injury", v1::ANSWER_VALUE_YES},
               {"access", v1::ANSWER_VALUE_NO},
               {"worry", v1::ANSWER_VALUE_NO}});
}

Accepted Submit(const v1::SubmitReport& form, base::Instant at = kNow) {
  static const Crisismeter rules = Rules();
  return Taken(With(rules), By(kNoor, kDesk, at), form);
}

std::string CaseNumberAfter(int year, uint32_t last, base::Instant at) {
  static const Crisismeter rules = Rules();
  Facts facts = With(rules);
  facts.case_numbers.set_year(year);
  facts.case_numbers.set_last(last);
  const Accepted accepted = Taken(facts, By(kNoor, kDesk, at), QuietForm());
  return accepted.response.report_received().case_number();
}

TEST(SubmitReport, MakesTheReportAndItsGradeFromOneForm) {  // 003.10, 003.12
  const Accepted accepted = Submit(RedForm());
  ASSERT_EQ(accepted.events.size(), 6u);
  const v1::ReportSubmitted& submitted = accepted.events[0].event.report_submitted();
  const v1::ReportGraded& graded = accepted.events[1].event.report_graded();
  EXPECT_TRUE(base::IsId("rpt", submitted.report()));
  EXPECT_TRUE(base::IsId("hh", submitted.household()));
  EXPECT_EQ(submitted.sender(), kNoor);
  EXPECT_EQ(submitted.organisation(), kDesk);
  EXPECT_EQ(submitted.received_at_ms(), base::ToMs(kNow));
  EXPECT_EQ(submitted.private_().SerializeAsString(), RedForm().private_().SerializeAsString());
  EXPECT_FALSE(submitted.has_secret());
  EXPECT_EQ(graded.report(), submitted.report());
  EXPECT_EQ(graded.household(), submitted.household());
  EXPECT_EQ(graded.case_number(), submitted.case_number());
  EXPECT_EQ(graded.sender(), kNoor);
  EXPECT_EQ(graded.organisation(), kDesk);
}

TEST(SubmitReport, TellsOthersWhatWasAnsweredYesAndNotTheWordsOfTheRuleFile) {
  Crisismeter rules = Rules();
  rules.domains = {{"home", "Thuis", "At home"}};
  rules.indicators[0].domain = "home";
  const v1::SubmitReport form = Form({{"injury", v1::ANSWER_VALUE_YES},
                                      {"access", v1::ANSWER_VALUE_NO},
                                      {"worry", v1::ANSWER_VALUE_UNKNOWN}});
  const Accepted accepted = Taken(With(rules), By(kNoor, kDesk, kNow), form);
  const v1::ReportGraded& graded = accepted.events[1].event.report_graded();
  ASSERT_EQ(graded.answers_size(), 1);
  EXPECT_EQ(graded.answers(0).indicator(), "injury");
  EXPECT_EQ(graded.grade().domains(0).domain(), "home");
  EXPECT_EQ(graded.grade().domains(0).yes(), 1U);
  EXPECT_EQ(graded.SerializeAsString().find("Thuis"), std::string::npos);
  EXPECT_EQ(accepted.events[0].event.report_submitted().answers_size(), 3);
  // Who sent it is told the words.
  EXPECT_EQ(accepted.response.report_received().grade().domains(0).text_nl(), "Thuis");
}

TEST(SubmitReport, KeepsAllEventsOnReportAndHouseholdForItsDesk) {  // P.76
  const Accepted accepted = Submit(RedForm());
  std::map<std::string, uint64_t> versions;
  for (const Happened& happened : accepted.events) {
    EXPECT_EQ(happened.version, ++versions[happened.stream]);
    EXPECT_EQ(happened.keeper, kDesk);
  }
  EXPECT_EQ(versions.size(), 2u);
  EXPECT_EQ(versions[accepted.response.report_received().report()], 3u);
  EXPECT_EQ(versions[accepted.events[0].event.report_submitted().household()], 3u);
}

TEST(SubmitReport, ShowsColourReasonsAndNumberToTheSenderAtOnce) {  // P.04, P.17
  const v1::ReportReceived received = Submit(RedForm()).response.report_received();
  EXPECT_EQ(received.grade().colour(), v1::COLOUR_RED);
  EXPECT_EQ(received.grade().fired(0).rule(), "red_injury");
  EXPECT_TRUE(base::IsCaseNumber(received.case_number()));
}

TEST(SubmitReport, MarksOnlyRedAsUrgentWithNobodyInBetween) {  // 003.14, P.17
  const Accepted red = Submit(RedForm());
  EXPECT_EQ(red.events[1].event.report_graded().grade().colour(), v1::COLOUR_RED);
  EXPECT_TRUE(red.events[1].urgent);
  const Accepted green = Submit(QuietForm());
  EXPECT_EQ(green.events[1].event.report_graded().grade().colour(), v1::COLOUR_GREEN);
  EXPECT_FALSE(green.events[1].urgent);
  EXPECT_FALSE(Submit(Form({})).events[1].urgent);  // Amber.
}

TEST(SubmitReport, TakesAReportOfWhichNothingIsKnownYet) {  // P.02
  v1::SubmitReport form = Form({});
  form.mutable_private_()->mutable_happening()->clear_text();
  form.mutable_private_()->mutable_happening()->set_unknown(true);
  form.mutable_private_()->clear_reporter();
  form.mutable_private_()->mutable_reporter()->set_unknown(true);
  form.mutable_private_()->add_children();
  const Accepted accepted = Submit(form);
  EXPECT_EQ(accepted.response.report_received().grade().colour(), v1::COLOUR_AMBER);
}

TEST(SubmitReport, CarriesTheSecretApart) {  // P.06
  v1::SubmitReport form = RedForm();
  form.mutable_secret()->set_secret_location("Opvang De Haven");
  const Accepted accepted = Submit(form);
  EXPECT_EQ(accepted.events[0].event.report_submitted().secret().secret_location(),
            "Opvang De Haven");
  EXPECT_EQ(accepted.response.SerializeAsString().find("De Haven"), std::string::npos);
  EXPECT_EQ(accepted.events[1].event.SerializeAsString().find("De Haven"), std::string::npos);
}

TEST(SubmitReport, PutsNoFamilyDataInTheAnswer) {
  const Accepted accepted = Submit(RedForm());
  EXPECT_EQ(accepted.response.SerializeAsString().find("Bakker"), std::string::npos);
  EXPECT_EQ(accepted.events[1].event.SerializeAsString().find("Bakker"), std::string::npos);
}

TEST(SubmitReport, RefusesAFormWithFaultsAndMakesNothing) {
  const Crisismeter rules = Rules();
  const Decision decision =
      DecideSubmitReport(With(rules), By(kNoor, kDesk, kNow), v1::SubmitReport());
  ASSERT_TRUE(std::holds_alternative<Refusal>(decision));
  EXPECT_EQ(std::get<Refusal>(decision).status, common::v1::STATUS_INVALID);
  EXPECT_THAT(Why(decision), ElementsAre("missing private.happening", "missing private.child_now",
                                         "missing private.reporter"));
}

TEST(SubmitReport, TakesNothingBeforeRulesWereAdopted) {
  const Decision decision = DecideSubmitReport(Facts(), By(kNoor, kDesk, kNow), RedForm());
  ASSERT_TRUE(std::holds_alternative<Refusal>(decision));
  EXPECT_EQ(std::get<Refusal>(decision).status, common::v1::STATUS_UNAVAILABLE);
  EXPECT_THAT(Why(decision), ElementsAre("no_rules "));
}

TEST(SubmitReport, DecidesTheSameEachTime) {
  const Accepted first = Submit(RedForm());
  const Accepted second = Submit(RedForm());
  ASSERT_EQ(first.events.size(), second.events.size());
  for (size_t i = 0; i < first.events.size(); ++i) {
    EXPECT_EQ(first.events[i].event.SerializeAsString(),
              second.events[i].event.SerializeAsString());
  }
}

TEST(SubmitReport, DerivesIdsFromWhoAskedAndTheRequest) {
  const Crisismeter rules = Rules();
  std::set<std::string> ids;
  for (const char* actor : {kNoor, kColleague}) {
    for (const char byte : {'a', 'b'}) {
      Stamp stamp = By(actor, kDesk, kNow);
      stamp.request_id = std::string(16, byte);
      const Accepted accepted = Taken(With(rules), stamp, RedForm());
      ids.insert(accepted.events[0].event.report_submitted().report());
      ids.insert(accepted.events[0].event.report_submitted().household().substr(3));
    }
  }
  EXPECT_EQ(ids.size(), 8u);  // Report and household share no bytes either.
}

TEST(CaseNumbers, CountOnWithinAYear) {  // P.04
  EXPECT_EQ(CaseNumberAfter(2026, 4710, kNow), base::CaseNumber(2026, 4711));
}

TEST(CaseNumbers, StartAtOneInANewYearOfTheNetherlands) {
  EXPECT_EQ(CaseNumberAfter(0, 0, kNow), base::CaseNumber(2026, 1));
  // 23:00 UTC on 31 December is midnight in the Netherlands.
  EXPECT_EQ(CaseNumberAfter(2026, 9, At("2026-12-31T22:59:59")), base::CaseNumber(2026, 10));
  EXPECT_EQ(CaseNumberAfter(2026, 9, At("2026-12-31T23:00:00")), base::CaseNumber(2027, 1));
}

TEST(CaseNumbers, AreNotGivenOutTwiceWhenTheClockGoesBackOverNewYear) {  // P.04
  EXPECT_EQ(CaseNumberAfter(2027, 3, At("2026-12-31T22:59:59")), base::CaseNumber(2027, 4));
  EXPECT_EQ(CaseNumberAfter(2027, 4, At("2026-12-31T23:00:00")), base::CaseNumber(2027, 5));
}

TEST(CaseNumbers, AreHandedToTheCounterWithTheReport) {
  const v1::ReportSubmitted submitted = Submit(RedForm()).events[0].event.report_submitted();
  EXPECT_EQ(submitted.case_year(), 2026);
  EXPECT_EQ(submitted.case_index(), 1u);
}

// A child born on `date` is reported at `at`: which faults follow?
std::vector<std::string> BornOn(const std::string& date, const std::string& at) {
  const Crisismeter rules = Rules();
  v1::SubmitReport form = QuietForm();
  form.mutable_private_()->add_children()->set_birth_date(date);
  return Why(DecideSubmitReport(With(rules), By(kNoor, kDesk, At(at)), form));
}

struct Midnight {
  const char* last_of_day;   // UTC, one second before midnight in the Netherlands
  const char* first_of_day;  // UTC, midnight there
  const char* day;           // that begins
};

class NewbornAtMidnight : public testing::TestWithParam<Midnight> {};

TEST_P(NewbornAtMidnight, CountsByTheDutchCalendarDay) {
  const Midnight& at = GetParam();
  EXPECT_THAT(BornOn(at.day, at.last_of_day),
              ElementsAre("in_the_future private.children[0].birth_date"));
  EXPECT_THAT(BornOn(at.day, at.first_of_day), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    AroundTheYear, NewbornAtMidnight,
    testing::Values(
        Midnight{"2026-11-20T22:59:59", "2026-11-20T23:00:00", "2026-11-21"},  // winter, UTC+1
        Midnight{"2026-07-01T21:59:59", "2026-07-01T22:00:00", "2026-07-02"},  // summer, UTC+2
        Midnight{"2026-03-28T22:59:59", "2026-03-28T23:00:00", "2026-03-29"},  // clock goes forward
        Midnight{"2026-03-29T21:59:59", "2026-03-29T22:00:00", "2026-03-30"},  // the night after
        Midnight{"2026-10-24T21:59:59", "2026-10-24T22:00:00", "2026-10-25"},  // clock goes back
        Midnight{"2026-10-25T22:59:59", "2026-10-25T23:00:00", "2026-10-26"}));  // the night after

TEST(AdoptCrisismeter, PutsTheFileItselfIntoTheEvent) {
  Crisismeter rules = Rules();
  rules.adopted_on = "2026-11-21";
  rules.adopted_by = "Demo region";
  Facts facts;
  facts.rules_version = 4;
  v1::AdoptCrisismeter request;
  request.set_toml("name = \"crisismeter\"\n");
  const Decision decision = DecideAdopt(facts, request, rules);
  const Happened& happened = std::get<Accepted>(decision).events.at(0);
  EXPECT_EQ(happened.stream, "crisismeter");
  EXPECT_EQ(happened.version, 5u);
  const v1::CrisismeterAdopted& adopted = happened.event.crisismeter_adopted();
  EXPECT_EQ(adopted.toml(), request.toml());
  EXPECT_EQ(adopted.hash(), rules.hash);
  EXPECT_EQ(adopted.version(), "test.1");
  EXPECT_EQ(adopted.adopted_on(), "2026-11-21");
  EXPECT_EQ(adopted.adopted_by(), "Demo region");
}

}  // namespace
}  // namespace samenspel::intake
