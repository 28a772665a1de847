// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "common/daemon/core.h"

namespace samenspel::daemon {

/// Lines on stderr: with a journald priority when systemd listens (JOURNAL_STREAM), else with time
/// and level.
///   level  the least that is written: error, warning, info or debug
Log MakeLog(const std::string& service, const std::string& level);

}  // namespace samenspel::daemon
