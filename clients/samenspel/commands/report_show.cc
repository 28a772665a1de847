// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/case_name.h"
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/exchange.h"
#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

std::string ToldText(const Texts& texts, const intake::v1::Told& told) {
  return told.unknown() ? texts.Say("form.unknown") : told.text();
}

std::string ReporterText(const Texts& texts, const intake::v1::Reporter& reporter) {
  if (reporter.unknown()) return texts.Say("form.unknown");
  std::string text = reporter.name();
  for (const std::string& more : {reporter.organisation(), reporter.phone()}) {
    if (!more.empty()) text += (text.empty() ? "" : ", ") + more;
  }
  return text;
}

std::string ChildText(const Texts& texts, const intake::v1::Child& child) {
  std::string text = child.name();
  if (text.empty()) text = texts.Say(child.unborn() ? "form.unborn" : "form.no_name");
  if (!child.birth_date().empty()) text += ", " + child.birth_date();
  if (!child.bsn().empty()) text += ", BSN " + child.bsn();
  if (!child.stays_tonight().empty()) {
    text += ", " + texts.Say("form.tonight") + ": " + child.stays_tonight();
  }
  return text;
}

std::string AdultText(const intake::v1::Adult& adult) {
  std::string text = adult.name();
  for (const std::string& more :
       {adult.relation(), adult.birth_date(), adult.language(), adult.safe_contact()}) {
    if (!more.empty()) text += (text.empty() ? "" : ", ") + more;
  }
  return text;
}

std::string FamilyText(const Printer& printer, const intake::v1::ReportShown& shown) {
  const Texts& texts = printer.texts();
  const intake::v1::ReportPrivate& family = shown.private_();
  std::string text = Lines(printer, {{"label.happening", ToldText(texts, family.happening())},
                                     {"label.child_now", ToldText(texts, family.child_now())},
                                     {"label.reporter", ReporterText(texts, family.reporter())}});
  for (const auto& child : family.children()) {
    text += Lines(printer, {{"label.child", ChildText(texts, child)}});
  }
  for (const auto& adult : family.adults()) {
    text += Lines(printer, {{"label.adult", AdultText(adult)}});
  }
  text += Lines(printer, {{"label.address", family.address()}});
  const intake::v1::ReportSecret& secret = shown.secret();
  text +=
      Lines(printer, {{"label.secret_location", secret.secret_location()},
                      {"label.hidden_reporter", ReporterText(texts, secret.hidden_reporter())}});
  return text;
}

std::string PhoneOf(const Context& context, const std::string& id) {
  const auto found = context.phones.find(id);
  return found == context.phones.end() ? "" : Printable(found->second);
}

// P.06: a name alone cannot be called at night, the number of their organisation can.
std::string WhomToCall(const Context& context, const intake::v1::ReportShown& shown) {
  const std::string person = PersonText(context, shown.secret_ask());
  std::string phone = PhoneOf(context, shown.secret_ask());
  if (phone.empty()) return context.Say("report.secret_ask", {{"person", person}});
  const bool of_organisation = PhoneOf(context, shown.organisation()) == phone;
  if (of_organisation) phone += ", " + PersonText(context, shown.organisation());
  return context.Say("report.secret_call", {{"phone", phone}, {"person", person}});
}

// One may be in one circle and not in the other (P.06).
std::string WithheldText(const Context& context, const intake::v1::ReportShown& shown) {
  if (!shown.secret_withheld()) return {};
  std::string text = context.Say("report.secret_withheld");
  if (!shown.secret_ask().empty()) text += " " + WhomToCall(context, shown);
  return Wrapped(text, context.printer.columns(), "") + "\n";
}

// First of all who holds the child (P.01), and only then what is organised around it.
std::string ChildFirstText(const Context& context, const intake::v1::ReportShown& shown) {
  const intake::v1::Afterwards& words = shown.private_().afterwards();
  if (shown.has_first_step()) return FirstStepText(context, shown.first_step(), words.first_step());
  const bool waits = shown.grade().colour() == intake::v1::COLOUR_RED &&
                     shown.outcome() == intake::v1::OUTCOME_UNSPECIFIED;
  if (!waits) return {};
  return NoFirstStepText(context, Printable(shown.case_number()),
                         shown.terms().first_step_due_ms());
}

std::string StandText(const Context& context, const intake::v1::ReportShown& shown) {
  const Printer& printer = context.printer;
  const intake::v1::Afterwards& words = shown.private_().afterwards();
  std::string text;
  if (shown.provisional()) {
    const bool red = shown.grade().colour() == intake::v1::COLOUR_RED;
    const std::string confirm =
        context.Say(red ? "report.provisional_red" : "report.provisional",
                    {{"id", Printable(shown.case_number())},
                     {"due", DueText(context, shown.terms().confirm_due_ms())}});
    text += Lines(printer, {{"label.provisional", confirm}});
  }
  if (shown.has_ownership()) text += OwnershipText(context, shown.ownership());
  text += Lines(printer, {{"label.note", words.ownership_note()}});
  if (shown.outcome() == intake::v1::OUTCOME_UNSPECIFIED) {
    return text + Lines(printer, {{"label.term", DueText(context, shown.terms().settle_due_ms())}});
  }
  const std::string outcome = printer.texts().Word("outcome", OutcomeCode(shown.outcome()));
  return text +
         Lines(printer, {{"label.settled", outcome + ", " + printer.Time(shown.settled_at_ms())},
                         {"label.note", words.outcome_note()}});
}

