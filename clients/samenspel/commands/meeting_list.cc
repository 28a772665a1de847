// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/case_name.h"
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/list_options.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_meeting.h"

namespace samenspel::cli {

ExitCode MeetingList(Context& context) {
  const ListOptions& list = context.options.list;
  meeting::v1::Request request;
  meeting::v1::ListMdos& asked = *request.mutable_list_mdos();
  int64_t from_ms = 0;
  int64_t until_ms = 0;
  if (!FillPage(context, *asked.mutable_page()) || !FillDays(context, from_ms, until_ms)) {
    return kExitInvalid;
  }
  asked.set_from_ms(from_ms);
  asked.set_until_ms(until_ms);
  asked.set_order(MdoOrderAsked(list));
  asked.set_my_seat(list.mine);
  asked.set_to_accept(list.to_accept);
  Exchange exchange(context);
  meeting::v1::Response response;
  if (!exchange.Ask("meeting", request, response, meeting::v1::Response::kMdosListed)) {
    return exchange.exit();
  }
  const meeting::v1::MdosListed& listed = response.mdos_listed();
  const TableTerms terms =
      listed.mdos().empty() ? TableTerms() : AskTableTerms(context, *exchange.session());
  const std::string empty = list.to_accept ? "list.nothing_to_accept" : "list.no_meetings";
  const std::string text =
      listed.mdos().empty() ? context.Say(empty) + "\n" : MdosText(context, listed.mdos(), terms);
  context.printer.Result(
      text + MoreText(context, "meeting list", listed.mdos_size(), listed.total(), listed.next()),
      PageJson("meetings", MdosJson(listed.mdos()), listed.next(), listed.total()));
  return kExitOk;
}

ExitCode MeetingAccept(Context& context) {
  if (!NamesCase(context, context.options.target, {"mdo", "rpt"})) return kExitInvalid;
  Exchange exchange(context);
  meeting::v1::Request request;
  request.mutable_accept_seat()->set_mdo(context.options.target);
  meeting::v1::Response response;
  if (!exchange.Change("meeting", request, response, meeting::v1::Response::kSeatAccepted,
                       context.options.target)) {
    return exchange.exit();
  }
  const meeting::v1::Mdo& mdo = response.seat_accepted().mdo();
  const Printer& printer = context.printer;
  std::string text = Line(printer, "label.case", printer.Strong(mdo.case_number()));
  text += MdoText(context, mdo);
  text += context.Say("meeting.now_yours", {{"id", mdo.case_number()}}) + "\n";
  context.printer.Result(text, MdoJson(mdo));
  return kExitOk;
}

}  // namespace samenspel::cli
