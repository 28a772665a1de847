// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/proc.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "clients/samenspel/config.h"

namespace samenspel::bench {
namespace {

constexpr int kUserTimeField = 14;  // Of /proc/PID/stat, as in proc(5); the next is the system's.
constexpr int kFlushField = 16;     // Of /sys/block/NAME/stat, from Linux 5.5 on.

std::string Slurp(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string ProcFile(const Daemon& daemon, const char* name) {
  return Slurp("/proc/" + std::to_string(daemon.pid) + "/" + name);
}

}  // namespace

uint64_t NumberBehind(std::string_view text, std::string_view name) {
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name)) return std::strtoull(line.c_str() + name.size(), nullptr, 10);
  }
  return 0;
}

uint64_t CpuTicksIn(std::string_view stat) {
  const size_t name_ends = stat.rfind(')');
  if (name_ends == std::string_view::npos) return 0;
  std::istringstream fields{std::string(stat.substr(name_ends + 1))};
  std::string skipped;
  for (int field = 3; field < kUserTimeField; ++field) fields >> skipped;
  uint64_t user = 0;
  uint64_t system = 0;
  fields >> user >> system;
  return user + system;
}

uint64_t BusyTicksIn(std::string_view stat) {
  std::istringstream fields{std::string(stat)};
  std::string cpu;
  uint64_t user = 0, nice = 0, system = 0, idle = 0, waiting = 0, irq = 0, soft_irq = 0, stolen = 0;
  fields >> cpu >> user >> nice >> system >> idle >> waiting >> irq >> soft_irq >> stolen;
  return user + nice + system + irq + soft_irq + stolen;
}

std::optional<uint64_t> FlushesIn(std::string_view stat) {
  std::istringstream fields{std::string(stat)};
  uint64_t value = 0;
  for (int field = 1; field <= kFlushField; ++field) {
    if (!(fields >> value)) return std::nullopt;
  }
  return value;
}

std::vector<Daemon> DaemonsOf(const std::string& data) {
  std::vector<Daemon> daemons;
  for (const std::string_view service : cli::kServices) {
    const std::string name(service);
    const std::string pid_text = Slurp(data + "/run/" + name + ".pid");
    const Daemon daemon{name, static_cast<pid_t>(std::strtol(pid_text.c_str(), nullptr, 10))};
    if (daemon.pid <= 0) continue;
    // The file may outlive the process, and its number may be another's by now.
    const std::string program = ProcFile(daemon, "cmdline").c_str();
    if (program.ends_with("/samenspel-" + name)) daemons.push_back(daemon);
  }
  return daemons;
}

double CpuSeconds(const std::vector<Daemon>& daemons) {
  uint64_t ticks = 0;
  for (const Daemon& daemon : daemons) ticks += CpuTicksIn(ProcFile(daemon, "stat"));
  return static_cast<double>(ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

double PssMb(const std::vector<Daemon>& daemons) {
  uint64_t kb = 0;
  for (const Daemon& daemon : daemons) kb += NumberBehind(ProcFile(daemon, "smaps_rollup"), "Pss:");
  return static_cast<double>(kb) / 1024;
}

double OwnCpuSeconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

double BusySeconds() {
  return static_cast<double>(BusyTicksIn(Slurp("/proc/stat"))) /
         static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::optional<uint64_t> FlushesBelow(const std::string& folder) {
  struct stat about {};
  if (stat(folder.c_str(), &about) != 0) return std::nullopt;
  std::string device = "/sys/dev/block/" + std::to_string(major(about.st_dev)) + ":" +
                       std::to_string(minor(about.st_dev));
  // The disk counts them, not its parts.
  if (std::filesystem::exists(device + "/partition")) device += "/..";
  return FlushesIn(Slurp(device + "/stat"));
}

}  // namespace samenspel::bench
