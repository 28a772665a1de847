// SPDX-License-Identifier: EUPL-1.2
// A daemon whose admission handler hangs. What a handler may say is the matter of the bus tests.
#include <sys/ptrace.h>
#include <sys/wait.h>

#include <chrono>
#include <filesystem>

#include "tests/attack/scene.h"

namespace samenspel::attack {
namespace {

// Stops one thread of a daemon, for as long as that lives.
class StoppedThread {
 public:
  explicit StoppedThread(pid_t thread) : thread_(thread) {
    EXPECT_EQ(ptrace(PTRACE_ATTACH, thread_, nullptr, nullptr), 0);
    int status = 0;
    EXPECT_EQ(waitpid(thread_, &status, __WALL), thread_);
  }
  // Whether the daemon ends, and the thread with it, within `patience`.
  bool Ends(base::milliseconds patience) const {
    const auto end = std::chrono::steady_clock::now() + patience;
    int status = 0;
    while (waitpid(thread_, &status, __WALL | WNOHANG) == 0) {
      if (std::chrono::steady_clock::now() > end) return false;
    }
    return true;
  }

 private:
  pid_t thread_;
};

pid_t ThreadCalled(const std::string& name, pid_t process) {
  const std::string threads = "/proc/" + std::to_string(process) + "/task";
  for (const auto& thread : std::filesystem::directory_iterator(threads)) {
    if (support::ReadFile(thread.path().string() + "/comm") == name + "\n") {
      return std::stoi(thread.path().filename().string());
    }
  }
  throw std::runtime_error("no thread is called " + name);
}

using ZapOfADaemon = Attack;

// So that the supervisor starts it again; a hung handler must not keep it from ending.
TEST_F(ZapOfADaemon, EndsTheDaemonWhenItHangsAndTheNextServesAtOnce) {
  const StoppedThread hung(ThreadCalled("admission", region_.Daemon("intake").id()));
  RawPeer peer = PeerWith(KeysOf(kHonest));
  EXPECT_FALSE(peer.Enter());
  ASSERT_TRUE(hung.Ends(support::kPatience)) << region_.LogText("intake");
  EXPECT_EQ(region_.Daemon("intake").Wait(support::kPatience), 3);
  EXPECT_THAT(region_.LogText("intake"),
              testing::HasSubstr("the admission handler does not answer"));
  region_.Launch("intake");
  region_.AwaitReady("intake");
  Under([] {});
  ExpectEntriesOnlyBy({kHonest});
}

}  // namespace
}  // namespace samenspel::attack
