// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <system_error>

namespace samenspel::support {
namespace {

using base::milliseconds;
using SteadyClock = std::chrono::steady_clock;

constexpr int kSignalled = 128;
constexpr int kCannotStart = 127;

[[noreturn]] void Fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe MakePipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) Fail("make a pipe");
  return {ends[0], ends[1]};
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// Between fork and exec of a process with threads: system calls only.
[[noreturn]] void BecomeProgram(const Program& program, char* const* arguments,
                                char* const* environment, int output, int life) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int input = open(program.input.empty() ? "/dev/null" : program.input.c_str(), O_RDONLY);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  if (life >= 0) fcntl(life, F_SETFD, 0);
  if (program.folder.empty() || chdir(program.folder.c_str()) == 0) {
    execve(arguments[0], arguments, environment);
  }
  _exit(kCannotStart);
}

pid_t Start(const Program& program, int output, int life) {
  const std::vector<char*> arguments = Pointers(program.arguments);
  const std::vector<char*> environment = Pointers(program.environment);
  const pid_t id = fork();
  if (id < 0) Fail("fork");
  if (id == 0) BecomeProgram(program, arguments.data(), environment.data(), output, life);
  return id;
}

int CodeOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
}

int Reap(pid_t id) {
  int status = 0;
  while (waitpid(id, &status, 0) != id) {
    if (errno != EINTR) Fail("wait for a process");
  }
  return CodeOf(status);
}

// Whether there is something to read, or the other end is closed, before `end`.
bool AwaitReadable(int fd, SteadyClock::time_point end) {
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(end - SteadyClock::now());
    pollfd about{fd, POLLIN, 0};
    const int found = poll(&about, 1, static_cast<int>(std::max<int64_t>(left.count(), 0)));
    if (found > 0) return true;
    if (found == 0 && left.count() <= 0) return false;
  }
}

}  // namespace

Process::Process(const Program& program) {
  const int output =
      open(program.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (output < 0) Fail("open " + program.output);
  const Pipe life = MakePipe();
  id_ = Start(program, output, life.write);
  life_ = life.read;
  close(life.write);
  close(output);
}

Process::~Process() {
  Kill();
  close(life_);
}

std::optional<int> Process::Wait(milliseconds wait) {
  if (!ended_ && AwaitReadable(life_, SteadyClock::now() + wait)) ended_ = Reap(id_);
  return ended_;
}

void Process::Signal(int number) {
  if (!ended_) kill(id_, number);
}

void Process::Kill() {
  if (ended_) return;
  kill(id_, SIGKILL);
  ended_ = Reap(id_);
}

void Process::Hang() {
  if (ptrace(PTRACE_ATTACH, id_, nullptr, nullptr) != 0) Fail("stop the main thread");
  int status = 0;
  if (waitpid(id_, &status, __WALL) != id_ || !WIFSTOPPED(status)) {
    throw std::runtime_error("the main thread did not stop");
  }
}

void Process::Resume() {
  if (ptrace(PTRACE_DETACH, id_, nullptr, nullptr) != 0) Fail("let the main thread go on");
}

Outcome RunToEnd(const Program& program, milliseconds wait) {
  const Pipe output = MakePipe();
  const pid_t id = Start(program, output.write, -1);
  close(output.write);
  const auto end = SteadyClock::now() + wait;
  Outcome outcome;
  char piece[4096];
  for (;;) {
    if (!AwaitReadable(output.read, end)) {
      kill(id, SIGKILL);
      break;
    }
    const ssize_t size = read(output.read, piece, sizeof piece);
    if (size <= 0) break;
    outcome.output.append(piece, static_cast<size_t>(size));
  }
  close(output.read);
  outcome.code = Reap(id);
  return outcome;
}

}  // namespace samenspel::support
