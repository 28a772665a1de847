// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/campaign.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iomanip>
#include <ostream>

#include "tests/simulation/shrink.h"

namespace samenspel::simulation {
namespace {

using std::chrono::seconds;
using SteadyClock = std::chrono::steady_clock;

constexpr seconds kShowEvery{10};
constexpr int kShrinkRuns = 120;
constexpr size_t kFailuresMax = 5;

void WriteAll(int fd, const std::string& text) {
  for (size_t done = 0; done < text.size();) {
    const ssize_t written = write(fd, text.data() + done, text.size() - done);
    if (written <= 0) _exit(1);  // Whoever listens is gone.
    done += static_cast<size_t>(written);
  }
}

// What a finding says without the numbers and names that differ from run to run.
std::string Shape(const std::string& finding) {
  std::string shape;
  for (const char c : finding) {
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) shape += c;
  }
  return shape.substr(std::min(shape.find(": "), shape.size()));
}

}  // namespace

struct Campaign::Worker {
  pid_t id = -1;
  int pipe = -1;
  std::string rest;        // Of a line that has not come whole.
  uint64_t under_way = 0;  // Seed; 0: none.
};

Campaign::Campaign(Options options, std::ostream& out)
    : options_(std::move(options)), out_(out), began_(SteadyClock::now()) {
  options_.jobs = std::max(1U, options_.jobs);
}

SimulatedRun::Plan Campaign::PlanOf(uint64_t seed) const {
  SimulatedRun::Plan plan;
  plan.seed = seed;
  plan.hours = options_.hours;
  plan.commands = options_.commands;
  if (!options_.faults.empty()) {
    plan.only = std::set<int>(options_.faults.begin(), options_.faults.end());
    plan.only->erase(-1);
  }
  return plan;
}

uint64_t Campaign::Seeds() const {
  if (options_.total_hours <= 0) return options_.seeds;
  return static_cast<uint64_t>(std::ceil(options_.total_hours / options_.hours));
}

void Campaign::Work(unsigned number, int pipe) const {
  for (uint64_t i = number; i < Seeds(); i += options_.jobs) {
    const uint64_t seed = options_.first_seed + i;
    WriteAll(pipe, "begin\t" + std::to_string(seed) + "\n");
    const bool twice = options_.twice_every > 0 && i % options_.twice_every == 0;
    WriteAll(pipe, Encode(PlayAndCheck(PlanOf(seed), twice)) + "\n");
  }
}

void Campaign::Start(unsigned number, Worker& worker) const {
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  out_.flush();
  worker.id = fork();
  if (worker.id == 0) {
    close(ends[0]);
    Work(number, ends[1]);
    _exit(0);
  }
  close(ends[1]);
  worker.pipe = ends[0];
}

void Campaign::TakeLines(Worker& worker) {
  char buffer[65536];
  const ssize_t got = read(worker.pipe, buffer, sizeof buffer);
  if (got <= 0) {
    close(worker.pipe);
    worker.pipe = -1;
    int status = 0;
    waitpid(worker.id, &status, 0);
    if (worker.under_way == 0) return;
    broke_ = true;
    out_ << "seed " << worker.under_way << ": the process ended in the middle of the run, status "
         << status << "\n  again: " << Command(PlanOf(worker.under_way)) << std::endl;
    return;
  }
  worker.rest.append(buffer, static_cast<size_t>(got));
  for (size_t end = 0; (end = worker.rest.find('\n')) != std::string::npos;) {
    const std::string line = worker.rest.substr(0, end);
    worker.rest.erase(0, end + 1);
    if (line.starts_with("begin\t")) worker.under_way = std::stoull(line.substr(6));
    const auto result = Decode(line);
    if (!result) continue;
    worker.under_way = 0;
    Take(*result);
  }
}

void Campaign::Collect(std::vector<Worker>& workers) {
  for (;;) {
    std::vector<pollfd> waiting;
    std::vector<Worker*> whose;
    for (Worker& worker : workers) {
      if (worker.pipe < 0) continue;
      waiting.push_back({worker.pipe, POLLIN, 0});
      whose.push_back(&worker);
    }
    if (waiting.empty()) return;
    poll(waiting.data(), waiting.size(), 1000);
    for (size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].revents != 0) TakeLines(*whose[i]);
    }
    ShowProgress(false);
    if (failed_.size() < kFailuresMax) continue;
    for (Worker& worker : workers) {
      if (worker.pipe >= 0) kill(worker.id, SIGKILL);
      worker.under_way = 0;
    }
  }
}

