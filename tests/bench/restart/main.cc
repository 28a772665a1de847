// SPDX-License-Identifier: EUPL-1.2
// How long the daemons of a region with a long history take until they are ready, or to back it
// up, restore and repair it (docs/performance.md tells how to run it and what came out).
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>

#include "tests/bench/restart/backups.h"
#include "tests/bench/restart/history.h"
#include "tests/bench/restart/ready.h"

namespace samenspel::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  uint64_t entries = 1'000'000;
  uint64_t log_mb = 20;
  int times = 3;
  bool keep = false;
  bool backups = false;
  std::string folder;
};

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Ends as kill -9 does, with full write-ahead logs.
[[noreturn]] void WriteHistory(const support::Region& region, const Options& options) {
  const auto start = Clock::now();
  try {
    History history(region, options.entries);
    for (uint64_t told = 0; history.EntriesOf("intake") < options.entries;) {
      history.PassOn();
      if (history.EntriesOf("intake") < told + options.entries / 10) continue;
      told = history.EntriesOf("intake");
      std::printf("%9llu entries of intake, %.0f s\n", static_cast<unsigned long long>(told),
                  SecondsSince(start));
      std::fflush(stdout);
    }
    while (history.LogBytesOf("intake") < options.log_mb << 20) history.PassOn();
    std::printf("%llu reports, %.0f s\n", static_cast<unsigned long long>(history.reports()),
                SecondsSince(start));
    for (const std::string_view service : support::kServices) {
      std::printf("%-10s %9llu entries, %3llu MB of write-ahead log\n", service.data(),
                  static_cast<unsigned long long>(history.EntriesOf(service)),
                  static_cast<unsigned long long>(history.LogBytesOf(service) >> 20));
    }
    std::fflush(stdout);
    (void)kill(getpid(), SIGKILL);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  _exit(1);
}

bool MakeHistory(const support::Region& region, const Options& options) {
  const pid_t child = fork();
  if (child == 0) WriteHistory(region, options);
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFSIGNALED(status);
}

// What the history's writers left of one service, as they left it.
void PutBack(const std::string& folder, std::string_view service) {
  for (const std::string what : {"", "-keys"}) {
    const std::string name = "/" + std::string(service) + what;
    std::filesystem::remove_all(folder + "/data" + name);
    std::filesystem::copy(folder + "/left" + name, folder + "/data" + name,
                          std::filesystem::copy_options::recursive);
  }
}

void MeasureOnce(const std::string& folder, std::string_view service, int run) {
  const std::string data = folder + "/data/" + std::string(service);
  const auto line = [&](const char* after, const Ready& cold, const Ready& warm) {
    std::printf("%-10s  %3d   %7s   %8.2f %8.2f %8.2f %8llu  %8llu\n", service.data(), run, after,
                cold.seconds, warm.seconds, warm.cpu_seconds,
                static_cast<unsigned long long>(warm.rss_mb),
                static_cast<unsigned long long>(BytesIn(data) >> 20));
    std::fflush(stdout);
  };
  PutBack(folder, service);
  const Ready killed = TimeStart(folder, service, true);
  PutBack(folder, service);
  line("kill -9", killed, TimeStart(folder, service, false));
  // That start has emptied the log, and its daemon was asked to stop.
  const Ready stopped = TimeStart(folder, service, true);
  line("a stop", stopped, TimeStart(folder, service, false));
}

void Measure(const std::string& folder, const Options& options) {
  if (options.backups) {
    for (const std::string_view service : support::kServices) PutBack(folder, service);
    return MeasureBackups(folder);
  }
  std::puts("service     run     after     cold s   warm s    cpu s   RSS MB   data MB");
  for (int run = 1; run <= options.times; ++run) {
    for (const std::string_view service : support::kServices) MeasureOnce(folder, service, run);
  }
}

int Run(const Options& options) {
  if (!options.folder.empty()) {
    Measure(options.folder, options);
    return 0;
  }
  const support::Region region;
  if (!MakeHistory(region, options)) return 1;
  std::filesystem::rename(region.folder() + "/data", region.folder() + "/left");
  std::filesystem::create_directory(region.folder() + "/data");
  Measure(region.folder(), options);
  if (!options.keep) return 0;
  std::printf("kept: %s\n", region.folder().c_str());
  std::fflush(stdout);
  _exit(0);  // The region would remove its folder.
}

}  // namespace
}  // namespace samenspel::bench

int main(int argc, char** argv) try {
  CLI::App app("Writes a long history and measures how long the daemons take to start on it.");
  samenspel::bench::Options options;
  app.add_option("--entries", options.entries, "of intake (1,000,000)");
  app.add_option("--log-mb", options.log_mb, "of intake's write-ahead log when all is killed (20)");
  app.add_option("--times", options.times, "each start so often (3)");
  app.add_flag("--backups", options.backups, "measure backup, restore and repair instead");
  app.add_flag("--keep", options.keep, "keep the region's folder, and say where it is");
  app.add_option("--folder", options.folder, "measure again what --keep has left there");
  CLI11_PARSE(app, argc, argv);
  return samenspel::bench::Run(options);
} catch (const std::exception& error) {
  std::fprintf(stderr, "samenspel-restart: %s\n", error.what());
  return 1;
}
