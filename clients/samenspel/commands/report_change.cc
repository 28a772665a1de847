// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/report_change.h"

#include "clients/samenspel/exchange.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {

ExitCode ChangeReport(Context& context, const intake::v1::Request& request, std::string_view done) {
  Exchange exchange(context);
  intake::v1::Response response;
  if (!exchange.Change("intake", request, response, intake::v1::Response::kReportChanged,
                       context.options.target, context.options.change.version)) {
    return exchange.exit();
  }
  const intake::v1::ReportChanged& changed = response.report_changed();
  const std::string next = context.Say(done, {{"id", Printable(changed.case_number())}}) + "\n";
  context.printer.Result(ChangedText(context, changed) + next, ChangedJson(changed));
  return kExitOk;
}

ExitCode ReportConfirm(Context& context) {
  intake::v1::Request request;
  request.mutable_confirm_grade()->set_report(context.options.target);
  return ChangeReport(context, request, "confirm.done");
}

ExitCode ReportCircle(Context& context) {
  intake::v1::Request request;
  intake::v1::SetSecretCircle& circle = *request.mutable_set_secret_circle();
  circle.set_report(context.options.target);
  for (const std::string& person : context.options.change.persons) {
    circle.add_persons(person == "me" ? context.settings.principal : person);
  }
  return ChangeReport(context, request,
                      circle.persons().empty() ? "circle.only_sender" : "circle.set");
}

}  // namespace samenspel::cli
