// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/restart/backups.h"

#include <signal.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <vector>

#include "tests/bench/restart/ready.h"
#include "tests/support/process.h"
#include "tests/support/region.h"

namespace samenspel::bench {
namespace {

namespace fs = std::filesystem;

using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;

constexpr base::milliseconds kLongest{7'200'000};

support::Program Program(const std::string& folder, std::string_view service, const Words& flags) {
  const std::string name(service);
  support::Program program{
      {support::DaemonProgram(service), "--config", folder + "/config/" + name + ".toml"},
      {},
      folder,
      folder + "/log/" + name + ".log"};
  program.arguments.insert(program.arguments.end(), flags.begin(), flags.end());
  return program;
}

// Seconds; what it said when it went wrong.
double Time(const std::string& folder, std::string_view service, const Words& flags) {
  const auto start = Clock::now();
  const support::Outcome done = support::RunToEnd(Program(folder, service, flags), kLongest);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (done.code != 0) throw std::runtime_error(done.output);
  return seconds;
}

void Lose(const std::string& folder, std::string_view service) {
  fs::remove_all(folder + "/data/" + std::string(service));
}

// Audit answers once it has printed that it is ready; who asks before waits for the connection.
std::unique_ptr<support::Process> StartAudit(const std::string& folder) {
  return std::make_unique<support::Process>(Program(folder, "audit", {}));
}

void Measure(const std::string& folder, std::string_view service) {
  const std::string name(service);
  const std::string data = folder + "/data/" + name;
  const std::string to = folder + "/backups/" + name;
  const uint64_t megabytes = BytesIn(data) >> 20;
  const double backup = Time(folder, service, {"--backup", to});
  Lose(folder, service);
  const double restore = Time(folder, service, {"--restore", to, "--accept-loss"});
  std::printf("%-10s  %8llu  %9llu  %9.1f  %9.1f", name.c_str(),
              static_cast<unsigned long long>(megabytes),
              static_cast<unsigned long long>(BytesIn(to) >> 20), backup, restore);
  std::fflush(stdout);
  if (service == "audit") {
    std::puts("");
    return;
  }
  const auto audit = StartAudit(folder);
  Lose(folder, service);
  const double with_tail =
      Time(folder, service, {"--restore", to, "--repair-from", "audit", "--accept-loss"});
  Lose(folder, service);
  const double repair = Time(folder, service, {"--repair-from", "audit", "--accept-loss"});
  std::printf("  %11.1f  %9.1f\n", with_tail, repair);
  std::fflush(stdout);
  audit->Signal(SIGTERM);
  (void)audit->Wait(kLongest);
}

}  // namespace

void MeasureBackups(const std::string& folder) {
  fs::remove_all(folder + "/backups");
  fs::create_directory(folder + "/backups");
  // Each once more, so that all lies where a daemon of today keeps it.
  for (const std::string_view service : support::kServices) (void)TimeStart(folder, service, false);
  std::puts("service      data MB  backup MB   backup s  restore s  with tail s   repair s");
  for (const char* service : {"intake", "meeting", "escalation", "audit"}) Measure(folder, service);
}

}  // namespace samenspel::bench
