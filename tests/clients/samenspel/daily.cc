// SPDX-License-Identifier: EUPL-1.2
#include "tests/clients/samenspel/daily.h"

#include <gtest/gtest.h>

namespace samenspel::cli {

int64_t NowMs() { return base::ToMs(FakeClock().wall); }

intake::v1::ReportLine RedLine() {
  intake::v1::ReportLine line;
  line.set_report(kDailyReport);
  line.set_case_number(kDailyCase);
  line.set_colour(intake::v1::COLOUR_RED);
  line.set_received_at_ms(NowMs() - 5 * kMinuteMs);
  line.mutable_ownership()->set_owner(kPrincipal);
  line.mutable_ownership()->set_desk(kDesk);
  line.mutable_ownership()->set_since_ms(NowMs() - 5 * kMinuteMs);
  line.mutable_terms()->set_first_step_due_ms(NowMs() + 5 * kMinuteMs);
  line.mutable_terms()->set_meeting_due_ms(NowMs() + 7 * kMinuteMs);
  line.mutable_terms()->set_settle_due_ms(NowMs() + 120 * kMinuteMs);
  line.set_version(3);
  return line;
}

intake::v1::ReportLine AmberLine() {
  intake::v1::ReportLine line;
  line.set_report("rpt_00000000000000000000000008");
  line.set_case_number("2026-004712-K");
  line.set_colour(intake::v1::COLOUR_AMBER);
  line.set_received_at_ms(NowMs() - 60 * kMinuteMs);
  line.mutable_ownership()->set_owner(kColleague);
  line.mutable_ownership()->set_desk(kDesk);
  line.mutable_ownership()->set_open(true);
  line.mutable_terms()->set_settle_due_ms(NowMs() + 23 * 60 * kMinuteMs);
  line.set_version(2);
  return line;
}

meeting::v1::RosterLine InRoster(const std::string& id, const std::string& name) {
  meeting::v1::RosterLine line;
  line.mutable_professional()->set_id(id);
  line.mutable_professional()->set_name(name);
  line.mutable_professional()->set_organisation(kDesk);
  return line;
}

void WithRoster(FakeWorld& world, const std::vector<meeting::v1::RosterLine>& people,
                const google::protobuf::Message& response) {
  meeting::v1::Response roster;
  auto& shown = *roster.mutable_roster_shown();
  for (const auto& line : people) *shown.add_lines() = line;
  auto& organisation = *shown.add_organisations();
  organisation.set_id(kDesk);
  organisation.set_name("Veilig Thuis Maasveen");
  const common::v1::Reply people_reply = ReplyWith(roster);
  const common::v1::Reply reply = ReplyWith(response);
  world.answer = [=](const std::string& service, const common::v1::Envelope&) {
    return FakeWorld::Answer(service == "meeting" ? people_reply : reply);
  };
}

void Answering(FakeWorld& world, const google::protobuf::Message& response) {
  const common::v1::Reply reply = ReplyWith(response);
  world.answer = [reply](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(reply);
  };
}

void Answering(FakeWorld& world, common::v1::Status status, const std::string& code,
               const std::string& field) {
  const common::v1::Reply reply = ReplyWith(status, code, field);
  world.answer = [reply](const std::string&, const common::v1::Envelope&) {
    return FakeWorld::Answer(reply);
  };
}

intake::v1::Request IntakeRequest(const FakeWorld& world, size_t at) {
  intake::v1::Request request;
  EXPECT_TRUE(request.ParseFromString(world.SentTo("intake").at(at).envelope.request()));
  return request;
}

}  // namespace samenspel::cli
