// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/faults/whole.h"
#include "tests/support/region.h"

namespace samenspel::upgrade {

/// Desks that send one red report after another, each again and again until it is answered.
class Reporters {
 public:
  explicit Reporters(const support::Region& region);
  ~Reporters();
  Reporters(const Reporters&) = delete;
  Reporters& operator=(const Reporters&) = delete;

  /// Until so many further reports were acknowledged.
  void AwaitMore(size_t more);
  /// Each sends no more than what it is at; what was acknowledged, ever.
  std::vector<faults::Acknowledged> Stop();

 private:
  void SendAll(const support::Region& region);

  std::atomic<uint64_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<faults::Acknowledged> acknowledged_;
  std::vector<std::thread> threads_;
};

/// Until each report has its meeting, and the log holds both entries.
void AwaitThrough(const support::Region& region, const std::vector<faults::Acknowledged>& reports);

}  // namespace samenspel::upgrade
