// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"
#include "clients/samenspel/show.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {

ExitCode MeetingShow(Context& context) {
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  meeting::v1::Request request;
  request.mutable_show_mdo()->set_mdo(context.options.target);
  const Heard heard = (*session)->Ask("meeting", request);
  meeting::v1::Response response;
  if (!heard.ok() || !response.ParseFromString(heard.reply.response()) ||
      !response.has_mdo_shown()) {
    return Explain(context.printer, **session, "meeting", heard);
  }
  const meeting::v1::Mdo& mdo = response.mdo_shown().mdo();
  const Printer& printer = context.printer;
  std::string text = Line(printer, "label.report", mdo.report());
  text += Line(printer, "label.case", printer.Strong(mdo.case_number()));
  text += Line(printer, "label.colour", printer.Colour(mdo.colour()));
  context.printer.Result(text + MdoText(printer, mdo), MdoJson(mdo));
  return kExitOk;
}

}  // namespace samenspel::cli
