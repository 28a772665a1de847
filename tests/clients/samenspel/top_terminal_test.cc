// SPDX-License-Identifier: EUPL-1.2
// The real command on a pseudo terminal.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "common/bus/link.h"
#include "tests/support/port.h"
#include "tests/support/scratch.h"

namespace samenspel::cli {
namespace {

using testing::HasSubstr;

class TopAtATerminal : public testing::Test {
 protected:
  TopAtATerminal() {
    const auto keys = bus::NewCurveKeys();
    EXPECT_TRUE(keys.ok());
    std::ofstream(folder_ + "/curve.secret") << keys->secret_key << "\n";
    std::ofstream(folder_ + "/config.toml")
        << "secret = \"" << folder_ << "/curve.secret\"\n[server.intake]\nendpoint = \""
        << nobody_.endpoint() << "\"\nkey = \"" << keys->public_key << "\"\n";
  }
  ~TopAtATerminal() override {
    if (child_ > 0) kill(child_, SIGKILL);
  }

  void Start(const char* terminal) {
    winsize size{};
    size.ws_row = 24;
    size.ws_col = 120;
    child_ = forkpty(&terminal_, nullptr, nullptr, &size);
    ASSERT_GE(child_, 0);
    if (child_ != 0) return;
    setenv("TERM", terminal, 1);
    // ncurses keeps what it had begun for a terminal that it does not know.
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
    execl(SAMENSPEL, "samenspel", "top", "--lang", "en", "--config",
          (folder_ + "/config.toml").c_str(), nullptr);
    _exit(127);
  }
  // Reads until `words` stand on the screen, or the command has ended.
  void Await(const std::string& words) {
    constexpr int kPatienceMs = 20'000;
    char piece[4096];
    pollfd ready{terminal_, POLLIN, 0};
    while (seen_.find(words) == std::string::npos && poll(&ready, 1, kPatienceMs) == 1) {
      const ssize_t size = read(terminal_, piece, sizeof piece);
      if (size <= 0) return;
      seen_.append(piece, static_cast<size_t>(size));
    }
  }
  int Ended() {
    Await("this never stands there");
    int status = 0;
    EXPECT_EQ(waitpid(child_, &status, 0), child_);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  support::Port nobody_;  // Bound, and nobody listens.
  support::ScratchFolder scratch_;
  const std::string folder_ = scratch_.path();
  std::string seen_;
  pid_t child_ = -1;
  int terminal_ = -1;
};

TEST_F(TopAtATerminal, ShowsTheServicesAndLeavesOnQ) {
  Start("xterm");
  Await("q leaves");
  EXPECT_THAT(seen_, HasSubstr("samenspel top"));
  EXPECT_THAT(seen_, HasSubstr("does not answer"));
  ASSERT_EQ(write(terminal_, "q", 1), 1);
  EXPECT_EQ(Ended(), 0);
}

TEST_F(TopAtATerminal, PrintsAPlainFrameOnATerminalOfNoKind) {
  Start("no-such-terminal");
  EXPECT_EQ(Ended(), 6);
  EXPECT_THAT(seen_, HasSubstr("does not answer"));
}

}  // namespace
}  // namespace samenspel::cli
