// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/board.h"

#include <chrono>

namespace samenspel::bench {
namespace {

int64_t UnixMs(SteadyClock::time_point moment) {
  const auto wall = std::chrono::system_clock::now() + (moment - SteadyClock::now());
  return std::chrono::duration_cast<std::chrono::milliseconds>(wall.time_since_epoch()).count();
}

double Ms(uint64_t microseconds) { return static_cast<double>(microseconds) / 1000; }

}  // namespace

void Tally::Add(const Trip& trip) {
  if (!trip.error.empty()) ++errors[trip.where + ":" + trip.error];
  if (trip.acked.count() > 0) acked.Record(static_cast<uint64_t>(trip.acked.count()));
  if (trip.planned.count() > 0) planned.Record(static_cast<uint64_t>(trip.planned.count()));
  if (trip.audited.count() > 0) audited.Record(static_cast<uint64_t>(trip.audited.count()));
}

uint64_t Tally::failed() const {
  uint64_t sum = 0;
  for (const auto& [what, count] : errors) sum += count;
  return sum;
}

uint64_t Tally::failed_otherwise() const {
  uint64_t sum = 0;
  for (const auto& [what, count] : errors) {
    if (!what.ends_with(":unavailable")) sum += count;
  }
  return sum;
}

Board::Board(std::FILE* errors, std::FILE* timeline) : errors_(errors), timeline_(timeline) {
  if (errors_ != nullptr) std::fputs("due_ms,ended_ms,code,asked\n", errors_);
  if (timeline_ == nullptr) return;
  std::fputs("seconds,unix,done,per_s,unavailable,other_errors,p50_ms,p99_ms,max_ms\n", timeline_);
}

void Board::Add(const Trip& trip, SteadyClock::time_point due, bool red) {
  Trip counted = trip;
  if (!red) counted.planned = {};  // Nothing is planned for others.
  const std::lock_guard lock(mutex_);
  total_.Add(counted);
  interval_.Add(counted);
  if (trip.error.empty() || errors_ == nullptr) return;
  std::fprintf(errors_, "%lld,%lld,%s,%s\n", static_cast<long long>(UnixMs(due)),
               static_cast<long long>(UnixMs(SteadyClock::now())), trip.error.c_str(),
               trip.where.c_str());
  std::fflush(errors_);
}

std::string Board::Progress(double seconds) {
  const std::lock_guard lock(mutex_);
  const double rate = static_cast<double>(interval_.done()) / std::max(1e-3, seconds - told_s_);
  const double p50 = Ms(interval_.audited.ValueAt(0.5));
  const double p99 = Ms(interval_.audited.ValueAt(0.99));
  const uint64_t other = interval_.failed_otherwise();
  const uint64_t unavailable = interval_.failed() - other;
  char text[192];
  std::snprintf(text, sizeof text,
                "%7.0f s  %9llu done  %7.1f/s  p50 %.1f p99 %.1f ms  unavailable %llu  other "
                "errors %llu",
                seconds, static_cast<unsigned long long>(total_.done()), rate, p50, p99,
                static_cast<unsigned long long>(total_.failed() - total_.failed_otherwise()),
                static_cast<unsigned long long>(total_.failed_otherwise()));
  if (timeline_ != nullptr) {
    std::fprintf(timeline_, "%.1f,%lld,%llu,%.1f,%llu,%llu,%.2f,%.2f,%.2f\n", seconds,
                 static_cast<long long>(UnixMs(SteadyClock::now()) / 1000),
                 static_cast<unsigned long long>(total_.done()), rate,
                 static_cast<unsigned long long>(unavailable),
                 static_cast<unsigned long long>(other), p50, p99, Ms(interval_.audited.max()));
    std::fflush(timeline_);
  }
  interval_ = {};
  told_s_ = seconds;
  return text;
}

Tally Board::Total() const {
  const std::lock_guard lock(mutex_);
  return total_;
}

}  // namespace samenspel::bench
