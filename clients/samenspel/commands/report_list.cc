// SPDX-License-Identifier: EUPL-1.2
#include <optional>

#include "clients/samenspel/exchange.h"
#include "clients/samenspel/lines.h"
#include "clients/samenspel/list_options.h"

namespace samenspel::cli {
namespace {

// Each looks at some hundreds of settled reports, which may all be other people's.
constexpr int kAsksMax = 50;

// With settled reports asks on until the page is full.
bool AskPage(Exchange& exchange, intake::v1::Request& request, intake::v1::ReportsListed& listed) {
  auto& page = *request.mutable_list_reports()->mutable_page();
  const uint32_t wanted = page.limit();
  for (int asks = 0; asks < kAsksMax; ++asks) {
    intake::v1::Response response;
    if (!exchange.Ask("intake", request, response, intake::v1::Response::kReportsListed)) {
      return false;
    }
    const intake::v1::ReportsListed& piece = response.reports_listed();
    listed.MergeFrom(piece);
    listed.set_next(piece.next());
    const auto shown = static_cast<uint32_t>(listed.lines_size());
    const bool counted = !request.list_reports().with_settled();
    if (counted || piece.next().empty() || shown >= wanted) break;
    page.set_after(piece.next());
    page.set_limit(wanted - shown);
  }
  return true;
}

}  // namespace

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
  intake::v1::ReportsListed listed;
  if (!AskPage(exchange, request, listed)) return exchange.exit();
  const auto total = list.all ? std::nullopt : std::optional(listed.total());
  const bool narrowed = list.mine || !list.colour.empty() || from_ms != 0 || until_ms != 0;
  const std::string_view none = narrowed ? "list.none_fits" : "list.no_reports";
  std::string text;
  if (!listed.lines().empty()) {
    text = ReportsText(context, listed.lines());
  } else if (listed.next().empty()) {
    text = context.Say(none) + "\n";
  }
  context.printer.Result(
      text + MoreText(context, "report list", listed.lines_size(), total, listed.next()),
      PageJson("reports", ReportsJson(listed.lines()), listed.next(), total));
  return kExitOk;
}

}  // namespace samenspel::cli
