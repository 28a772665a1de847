// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/report_change.h"
#include "clients/samenspel/people.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/spoken.h"
#include "clients/samenspel/table.h"
#include "common/base/ids.h"

namespace samenspel::cli {
namespace {

using intake::v1::HoldReport;

constexpr size_t kWhoMax = 200;  // Characters of a name and a function.

ExitCode Refused(const Context& context, std::string_view code, std::string_view key,
                 const std::string& text = {}) {
  return context.printer.Fail(kExitInvalid, code,
                              context.Say(key, {{"operand", "--who"}, {"text", Printable(text)}}));
}

// A name of the command line is that of a colleague, when the roster has it. The child does not
// wait for the roster: without it the name is kept as words.
ExitCode FillNamed(Context& context, Exchange& exchange, const std::string& name,
                   HoldReport& hold) {
  Heard failed;
  const auto found = exchange.session() == nullptr
                         ? std::nullopt
                         : CalledSo(*exchange.session(), name, Among::kPersons, failed);
  if (found && found->size() > 1) return ExplainNamesakes(context, *found, "--who");
  if (found && found->size() == 1) {
    hold.set_professional(found->front().id);
  } else {
    hold.mutable_private_()->set_who(name);
  }
  return kExitOk;
}

// Who secures the child. A colleague's id or name may stand on the command line; who else it may
// be, a neighbour or a grandmother, is told on standard input, and never taken for a colleague.
ExitCode FillWho(Context& context, Exchange& exchange, HoldReport& hold) {
  std::string who = context.options.change.who;
  const bool nobody_needed = hold.step() == intake::v1::FIRST_STEP_NONE;
  const bool aloud = who != "-" && !who.empty();
  if (who == "-" || (who.empty() && context.world.in_is_terminal && !nobody_needed)) {
    who = AnswerTo(context, "ask.who");
  }
  if (who.empty() && nobody_needed) return kExitOk;
  if (who.empty()) return Refused(context, "missing", "hold.who_missing");
  if (who == "me") who = context.settings.principal;
  if (base::IsId("pro", who)) {
    hold.set_professional(who);
    return kExitOk;
  }
  if (who.starts_with("pro_")) return Refused(context, "bad_id", "hold.bad_id", who);
  const auto characters = CharactersOf(who);
  if (!characters) return Refused(context, "invalid_utf8", "hold.who_not_utf8");
  if (*characters > kWhoMax) return Refused(context, "text_too_long", "hold.who_too_long");
  if (aloud) return FillNamed(context, exchange, who, hold);
  hold.mutable_private_()->set_who(who);
  return kExitOk;
}

bool FillNote(Context& context, HoldReport& hold) {
  const std::string& source = context.options.change.words;
  const bool needed = hold.step() == intake::v1::FIRST_STEP_NONE;
  if (source.empty() && !needed) return true;
  const auto note = NeededWords(context, source, kNote, "ask.why_none", "hold.note_missing");
  if (note) hold.mutable_private_()->set_note(*note);
  return note.has_value();
}

// Words of the command line once more, so that a slip of the pen shows; those that were not to be
// read along stay unsaid.
std::string SaidText(const Context& context, const HoldReport& hold) {
  const std::string& typed = context.options.change.who;
  if (typed.empty() || typed != hold.private_().who()) return {};
  return context.Say("hold.who_is", {{"who", Printable(typed)}}) + "\n";
}

}  // namespace

ExitCode ReportHold(Context& context) {
  intake::v1::Request request;
  HoldReport& hold = *request.mutable_hold_report();
  hold.set_report(context.options.target);
  const auto step = FirstStepOf(context.options.change.step);
  if (!step || !NamesReport(context)) return kExitInvalid;
  hold.set_step(*step);
  Exchange exchange(context);
  const ExitCode filled = FillWho(context, exchange, hold);
  if (filled != kExitOk) return filled;
  if (!FillNote(context, hold)) return kExitInvalid;
  return ChangeReport(context, exchange, request, [&](const intake::v1::ReportChanged&) {
    return SaidText(context, hold) + context.Say("hold.named");
  });
}

}  // namespace samenspel::cli
