// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/read_form.h"

#include <istream>

#include "clients/samenspel/json_form.h"
#include "clients/samenspel/show.h"

namespace samenspel::cli {

base::Result<std::string> ReadSource(const Context& context, size_t most) {
  const std::string& file = context.options.target;
  if (file != "-") return context.world.files.Read(file);
  std::string text;
  char piece[4096];
  // One byte more than there may be is enough to refuse it.
  while (text.size() <= most && context.world.in.read(piece, sizeof piece).gcount() > 0) {
    text.append(piece, static_cast<size_t>(context.world.in.gcount()));
  }
  return text;
}

bool ReadFormOf(Context& context, intake::v1::SubmitReport& form) {
  const auto source = ReadSource(context, kFormMax);
  if (!source.ok()) {
    context.printer.Fail(kExitInvalid, "unreadable_file",
                         context.Say("form.unreadable", {{"file", context.options.target}}));
    return false;
  }
  const auto wrong = ReadForm(*source, form);
  if (!wrong) return true;
  context.printer.Fail(
      kExitInvalid, wrong->code,
      context.Say("form.refused") + "\n  - " + FormErrorText(context.printer.texts(), *wrong),
      {{"field", wrong->path}, {"line", wrong->line}});
  return false;
}

}  // namespace samenspel::cli
