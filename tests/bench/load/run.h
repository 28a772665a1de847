// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "tests/bench/load/crew.h"
#include "tests/bench/load/schedule.h"

namespace samenspel::bench {

/// The options of samenspel-load.
struct LoadOptions {
  std::vector<std::string> configs;
  std::string name = "samenspel";
  CrewOptions crew;
  uint64_t reports = 0;  ///< In all; 0: 1,000, or as many as fit in `seconds`.
  int seconds = 0;
  double rate = 0;  ///< Above 0: reports come in at this rate, whatever is answered.
  Curve curve = Curve::kFlat;
  int day_seconds = 0;  ///< 0: the whole run is one day.
  uint64_t seed = 0;    ///< 0: by the clock.
  int pause_ms = 0;
  int patience_s = 20;
  std::string histogram;
  std::string timeline;
  std::string errors;
  std::string manager;  ///< Not empty: puts people on duty, and no more.
  int per_seat = 1'500;
  bool seats = true;
};

/// Seats may be booked to this part of what their people can give; beyond it the planner searches
/// farther and farther, as in no region.
inline constexpr double kMostBooked = 0.8;

/// Does as it is told and prints the figures. 0; 1 when a report failed or seats ran short, said
/// on standard error; 2 when nothing could be sent.
int Run(LoadOptions options);

/// Sends no more; what is under way is waited for. For signal handlers.
void AskToStop(int signal);

}  // namespace samenspel::bench
