// SPDX-License-Identifier: EUPL-1.2
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <thread>

#include "clients/samenspel/curses_screen.h"
#include "clients/samenspel/run.h"
#include "common/base/core_dumps.h"

namespace samenspel::cli {
namespace {

Environment EnvironmentOfProcess() {
  Environment environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text(*entry);
    const size_t equals = text.find('=');
    if (equals != std::string::npos) environment[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return environment;
}

volatile std::sig_atomic_t interrupted = 0;

// The second Ctrl-C ends the process, should the first not be heard.
bool Interrupted() {
  static const bool listening = [] {
    struct sigaction action = {};
    action.sa_handler = [](int) { interrupted = 1; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    return sigaction(SIGINT, &action, nullptr) == 0;
  }();
  return listening && interrupted != 0;
}

// As the terminal says it now; 0: there is none, or it does not know.
size_t TerminalColumns() {
  winsize size = {};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int Main(int argc, char** argv) {
  base::ForbidCoreDumps();
  const auto files = base::RealFileSystem();
  base::SystemClock clock;
  base::SystemEntropy entropy;
  World world{.in = std::cin,
              .out = std::cout,
              .err = std::cerr,
              .out_is_terminal = isatty(STDOUT_FILENO) == 1,
              .err_is_terminal = isatty(STDERR_FILENO) == 1,
              .in_is_terminal = isatty(STDIN_FILENO) == 1,
              .columns = TerminalColumns(),
              .environment = EnvironmentOfProcess(),
              .files = *files,
              .clock = clock,
              .entropy = entropy,
              .connect = bus::Client::Connect,
              .pause = [](base::milliseconds time) { std::this_thread::sleep_for(time); },
              .interrupted = Interrupted,
              .open_screen = OpenCursesScreen};
  return Run({argv + 1, argv + argc}, world);
}

}  // namespace
}  // namespace samenspel::cli

int main(int argc, char** argv) { return samenspel::cli::Main(argc, argv); }
