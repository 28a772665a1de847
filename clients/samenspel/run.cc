// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/run.h"

#include "clients/samenspel/commands/commands.h"

namespace samenspel::cli {
namespace {

ExitCode Do(Context& context) {
  switch (context.options.command) {  // No default: the compiler names a command we forgot.
    case Command::kReportSubmit:
      return ReportSubmit(context);
    case Command::kReportShow:
      return ReportShow(context);
    case Command::kMeetingShow:
      return MeetingShow(context);
    case Command::kAuditShow:
      return AuditShow(context);
    case Command::kKeysNew:
      return KeysNew(context);
    case Command::kKeysList:
      return KeysList(context);
    case Command::kKeysRevoke:
      return KeysRevoke(context);
    case Command::kKeysAuditKey:
      return KeysAuditKey(context);
    case Command::kStatus:
      return ShowStatus(context);
    case Command::kRegionDemo:
      return RegionDemo(context);
  }
  return kExitInvalid;
}

// Commands on local files only: they work without a config, and a broken one does not stop them.
bool NeedsConfig(const Options& options) {
  switch (options.command) {
    case Command::kKeysNew:
    case Command::kKeysList:
    case Command::kKeysRevoke:
    case Command::kKeysAuditKey:
      return false;
    case Command::kRegionDemo:
      return !options.region.print;
    default:
      return true;
  }
}

}  // namespace

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
  auto settings = NeedsConfig(options) ? Resolve(options, world) : Settings{};
  Printer printer(world, options, texts, settings.ok() && settings->color);
  if (!settings.ok()) return printer.Fail(settings.status());
  Context context{options, *settings, world, printer};
  return Do(context);
}

}  // namespace samenspel::cli
