// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/purpose.h"

#include "clients/samenspel/commands/commands.h"

namespace samenspel::cli {
namespace {

// Where it was said, in words: a person who sees a purpose must be able to change it.
std::string OriginCode(const Context& context) {
  const auto found = context.settings.origins.find("purpose");
  return found == context.settings.origins.end() ? "" : found->second.place;
}

ExitCode NowhereToKeep(Context& context) {
  return context.printer.Fail(kExitRefused, "not_kept", context.Say("purpose.nowhere"));
}

}  // namespace

ExitCode PurposeShow(Context& context) {
  const std::string& code = context.settings.purpose;
  std::string text = context.Say("purpose.not_chosen") + "\n";
  if (!code.empty()) {
    text =
        context.Say("purpose.now", {{"code", code},
                                    {"words", context.printer.texts().Word("purpose_word", code)},
                                    {"where", OriginCode(context)}}) +
        "\n";
  }
  context.printer.Result(
      text, {{"purpose", code.empty() ? Json() : Json(code)}, {"origin", OriginCode(context)}});
  return kExitOk;
}

ExitCode PurposeSet(Context& context) {
  const std::string& code = context.options.target;
  if (!IsPurpose(code)) {
    return context.printer.Fail(
        kExitInvalid, "unknown_purpose",
        context.Say("purpose.unknown") + "\n" + PurposeChoices(context.printer.texts()));
  }
  const std::string path = KeptPurposePath(context.settings.principal, context.world);
  if (path.empty()) return NowhereToKeep(context);
  const base::Status kept = KeepPurpose(context.settings.principal, code, context.world);
  if (!kept.ok()) return context.printer.Fail(kept);
  context.printer.Result(context.Say("purpose.set", {{"code", code}}) + "\n",
                         {{"purpose", code}, {"kept_in", path}});
  return kExitOk;
}

ExitCode PurposeForget(Context& context) {
  const base::Status forgotten = ForgetPurpose(context.settings.principal, context.world);
  if (!forgotten.ok()) return context.printer.Fail(forgotten);
  context.printer.Result(context.Say("purpose.forgotten") + "\n", {{"purpose", Json()}});
  return kExitOk;
}

}  // namespace samenspel::cli
