// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <iosfwd>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/result.h"

namespace samenspel::simulation {

/// Many runs in several processes, with a line of progress and a balance at the end.
class Campaign {
 public:
  struct Options {
    uint64_t first_seed = 1;
    uint64_t seeds = 200;
    double total_hours = 0;  ///< More than 0: as many seeds as it takes.
    int hours = 24;
    int commands = -1;
    std::vector<int> faults;
    uint64_t twice_every = 1;  ///< 0: never.
    unsigned jobs = 2;
    bool shrink = false;
    bool list = false;
  };
  Campaign(Options options, std::ostream& out);

  /// 0: every run kept its promises. 1: one did not. 2: the runs prove less than they should.
  int Run();

 private:
  struct Worker;
  SimulatedRun::Plan PlanOf(uint64_t seed) const;
  uint64_t Seeds() const;
  void Work(unsigned number, int pipe) const;
  void Start(unsigned number, Worker& worker) const;
  void Collect(std::vector<Worker>& workers);
  void TakeLines(Worker& worker);
  void Take(const RunResult& result);
  void ShowProgress(bool last);
  void ShowBalance() const;
  void ShowFaults() const;
  std::string Command(const SimulatedRun::Plan& plan) const;
  void ShrinkFirst();

  Options options_;
  std::ostream& out_;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point shown_at_{};
  std::vector<RunResult> failed_;
  FaultCounts counts_;
  uint64_t runs_ = 0;
  uint64_t not_counted_ = 0;
  double hours_ = 0;
  uint64_t commands_ = 0;
  uint64_t faults_ = 0;
  bool broke_ = false;  // A worker ended in the middle of a run.
};

}  // namespace samenspel::simulation
