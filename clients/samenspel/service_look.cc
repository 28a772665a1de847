// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/service_look.h"

#include <algorithm>
#include <cstdlib>

namespace samenspel::cli {

using base::milliseconds;

std::vector<Seen> LookOnce(Session& session, milliseconds wait) {
  std::vector<Seen> all;
  const bool none = session.settings().servers.empty();
  for (const std::string_view service : kServices) {
    // A config of before there were four names three; those are all then.
    if (!none && session.EndpointOf(service).empty()) continue;
    common::v1::Envelope envelope = session.NewEnvelope();
    envelope.mutable_status();
    all.push_back({std::string(service), session.Call(service, envelope, wait)});
  }
  return all;
}

bool AllUp(const std::vector<Seen>& all) { return std::ranges::all_of(all, &Seen::up); }

uint64_t CounterOf(const common::v1::ServiceStatus& status, std::string_view name) {
  for (const common::v1::Counter& counter : status.counters()) {
    if (counter.name() == name) return counter.value();
  }
  return 0;
}

uint64_t LagOf(const common::v1::ServiceStatus& status) {
  uint64_t lag = 0;
  for (const common::v1::FollowStatus& follow : status.follows()) {
    if (follow.head() > follow.applied()) lag = std::max(lag, follow.head() - follow.applied());
  }
  return lag;
}

std::string StateText(const Context& context, const Session& session, const Seen& seen) {
  if (seen.up()) return context.Say("service_state.up");
  const bool refused = seen.heard.replied();
  return context.Say(refused ? "service_state.refused" : "service_state.away",
                     {{"endpoint", session.EndpointOf(seen.service)}});
}

std::string SpanText(const Texts& texts, milliseconds time) {
  const int64_t seconds = std::max<int64_t>(0, time.count() / 1000);
  const auto text = [&](const char* key, int64_t count) {
    return texts.Say(key, {{"count", std::to_string(count)}});
  };
  if (seconds < 120) return text("span.seconds", seconds);
  if (seconds < 2 * 3600) return text("span.minutes", seconds / 60);
  if (seconds < 2 * 86400) return text("span.hours", seconds / 3600);
  return text("span.days", seconds / 86400);
}

std::string ClockSpanText(const Context& context, const common::v1::ServiceStatus& status) {
  return SpanText(context.printer.texts(), milliseconds(std::abs(status.clock_off_ms())));
}

// By the service's own clock, where it tells the time.
std::string UptimeText(const Context& context, const common::v1::ServiceStatus& status) {
  const int64_t told = status.now_ms();
  const base::Instant now = told == 0 ? context.world.clock.Wall() : base::FromMs(told);
  return SpanText(context.printer.texts(), now - base::FromMs(status.started_at_ms()));
}

std::string WaitingText(const Texts& texts, uint64_t count, uint64_t oldest_s) {
  if (count == 0) return "-";
  const milliseconds oldest = std::chrono::seconds(oldest_s);
  return std::to_string(count) + " (" + SpanText(texts, oldest) + ")";
}

}  // namespace samenspel::cli
