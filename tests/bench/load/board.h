// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <cstdio>
#include <map>
#include <mutex>
#include <string>

#include "tests/bench/load/desk.h"
#include "tests/bench/load/histogram.h"

namespace samenspel::bench {

/// What all trips together came to; in microseconds.
struct Tally {
  Histogram acked;
  Histogram planned;
  Histogram audited;
  std::map<std::string, uint64_t> errors;  ///< "submit:unavailable" -> how often.

  void Add(const Trip& trip);
  uint64_t done() const { return audited.count(); }
  uint64_t failed() const;
  /// Of those, what was not `unavailable`.
  uint64_t failed_otherwise() const;
};

/// Where the trips of all desks are written down, by several threads.
class Board {
 public:
  ///   errors    each error gets a line here: when it was due and when it was given up (Unix
  ///             time, ms), code, what was asked; may be null
  ///   timeline  each interval gets one here; may be null
  Board(std::FILE* errors, std::FILE* timeline);

  void Add(const Trip& trip, SteadyClock::time_point due, bool red);
  /// Says how the time since the last call went.
  ///   seconds  since the start
  std::string Progress(double seconds);
  Tally Total() const;

 private:
  mutable std::mutex mutex_;
  std::FILE* errors_;
  std::FILE* timeline_;
  Tally total_;
  Tally interval_;
  double told_s_ = 0;
};

}  // namespace samenspel::bench
