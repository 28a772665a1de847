// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/read_form.h"
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_report.h"

namespace samenspel::cli {
namespace {

std::string QuestionText(const Context& context, const intake::v1::IndicatorText& asked) {
  const Texts& texts = context.printer.texts();
  const std::string help = TextIn(texts, asked.help_nl(), asked.help_en(), "");
  std::string text = context.printer.Strong(asked.indicator()) +
                     (asked.direct() ? "  " + context.Say("crisismeter.direct") : "") + "\n";
  text += Under(TextIn(texts, asked.text_nl(), asked.text_en(), asked.indicator()));
  return help.empty() ? text : text + Under(help);
}

std::string MeterText(const Context& context, const intake::v1::CrisismeterShown& shown) {
  std::string text = context.Say("crisismeter.version", {{"version", shown.version()},
                                                         {"day", shown.adopted_on()},
                                                         {"by", shown.adopted_by()}}) +
                     "\n";
  std::string domain;
  for (const intake::v1::IndicatorText& asked : shown.indicators()) {
    if (asked.domain() != domain) text += "\n[" + asked.domain() + "]\n";
    domain = asked.domain();
    text += QuestionText(context, asked);
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
  context.printer.Result(MeterText(context, response.crisismeter_shown()),
                         MeterJson(response.crisismeter_shown()));
  return kExitOk;
}

}  // namespace samenspel::cli
