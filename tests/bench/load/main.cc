// SPDX-License-Identifier: EUPL-1.2
// Load on a running installation: so many desk workers who send one report after the other, or
// reports that come in at a rate whatever becomes of those before. docs/performance.md tells how to
// run it.
#include <signal.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <map>

#include "tests/bench/load/run.h"

namespace samenspel::bench {
namespace {

// A context of libzmq has 1,023 sockets; a desk needs three for each of its three connections.
constexpr int kMostDesks = 110;

void AddLoadOptions(CLI::App& app, LoadOptions& options) {
  app.add_option("--config", options.configs, "client config of a desk worker; several: in turn");
  app.add_option("--name", options.name, "first word of the line of figures");
  app.add_option("--clients", options.crew.desks, "desk workers at once; with --rate at most")
      ->check(CLI::Range(1, kMostDesks));
  app.add_option("--reports", options.reports, "in all (1,000)");
  app.add_option("--seconds", options.seconds, "instead of a number of reports");
  app.add_option("--rate", options.rate, "reports a second that come in, whatever is answered")
      ->check(CLI::Range(0.001, 1e6));
  const std::map<std::string, Curve> curves{{"flat", Curve::kFlat}, {"day", Curve::kDay}};
  app.add_option("--curve", options.curve, "of the rate: flat, or day, busy by day")
      ->transform(CLI::CheckedTransformer(curves));
  app.add_option("--day-seconds", options.day_seconds, "how long a day of the curve lasts");
  app.add_option("--red", options.crew.red_percent, "percent of red reports (100)")
      ->check(CLI::Range(0, 100));
  app.add_flag("--close", options.crew.close, "claim and settle each report once it is measured");
  app.add_option("--seed", options.seed, "of families and arrivals; else by the clock");
  app.add_option("--pause", options.pause_ms, "milliseconds between two reports of one client");
  app.add_option("--patience", options.patience_s, "seconds until an answer is given up (20)");
  app.add_option("--histogram", options.histogram, "file for the latency distribution");
  app.add_option("--timeline", options.timeline, "file for a line of CSV each few seconds");
  app.add_option("--errors", options.errors, "file for a line of CSV for each error");
  app.add_option("--roster", options.manager,
                 "config of the region manager: only puts people on duty, for a run");
  app.add_option("--per-seat", options.per_seat, "with --roster: so many for each seat (1,500)")
      ->check(CLI::Range(1, 100'000));
  app.add_flag("!--no-seats", options.seats, "do not ask how far the roster was used");
}

// Each desk has three connections, of several descriptors each.
void AllowManyDescriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace
}  // namespace samenspel::bench

int main(int argc, char** argv) {
  samenspel::bench::LoadOptions options;
  CLI::App app("Load on a running installation, and what it shows.");
  samenspel::bench::AddLoadOptions(app, options);
  CLI11_PARSE(app, argc, argv);
  samenspel::bench::AllowManyDescriptors();
  signal(SIGINT, samenspel::bench::AskToStop);
  signal(SIGTERM, samenspel::bench::AskToStop);
  return samenspel::bench::Run(options);
}
