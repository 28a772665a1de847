// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <utility>
#include <vector>

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using intake::v1::ReportChanged;

// The lines of a text that is shown inside another.
std::string Indented(const std::string& text) {
  std::string indented;
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find('\n', at), text.size());
    indented += "\n    " + text.substr(at, end - at);
    at = end + 1;
  }
  return indented;
}

std::string OutcomeText(const Context& context, intake::v1::Outcome outcome) {
  const std::string words = outcome == intake::v1::OUTCOME_UNSPECIFIED
                                ? context.Say("conflict.not_settled")
                                : context.printer.texts().Word("outcome", OutcomeCode(outcome));
  return Line(context.printer, "label.settled", words);
}

// What was asked for, and the same as it stands.
std::pair<std::string, std::string> BothValues(const Context& context,
                                               const ReportChanged& changed) {
  std::pair<std::string, std::string> both;
  if (changed.has_asked_ownership()) {
    both.first += OwnershipText(context, changed.asked_ownership());
    both.second += OwnershipText(context, changed.ownership());
  }
  if (changed.has_asked_first_step()) {
    both.first += FirstStepText(context, changed.asked_first_step());
    both.second += changed.has_first_step() ? FirstStepText(context, changed.first_step())
                                            : context.Say("conflict.no_first_step") + "\n";
  }
  if (changed.asked_outcome() != intake::v1::OUTCOME_UNSPECIFIED) {
    both.first += OutcomeText(context, changed.asked_outcome());
    both.second += OutcomeText(context, changed.outcome());
  }
  // A settled report answers why nobody can take it any more.
  if (changed.has_asked_ownership() && changed.outcome() != intake::v1::OUTCOME_UNSPECIFIED) {
    both.second += OutcomeText(context, changed.outcome());
  }
  return both;
}

Json AskedJson(const ReportChanged& changed) {
  Json asked = Json::object();
  if (changed.has_asked_ownership()) asked["owner"] = OwnershipJson(changed.asked_ownership());
  if (changed.has_asked_first_step()) {
    asked["first_step"] = FirstStepJson(changed.asked_first_step());
  }
  if (changed.asked_outcome() != intake::v1::OUTCOME_UNSPECIFIED) {
    asked["outcome"] = OutcomeJson(changed.asked_outcome());
  }
  return asked;
}

}  // namespace

ExitCode ExplainConflict(Context& context, const common::v1::Reply& reply) {
  intake::v1::Response response;
  if (!response.ParseFromString(reply.response()) || !response.has_report_changed()) {
    return ExplainReply(context.printer, "intake", reply);
  }
  const ReportChanged& changed = response.report_changed();
  const auto [wanted, stands] = BothValues(context, changed);
  const std::string id = Printable(changed.case_number());
  std::string sentence = context.Say("conflict.changed", {{"id", id}});
  if (!wanted.empty()) sentence += "\n  " + context.Say("conflict.wanted") + Indented(wanted);
  sentence += "\n  " + context.Say("conflict.stands") +
              Indented(wanted.empty() ? ChangedText(context, changed) : stands);
  // A newer version does not help where a colleague was simply first.
  const bool taken = !reply.reasons().empty() && reply.reasons(0).code() == "claimed_already";
  sentence += "\n  " + context.Say(taken ? "conflict.ask_owner" : "conflict.go_on",
                                   {{"id", id},
                                    {"me", context.settings.principal},
                                    {"version", std::to_string(changed.version())}});
  return context.printer.Fail(
      kExitConflict, "conflict", sentence,
      {{"service", "intake"}, {"asked", AskedJson(changed)}, {"stands", ChangedJson(changed)}});
}

}  // namespace samenspel::cli
