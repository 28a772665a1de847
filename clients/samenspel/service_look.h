// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"

namespace samenspel::cli {

/// What a service said of itself.
struct Seen {
  std::string service;
  Heard heard;
  bool up() const { return heard.ok() && heard.reply.has_service_status(); }
  const common::v1::ServiceStatus& status() const { return heard.reply.service_status(); }
};

/// Asks each service that the config names, waiting at most `wait` for each.
std::vector<Seen> LookOnce(Session& session, base::milliseconds wait);
bool AllUp(const std::vector<Seen>& all);

/// A counter of its status; 0 when it has none of that name.
uint64_t CounterOf(const common::v1::ServiceStatus& status, std::string_view name);
/// The most entries that it is behind on anything it follows.
uint64_t LagOf(const common::v1::ServiceStatus& status);

/// "runs", or where it does not answer.
std::string StateText(const Context& context, const Session& session, const Seen& seen);
/// "12 min", "3 h", "4 d": how long something lasts, roughly.
std::string SpanText(const Texts& texts, base::milliseconds time);
/// How far the wall clock is off that the service does not believe.
std::string ClockSpanText(const Context& context, const common::v1::ServiceStatus& status);
std::string UptimeText(const Context& context, const common::v1::ServiceStatus& status);
/// "3 (12 min)": how many wait, and since when the longest; "-" for none.
std::string WaitingText(const Texts& texts, uint64_t count, uint64_t oldest_s);

}  // namespace samenspel::cli
