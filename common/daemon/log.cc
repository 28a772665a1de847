// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <memory>

namespace samenspel::daemon {
namespace {

spdlog::level::level_enum LevelOf(const std::string& name) {
  if (name == "error") return spdlog::level::err;
  if (name == "warning") return spdlog::level::warn;
  return name == "debug" ? spdlog::level::debug : spdlog::level::info;
}

spdlog::level::level_enum LevelOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

// sd-daemon(3): <3> error, <4> warning, <6> info, <7> debug.
const char* Priority(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "<7>";
    case LogLevel::kInfo:
      return "<6>";
    case LogLevel::kWarning:
      return "<4>";
    case LogLevel::kError:
      return "<3>";
  }
  return "<6>";
}

}  // namespace

Log MakeLog(const std::string& service, const std::string& level) {
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_st>();
  auto logger = std::make_shared<spdlog::logger>(service, std::move(sink));
  const bool journald = std::getenv("JOURNAL_STREAM") != nullptr;
  logger->set_level(LevelOf(level));
  logger->set_pattern(journald ? "%v" : "%Y-%m-%dT%H:%M:%S.%eZ level=%l service=%n %v",
                      spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::info);
  return [logger, journald](LogLevel at, const std::string& line) {
    if (!logger->should_log(LevelOf(at))) return;
    logger->log(LevelOf(at), journald ? Priority(at) + line : line);
  };
}

}  // namespace samenspel::daemon
