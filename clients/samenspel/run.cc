// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/run.h"

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/purpose.h"

namespace samenspel::cli {
int Run(const std::vector<std::string>& arguments, World& world) {
  const Texts before(ChooseLanguage(LanguageAhead(arguments), world, ""));
  const auto read = ReadOptions(arguments, before);
  if (const Early* early = std::get_if<Early>(&read)) {
    (early->exit == kExitOk ? world.out : world.err) << early->text << std::flush;
    return early->exit;
  }
  const Options& options = std::get<Options>(read);
  const Texts texts(
      ChooseLanguage(options.language.value_or(""), world, ConfiguredLanguage(options, world)));
  auto settings = options.needs_config ? Resolve(options, world) : Settings{};
  Printer printer(world, options, texts, settings.ok() && settings->color);
  if (!settings.ok()) return printer.Fail(settings.status());
  if (options.needs_config && options.needs_purpose) {
    const ExitCode asked = EnsurePurpose(*settings, world, printer);
    if (asked != kExitOk) return asked;
  }
  Context context{options, *settings, world, printer};
  return options.run(context);
}

}  // namespace samenspel::cli
