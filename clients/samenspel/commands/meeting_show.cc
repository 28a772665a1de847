// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/case_name.h"
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_meeting.h"
#include "clients/samenspel/show_report.h"

namespace samenspel::cli {
namespace {

std::string ShownText(const Context& context, const meeting::v1::MdoShown& shown,
                      const TableTerms& terms) {
  const Printer& printer = context.printer;
  const meeting::v1::Mdo& mdo = shown.mdo();
  std::string text = Line(printer, "label.report", mdo.report());
  text += Line(printer, "label.case", printer.Strong(mdo.case_number()));
  text += Line(printer, "label.colour", printer.Colour(mdo.colour()));
  if (shown.has_first_step()) {
    text += FirstStepText(context, shown.first_step());
  } else if (mdo.colour() == intake::v1::COLOUR_RED) {
    text += NoFirstStepText(context, mdo.case_number(), 0);
  }
  const auto term = terms.find(mdo.report());
  text += MdoText(context, mdo, term == terms.end() ? 0 : term->second);
  if (shown.has_by_right_of()) {
    text += Lines(printer, {{"label.right", RightText(context, shown.by_right_of())}});
  }
  return text;
}

Json ShownJson(const meeting::v1::MdoShown& shown) {
  Json object = MdoJson(shown.mdo());
  object["first_step"] = shown.has_first_step() ? FirstStepJson(shown.first_step()) : Json();
  object["by_right_of"] = shown.has_by_right_of() ? RightJson(shown.by_right_of()) : Json();
  object["version"] = shown.version();
  return object;
}

}  // namespace

ExitCode MeetingShow(Context& context) {
  if (!NamesCase(context, context.options.target, {"mdo", "rpt"})) return kExitInvalid;
  Exchange exchange(context);
  meeting::v1::Request request;
  request.mutable_show_mdo()->set_mdo(context.options.target);
  meeting::v1::Response response;
  if (!exchange.Ask("meeting", request, response, meeting::v1::Response::kMdoShown)) {
    return exchange.exit();
  }
  const meeting::v1::MdoShown& shown = response.mdo_shown();
  const TableTerms terms = AskTableTerms(context, *exchange.session());
  context.printer.Result(ShownText(context, shown, terms), ShownJson(shown));
  return kExitOk;
}

}  // namespace samenspel::cli
