// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "clients/samenspel/exit_code.h"
#include "clients/samenspel/names.h"
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
  Names names = {};   ///< What LearnNames found.
  Names phones = {};  ///< The same: of the organisation, also by the ids of its people.

  std::string Say(std::string_view key, Values values = {}) const {
    return printer.texts().Say(key, values);
  }
};

ExitCode ReportSubmit(Context& context);
ExitCode ReportShow(Context& context);
ExitCode ReportList(Context& context);
ExitCode ReportCheck(Context& context);
ExitCode ReportCrisismeter(Context& context);
ExitCode ReportHold(Context& context);
ExitCode ReportConfirm(Context& context);
ExitCode ReportOpen(Context& context);
ExitCode ReportCircle(Context& context);
ExitCode ReportImport(Context& context);
ExitCode Queue(Context& context);
ExitCode QueueClaim(Context& context);
ExitCode QueueHandOver(Context& context);
ExitCode QueueHandBack(Context& context);
ExitCode QueueSettle(Context& context);
ExitCode MeetingShow(Context& context);
ExitCode MeetingList(Context& context);
ExitCode MeetingAccept(Context& context);
ExitCode AlarmList(Context& context);
ExitCode AlarmShow(Context& context);
ExitCode AlarmAck(Context& context);
ExitCode ReviewList(Context& context);
ExitCode Review(Context& context);
ExitCode Me(Context& context);
ExitCode AuditShow(Context& context);
ExitCode KeysNew(Context& context);
ExitCode KeysList(Context& context);
ExitCode KeysRevoke(Context& context);
ExitCode KeysRotate(Context& context);
ExitCode KeysAuditKey(Context& context);
ExitCode ShowStatus(Context& context);
ExitCode Clock(Context& context);
ExitCode ClockAccept(Context& context);
ExitCode RegionDemo(Context& context);
ExitCode AuditVerify(Context& context);
ExitCode AuditExport(Context& context);
ExitCode RosterLoad(Context& context);
ExitCode RosterShow(Context& context);
ExitCode RosterCoverage(Context& context);
ExitCode Policy(Context& context);
ExitCode PolicyExplain(Context& context);
ExitCode ConfigShow(Context& context);
ExitCode PurposeShow(Context& context);
ExitCode PurposeSet(Context& context);
ExitCode PurposeForget(Context& context);
ExitCode Glossary(Context& context);
ExitCode CompletionBash(Context& context);
ExitCode ShowManual(Context& context);
ExitCode ShowHelp(Context& context);
ExitCode Top(Context& context);

}  // namespace samenspel::cli
