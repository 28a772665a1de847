// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/desk.h"

#include <algorithm>
#include <cctype>
#include <thread>
#include <vector>

#include "common/base/ids.h"

namespace samenspel::bench {
namespace {

constexpr const char* kServices[] = {"intake", "meeting", "audit"};
constexpr const char* kNoTableYet = "refused/red_needs_a_table";
constexpr base::milliseconds kTablePause{50};
constexpr int kTableTries = 200;

// STATUS_UNAVAILABLE -> unavailable
std::string CodeOf(common::v1::Status status) {
  constexpr std::string_view kPrefix = "STATUS_";
  std::string name = common::v1::Status_Name(status).substr(kPrefix.size());
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char letter) { return std::tolower(letter); });
  return name;
}

// Empty: ok. Else the status, and the first reason when there is one: "refused/not_yours".
std::string ErrorOf(const common::v1::Reply& reply) {
  if (reply.status() == common::v1::STATUS_OK) return "";
  const std::string code = CodeOf(reply.status());
  return reply.reasons().empty() ? code : code + "/" + reply.reasons(0).code();
}

intake::v1::Request FirstStep(const std::string& report) {
  intake::v1::Request request;
  auto& hold = *request.mutable_hold_report();
  hold.set_report(report);
  hold.set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
  hold.mutable_private_()->set_who("Crisisdienst");
  return request;
}

intake::v1::Request Settling(const std::string& report, bool red) {
  intake::v1::Request request;
  auto& settle = *request.mutable_settle_report();
  settle.set_report(report);
  settle.set_outcome(red ? intake::v1::OUTCOME_MEETING : intake::v1::OUTCOME_LOCAL_TEAM);
  return request;
}

}  // namespace

base::Result<std::unique_ptr<Desk>> Desk::Open(const Access& access, base::milliseconds patience) {
  std::unique_ptr<Desk> desk(new Desk(patience));
  desk->purpose_ = access.config.purpose;
  for (const char* service : kServices) {
    const auto server = access.config.servers.find(service);
    if (server == access.config.servers.end()) {
      return base::Status(base::Code::kInvalid, std::string("the config names no ") + service);
    }
    auto client = bus::Client::Connect(server->second, access.keys);
    if (!client.ok()) return client.status();
    desk->clients_[service] = std::move(*client);
  }
  return desk;
}

common::v1::Envelope Desk::New() {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(base::NewRequestId(clock_.Wall(), entropy_));
  envelope.set_purpose(purpose_);
  return envelope;
}

std::string Desk::Call(const std::string& service, const common::v1::Envelope& envelope,
                       common::v1::Reply& reply) {
  auto answer = clients_.at(service)->Call(envelope, patience_);
  if (!answer.ok()) {
    return answer.status().code() == base::Code::kUnavailable ? "unavailable" : "no_answer";
  }
  reply = std::move(*answer);
  return ErrorOf(reply);
}

bool Desk::Greet() {
  for (const char* service : kServices) {
    common::v1::Envelope envelope = New();
    envelope.mutable_status();
    common::v1::Reply reply;
    const std::string error = Call(service, envelope, reply);
    if (error == "unavailable" || error == "no_answer") return false;
  }
  return true;
}

std::string Desk::Await(const std::string& at, const common::v1::Ref& cause,
                        const std::string& by) {
  common::v1::Envelope envelope = New();
  envelope.set_time_left_ms(static_cast<uint32_t>(patience_.count()));
  *envelope.mutable_await()->mutable_cause() = cause;
  envelope.mutable_await()->set_by(by);
  common::v1::Reply reply;
  std::string error = Call(at, envelope, reply);
  if (error.empty() && !reply.awaited().has_entry()) error = "none";
  return error;
}

Trip Desk::Send(const intake::v1::Request& report, bool red, SteadyClock::time_point due,
                bool close) {
  Trip trip;
  const auto failed = [&](const std::string& error, const char* where) {
    trip.error = error;
    trip.where = where;
    return !error.empty();
  };
  const auto since = [&] {
    return std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - due);
  };
  common::v1::Envelope envelope = New();
  envelope.set_request(report.SerializeAsString());
  common::v1::Reply reply;
  if (failed(Call("intake", envelope, reply), "submit")) return trip;
  trip.acked = since();
  if (red && failed(Await("meeting", reply.entry(), "meeting"), "plan")) return trip;
  trip.planned = since();
  if (red && failed(Await("audit", reply.entry(), "meeting"), "audit")) return trip;
  if (failed(Await("audit", reply.entry(), "intake"), "audit")) return trip;
  trip.audited = since();
  if (!close) return trip;
  intake::v1::Response response;
  response.ParseFromString(reply.response());
  (void)failed(Close(response.report_received().report(), red), "close");
  return trip;
}

std::string Desk::Close(const std::string& report, bool red) {
  std::vector<intake::v1::Request> requests;
  if (red) requests.push_back(FirstStep(report));
  requests.emplace_back().mutable_claim_report()->set_report(report);
  requests.push_back(Settling(report, red));
  for (const auto& request : requests) {
    std::string error = AskIntake(request);
    // Intake hears of the meeting a little later than who sent the report.
    for (int times = 0; error == kNoTableYet && times < kTableTries; ++times) {
      std::this_thread::sleep_for(kTablePause);
      error = AskIntake(request);
    }
    if (!error.empty()) return error;
  }
  return "";
}

std::string Desk::AskIntake(const intake::v1::Request& request) {
  common::v1::Envelope envelope = New();
  envelope.set_request(request.SerializeAsString());
  common::v1::Reply reply;
  return Call("intake", envelope, reply);
}

std::string Desk::AskMeeting(const meeting::v1::Request& request, meeting::v1::Response& response) {
  common::v1::Envelope envelope = New();
  envelope.set_request(request.SerializeAsString());
  common::v1::Reply reply;
  const std::string error = Call("meeting", envelope, reply);
  if (error.empty()) response.ParseFromString(reply.response());
  return error;
}

}  // namespace samenspel::bench
