// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "clients/samenspel/commands/read_form.h"
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

std::string QuestionText(const Context& context, const intake::v1::IndicatorText& asked) {
  const Texts& texts = context.printer.texts();
  const std::string help = TextIn(texts, asked.help_nl(), asked.help_en(), "");
  std::string text = "  " + Printable(asked.indicator()) +
                     (asked.direct() ? "  " + context.Say("crisismeter.direct") : "") + "\n";
  text +=
      Under(context.printer, TextIn(texts, asked.text_nl(), asked.text_en(), asked.indicator()));
  return help.empty() ? text : text + Under(context.printer, help);
}

// What each domain is called, in the order of the rule file.
using Domains = std::vector<std::pair<std::string, std::string>>;

// A grade of no answers at all names every domain. Without an answer the codes must do.
Domains FetchDomains(Context& context, Session& session) {
  Domains domains;
  intake::v1::Request request;
  request.mutable_check_report();
  const Heard heard = session.Ask("intake", request);
  intake::v1::Response response;
  if (!heard.ok() || !response.ParseFromString(heard.reply.response())) return domains;
  for (const intake::v1::DomainCount& one : response.report_checked().grade().domains()) {
    domains.emplace_back(
        one.domain(), TextIn(context.printer.texts(), one.text_nl(), one.text_en(), one.domain()));
  }
  return domains;
}

std::string MeterText(const Context& context, const intake::v1::CrisismeterShown& shown,
                      Domains domains) {
  std::string text = context.Say("crisismeter.version", {{"version", shown.version()},
                                                         {"day", shown.adopted_on()},
                                                         {"by", shown.adopted_by()}}) +
                     "\n";
  for (const intake::v1::IndicatorText& asked : shown.indicators()) {
    if (std::ranges::find(domains, asked.domain(), &Domains::value_type::first) == domains.end()) {
      domains.emplace_back(asked.domain(), asked.domain());
    }
  }
  for (const auto& [domain, name] : domains) {
    std::string questions;
    for (const intake::v1::IndicatorText& asked : shown.indicators()) {
      if (asked.domain() == domain) questions += QuestionText(context, asked);
    }
    if (!questions.empty())
      text += "\n" + context.printer.Strong(Printable(name)) + "\n" + questions;
  }
  return text;
}

Json MeterJson(const intake::v1::CrisismeterShown& shown) {
  Json indicators = Json::array();
  for (const intake::v1::IndicatorText& asked : shown.indicators()) {
    indicators.push_back({{"indicator", asked.indicator()},
                          {"domain", asked.domain()},
                          {"text_nl", asked.text_nl()},
                          {"text_en", asked.text_en()},
                          {"help_nl", asked.help_nl()},
                          {"help_en", asked.help_en()},
                          {"source", asked.source()},
                          {"direct", asked.direct()}});
  }
  return {{"version", shown.version()},
          {"adopted_on", shown.adopted_on()},
          {"adopted_by", shown.adopted_by()},
          {"indicators", indicators}};
}

}  // namespace

ExitCode ReportCheck(Context& context) {
  intake::v1::SubmitReport form;
  if (!ReadFormOf(context, form)) return kExitInvalid;
  // The answers alone: nothing about the family leaves this machine.
  intake::v1::Request request;
  *request.mutable_check_report()->mutable_answers() = form.answers();
  Exchange exchange(context);
  intake::v1::Response response;
  if (!exchange.Ask("intake", request, response, intake::v1::Response::kReportChecked)) {
    return exchange.exit();
  }
  const intake::v1::Grade& grade = response.report_checked().grade();
  const std::string text = GradeText(context.printer, grade) + CountsText(context.printer, grade);
  context.printer.Result(text + context.Say("check.not_kept") + "\n",
                         {{"grade", GradeJson(grade)}, {"kept", false}});
  return kExitOk;
}

ExitCode ReportCrisismeter(Context& context) {
  Exchange exchange(context);
  intake::v1::Request request;
  request.mutable_show_crisismeter();
  intake::v1::Response response;
  if (!exchange.Ask("intake", request, response, intake::v1::Response::kCrisismeterShown)) {
    return exchange.exit();
  }
  const intake::v1::CrisismeterShown& shown = response.crisismeter_shown();
  const Domains domains =
      context.printer.json() ? Domains() : FetchDomains(context, *exchange.session());
  context.printer.Result(MeterText(context, shown, domains), MeterJson(shown));
  return kExitOk;
}

}  // namespace samenspel::cli
