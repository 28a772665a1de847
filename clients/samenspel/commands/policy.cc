// SPDX-License-Identifier: EUPL-1.2
#include <google/protobuf/descriptor.h>

#include <utility>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"
#include "common/base/ids.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/common/v1/options.pb.h"
#include "proto/escalation/v1/requests.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

const common::v1::Policy& PolicyOf(const FieldDescriptor& kind) {
  return kind.message_type()->options().GetExtension(common::v1::policy);
}

template <class List>
std::string Joined(const List& codes) {
  std::string text;
  for (const auto& code : codes) text += (text.empty() ? "" : ", ") + Printable(code);
  return text.empty() ? "-" : text;
}

std::string EffectCode(const common::v1::Policy& policy) {
  if (policy.internal()) return "internal";
  return policy.read() ? "read" : "change";
}

void AddService(const Context& context, std::string_view service, const Descriptor& requests,
                std::vector<std::vector<std::string>>& rows, Json& list) {
  for (int i = 0; i < requests.field_count(); ++i) {
    const FieldDescriptor& kind = *requests.field(i);
    const common::v1::Policy& policy = PolicyOf(kind);
    rows.push_back({std::string(service), kind.name(),
                    context.printer.texts().Word("effect", EffectCode(policy)),
                    Joined(policy.roles()), Joined(policy.purposes())});
    list.push_back({{"service", service},
                    {"request", kind.name()},
                    {"effect", EffectCode(policy)},
                    {"roles", std::vector(policy.roles().begin(), policy.roles().end())},
                    {"purposes", std::vector(policy.purposes().begin(), policy.purposes().end())}});
  }
}

// One step of the explanation: holds, or not, with a sign and words.
std::string Step(bool holds, const std::string& words) {
  return std::string(holds ? "  ● " : "  ■ ") + words + "\n";
}

std::string InvolvementText(const Context& context, const common::v1::Involvement& one) {
  std::string kind = common::v1::InvolvementKind_Name(one.kind());
  kind = CodeOf(kind, "INVOLVEMENT_KIND_");
  const std::string who =
      one.person().empty()
          ? context.Say("policy.by_organisation", {{"organisation", Printable(one.organisation())},
                                                   {"role", Printable(one.role())}})
          : context.Say("policy.by_name");
  const int64_t now = base::ToMs(context.world.clock.Wall());
  const bool ended = one.until_ms() != 0 && one.until_ms() <= now;
  std::string until = context.Say("policy.open");
  if (one.until_ms() != 0) {
    until = context.Say(ended ? "policy.ended" : "policy.until",
                        {{"time", context.printer.Time(one.until_ms())}});
  }
  return "      " + context.printer.texts().Word("involvement", kind) + ", " + who + ", " +
         context.Say("policy.from", {{"time", context.printer.Time(one.from_ms())}}) + ", " +
         until + "\n";
}

std::string ExplainedText(const Context& context, const intake::v1::AccessExplained& said) {
  std::string text = context.Say(said.allowed() ? "policy.yes" : "policy.no",
                                 {{"who", Printable(context.options.target)},
                                  {"what", Printable(context.options.operate.what)},
                                  {"case", Printable(context.options.operate.in_case)}}) +
                     "\n";
  text += Step(said.registered(),
               context.Say(said.registered() ? "policy.registered" : "policy.not_registered"));
  text +=
      Step(said.role_fits(),
           context.Say(said.role_fits() ? "policy.role_fits" : "policy.role_lacks",
                       {{"roles", Joined(said.roles())}, {"needed", Joined(said.roles_needed())}}));
  text += "  - " + context.Say("policy.purposes", {{"purposes", Joined(said.purposes())}}) + "\n";
  text += "  - " +
          context.Say(
              "policy.acts_for",
              {{"organisation", said.organisation().empty() ? "-" : Printable(said.organisation())},
               {"employer", said.employer().empty() ? "-" : Printable(said.employer())}}) +
          "\n";
  text += Step(said.involved(),
               context.Say(said.involved() ? "policy.involved" : "policy.not_involved"));
  for (const auto& one : said.involvements()) text += InvolvementText(context, one);
  if (said.secret_location()) text += "  - " + context.Say("policy.secret_location") + "\n";
  if (said.hidden_reporter()) text += "  - " + context.Say("policy.hidden_reporter") + "\n";
  return text;
}

