// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/show.h"

#include <algorithm>

#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"

namespace samenspel::cli {
namespace {

constexpr size_t kLabelWidth = 14;
constexpr std::string_view kUnderLabels = "              ";  // As wide as the column of labels.

std::string ParameterText(const common::v1::Parameter& parameter, const Printer& printer) {
  switch (parameter.value_case()) {
    case common::v1::Parameter::kNumber:
      return std::to_string(parameter.number());
    case common::v1::Parameter::kInstantMs:
      return printer.Time(parameter.instant_ms());
    case common::v1::Parameter::kCode:
      return parameter.code();
    case common::v1::Parameter::VALUE_NOT_SET:
      break;
  }
  return "-";
}

std::string ReasonText(const common::v1::Reason& reason, const Printer& printer) {
  std::string text = printer.texts().Word("reason", reason.code());
  if (!reason.field().empty()) text = SpelledAsInForm(reason.field()) + ": " + text;
  std::string parameters;
  for (const common::v1::Parameter& parameter : reason.parameters()) {
    parameters += parameters.empty() ? "" : ", ";
    parameters += parameter.name() + " = " + ParameterText(parameter, printer);
  }
  return Printable(parameters.empty() ? text : text + " (" + parameters + ")");
}

Json ReasonsJson(const common::v1::Reply& reply) {
  Json reasons = Json::array();
  for (const common::v1::Reason& reason : reply.reasons()) {
    reasons.push_back({{"code", reason.code()}, {"field", reason.field()}});
  }
  return reasons;
}

//   whole  what it is about when it has no path
std::string ErrorText(const Texts& texts, const FormError& error, const std::string& whole,
                      const std::string& why) {
  std::string text = (error.path.empty() ? whole : SpelledAsInForm(error.path)) + ": " + why;
  if (error.line > 0) text += " " + texts.Say("form.line", {{"line", std::to_string(error.line)}});
  if (error.known.empty()) return text;
  text += text.ends_with('.') ? " " : ". ";
  return text + texts.Say("form.known", {{"fields", error.known}});
}

size_t ValueColumns(const Printer& printer) { return printer.columns() - kLabelWidth; }

}  // namespace

std::string StatusCode(common::v1::Status status) {
  const std::string code = CodeOf(common::v1::Status_Name(status), "STATUS_");
  return code.empty() ? "status_" + std::to_string(status) : code;
}

std::string Line(const Printer& printer, std::string_view label_key, const std::string& value) {
  const std::string label = printer.texts().Say(label_key);
  const size_t width = Width(label);
  return label + std::string(width < kLabelWidth ? kLabelWidth - width : 1, ' ') + value + "\n";
}

std::string Under(const Printer& printer, const std::string& value) {
  return std::string(kLabelWidth, ' ') + Wrapped(value, ValueColumns(printer), kUnderLabels) + "\n";
}

std::string Lines(const Printer& printer,
                  std::initializer_list<std::pair<std::string_view, std::string>> pairs) {
  std::string text;
  for (const auto& [label, value] : pairs) {
    if (!value.empty())
      text += Line(printer, label, Wrapped(value, ValueColumns(printer), kUnderLabels));
  }
  return text;
}

std::string CodeOf(std::string name, std::string_view prefix) {
  if (name.starts_with(prefix)) name.erase(0, prefix.size());
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  return name;
}

Json TimeJson(int64_t ms) { return ms == 0 ? Json() : Json(IsoTime(base::FromMs(ms))); }

std::string TextIn(const Texts& texts, const std::string& dutch, const std::string& english,
                   const std::string& otherwise) {
  const std::string& text = texts.language() == Language::kDutch ? dutch : english;
  return Printable(text.empty() ? otherwise : text);
}

Json RefJson(const common::v1::Ref& ref) {
  return {{"service", ref.service()}, {"epoch", ref.epoch()}, {"sequence", ref.sequence()}};
}

ExitCode ExplainReply(Printer& printer, std::string_view service, const common::v1::Reply& reply) {
  const std::string code = StatusCode(reply.status());
  std::string sentence = printer.texts().Say(
      "reply.no",
      {{"service", std::string(service)}, {"status", printer.texts().Word("status", code)}});
  for (const common::v1::Reason& reason : reply.reasons()) {
    sentence += "\n  - " + ReasonText(reason, printer);
  }
  if (reply.retry_after_ms() > 0) {
    const uint32_t seconds = (reply.retry_after_ms() + 999) / 1000;
    sentence += "\n  " + printer.texts().Say("reply.again", {{"seconds", std::to_string(seconds)}});
  }
  return printer.Fail(ExitOf(reply.status()), code, sentence,
                      {{"service", service}, {"reasons", ReasonsJson(reply)}});
}

ExitCode ExplainSilence(Printer& printer, const Session& session, std::string_view service,
                        const Heard& heard) {
  const std::string endpoint = session.EndpointOf(service);
  if (endpoint.empty()) {
    return printer.Fail(
        kExitInvalid, "no_server",
        printer.texts().Say("away.not_configured", {{"service", std::string(service)}}));
  }
  return printer.Fail(
      kExitUnavailable, "unavailable",
      printer.texts().Say("away.read", {{"service", std::string(service)}, {"endpoint", endpoint}}),
      {{"service", service}, {"detail", heard.detail}});
}

ExitCode Explain(Printer& printer, const Session& session, std::string_view service,
                 const Heard& heard) {
  if (heard.replied() && !heard.ok()) return ExplainReply(printer, service, heard.reply);
  if (!heard.replied()) return ExplainSilence(printer, session, service, heard);
  return printer.Fail(kExitUnavailable, "unreadable_answer",
                      printer.texts().Say("reply.unreadable", {{"service", std::string(service)}}));
}

std::string SpelledAsInForm(std::string_view path) {
  std::string spelled;
  bool capital = false;
  for (const char c : path) {
    if (c != '_')
      spelled += capital ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    capital = c == '_';
  }
  return spelled;
}

std::string FormErrorText(const Texts& texts, const FormError& error) {
  return ErrorText(texts, error, texts.Say("form.whole"), texts.Word("reason", error.code));
}

std::string RosterErrorText(const Texts& texts, const FormError& error) {
  const std::string own = texts.Word("roster_fault", error.code);
  return ErrorText(texts, error, texts.Say("roster.whole"),
                   own == error.code ? texts.Word("reason", error.code) : own);
}

}  // namespace samenspel::cli
