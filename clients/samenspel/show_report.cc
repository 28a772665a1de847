// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/show_report.h"

#include <algorithm>
#include <array>
#include <utility>

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using intake::v1::FirstStep;
using intake::v1::Ownership;

constexpr std::array<std::pair<std::string_view, FirstStep>, 6> kFirstSteps{{
    {"112", intake::v1::FIRST_STEP_EMERGENCY_SERVICES},
    {"crisis_team", intake::v1::FIRST_STEP_CRISIS_TEAM},
    {"hospital", intake::v1::FIRST_STEP_STAYS_IN_HOSPITAL},
    {"safe_place", intake::v1::FIRST_STEP_SAFE_PLACE},
    {"home", intake::v1::FIRST_STEP_STAYS_AT_HOME},
    {"none", intake::v1::FIRST_STEP_NONE},
}};

std::string OwnerWords(const Context& context, const Ownership& ownership) {
  std::string text = PersonText(context, ownership.owner());
  if (ownership.since_ms() != 0) {
    text +=
        " " + context.Say("owner.since", {{"time", context.printer.Time(ownership.since_ms())}});
  }
  if (!ownership.offered_to().empty()) {
    const bool you = ownership.offered_to() == context.settings.principal;
    text += "; " + context.Say(you ? "owner.offered_to_you" : "owner.offered",
                               {{"person", PersonText(context, ownership.offered_to())}});
  } else if (ownership.open()) {
    text += "; " + context.Say("owner.open", {{"desk", PersonText(context, ownership.desk())}});
  }
  return text;
}

std::string StepWords(const Context& context, const intake::v1::FirstStepNote& note,
                      const std::string& who) {
  std::string text = context.printer.texts().Word("step", std::string(FirstStepCode(note.step())));
  if (!note.professional().empty()) text += ": " + PersonText(context, note.professional());
  if (!who.empty()) text += ": " + who;
  if (note.named_by().empty()) return text;
  return text + " " +
         context.Say("step_named.by", {{"person", PersonText(context, note.named_by())},
                                       {"time", context.printer.Time(note.named_at_ms())}});
}

}  // namespace

std::string_view FirstStepCode(FirstStep step) {
  const auto* found =
      std::ranges::find(kFirstSteps, step, [](const auto& pair) { return pair.second; });
  return found == kFirstSteps.end() ? "unknown" : found->first;
}

std::optional<FirstStep> FirstStepOf(std::string_view code) {
  const auto* found =
      std::ranges::find(kFirstSteps, code, [](const auto& pair) { return pair.first; });
  if (found == kFirstSteps.end()) return std::nullopt;
  return found->second;
}

std::string FirstStepText(const Context& context, const intake::v1::FirstStepNote& note,
                          const intake::v1::FirstStepPrivate& words) {
  return Lines(context.printer, {{"label.first_step", StepWords(context, note, words.who())},
                                 {"label.note", words.note()}});
}

std::string NoFirstStepText(const Context& context, const std::string& id, int64_t due_ms) {
  const std::string due = due_ms == 0 ? context.Say("hold.at_once") : DueText(context, due_ms);
  return context.printer.Strong(context.Say("hold.nobody", {{"due", due}})) + "\n" +
         context.Say("hold.type", {{"id", id}}) + "\n";
}

Json FirstStepJson(const intake::v1::FirstStepNote& note) {
  return {{"step", FirstStepCode(note.step())},
          {"professional", note.professional()},
          {"named_by", note.named_by()},
          {"named_at", TimeJson(note.named_at_ms())}};
}

std::string OwnershipText(const Context& context, const Ownership& ownership) {
  return Lines(context.printer, {{"label.owner", OwnerWords(context, ownership)}});
}

Json OwnershipJson(const Ownership& ownership) {
  return {{"person", ownership.owner()},
          {"desk", ownership.desk()},
          {"open", ownership.open()},
          {"offered_to", ownership.offered_to()},
          {"since", TimeJson(ownership.since_ms())}};
}

Json MeetingNoteJson(const intake::v1::MeetingNote& note) {
  return {{"mdo", note.mdo()},
          {"starts_at", TimeJson(note.starts_at_ms())},
          {"ends_at", TimeJson(note.ends_at_ms())}};
}

Json TermsJson(const intake::v1::Terms& terms) {
  return {{"first_step_due", TimeJson(terms.first_step_due_ms())},
          {"meeting_due", TimeJson(terms.meeting_due_ms())},
          {"settle_due", TimeJson(terms.settle_due_ms())},
          {"warn_at", TimeJson(terms.warn_at_ms())},
          {"confirm_due", TimeJson(terms.confirm_due_ms())}};
}

std::string OutcomeCode(intake::v1::Outcome outcome) {
  return CodeOf(intake::v1::Outcome_Name(outcome), "OUTCOME_");
}

std::optional<intake::v1::Outcome> OutcomeOf(const std::string& code) {
  for (int i = intake::v1::Outcome_MIN + 1; i <= intake::v1::Outcome_MAX; ++i) {
    const auto outcome = static_cast<intake::v1::Outcome>(i);
    if (OutcomeCode(outcome) == code) return outcome;
  }
  return std::nullopt;
}

Json OutcomeJson(intake::v1::Outcome outcome) {
  return outcome == intake::v1::OUTCOME_UNSPECIFIED ? Json() : Json(OutcomeCode(outcome));
}

std::string RightText(const Context& context, const common::v1::Involvement& right) {
  const std::string code =
      CodeOf(common::v1::InvolvementKind_Name(right.kind()), "INVOLVEMENT_KIND_");
  std::string text = context.printer.texts().Word("right", code);
  if (right.until_ms() != 0) {
    text += " " + context.Say("right_until.time", {{"time", DueText(context, right.until_ms())}});
  }
  return text;
}

Json RightJson(const common::v1::Involvement& right) {
  return {{"kind", CodeOf(common::v1::InvolvementKind_Name(right.kind()), "INVOLVEMENT_KIND_")},
          {"until", TimeJson(right.until_ms())}};
}

std::string ChangedText(const Context& context, const intake::v1::ReportChanged& changed) {
  const Printer& printer = context.printer;
  std::string text = Line(printer, "label.case", printer.Strong(Printable(changed.case_number())));
  if (changed.has_first_step()) text += FirstStepText(context, changed.first_step());
  if (changed.has_ownership()) text += OwnershipText(context, changed.ownership());
  if (changed.outcome() != intake::v1::OUTCOME_UNSPECIFIED) {
    text += Line(printer, "label.settled",
                 printer.texts().Word("outcome", OutcomeCode(changed.outcome())));
  }
  return text + Line(printer, "label.version", std::to_string(changed.version()));
}

Json ChangedJson(const intake::v1::ReportChanged& changed) {
  return {{"report", changed.report()},
          {"case_number", changed.case_number()},
          {"owner", OwnershipJson(changed.ownership())},
          {"first_step", changed.has_first_step() ? FirstStepJson(changed.first_step()) : Json()},
          {"outcome", OutcomeJson(changed.outcome())},
          {"version", changed.version()}};
}

}  // namespace samenspel::cli
