// SPDX-License-Identifier: EUPL-1.2
#include "tests/services/intake/daemon/desk.h"

#include "common/base/file_system.h"
#include "services/intake/daemon/crisismeter_file.h"

namespace samenspel::intake {
namespace {

using daemon::Decided;
using support::By;

std::string Installed(const char* path) { return *base::RealFileSystem()->Read(path); }

void InstallTerms(base::FileSystem& files, daemon::Config& config) {
  config.terms = "/terms.toml";
  EXPECT_TRUE(files.Replace(config.terms, Installed(TERMS_TOML)).ok());
}

bus::Principal Person(const std::string& id, const char* organisation,
                      std::vector<std::string> roles) {
  bus::Principal person;
  person.id = id;
  person.employer = organisation;
  person.organisation = organisation;
  person.roles = std::move(roles);
  person.curve_key = "key of " + id;
  person.valid_until = base::FromMs(4'000'000'000'000);
  return person;
}

std::vector<bus::Principal> Region() {
  return {Person(kNoor, kDesk, {"desk_worker"}),
          Person(kColleague, kDesk, {"desk_worker"}),
          Person(kStranger, kOtherDesk, {"desk_worker"}),
          Person(kGuest, kOtherDesk, {"desk_worker"}),
          Person(kTable, kOtherDesk, {"table_member"}),
          Person(kDuty, kDesk, {"duty_manager"}),
          Person(kOfficer, kDesk, {"privacy_officer"}),
          Person(kElsewhere, kOtherDesk, {"privacy_officer"}),
          Person(kAuditor, kThirdDesk, {"auditor"})};
}

}  // namespace

Desk::Desk() : bench_("intake", Service::Make, Installed(CRISISMETER_TOML), InstallTerms) {
  bench_.Register(Region());
  EXPECT_EQ(bench_.SendDue(), 2u);
}

daemon::Caller Desk::Officer(const char* who, const char* desk) {
  Caller caller = By(who, desk, {"privacy_officer"});
  caller.purpose = "privacy_review";
  return caller;
}

daemon::Caller Desk::Auditor() {
  Caller caller = By(kAuditor, kThirdDesk, {"auditor"});
  caller.purpose = "audit";
  return caller;
}

daemon::Caller Desk::Seeing(Caller caller, uint64_t version) {
  caller.expected_version = version;
  return caller;
}

v1::SubmitReport Desk::Answered(const std::vector<std::string>& yes) {
  static const auto rules = ParseCrisismeter(Installed(CRISISMETER_TOML), "crisismeter.toml");
  Given given;
  for (const Indicator& indicator : rules.value().indicators) {
    given[indicator.id] = v1::ANSWER_VALUE_NO;
  }
  for (const std::string& indicator : yes) given.at(indicator) = v1::ANSWER_VALUE_YES;
  return Form(given);
}

v1::SubmitReport Desk::Secret() {
  v1::SubmitReport form = Answered();
  form.mutable_private_()->add_children()->set_name("Fleur Zonnestraal");
  form.mutable_secret()->set_secret_location("Opvang De Haven");
  form.mutable_secret()->mutable_hidden_reporter()->set_name("Meester Jansen");
  return form;
}

v1::ReportReceived Desk::Submit(const v1::SubmitReport& form, const Caller& by) {
  v1::Request request;
  *request.mutable_submit_report() = form;
  const Decided decided = bench_.Ask(by, request);
  EXPECT_EQ(Why(decided), "OK");
  return Of(decided).report_received();
}

Decided Desk::Show(const std::string& report, const Caller& by) {
  v1::Request request;
  request.mutable_show_report()->set_report(report);
  return bench_.Ask(by, request);
}

v1::ReportShown Desk::Shown(const std::string& report, const Caller& by) {
  const Decided decided = Show(report, by);
  EXPECT_EQ(Why(decided), "OK");
  return Of(decided).report_shown();
}

Decided Desk::Hold(const std::string& report, const Caller& by, v1::FirstStep step,
                   const std::string& professional, const std::string& who,
                   const std::string& note) {
  v1::Request request;
  v1::HoldReport& hold = *request.mutable_hold_report();
  hold.set_report(report);
  hold.set_step(step);
  hold.set_professional(professional);
  hold.mutable_private_()->set_who(who);
  hold.mutable_private_()->set_note(note);
  return bench_.Ask(by, request);
}

Decided Desk::Confirm(const std::string& report, const Caller& by) {
  v1::Request request;
  request.mutable_confirm_grade()->set_report(report);
  return bench_.Ask(by, request);
}

Decided Desk::Claim(const std::string& report, const Caller& by) {
  v1::Request request;
  request.mutable_claim_report()->set_report(report);
  return bench_.Ask(by, request);
}

Decided Desk::HandOver(const std::string& report, const Caller& by, const std::string& to,
                       const std::string& note) {
  v1::Request request;
  request.mutable_hand_over()->set_report(report);
  request.mutable_hand_over()->set_to(to);
  request.mutable_hand_over()->mutable_private_()->set_note(note);
  return bench_.Ask(by, request);
}

Decided Desk::HandBack(const std::string& report, const Caller& by, const std::string& note) {
  v1::Request request;
  request.mutable_hand_back()->set_report(report);
  request.mutable_hand_back()->mutable_private_()->set_note(note);
  return bench_.Ask(by, request);
}

Decided Desk::Settle(const std::string& report, const Caller& by, v1::Outcome outcome,
                     const std::string& note) {
  v1::Request request;
  request.mutable_settle_report()->set_report(report);
  request.mutable_settle_report()->set_outcome(outcome);
  request.mutable_settle_report()->mutable_private_()->set_note(note);
  return bench_.Ask(by, request);
}

Decided Desk::Break(const std::string& report, const Caller& by, const std::string& reason) {
  v1::Request request;
  request.mutable_break_glass()->set_report(report);
  request.mutable_break_glass()->mutable_private_()->set_reason(reason);
  return bench_.Ask(by, request);
}

Decided Desk::Review(const std::string& opening, const Caller& by, bool justified) {
  v1::Request request;
  request.mutable_review_opening()->set_opening(opening);
  request.mutable_review_opening()->set_justified(justified);
  request.mutable_review_opening()->mutable_private_()->set_note("Gezien door Bloemhof");
  return bench_.Ask(by, request);
}

Decided Desk::SetCircle(const std::string& report, const Caller& by,
                        const std::vector<std::string>& persons) {
  v1::Request request;
  request.mutable_set_secret_circle()->set_report(report);
  for (const std::string& person : persons) {
    request.mutable_set_secret_circle()->add_persons(person);
  }
  return bench_.Ask(by, request);
}

v1::MineShown Desk::Mine(const Caller& by) {
  v1::Request request;
  request.mutable_show_mine();
  return Of(bench_.Ask(by, request)).mine_shown();
}

std::vector<std::string> Desk::Listed(const Caller& by, const v1::ListReports& wish) {
  v1::Request request;
  *request.mutable_list_reports() = wish;
  std::vector<std::string> reports;
  const v1::Response listed = Of(bench_.Ask(by, request));
  for (const auto& line : listed.reports_listed().lines()) reports.push_back(line.report());
  return reports;
}

std::vector<std::string> Desk::Queue(const Caller& by, const v1::ListQueue& wish) {
  v1::Request request;
  *request.mutable_list_queue() = wish;
  std::vector<std::string> reports;
  const v1::Response listed = Of(bench_.Ask(by, request));
  for (const auto& line : listed.reports_listed().lines()) reports.push_back(line.report());
  return reports;
}

void Desk::Hear(const meeting::v1::Event& event, uint32_t kind, const Caller& by) {
  auto entry = std::make_shared<store::Stored>();
  entry->header.set_service("meeting");
  entry->header.set_epoch(1);
  entry->header.set_sequence(++heard_);
  entry->header.set_principal(by.principal);
  entry->header.set_organisation(by.organisation);
  entry->header.add_events()->set_kind(kind);
  entry->header.mutable_events(0)->set_payload(event.SerializeAsString());
  bench_.Hear("meeting", entry);
}

void Desk::Plan(const std::string& report, int64_t starts_at_ms) {
  meeting::v1::Event event;
  meeting::v1::Mdo& mdo = *event.mutable_mdo_planned()->mutable_mdo();
  mdo.set_mdo("mdo_00000000000000000000000001");
  mdo.set_report(report);
  mdo.set_starts_at_ms(starts_at_ms);
  mdo.set_ends_at_ms(starts_at_ms + 1);
  Hear(event, meeting::v1::Event::kMdoPlanned);
}

void Desk::TakeSeat(const std::string& report, const std::string& professional, const Caller& by) {
  meeting::v1::Event event;
  meeting::v1::SeatTaken& taken = *event.mutable_seat_taken();
  taken.set_mdo("mdo_00000000000000000000000001");
  taken.set_report(report);
  taken.set_professional(professional);
  taken.set_at_ms(base::ToMs(bench_.now));
  Hear(event, meeting::v1::Event::kSeatTaken, by);
}

v1::Response Desk::Of(const Decided& decided) {
  v1::Response response;
  EXPECT_TRUE(response.ParseFromString(decided.response));
  return response;
}

v1::ReportChanged Desk::ChangedBy(const Decided& decided) { return Of(decided).report_changed(); }

std::string Desk::Why(const Decided& decided) {
  std::string why = common::v1::Status_Name(decided.status).substr(std::string("STATUS_").size());
  for (const auto& reason : decided.reasons) {
    why += " " + reason.code();
    if (!reason.field().empty()) why += " " + reason.field();
  }
  return why;
}

void Desk::ExpectReplayable() {
  const base::Status verified = bench_.Verify();
  EXPECT_TRUE(verified.ok()) << verified.message();
}

}  // namespace samenspel::intake
