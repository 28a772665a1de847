// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <iosfwd>
#include <map>
#include <string>

#include "tests/mutants/names.h"

namespace samenspel::mutants {

struct Options {
  uint64_t first_seed = 1;
  uint64_t seeds = 40;  ///< A mutant is given so many at most.
  int hours = 8;        ///< Simulated, of faults.
  unsigned jobs = 2;    ///< Processes at a time.
  std::string only;     ///< A mutant by name, or "none"; empty: all.
};
inline constexpr uint64_t kSeedsMax = 100;

/// Prints each mutant and who is to notice it; 0.
int List(std::ostream& out);

/// Runs the harness of each mutant with that mutant loose, and in the end the seeds that were used
/// and the tests with none: what is found there anyway would prove nothing.
class Hunt {
 public:
  Hunt(Options options, std::ostream& out) : options_(std::move(options)), out_(out) {}

  /// 0: each was noticed. 1: one survived, or there is none of that name. 2: something was noticed
  /// without any.
  int Run();

 private:
  bool IsSilentWithoutOne();
  void Start(const Named& named, const Options& options);
  void AwaitOne();

  Options options_;
  std::ostream& out_;
  std::map<pid_t, const Named*> running_;
  int noticed_ = 0;
  int unnoticed_ = 0;
  uint64_t seeds_used_ = 1;
};

}  // namespace samenspel::mutants
