// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/tree/help.h"

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/tree/tree.h"

namespace samenspel::cli {

ExitCode ShowHelp(Context& context) {
  Options options;
  const Texts& texts = context.printer.texts();
  Tree tree(texts, options);
  const std::vector<std::string>& words = context.options.operate.words;
  const auto node = NodeOf(tree.app(), words);
  if (!node) {
    return context.printer.Fail(
        kExitInvalid, "unknown_command",
        context.Say("usage.unknown", {{"argument", Printable(words.back())}}) + "\n  " +
            context.Say("usage.hint", {{"command", "samenspel --help"}}));
  }
  const std::string text = HelpText(texts, *node, context.printer.columns());
  context.printer.Verbatim(text, {{"help", text}});
  return kExitOk;
}

}  // namespace samenspel::cli
