// SPDX-License-Identifier: EUPL-1.2
#include "tests/clients/samenspel/bulk.h"

#include <sstream>

namespace samenspel::cli {

std::string Form(const std::string& address) {
  return R"({"answers": [{"indicator": "fresh_injury", "value": "ANSWER_VALUE_YES"}], "private": )"
         R"({"happening": {"text": "CANARY"}, "child_now": {"unknown": true}, "reporter": )"
         R"({"unknown": true}, "address": ")" +
         address + "\"}}\n";
}

std::vector<nlohmann::json> Rows(const std::string& text) {
  std::vector<nlohmann::json> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) rows.push_back(nlohmann::json::parse(line));
  return rows;
}

Bulk::Bulk() {
  File(Form("a") + Form("b") + Form("c"));
  world.answer = [this](const std::string&, const common::v1::Envelope& envelope) {
    return Intake(envelope);
  };
}

void Bulk::File(const std::string& text, const std::string& path) {
  EXPECT_TRUE(world.files->Replace(path, text).ok());
}

int Bulk::Import(std::vector<std::string> more, const std::string& path) {
  more.insert(more.begin(), {"report", "import", path});
  return world.Run(more);
}

FakeWorld::Answer Bulk::Intake(const common::v1::Envelope& envelope) {
  world.clock.Advance(std::chrono::seconds(1));
  const auto first = answered.find(envelope.request_id());
  if (first != answered.end()) return first->second;
  intake::v1::Request request;
  EXPECT_TRUE(request.ParseFromString(envelope.request()));
  EXPECT_TRUE(request.submit_report().bulk());
  const std::string& address = request.submit_report().private_().address();
  common::v1::Reply& reply = answered[envelope.request_id()];
  if (unknown.contains(address)) {
    return reply = ReplyWith(common::v1::STATUS_REFUSED, "unknown_organisation", "for_desk");
  }
  received.push_back(address);
  intake::v1::Response response;
  intake::v1::ReportReceived& report = *response.mutable_report_received();
  report.set_case_number("2026-00000" + std::to_string(received.size()));
  report.mutable_grade()->set_colour(address == "b" ? intake::v1::COLOUR_RED
                                                    : intake::v1::COLOUR_AMBER);
  report.set_provisional(true);
  report.mutable_terms()->set_confirm_due_ms(NowMs() + 30 * kMinuteMs);
  return reply = ReplyWith(response);
}

std::string Bulk::Remembered() {
  const auto names = world.files->List("/spool");
  for (const std::string& name : *names) {
    if (name.ends_with(".import")) return "/spool/" + name;
  }
  return {};
}

}  // namespace samenspel::cli
