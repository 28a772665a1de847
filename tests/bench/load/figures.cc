// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/figures.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

#include "clients/samenspel/config.h"
#include "common/base/instant.h"

namespace samenspel::bench {
namespace {

__attribute__((format(printf, 1, 2))) std::string Format(const char* format, ...) {
  char text[512];
  va_list values;
  va_start(values, format);
  std::vsnprintf(text, sizeof text, format, values);
  va_end(values);
  return text;
}

double Ms(const Histogram& histogram, double part) {
  return static_cast<double>(histogram.ValueAt(part)) / 1000;
}

std::string Number(const std::optional<double>& value, int digits) {
  return value ? Format("%.*f", digits, *value) : "-";
}

// As many as per report, or so many reports.
std::optional<double> PerReport(const std::optional<double>& value, double reports) {
  if (!value || reports == 0) return std::nullopt;
  return *value / reports;
}

bool SameDaemons(const Meter& left, const Meter& right) {
  return left.daemons.size() == std::size(cli::kServices) &&
         std::equal(left.daemons.begin(), left.daemons.end(), right.daemons.begin(),
                    right.daemons.end(),
                    [](const Daemon& one, const Daemon& other) { return one.pid == other.pid; });
}

}  // namespace

Meter ReadMeter(const std::string& data) {
  Meter meter;
  meter.daemons = DaemonsOf(data);
  meter.cpu_s = CpuSeconds(meter.daemons) + OwnCpuSeconds();
  meter.busy_s = BusySeconds();
  meter.flushes = FlushesBelow(data);
  return meter;
}

Spent Between(const Meter& before, const Meter& after) {
  Spent spent;
  if (before.flushes && after.flushes) {
    spent.flushes = static_cast<double>(*after.flushes - *before.flushes);
  }
  if (SameDaemons(before, after)) {
    spent.cpu_s = after.cpu_s - before.cpu_s;
    spent.other_cpu_s = std::max(0.0, after.busy_s - before.busy_s - *spent.cpu_s);
  }
  const double pss_mb = PssMb(after.daemons);
  if (pss_mb > 0) spent.pss_mb = pss_mb;
  return spent;
}

std::string FigureText(const std::string& name, int clients, const Tally& tally,
                       const Spent& spent) {
  const auto done = static_cast<double>(tally.done());
  std::string text =
      "name clients throughput p50_ms p99_ms syncs_per_report cpu_s_per_1000 pss_mb\n";
  text += Format("%s %d %.0f %.2f %.2f ", name.c_str(), clients, done / spent.seconds,
                 Ms(tally.audited, 0.5), Ms(tally.audited, 0.99));
  text += Number(PerReport(spent.flushes, done), 2) + " " +
          Number(PerReport(spent.cpu_s, done / 1000), 3) + " " + Number(spent.pss_mb, 0) + "\n";
  text += Format(
      "stages, p50 / p99 ms: acknowledged %.2f / %.2f, planned %.2f / %.2f, audited %.2f / %.2f; "
      "%llu reports in %.1f s",
      Ms(tally.acked, 0.5), Ms(tally.acked, 0.99), Ms(tally.planned, 0.5), Ms(tally.planned, 0.99),
      Ms(tally.audited, 0.5), Ms(tally.audited, 0.99),
      static_cast<unsigned long long>(tally.done()), spent.seconds);
  if (spent.other_cpu_s) {
    text += Format("; others used %.0f %% of a core", 100 * *spent.other_cpu_s / spent.seconds);
  }
  return text + "\n";
}

std::string ErrorText(const Tally& tally) {
  std::string text;
  for (const auto& [what, count] : tally.errors) {
    text += (text.empty() ? "" : ", ") + what + " " + std::to_string(count);
  }
  return text;
}

std::string SeatText(const SeatUse& use) {
  if (use.by_function.empty()) return "seats: no meeting has a start";
  const SeatTime all = use.all();
  const auto minutes = [](int64_t ms) { return static_cast<long long>(ms / 60'000); };
  return Format(
      "seats: %.1f %% of %lld seat-minutes booked in %lld minutes by %llu meetings, most of %s: "
      "%.1f %%",
      100 * all.Part(), minutes(all.on_duty_ms), minutes(use.window.until_ms - use.window.from_ms),
      static_cast<unsigned long long>(use.meetings), use.scarcest().c_str(),
      100 * use.by_function.at(use.scarcest()).Part());
}

std::string WhyShort(const SeatUse& use, double most) {
  if (use.without_start > 0) {
    return Format("%llu of %llu meetings found no start: put more people on duty (--roster)",
                  static_cast<unsigned long long>(use.without_start),
                  static_cast<unsigned long long>(use.meetings));
  }
  const std::string scarcest = use.scarcest();
  if (scarcest.empty() || use.by_function.at(scarcest).Part() <= most) return "";
  return Format(
      "%.1f %% of what %s can give is booked, more than %.0f %%: the planner searches as in no "
      "region; put more people on duty (--roster)",
      100 * use.by_function.at(scarcest).Part(), scarcest.c_str(), 100 * most);
}

}  // namespace samenspel::bench
