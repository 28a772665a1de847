// SPDX-License-Identifier: EUPL-1.2
#include "tests/clients/samenspel/daily.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "clients/samenspel/table.h"

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
  line.mutable_terms()->set_meeting_due_ms(NowMs() - 15 * kMinuteMs);
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

size_t WidestLine(const std::string& text) {
  std::istringstream lines(text);
  size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, Width(line));
  return widest;
}

}  // namespace samenspel::cli
