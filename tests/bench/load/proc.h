// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace samenspel::bench {

/// The number in the line of /proc/PID/smaps_rollup or status that begins with this name, such as
/// "Pss:"; 0 when there is none.
uint64_t NumberBehind(std::string_view text, std::string_view name);

/// User and system time in ticks, of /proc/PID/stat; whatever the program calls itself.
uint64_t CpuTicksIn(std::string_view stat);

/// Ticks that all processors were not idle, of /proc/stat: also those that another guest of the
/// host had.
uint64_t BusyTicksIn(std::string_view stat);

/// Completed flushes, of /sys/block/NAME/stat; nothing when the kernel does not count them.
std::optional<uint64_t> FlushesIn(std::string_view stat);

/// A running daemon of an installation.
struct Daemon {
  std::string service;
  pid_t pid = 0;
};

/// The daemons that the pid files of this folder (`run/SERVICE.pid`) name, and that run.
std::vector<Daemon> DaemonsOf(const std::string& data);

/// Seconds of processor that they have used, of all their threads.
double CpuSeconds(const std::vector<Daemon>& daemons);

/// Their proportional set size in MB; 0 when we may not look.
double PssMb(const std::vector<Daemon>& daemons);

/// Seconds of processor that this program has used.
double OwnCpuSeconds();

/// Seconds that all processors together were not idle.
double BusySeconds();

/// Flushes that the disk below this folder has done; nothing when it cannot be told.
std::optional<uint64_t> FlushesBelow(const std::string& folder);

}  // namespace samenspel::bench
