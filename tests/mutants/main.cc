// SPDX-License-Identifier: EUPL-1.2
// Lets the simulation loose on each deliberate fault: it must notice every one of them, and nothing
// where there is none.
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <map>

#include "tests/mutants/names.h"
#include "tests/simulation/result.h"

namespace samenspel::mutants {
namespace {

constexpr unsigned kSecondsAtMost = 300;
constexpr int kNoticed = 10;
constexpr int kUnnoticed = 11;

struct Options {
  uint64_t first_seed = 1;
  uint64_t seeds = 40;
  int hours = 24;
  unsigned jobs = 2;
  std::string only;
};

// In a process of its own: a mutant may well end it.
[[noreturn]] void Try(const Named& named, const Options& options) {
  alarm(kSecondsAtMost);
  base::active_mutant = named.mutant;
  for (uint64_t seed = options.first_seed; seed < options.first_seed + options.seeds; ++seed) {
    simulation::SimulatedRun::Plan plan;
    plan.seed = seed;
    plan.hours = options.hours;
    const auto result = simulation::PlayAndCheck(plan, false);
    if (result.findings.empty()) continue;
    std::cout << "noticed   " << named.name << ": seed " << seed << ", "
              << result.findings.front().substr(0, 160) << std::endl;
    _exit(kNoticed);
  }
  std::cout << "UNNOTICED " << named.name << ": " << options.seeds << " seeds" << std::endl;
  _exit(kUnnoticed);
}

class Hunt {
 public:
  explicit Hunt(Options options) : options_(std::move(options)) {}

  int Run() {
    for (const Named& named : kAll) {
      if (!options_.only.empty() && options_.only != named.name) continue;
      if (running_.size() >= options_.jobs) AwaitOne();
      const pid_t id = fork();
      if (id == 0) Try(named, options_);
      running_[id] = &named;
    }
    while (!running_.empty()) AwaitOne();
    std::cout << noticed_ << " mutants noticed, " << unnoticed_ << " not\n";
    return unnoticed_ == 0 && noticed_ > 0 ? 0 : 1;
  }

 private:
  void AwaitOne() {
    int status = 0;
    const pid_t id = wait(&status);
    const Named& named = *running_.at(id);
    running_.erase(id);
    if (WIFEXITED(status) && WEXITSTATUS(status) == kUnnoticed) {
      ++unnoticed_;
      return;
    }
    ++noticed_;
    if (WIFEXITED(status)) return;
    const char* how = WTERMSIG(status) == SIGALRM ? "the run found no end" : "it stopped itself";
    std::cout << "noticed   " << named.name << ": " << how << std::endl;
  }

  Options options_;
  std::map<pid_t, const Named*> running_;
  int noticed_ = 0;
  int unnoticed_ = 0;
};

// Without a mutant there is nothing to notice, or noticing proves nothing.
bool IsSilentWithoutOne(const Options& options) {
  simulation::SimulatedRun::Plan plan;
  plan.seed = options.first_seed;
  plan.hours = options.hours;
  const auto result = simulation::PlayAndCheck(plan, false);
  for (const std::string& finding : result.findings) std::cout << finding << '\n';
  return result.findings.empty();
}

}  // namespace
}  // namespace samenspel::mutants

int main(int argc, char** argv) {
  samenspel::mutants::Options options;
  CLI::App app("samenspel-mutants: does the simulation notice each deliberate fault?");
  app.add_option("--seed", options.first_seed, "first seed")->capture_default_str();
  app.add_option("--seeds", options.seeds, "seeds a mutant at most")->capture_default_str();
  app.add_option("--hours", options.hours, "simulated hours a seed")->capture_default_str();
  app.add_option("--jobs", options.jobs, "processes at a time")->capture_default_str();
  app.add_option("--only", options.only, "one of them, by name");
  CLI11_PARSE(app, argc, argv);
  if (!samenspel::mutants::IsSilentWithoutOne(options)) {
    std::cout << "there are findings without any mutant\n";
    return 2;
  }
  return samenspel::mutants::Hunt(options).Run();
}
