// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/lines.h"
#include "clients/samenspel/list_options.h"

namespace samenspel::cli {

ExitCode ReportList(Context& context) {
  const ListOptions& list = context.options.list;
  intake::v1::Request request;
  intake::v1::ListReports& asked = *request.mutable_list_reports();
  int64_t from_ms = 0;
  int64_t until_ms = 0;
  if (!FillPage(context, *asked.mutable_page()) || !FillDays(context, from_ms, until_ms)) {
    return kExitInvalid;
  }
  asked.set_from_ms(from_ms);
  asked.set_until_ms(until_ms);
  asked.set_order(ReportOrderAsked(list));
  asked.set_colour(ColourAsked(list));
  asked.set_with_settled(list.all);
  asked.set_mine(list.mine);
  Exchange exchange(context);
  intake::v1::Response response;
  if (!exchange.Ask("intake", request, response, intake::v1::Response::kReportsListed)) {
    return exchange.exit();
  }
  const intake::v1::ReportsListed& listed = response.reports_listed();
  const bool narrowed = list.mine || !list.colour.empty() || from_ms != 0 || until_ms != 0;
  const std::string_view none = narrowed ? "list.none_fits" : "list.no_reports";
  const std::string text =
      listed.lines().empty() ? context.Say(none) + "\n" : ReportsText(context, listed.lines());
  context.printer.Result(
      text + MoreText(context, "report list", listed.lines_size(), listed.total(), listed.next()),
      PageJson("reports", ReportsJson(listed.lines()), listed.next(), listed.total()));
  return kExitOk;
}

}  // namespace samenspel::cli
