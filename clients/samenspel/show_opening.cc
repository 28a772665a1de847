// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/show_opening.h"

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

std::string OpeningText(const Context& context, const intake::v1::OpeningLine& line) {
  const Printer& printer = context.printer;
  std::string text = Line(printer, "label.opening", Printable(line.opening()));
  text += Line(printer, "label.case", printer.Strong(Printable(line.case_number())));
  return text + Lines(printer, {{"label.by", PersonText(context, line.reader()) + ", " +
                                                 PersonText(context, line.organisation())},
                                {"label.opened", printer.Span(line.at_ms(), line.until_ms())},
                                {"label.reason", line.private_().reason()},
                                {"label.review_due", DueText(context, line.review_due_ms())}});
}

}  // namespace

std::string OpeningsText(const Context& context, const OpeningLines& openings) {
  std::string text;
  for (const auto& line : openings) text += OpeningText(context, line) + "\n";
  return text + context.Say("review.type") + "\n";
}

Json OpeningsJson(const OpeningLines& openings) {
  Json list = Json::array();
  for (const auto& line : openings) {
    list.push_back({{"opening", line.opening()},
                    {"case_number", line.case_number()},
                    {"reader", line.reader()},
                    {"organisation", line.organisation()},
                    {"at", TimeJson(line.at_ms())},
                    {"until", TimeJson(line.until_ms())},
                    {"review_due", TimeJson(line.review_due_ms())},
                    {"reason", line.private_().reason()}});
  }
  return list;
}

}  // namespace samenspel::cli
