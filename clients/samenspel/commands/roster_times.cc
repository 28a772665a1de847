// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/roster_times.h"

#include "clients/samenspel/times.h"

namespace samenspel::cli {

std::optional<Times> TimesOf(const Context& context, base::milliseconds usual) {
  const OperateOptions& options = context.options.operate;
  const auto from = options.from.empty() ? context.world.clock.Wall() : ParseTime(options.from);
  if (!from) return std::nullopt;
  const auto until = options.until.empty() ? *from + usual : ParseTime(options.until);
  if (!until || *until <= *from) return std::nullopt;
  return Times{*from, *until};
}

ExitCode RefuseTimes(Context& context) {
  return context.printer.Fail(kExitInvalid, "bad_times", context.Say("roster.bad_times"));
}

}  // namespace samenspel::cli
