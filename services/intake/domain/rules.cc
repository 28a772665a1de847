// SPDX-License-Identifier: EUPL-1.2
// The rule files: what they say of answers, and their adoption.
#include "services/intake/domain/decider.h"
#include "services/intake/domain/form.h"

namespace samenspel::intake {
namespace {

Refusal NoRules() { return decide::Refuse(common::v1::STATUS_UNAVAILABLE, "no_rules"); }

// What both files say of themselves.
template <class Adopted, class Request, class Rules>
void Describe(Adopted& adopted, const Request& request, const Rules& rules) {
  adopted.set_toml(request.toml());
  adopted.set_hash(rules.hash);
  adopted.set_version(rules.version);
  adopted.set_adopted_on(rules.adopted_on);
  adopted.set_adopted_by(rules.adopted_by);
}

Happened On(const char* stream, const Facts& facts) {
  Happened happened;
  happened.stream = stream;
  happened.version = facts.rules_version + 1;
  return happened;
}

}  // namespace

Decision DecideCheckReport(const Facts& facts, const v1::CheckReport& request) {
  if (facts.crisismeter == nullptr) return NoRules();
  auto faults = FaultsOfAnswers(request.answers(), *facts.crisismeter);
  if (!faults.empty()) {
    Refusal refusal;
    refusal.status = common::v1::STATUS_INVALID;
    refusal.reasons = std::move(faults);
    return refusal;
  }
  Accepted accepted;
  *accepted.response.mutable_report_checked()->mutable_grade() =
      GradeOf(*facts.crisismeter, request.answers());
  return accepted;
}

Decision DecideShowCrisismeter(const Facts& facts) {
  if (facts.crisismeter == nullptr) return NoRules();
  Accepted accepted;
  v1::CrisismeterShown& shown = *accepted.response.mutable_crisismeter_shown();
  shown.set_version(facts.crisismeter->version);
  shown.set_adopted_on(facts.crisismeter->adopted_on);
  shown.set_adopted_by(facts.crisismeter->adopted_by);
  for (const Indicator& indicator : facts.crisismeter->indicators) {
    v1::IndicatorText& text = *shown.add_indicators();
    text.set_indicator(indicator.id);
    text.set_domain(indicator.domain);
    text.set_text_nl(indicator.nl);
    text.set_text_en(indicator.en);
    text.set_help_nl(indicator.help_nl);
    text.set_help_en(indicator.help_en);
    text.set_source(indicator.source);
    text.set_direct(indicator.direct);
  }
  return accepted;
}

Decision DecideAdopt(const Facts& facts, const v1::AdoptCrisismeter& request,
                     const Crisismeter& rules) {
  Happened happened = On("crisismeter", facts);
  Describe(*happened.event.mutable_crisismeter_adopted(), request, rules);
  Accepted accepted;
  accepted.events.push_back(std::move(happened));
  return accepted;
}

Decision DecideAdoptTerms(const Facts& facts, const v1::AdoptTerms& request,
                          const TermRules& rules) {
  Happened happened = On("terms", facts);
  Describe(*happened.event.mutable_terms_adopted(), request, rules);
  Accepted accepted;
  accepted.events.push_back(std::move(happened));
  return accepted;
}

}  // namespace samenspel::intake
