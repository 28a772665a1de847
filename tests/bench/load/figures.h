// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>

#include "tests/bench/load/board.h"
#include "tests/bench/load/proc.h"
#include "tests/bench/load/seats.h"

namespace samenspel::bench {

/// What the machine has done so far.
struct Meter {
  std::vector<Daemon> daemons;
  double cpu_s = 0;   ///< Of the daemons and this program.
  double busy_s = 0;  ///< Of everything.
  std::optional<uint64_t> flushes;
};
/// Of the installation in this folder.
Meter ReadMeter(const std::string& data);

/// What a run took.
struct Spent {
  double seconds = 0;
  std::optional<double> cpu_s;  ///< Nothing when a daemon was not seen, or not all the time.
  std::optional<double> other_cpu_s = {};  ///< Of all others; likewise.
  std::optional<double> flushes;
  std::optional<double> pss_mb;
};
Spent Between(const Meter& before, const Meter& after);

/// Header and line of figures, and one line of the three stages and of what else the machine did.
std::string FigureText(const std::string& name, int clients, const Tally& tally,
                       const Spent& spent);

/// "submit:unavailable 3, plan:none 1"; empty when nothing failed.
std::string ErrorText(const Tally& tally);

/// One line: how far the people on duty were booked.
std::string SeatText(const SeatUse& use);

/// Why the seats do not do for a fair measurement; empty when they do.
std::string WhyShort(const SeatUse& use, double most);

}  // namespace samenspel::bench
