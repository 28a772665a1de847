// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/exchange.h"

#include "clients/samenspel/show.h"
#include "clients/samenspel/show_report.h"

namespace samenspel::cli {

Exchange::Exchange(Context& context) : context_(context) {
  auto session = Session::Open(context.settings, context.world);
  if (session.ok()) {
    session_ = std::move(*session);
  } else {
    exit_ = context.printer.Fail(session.status());
  }
}

Heard Exchange::Send(std::string_view service, const google::protobuf::Message& request,
                     uint64_t version) {
  common::v1::Envelope envelope = session_->EnvelopeOf(request);
  envelope.set_expected_version(version);
  return session_->Call(service, envelope);
}

bool Exchange::Went(std::string_view service, const Heard& heard, const std::string& id) {
  const std::string endpoint = session_->EndpointOf(service);
  if (heard.ok()) return true;
  if (heard.replied() && heard.reply.status() == common::v1::STATUS_CONFLICT) {
    intake::v1::Response both;
    if (both.ParseFromString(heard.reply.response())) LearnNames(context_, *session_, both);
    exit_ = ExplainConflict(context_, heard.reply);
  } else if (heard.how == Heard::How::kNoAnswer) {
    exit_ = context_.printer.Fail(
        kExitNoAnswer, "no_answer",
        context_.Say("change.no_answer",
                     {{"service", std::string(service)}, {"endpoint", endpoint}, {"id", id}}),
        {{"service", service}, {"detail", heard.detail}});
  } else if (heard.how == Heard::How::kAway && !endpoint.empty()) {
    exit_ = context_.printer.Fail(
        kExitUnavailable, "unavailable",
        context_.Say("change.away", {{"service", std::string(service)}, {"endpoint", endpoint}}),
        {{"service", service}, {"detail", heard.detail}});
  } else {
    Explained(service, heard);
  }
  return false;
}

void Exchange::Explained(std::string_view service, const Heard& heard) {
  exit_ = Explain(context_.printer, *session_, service, heard);
}

}  // namespace samenspel::cli
