// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_report.h"

namespace samenspel::cli {
namespace {

Json DomainsJson(const intake::v1::Grade& grade) {
  Json domains = Json::array();
  for (const intake::v1::DomainCount& domain : grade.domains()) {
    domains.push_back({{"domain", domain.domain()},
                       {"text_nl", domain.text_nl()},
                       {"text_en", domain.text_en()},
                       {"yes", domain.yes()},
                       {"no", domain.no()},
                       {"unknown", domain.unknown()}});
  }
  return domains;
}

Json NextJson(const intake::v1::NextQuestion& next) {
  return {{"indicator", next.indicator()},
          {"text_nl", next.text_nl()},
          {"text_en", next.text_en()},
          {"colour", ColourCode(next.colour())}};
}

}  // namespace

std::string GradeText(const Printer& printer, const intake::v1::Grade& grade) {
  std::string text = Line(printer, "label.colour", printer.Colour(grade.colour()));
  for (const intake::v1::FiredRule& rule : grade.fired()) {
    text += Lines(
        printer,
        {{"label.because", TextIn(printer.texts(), rule.text_nl(), rule.text_en(), rule.rule())}});
  }
  return text;
}

std::string CountsText(const Printer& printer, const intake::v1::Grade& grade) {
  const Texts& texts = printer.texts();
  std::string text;
  for (const intake::v1::DomainCount& domain : grade.domains()) {
    const std::string name = TextIn(texts, domain.text_nl(), domain.text_en(), domain.domain());
    const std::string counts =
        texts.Say("grade.counts", {{"domain", name},
                                   {"yes", std::to_string(domain.yes())},
                                   {"no", std::to_string(domain.no())},
                                   {"unknown", std::to_string(domain.unknown())}});
    text += text.empty() ? Lines(printer, {{"label.domains", counts}}) : Under(printer, counts);
  }
  if (!grade.has_next()) return text;
  const intake::v1::NextQuestion& next = grade.next();
  text +=
      Lines(printer,
            {{"label.ask_next", TextIn(texts, next.text_nl(), next.text_en(), next.indicator())}});
  return text + Line(printer, "label.if_yes", printer.Colour(next.colour()));
}

Json GradeJson(const intake::v1::Grade& grade) {
  Json fired = Json::array();
  for (const intake::v1::FiredRule& rule : grade.fired()) {
    fired.push_back(
        {{"rule", rule.rule()},
         {"colour", ColourCode(rule.colour())},
         {"indicators", std::vector(rule.indicators().begin(), rule.indicators().end())},
         {"text_nl", rule.text_nl()},
         {"text_en", rule.text_en()}});
  }
  return {{"colour", ColourCode(grade.colour())},
          {"fired", fired},
          {"domains", DomainsJson(grade)},
          {"weight", grade.weight()},
          {"weight_possible", grade.weight_possible()},
          {"next", grade.has_next() ? NextJson(grade.next()) : Json()}};
}

}  // namespace samenspel::cli