void Campaign::Take(const RunResult& result) {
  ++runs_;
  for (const auto& [kind, count] : result.counts) counts_[kind] += count;
  if (!result.findings.empty()) {
    failed_.push_back(result);
    out_ << "seed " << result.seed << " (" << result.profile << "):\n";
    for (const std::string& finding : result.findings) out_ << "  " << finding << '\n';
    out_ << "  again: " << Command(PlanOf(result.seed)) << std::endl;
    return;
  }
  if (!result.missing.empty()) {
    ++not_counted_;
    out_ << "seed " << result.seed << " is not counted, it had no";
    for (const std::string& kind : result.missing) out_ << " [" << kind << "]";
    out_ << std::endl;
    return;
  }
  hours_ += result.hours;
  commands_ += result.commands;
  faults_ += result.faults;
}

void Campaign::ShowProgress(bool last) {
  const auto now = SteadyClock::now();
  if (!last && now < shown_at_ + kShowEvery) return;
  shown_at_ = now;
  const double spent = std::chrono::duration<double>(now - began_).count();
  out_ << runs_ << " of " << Seeds() << " runs, " << std::fixed << std::setprecision(0) << hours_
       << " simulated hours in " << spent << " s (" << hours_ * 3600 / std::max(spent, 0.001)
       << "x), " << commands_ << " commands, " << faults_ << " faults, " << failed_.size()
       << " failed" << std::endl;
}

void Campaign::ShowBalance() const {
  for (const auto& [kind, count] : counts_) out_ << "  " << kind << ": " << count << '\n';
  if (not_counted_ > 0) out_ << not_counted_ << " runs are not counted\n";
}

// Faults that are left out stay left out: -1 stands for none at all.
std::string Campaign::Command(const SimulatedRun::Plan& plan) const {
  std::string command = "tests/run.sh --simulate " + std::to_string(plan.hours) + " --seed " +
                        std::to_string(plan.seed);
  if (plan.commands >= 0) command += " --commands " + std::to_string(plan.commands);
  if (!plan.only) return command;
  std::string numbers;
  for (const int number : *plan.only)
    numbers += (numbers.empty() ? "" : ",") + std::to_string(number);
  return command + " --faults " + (numbers.empty() ? "-1" : numbers);
}

void Campaign::ShowFaults() const {
  const SimulatedRun::Plan plan = PlanOf(options_.first_seed);
  SimulatedRun run(plan);
  (void)run.Play();
  for (const PlannedFault& fault : run.faults()) {
    if (plan.only && !plan.only->contains(fault.number)) continue;
    out_ << "  " << fault.number << ": " << NameOf(fault.kind) << " after "
         << std::chrono::floor<seconds>(fault.at).count() << " s\n";
  }
}

void Campaign::ShrinkFirst() {
  SimulatedRun::Plan plan = PlanOf(failed_.front().seed);
  const std::string shape = Shape(failed_.front().findings.front());
  SimulatedRun whole(plan);
  (void)whole.Play();
  Cut start{.faults = {}, .commands = whole.commands(), .hours = plan.hours};
  for (const PlannedFault& fault : whole.faults()) {
    if (!plan.only || plan.only->contains(fault.number)) start.faults.insert(fault.number);
  }
  const auto with = [&](const Cut& cut) {
    plan.only = cut.faults;
    plan.commands = cut.commands;
    plan.hours = cut.hours;
    return plan;
  };
  const Cut least = Shrink(start, kShrinkRuns, [&](const Cut& cut) {
    const RunResult result = PlayAndCheck(with(cut), false);
    return !result.findings.empty() && Shape(result.findings.front()) == shape;
  });
  out_ << "seed " << plan.seed << " still fails with " << least.faults.size() << " faults, "
       << least.commands << " commands and " << least.hours << " h:\n  " << Command(with(least))
       << std::endl;
}

int Campaign::Run() {
  if (options_.list) ShowFaults();
  std::vector<Worker> workers(std::min<uint64_t>(options_.jobs, Seeds()));
  options_.jobs = static_cast<unsigned>(workers.size());
  for (unsigned i = 0; i < workers.size(); ++i) Start(i, workers[i]);
  Collect(workers);
  ShowBalance();
  ShowProgress(true);
  if (options_.shrink && !failed_.empty()) ShrinkFirst();
  if (!failed_.empty() || broke_) return 1;
  return not_counted_ * 10 > runs_ ? 2 : 0;
}

}  // namespace samenspel::simulation
