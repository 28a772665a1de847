// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "common/base/result.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::cli {

/// How the command ends. Scripts rely on these; they are never renumbered.
enum ExitCode : int {
  kExitOk = 0,
  kExitRefused = 1,      ///< A rule says no, or a proof failed.
  kExitInvalid = 2,      ///< The form, the config file or the command line is not well formed.
  kExitNotFound = 3,     ///< No such thing, or one that the asker may not know of.
  kExitConflict = 4,     ///< Somebody else changed it first.
  kExitDenied = 5,       ///< This principal may not ask that.
  kExitUnavailable = 6,  ///< A daemon is away or busy; nothing happened there.
  kExitNoAnswer = 7,     ///< A change was sent and not answered: its outcome is not known.
};

ExitCode ExitOf(common::v1::Status status);

/// For what went wrong on this side: files, keys, connections. A file that is not there or cannot
/// be written is one that the command line or the config should not have named.
ExitCode ExitOf(const base::Status& status);

}  // namespace samenspel::cli
