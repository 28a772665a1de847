// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "tests/support/region.h"

namespace samenspel::attack {

/// How it went for somebody who worked while others attacked.
struct Experience {
  int answered = 0;
  int failed = 0;  ///< Not answered, or not with *ok*.
  base::milliseconds slowest{0};
  size_t most_memory_kb = 0;
};

/// Somebody who works, in a thread of their own: each round asks once over a standing connection,
/// and once over a new one. At intake they file red reports, up to two hundred; then, and
/// elsewhere, they ask for the status.
class Honest {
 public:
  Honest(support::Region& region, std::string service, std::string member);
  ~Honest();
  Honest(const Honest&) = delete;
  Honest& operator=(const Honest&) = delete;

  /// No more rounds; what they went through.
  Experience Stop();

 private:
  void Work();
  void Round(uint64_t number);
  void AskOver(bus::Client& client, uint64_t number);
  bool RestsUntilNextRound();

  support::Region& region_;
  const std::string service_;
  const std::string member_;
  const pid_t daemon_;
  std::unique_ptr<bus::Client> standing_;
  Experience experience_;  // Of the thread until it has ended.
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace samenspel::attack
