// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

constexpr size_t kTextColumns = 86;
constexpr std::string_view kUnderLabels = "              ";  // As wide as the column of labels.

std::string Lines(const Printer& printer,
                  std::initializer_list<std::pair<std::string_view, std::string>> pairs) {
  std::string text;
  for (const auto& [label, value] : pairs) {
    if (!value.empty()) text += Line(printer, label, Wrapped(value, kTextColumns, kUnderLabels));
  }
  return text;
}

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
  // One may be in one circle and not in the other (P.06).
  return shown.secret_withheld() ? text + texts.Say("report.secret_withheld") + "\n" : text;
}

std::string MeetingLine(const Printer& printer, const intake::v1::ReportShown& shown) {
  if (!shown.has_meeting()) {
    const bool red = shown.grade().colour() == intake::v1::COLOUR_RED;
    return red ? Line(printer, "label.meeting", printer.texts().Say("report.no_meeting_yet")) : "";
  }
  const intake::v1::MeetingNote& note = shown.meeting();
  return Line(
      printer, "label.meeting",
      note.mdo() + ", " +
          (note.starts_at_ms() == 0 ? printer.texts().Say("report.no_start_yet")
                                    : printer.Span(note.starts_at_ms(), note.ends_at_ms())));
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
          {"address", family.address()}};
}

Json ShownJson(const intake::v1::ReportShown& shown) {
  Json answers = Json::array();
  for (const auto& answer : shown.answers()) {
    answers.push_back({{"indicator", answer.indicator()},
                       {"value", intake::v1::AnswerValue_Name(answer.value())}});
  }
  Json object = {{"report", shown.report()},
                 {"case_number", shown.case_number()},
                 {"received_at", IsoTime(base::FromMs(shown.received_at_ms()))},
                 {"sender", shown.sender()},
                 {"organisation", shown.organisation()},
                 {"grade", GradeJson(shown.grade())},
                 {"answers", answers},
                 {"private", FamilyJson(shown.private_())},
                 {"secret_withheld", shown.secret_withheld()}};
  object["meeting"] = Json();
  if (shown.has_meeting()) {
    const intake::v1::MeetingNote& note = shown.meeting();
    const auto time = [](int64_t ms) { return ms == 0 ? Json() : Json(IsoTime(base::FromMs(ms))); };
    object["meeting"] = {{"mdo", note.mdo()},
                         {"starts_at", time(note.starts_at_ms())},
                         {"ends_at", time(note.ends_at_ms())}};
  }
  if (shown.has_secret()) {
    object["secret"] = {{"secret_location", shown.secret().secret_location()},
                        {"hidden_reporter", ReporterJson(shown.secret().hidden_reporter())}};
  }
  return object;
}

}  // namespace

ExitCode ReportShow(Context& context) {
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  intake::v1::Request request;
  request.mutable_show_report()->set_report(context.options.target);
  const Heard heard = (*session)->Ask("intake", request);
  intake::v1::Response response;
  if (!heard.ok() || !response.ParseFromString(heard.reply.response()) ||
      !response.has_report_shown()) {
    return Explain(context.printer, **session, "intake", heard);
  }
  const intake::v1::ReportShown& shown = response.report_shown();
  const Printer& printer = context.printer;
  std::string text = Line(printer, "label.report", shown.report());
  text += Line(printer, "label.case", printer.Strong(shown.case_number()));
  text += Line(printer, "label.received", printer.Time(shown.received_at_ms()));
  text += GradeText(printer, shown.grade());
  text += MeetingLine(printer, shown) + FamilyText(printer, shown);
  context.printer.Result(text, ShownJson(shown));
  return kExitOk;
}

}  // namespace samenspel::cli
