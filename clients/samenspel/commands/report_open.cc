// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <array>

#include "clients/samenspel/case_name.h"
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/spoken.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

// Somebody who opens a case by mistake has read it all the same, so it is asked once more.
ExitCode AskWhetherMeant(Context& context) {
  if (context.options.change.yes) return kExitOk;
  if (!context.world.in_is_terminal || context.options.change.words == "-") {
    return context.printer.Fail(kExitInvalid, "missing", context.Say("open.yes_missing"));
  }
  constexpr std::array<std::string_view, 2> kYes{"ja", "yes"};
  const std::string answer = AnswerTo(context, "ask.open");
  if (std::ranges::find(kYes, answer) != kYes.end()) return kExitOk;
  return context.printer.Fail(kExitRefused, "not_meant", context.Say("open.not_meant"));
}

std::string OpenedText(const Context& context, const intake::v1::GlassOpened& opened) {
  const Printer& printer = context.printer;
  std::string text = Line(printer, "label.case", printer.Strong(Printable(opened.case_number())));
  text += Line(printer, "label.opening", Printable(opened.opening()));
  text += Line(printer, "label.open_until", DueText(context, opened.until_ms()));
  text += Line(printer, "label.review_due", DueText(context, opened.review_due_ms()));
  return text + context.Say("open.now_read", {{"id", Printable(opened.case_number())}}) + "\n";
}

}  // namespace

ExitCode ReportOpen(Context& context) {
  if (!NamesCase(context, context.options.target, {"rpt"})) return kExitInvalid;
  context.printer.Remark(context.Say("open.what_happens"));
  const auto reason = NeededWords(context, context.options.change.words, kReason, "ask.open_reason",
                                  "open.reason_missing");
  if (!reason) return kExitInvalid;
  const ExitCode meant = AskWhetherMeant(context);
  if (meant != kExitOk) return meant;
  intake::v1::Request request;
  request.mutable_break_glass()->set_report(context.options.target);
  request.mutable_break_glass()->mutable_private_()->set_reason(*reason);
  Exchange exchange(context);
  intake::v1::Response response;
  if (!exchange.Change("intake", request, response, intake::v1::Response::kGlassOpened,
                       context.options.target)) {
    return exchange.exit();
  }
  const intake::v1::GlassOpened& opened = response.glass_opened();
  context.printer.Result(OpenedText(context, opened),
                         {{"report", opened.report()},
                          {"case_number", opened.case_number()},
                          {"opening", opened.opening()},
                          {"until", TimeJson(opened.until_ms())},
                          {"review_due", TimeJson(opened.review_due_ms())}});
  return kExitOk;
}

}  // namespace samenspel::cli
