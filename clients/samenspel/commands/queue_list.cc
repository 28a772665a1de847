// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/queue_watch.h"
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/lines.h"
#include "clients/samenspel/list_options.h"

namespace samenspel::cli {

bool FillQueue(Context& context, intake::v1::Request& request) {
  const ListOptions& list = context.options.list;
  intake::v1::ListQueue& asked = *request.mutable_list_queue();
  asked.set_order(ReportOrderAsked(list));
  asked.set_colour(ColourAsked(list));
  asked.set_unclaimed(list.unclaimed);
  return FillPage(context, *asked.mutable_page());
}

std::string QueueText(const Context& context, const intake::v1::ReportsListed& listed) {
  if (listed.lines().empty()) {
    return context.Say(context.options.list.unclaimed ? "queue.nothing_to_claim" : "queue.empty") +
           "\n";
  }
  return ReportsText(context, listed.lines()) +
         MoreText(context, "queue", listed.lines_size(), listed.total(), listed.next());
}

ExitCode Queue(Context& context) {
  intake::v1::Request request;
  if (!FillQueue(context, request)) return kExitInvalid;
  Exchange exchange(context);
  intake::v1::Response response;
  if (!exchange.Ask("intake", request, response, intake::v1::Response::kReportsListed)) {
    return exchange.exit();
  }
  const intake::v1::ReportsListed& listed = response.reports_listed();
  if (context.options.list.watch) return WatchQueue(context, *exchange.session(), request, listed);
  context.printer.Result(
      QueueText(context, listed),
      PageJson("reports", ReportsJson(listed.lines()), listed.next(), listed.total()));
  return kExitOk;
}

}  // namespace samenspel::cli
