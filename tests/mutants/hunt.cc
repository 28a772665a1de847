// SPDX-License-Identifier: EUPL-1.2
#include "tests/mutants/hunt.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ostream>
#include <utility>

#include "tests/simulation/result.h"

namespace samenspel::mutants {
namespace {

constexpr unsigned kSecondsASeed = 120;  // A hundred times what one takes.
constexpr size_t kFindingShown = 140;

// How a process ends that says what it found: kNoticed and how many seeds that took, of at most
// kSeedsMax.
constexpr int kUnnoticed = 90;
constexpr int kNoticed = 100;

constexpr Named kNothing = {Mutant::kNone, "none", ""};
constexpr Named kControl = {Mutant::kNone, "without a mutant", ""};  // Of it only noise is told.

// What the first seed with a finding says, or nothing, and how many seeds that took.
std::string Simulate(const Options& options, uint64_t& seeds) {
  for (seeds = 1; seeds <= options.seeds; ++seeds) {
    alarm(kSecondsASeed);
    simulation::SimulatedRun::Plan plan;
    plan.seed = options.first_seed + seeds - 1;
    plan.hours = options.hours;
    const auto result = simulation::PlayAndCheck(plan, false);
    if (result.findings.empty()) continue;
    return "seed " + std::to_string(plan.seed) + ", " +
           result.findings.front().substr(0, kFindingShown);
  }
  return "";
}

// How many tests failed, or nothing; they say it to nobody.
std::string Test(const std::string& filter) {
  alarm(kSecondsASeed);
  int argc = 1;
  char name[] = "samenspel-mutants";
  char* argv[] = {name, nullptr};
  testing::InitGoogleTest(&argc, argv);
  testing::GTEST_FLAG(filter) = filter;
  const int status = RUN_ALL_TESTS();
  const auto& tests = *testing::UnitTest::GetInstance();
  // Of that name there must be some, or a mutant would be noticed by nothing.
  if (tests.test_to_run_count() == 0) return "";
  return status == 0 ? "" : std::to_string(tests.failed_test_count()) + " of " + filter + " failed";
}

// All tests that any mutant is to be noticed by.
std::string TestAll() {
  std::string filter;
  for (const Named& named : kAll) {
    if (named.tests[0] != '\0') filter += (filter.empty() ? "" : ":") + std::string(named.tests);
  }
  return Test(filter);
}

// In a process of its own: a mutant may well end it.
[[noreturn]] void Try(const Named& named, const Options& options) {
  const int out = dup(STDOUT_FILENO);
  const int nobody = open("/dev/null", O_WRONLY);
  dup2(nobody, STDOUT_FILENO);
  dup2(nobody, STDERR_FILENO);
  base::active_mutant = named.mutant;
  uint64_t seeds = 1;
  std::string found = named.tests[0] == '\0' ? Simulate(options, seeds) : Test(named.tests);
  if (found.empty() && named.mutant == Mutant::kNone) found = TestAll();
  std::string line = found.empty() ? "UNNOTICED " : "noticed   ";
  line += named.name;
  if (!found.empty()) line += ": " + found;
  line += '\n';
  const bool tells = !found.empty() || &named != &kControl;
  if (tells && write(out, line.data(), line.size()) < 0) _exit(kUnnoticed);
  _exit(found.empty() ? kUnnoticed : kNoticed + static_cast<int>(seeds));
}

// How a process ended that did not say what it found; nothing: from outside, which proves nothing.
std::string HowEnded(int status) {
  if (!WIFSIGNALED(status)) return "it stopped itself";
  switch (WTERMSIG(status)) {
    case SIGALRM:
      return "the run found no end";
    case SIGABRT:
    case SIGSEGV:
    case SIGBUS:
    case SIGFPE:
    case SIGILL:
      return "it stopped itself";
    default:
      return "";
  }
}

}  // namespace

int List(std::ostream& out) {
  for (const Named& named : kAll) {
    out << named.name << ": " << (named.tests[0] == '\0' ? "simulation" : named.tests) << '\n';
  }
  return 0;
}

int Hunt::Run() {
  for (const Named& named : kAll) {
    if (options_.only.empty() || options_.only == named.name) Start(named, options_);
  }
  if (options_.only == kNothing.name) Start(kNothing, options_);
  while (!running_.empty()) AwaitOne();
  out_ << noticed_ << " mutants noticed, " << unnoticed_ << " not" << std::endl;
  if (unnoticed_ > 0 || noticed_ == 0) return 1;
  return IsSilentWithoutOne() ? 0 : 2;
}

bool Hunt::IsSilentWithoutOne() {
  const int noticed = std::exchange(noticed_, 0);
  Options one = options_;
  one.seeds = 1;
  for (uint64_t i = 0; i < seeds_used_; ++i, ++one.first_seed) Start(kControl, one);
  while (!running_.empty()) AwaitOne();
  if (noticed_ == 0) {
    out_ << "nothing is found in these seeds without a mutant" << std::endl;
    return true;
  }
  out_ << "this is found without a mutant, so that " << noticed << " prove nothing" << std::endl;
  return false;
}

void Hunt::Start(const Named& named, const Options& options) {
  if (running_.size() >= options_.jobs) AwaitOne();
  out_.flush();
  const pid_t id = fork();
  if (id == 0) Try(named, options);
  running_[id] = &named;
}

void Hunt::AwaitOne() {
  int status = 0;
  const pid_t id = wait(&status);
  const Named& named = *running_.at(id);
  running_.erase(id);
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  const bool said = code >= kUnnoticed;
  const std::string how = said ? "" : HowEnded(status);
  const bool noticed = code > kNoticed || !how.empty();
  if (!said) {
    out_ << (noticed ? "noticed   " : "UNNOTICED ") << named.name << ": "
         << (noticed ? how : "ended from outside") << std::endl;
  }
  if (noticed)
    seeds_used_ = std::max(seeds_used_, static_cast<uint64_t>(said ? code - kNoticed : 1));
  ++(noticed ? noticed_ : unnoticed_);
}

}  // namespace samenspel::mutants