std::string AccessText(const Context& context, const intake::v1::ReportShown& shown) {
  std::string text;
  if (shown.has_by_right_of()) {
    text += Lines(context.printer, {{"label.right", RightText(context, shown.by_right_of())}});
  }
  return text + Line(context.printer, "label.version", std::to_string(shown.version()));
}

std::string MeetingLine(const Context& context, const intake::v1::ReportShown& shown) {
  const Printer& printer = context.printer;
  if (!shown.has_meeting()) {
    const bool red = shown.grade().colour() == intake::v1::COLOUR_RED;
    return red ? Line(printer, "label.meeting", printer.texts().Say("report.no_meeting_yet")) : "";
  }
  const intake::v1::MeetingNote& note = shown.meeting();
  const std::string when = note.starts_at_ms() == 0
                               ? context.Say("report.no_start_yet")
                               : printer.Span(note.starts_at_ms(), note.ends_at_ms());
  const std::string late = LateText(context, note.starts_at_ms(), shown.terms().settle_due_ms());
  return Line(printer, "label.meeting", note.mdo() + ", " + when) +
         (late.empty() ? "" : Under(printer, late));
}

std::string ReportText(const Context& context, const intake::v1::ReportShown& shown) {
  const Printer& printer = context.printer;
  std::string text = Line(printer, "label.report", shown.report());
  text += Line(printer, "label.case", printer.Strong(shown.case_number()));
  text += Line(printer, "label.received", printer.Time(shown.received_at_ms()));
  text += GradeText(printer, shown.grade()) + ChildFirstText(context, shown);
  text += MeetingLine(context, shown) + StandText(context, shown);
  text += FamilyText(printer, shown) + WithheldText(context, shown);
  return text + CountsText(printer, shown.grade()) + AccessText(context, shown);
}

Json ReporterJson(const intake::v1::Reporter& reporter) {
  return {{"unknown", reporter.unknown()},
          {"name", reporter.name()},
          {"organisation", reporter.organisation()},
          {"phone", reporter.phone()}};
}

Json FamilyJson(const intake::v1::ReportPrivate& family) {
  const auto told = [](const intake::v1::Told& one) {
    return Json{{"text", one.text()}, {"unknown", one.unknown()}};
  };
  Json children = Json::array();
  for (const auto& child : family.children()) {
    children.push_back({{"name", child.name()},
                        {"birth_date", child.birth_date()},
                        {"bsn", child.bsn()},
                        {"unborn", child.unborn()},
                        {"sex", intake::v1::Sex_Name(child.sex())},
                        {"stays_tonight", child.stays_tonight()}});
  }
  Json adults = Json::array();
  for (const auto& adult : family.adults()) {
    adults.push_back({{"name", adult.name()},
                      {"birth_date", adult.birth_date()},
                      {"relation", adult.relation()},
                      {"language", adult.language()},
                      {"safe_contact", adult.safe_contact()}});
  }
  return {{"happening", told(family.happening())},
          {"child_now", told(family.child_now())},
          {"reporter", ReporterJson(family.reporter())},
          {"children", children},
          {"adults", adults},
          {"address", family.address()},
          {"afterwards",
           {{"first_step",
             {{"who", family.afterwards().first_step().who()},
              {"note", family.afterwards().first_step().note()}}},
            {"ownership_note", family.afterwards().ownership_note()},
            {"outcome_note", family.afterwards().outcome_note()}}}};
}

Json ShownJson(const intake::v1::ReportShown& shown) {
  Json answers = Json::array();
  for (const auto& answer : shown.answers()) {
    answers.push_back({{"indicator", answer.indicator()},
                       {"value", intake::v1::AnswerValue_Name(answer.value())}});
  }
  Json object = {
      {"report", shown.report()},
      {"case_number", shown.case_number()},
      {"received_at", IsoTime(base::FromMs(shown.received_at_ms()))},
      {"sender", shown.sender()},
      {"organisation", shown.organisation()},
      {"grade", GradeJson(shown.grade())},
      {"provisional", shown.provisional()},
      {"first_step", shown.has_first_step() ? FirstStepJson(shown.first_step()) : Json()},
      {"meeting", shown.has_meeting() ? MeetingNoteJson(shown.meeting()) : Json()},
      {"owner", OwnershipJson(shown.ownership())},
      {"terms", TermsJson(shown.terms())},
      {"outcome", OutcomeJson(shown.outcome())},
      {"settled_at", TimeJson(shown.settled_at_ms())},
      {"by_right_of", shown.has_by_right_of() ? RightJson(shown.by_right_of()) : Json()},
      {"version", shown.version()},
      {"answers", answers},
      {"private", FamilyJson(shown.private_())},
      {"secret_withheld", shown.secret_withheld()},
      {"secret_ask", shown.secret_ask()}};
  if (shown.has_secret()) {
    object["secret"] = {{"secret_location", shown.secret().secret_location()},
                        {"hidden_reporter", ReporterJson(shown.secret().hidden_reporter())}};
  }
  return object;
}

}  // namespace

ExitCode ReportShow(Context& context) {
  if (!NamesCase(context, context.options.target, {"rpt"})) return kExitInvalid;
  Exchange exchange(context);
  intake::v1::Request request;
  request.mutable_show_report()->set_report(context.options.target);
  intake::v1::Response response;
  if (!exchange.Ask("intake", request, response, intake::v1::Response::kReportShown)) {
    return exchange.exit();
  }
  const intake::v1::ReportShown& shown = response.report_shown();
  context.printer.Result(ReportText(context, shown), ShownJson(shown));
  return kExitOk;
}

}  // namespace samenspel::cli
