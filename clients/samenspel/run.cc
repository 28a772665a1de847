// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/run.h"

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/purpose.h"

namespace samenspel::cli {
namespace {

// Also help, and what is wrong with the command line, come in the language of the config.
Language LanguageBefore(const std::vector<std::string>& arguments, World& world) {
  Options ahead;
  ahead.config = ValueAhead(arguments, "--config");
  return ChooseLanguage(ValueAhead(arguments, "--lang").value_or(""), world,
                        ConfiguredLanguage(ahead, world));
}

}  // namespace

int Run(const std::vector<std::string>& arguments, World& world) {
  const Texts before(LanguageBefore(arguments, world));
  const auto read = ReadOptions(arguments, before, TextColumns(world));
  if (const Early* early = std::get_if<Early>(&read)) {
    (early->exit == kExitOk ? world.out : world.err) << early->text << std::flush;
    return early->exit;
  }
  const Options& options = std::get<Options>(read);
  const Texts texts(
      ChooseLanguage(options.language.value_or(""), world, ConfiguredLanguage(options, world)));
  auto settings = options.needs_config ? Resolve(options, world, texts) : Settings{};
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
