// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/report_change.h"

#include <set>

#include "clients/samenspel/case_name.h"
#include "clients/samenspel/known_lines.h"
#include "clients/samenspel/lines.h"
#include "clients/samenspel/people.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

// What the confirmation came to: a report that was confirmed before is not confirmed again.
std::string ConfirmedText(const Context& context, const std::optional<intake::v1::ReportLine>& seen,
                          const std::string& number) {
  if (!seen) return context.Say("confirm.done", {{"id", number}});
  const std::string colour = context.printer.Colour(seen->colour());
  if (!seen->provisional()) return context.Say("confirm.was_so", {{"colour", colour}});
  const bool red = seen->colour() == intake::v1::COLOUR_RED;
  return context.Say(red ? "confirm.red" : "confirm.not_red", {{"id", number}, {"colour", colour}});
}

// P.06: by name, because the list replaces whoever stood in it.
std::string CircleText(const Context& context, const intake::v1::SetSecretCircle& circle) {
  std::string names;
  for (const std::string& id : std::set(circle.persons().begin(), circle.persons().end())) {
    names += (names.empty() ? "" : ", ") + PersonText(context, id);
  }
  if (names.empty()) return context.Say("circle.only_sender");
  return context.Say("circle.set", {{"names", names}});
}

}  // namespace

bool NamesReport(const Context& context) {
  return NamesCase(context, context.options.target, {"rpt"});
}

ExitCode ChangeReport(Context& context, Exchange& exchange, const intake::v1::Request& request,
                      const Told& told) {
  intake::v1::Response response;
  if (!exchange.Change("intake", request, response, intake::v1::Response::kReportChanged,
                       context.options.target, context.options.change.version)) {
    return exchange.exit();
  }
  const intake::v1::ReportChanged& changed = response.report_changed();
  const std::string next = Wrapped(told(changed), context.printer.columns(), "") + "\n";
  context.printer.Result(ChangedText(context, changed) + next, ChangedJson(changed));
  return kExitOk;
}

ExitCode ChangeReport(Context& context, const intake::v1::Request& request, std::string_view done) {
  if (!NamesReport(context)) return kExitInvalid;
  Exchange exchange(context);
  return ChangeReport(context, exchange, request, [&](const intake::v1::ReportChanged& changed) {
    return context.Say(done, {{"id", Printable(changed.case_number())}});
  });
}

ExitCode ReportConfirm(Context& context) {
  if (!NamesReport(context)) return kExitInvalid;
  Exchange exchange(context);
  std::optional<intake::v1::ReportLine> seen;
  if (exchange.session() != nullptr && !context.printer.json()) {
    seen = AskLine(*exchange.session(), context.options.target);
  }
  intake::v1::Request request;
  request.mutable_confirm_grade()->set_report(context.options.target);
  return ChangeReport(context, exchange, request, [&](const intake::v1::ReportChanged& changed) {
    return ConfirmedText(context, seen, Printable(changed.case_number()));
  });
}

ExitCode ReportCircle(Context& context) {
  if (!NamesReport(context)) return kExitInvalid;
  Exchange exchange(context);
  intake::v1::Request request;
  intake::v1::SetSecretCircle& circle = *request.mutable_set_secret_circle();
  circle.set_report(context.options.target);
  for (const std::string& person : context.options.change.persons) {
    const Meant meant = WhoIsMeant(context, exchange, person, "PERSON");
    if (meant.exit != kExitOk) return meant.exit;
    circle.add_persons(meant.id);
  }
  return ChangeReport(context, exchange, request, [&](const intake::v1::ReportChanged&) {
    LearnNames(context, *exchange.session(),
               std::set<std::string>(circle.persons().begin(), circle.persons().end()));
    return CircleText(context, circle);
  });
}

}  // namespace samenspel::cli
