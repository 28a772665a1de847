// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/known_lines.h"

#include <functional>

#include "common/base/ids.h"

namespace samenspel::cli {
namespace {

using intake::v1::ReportLine;

constexpr base::milliseconds kPatience{1000};
constexpr int kPagesMax = 5;  // Of 200 lines: more nobody has open at once.

using Lines = google::protobuf::RepeatedPtrField<ReportLine>;

// Page after page, until `enough` says so.
void AskPages(Session& session, intake::v1::ListReports asked,
              const std::function<bool(const Lines&)>& enough) {
  for (int page = 0; page < kPagesMax; ++page) {
    intake::v1::Request request;
    *request.mutable_list_reports() = asked;
    const Heard heard = session.Call("intake", session.EnvelopeOf(request), kPatience);
    intake::v1::Response response;
    if (!heard.ok() || !response.ParseFromString(heard.reply.response())) return;
    const intake::v1::ReportsListed& listed = response.reports_listed();
    if (enough(listed.lines()) || listed.next().empty()) return;
    asked.mutable_page()->set_after(listed.next());
  }
}

}  // namespace

void AddTableTerms(const Lines& lines, TableTerms& terms) {
  for (const ReportLine& line : lines) {
    if (line.colour() != intake::v1::COLOUR_RED) continue;
    terms[line.report()] = line.terms().settle_due_ms();
  }
}

TableTerms AskTableTerms(const Context& context, Session& session) {
  TableTerms terms;
  if (context.printer.json()) return terms;
  intake::v1::ListReports asked;
  asked.set_colour(intake::v1::COLOUR_RED);
  AskPages(session, asked, [&terms](const Lines& lines) {
    AddTableTerms(lines, terms);
    return false;
  });
  return terms;
}

std::optional<ReportLine> AskLine(Session& session, const std::string& report) {
  const std::string number = base::ParseCaseNumber(report).value_or("");
  std::optional<ReportLine> found;
  AskPages(session, {}, [&](const Lines& lines) {
    for (const ReportLine& line : lines) {
      if (line.report() == report || line.case_number() == number) found = line;
    }
    return found.has_value();
  });
  return found;
}

}  // namespace samenspel::cli
