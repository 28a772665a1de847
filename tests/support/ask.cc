// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/ask.h"

#include <gtest/gtest.h>

#include "clients/demo/families.h"
#include "common/base/clock.h"
#include "common/base/entropy.h"
#include "common/base/ids.h"
#include "tests/support/region.h"

namespace samenspel::support {

using common::v1::Envelope;
using common::v1::Reply;

Envelope NewEnvelope(std::string_view purpose) {
  base::SystemEntropy entropy;
  Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(base::NewRequestId(base::SystemClock().Wall(), entropy));
  envelope.set_purpose(std::string(purpose));
  return envelope;
}

Envelope EnvelopeOf(const google::protobuf::Message& request, std::string_view purpose) {
  Envelope envelope = NewEnvelope(purpose);
  envelope.set_request(request.SerializeAsString());
  return envelope;
}

intake::v1::Request RedReport(uint64_t number) {
  intake::v1::Request request;
  *request.mutable_submit_report() = demo::Invent(kRegionSeed, number, intake::v1::COLOUR_RED);
  return request;
}

intake::v1::Request ShowReport(const std::string& report) {
  intake::v1::Request request;
  request.mutable_show_report()->set_report(report);
  return request;
}

meeting::v1::Request ShowMdo(const std::string& mdo) {
  meeting::v1::Request request;
  request.mutable_show_mdo()->set_mdo(mdo);
  return request;
}

Reply Ask(bus::Client& client, const Envelope& envelope) {
  auto reply = client.Call(envelope, kPatience);
  EXPECT_TRUE(reply.ok()) << reply.status().message();
  return reply.ok() ? std::move(*reply) : Reply();
}

Reply NextReply(bus::Client& client) {
  const auto bytes = client.ReceiveRaw(kPatience);
  EXPECT_TRUE(bytes.ok()) << bytes.status().message();
  common::v1::Answer answer;
  EXPECT_TRUE(bytes.ok() && answer.ParseFromString(*bytes) && answer.has_reply());
  return std::move(*answer.mutable_reply());
}

intake::v1::ReportReceived ReceivedIn(const Reply& reply) {
  intake::v1::Response response;
  EXPECT_EQ(reply.status(), common::v1::STATUS_OK) << Reasons(reply);
  EXPECT_TRUE(response.ParseFromString(reply.response()) && response.has_report_received());
  return response.report_received();
}

common::v1::Ref Await(bus::Client& client, const common::v1::Ref& cause, std::string_view by) {
  Envelope envelope = NewEnvelope();
  envelope.set_time_left_ms(kPatience.count());
  *envelope.mutable_await()->mutable_cause() = cause;
  envelope.mutable_await()->set_by(std::string(by));
  const Reply reply = Ask(client, envelope);
  EXPECT_TRUE(reply.awaited().has_entry()) << reply.ShortDebugString();
  return reply.awaited().entry();
}

common::v1::ServiceStatus StatusOf(bus::Client& client) {
  Envelope envelope = NewEnvelope();
  envelope.mutable_status();
  return Ask(client, envelope).service_status();
}

std::string Reasons(const Reply& reply) {
  std::string text;
  for (const auto& reason : reply.reasons()) {
    text += (text.empty() ? "" : "; ") + reason.code() + " " + reason.field();
  }
  return text;
}

}  // namespace samenspel::support
