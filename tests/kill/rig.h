// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/kill/person.h"
#include "tests/support/region.h"

namespace samenspel::kill {

/// Everybody at work at once, each in a thread of their own, from birth to Finish.
class Load {
 public:
  Load(const support::Region& region, uint64_t seed, const std::string& record);
  ~Load();
  Pace& pace() { return shared_.pace; }
  Shared& shared() { return shared_; }
  /// Waits until each change that was allowed is answered, then sends all home.
  void Finish();

 private:
  Shared shared_;
  std::vector<std::string> colleagues_;
  std::vector<std::thread> threads_;
};

/// A region under load whose daemons may be treated badly.
class Rig {
 public:
  ///   seed           printed with every failure
  ///   professionals  in the roster, of whom a few say yes to their seats
  Rig(uint64_t seed, int professionals);

  support::Region& region() { return region_; }
  uint64_t Dice(uint64_t below) { return dice_() % below; }

  /// Starts the daemons (each that does not run yet), loads the roster.
  void Start();
  void BeginLoad();
  Load& load() { return *load_; }
  /// Waits for the load to be answered and for the followers, stops all, and has the checker look:
  /// what it said. Fails the test when it found something, or somebody met trouble.
  std::string EndAndCheck();
  /// The checker's word on what lies there; the daemons must have stopped.
  support::Outcome Check() const;
  std::string record() const { return region_.folder() + "/record"; }
  /// Fails the test when a daemon has ended that nobody killed.
  void ExpectAllRun();

 private:
  support::Region region_;
  std::mt19937_64 dice_;
  uint64_t seed_;
  int professionals_;
  std::unique_ptr<Load> load_;
};

/// A number from the environment, for the long runs of tests/run.sh; else `usual`.
uint64_t Asked(const char* name, uint64_t usual);

}  // namespace samenspel::kill
