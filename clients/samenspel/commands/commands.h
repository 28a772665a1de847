// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "clients/samenspel/exit_code.h"
#include "clients/samenspel/options.h"
#include "clients/samenspel/printer.h"
#include "clients/samenspel/settings.h"
#include "clients/samenspel/world.h"

namespace samenspel::cli {

/// What each command works with.
struct Context {
  const Options& options;
  const Settings& settings;
  World& world;
  Printer& printer;

  std::string Say(std::string_view key, Values values = {}) const {
    return printer.texts().Say(key, values);
  }
};

ExitCode ReportSubmit(Context& context);
ExitCode ReportShow(Context& context);
ExitCode MeetingShow(Context& context);
ExitCode AuditShow(Context& context);
ExitCode KeysNew(Context& context);
ExitCode KeysList(Context& context);
ExitCode KeysRevoke(Context& context);
ExitCode KeysAuditKey(Context& context);
ExitCode ShowStatus(Context& context);
ExitCode RegionDemo(Context& context);

}  // namespace samenspel::cli