Json ExplainedJson(const intake::v1::AccessExplained& said) {
  Json involvements = Json::array();
  for (const auto& one : said.involvements()) {
    involvements.push_back(
        {{"id", one.id()},
         {"kind", CodeOf(common::v1::InvolvementKind_Name(one.kind()), "INVOLVEMENT_KIND_")},
         {"person", one.person()},
         {"organisation", one.organisation()},
         {"role", one.role()},
         {"from", TimeJson(one.from_ms())},
         {"until", TimeJson(one.until_ms())}});
  }
  return {{"allowed", said.allowed()},
          {"registered", said.registered()},
          {"role_fits", said.role_fits()},
          {"involved", said.involved()},
          {"roles", std::vector(said.roles().begin(), said.roles().end())},
          {"roles_needed", std::vector(said.roles_needed().begin(), said.roles_needed().end())},
          {"purposes", std::vector(said.purposes().begin(), said.purposes().end())},
          {"organisation", said.organisation()},
          {"employer", said.employer()},
          {"involvements", involvements},
          {"secret_location", said.secret_location()},
          {"hidden_reporter", said.hidden_reporter()}};
}

// What is wrong with the question itself; kExitOk: nothing.
ExitCode CheckQuestion(Context& context) {
  const OperateOptions& options = context.options.operate;
  const Descriptor& kinds = *intake::v1::Request::descriptor();
  if (context.options.target != "me" && !base::IsId("pro", context.options.target)) {
    return context.printer.Fail(kExitInvalid, "bad_id", context.Say("policy.bad_who"));
  }
  if (kinds.FindFieldByName(options.what) == nullptr) {
    std::string names;
    for (int i = 0; i < kinds.field_count(); ++i) {
      if (!PolicyOf(*kinds.field(i)).internal()) {
        names += (names.empty() ? "" : ", ") + kinds.field(i)->name();
      }
    }
    return context.printer.Fail(kExitInvalid, "unknown_request",
                                context.Say("policy.bad_what", {{"names", names}}));
  }
  if (!base::IsId("rpt", options.in_case) && !base::IsCaseNumber(options.in_case)) {
    return context.printer.Fail(kExitInvalid, "bad_id", context.Say("policy.bad_case"));
  }
  return kExitOk;
}

}  // namespace

ExitCode Policy(Context& context) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back({context.Say("table.service"), context.Say("table.request"),
                  context.Say("table.effect"), context.Say("table.roles"),
                  context.Say("table.purposes")});
  Json list = Json::array();
  AddService(context, "intake", *intake::v1::Request::descriptor(), rows, list);
  AddService(context, "meeting", *meeting::v1::Request::descriptor(), rows, list);
  AddService(context, "escalation", *escalation::v1::Request::descriptor(), rows, list);
  AddService(context, "audit", *audit::v1::Request::descriptor(), rows, list);
  context.printer.Result(context.printer.Table(rows), {{"policy", list}});
  return kExitOk;
}

ExitCode PolicyExplain(Context& context) {
  const ExitCode checked = CheckQuestion(context);
  if (checked != kExitOk) return checked;
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  intake::v1::Request request;
  auto& explain = *request.mutable_explain_access();
  if (context.options.target != "me") explain.set_who(context.options.target);
  explain.set_what(context.options.operate.what);
  explain.set_report(context.options.operate.in_case);
  const Heard heard = (*session)->Ask("intake", request);
  intake::v1::Response response;
  if (!heard.ok() || !response.ParseFromString(heard.reply.response()) ||
      !response.has_access_explained()) {
    return Explain(context.printer, **session, "intake", heard);
  }
  const intake::v1::AccessExplained& said = response.access_explained();
  context.printer.Result(ExplainedText(context, said), ExplainedJson(said));
  return kExitOk;
}

}  // namespace samenspel::cli
