// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/report_change.h"
#include "clients/samenspel/show_report.h"
#include "clients/samenspel/spoken.h"
#include "common/base/ids.h"

namespace samenspel::cli {
namespace {

using intake::v1::HoldReport;

bool Missing(Context& context, std::string_view key) {
  context.printer.Fail(kExitInvalid, "missing", context.Say(key));
  return false;
}

// Who secures the child. A colleague's id or name may stand on the command line; who else it may
// be, a neighbour or a grandmother, is told on standard input.
bool FillWho(Context& context, HoldReport& hold) {
  std::string who = context.options.change.who;
  const bool nobody_needed = hold.step() == intake::v1::FIRST_STEP_NONE;
  if (who == "-" || (who.empty() && context.world.in_is_terminal && !nobody_needed)) {
    who = AnswerTo(context, "ask.who");
  }
  if (who.empty() && nobody_needed) return true;
  if (who.empty()) return Missing(context, "hold.who_missing");
  if (who == "me") who = context.settings.principal;
  if (base::IsId("pro", who)) {
    hold.set_professional(who);
  } else {
    hold.mutable_private_()->set_who(who);
  }
  return true;
}

bool FillNote(Context& context, HoldReport& hold) {
  const std::string& source = context.options.change.words;
  const bool needed = hold.step() == intake::v1::FIRST_STEP_NONE;
  if (source.empty() && !needed) return true;
  const auto note = NeededWords(context, source, "ask.why_none", "hold.note_missing");
  if (note) hold.mutable_private_()->set_note(*note);
  return note.has_value();
}

}  // namespace

ExitCode ReportHold(Context& context) {
  intake::v1::Request request;
  HoldReport& hold = *request.mutable_hold_report();
  hold.set_report(context.options.target);
  const auto step = FirstStepOf(context.options.change.step);
  if (!step) return kExitInvalid;
  hold.set_step(*step);
  if (!FillWho(context, hold) || !FillNote(context, hold)) return kExitInvalid;
  return ChangeReport(context, request, "hold.named");
}

}  // namespace samenspel::cli
