// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/restart/ready.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "tests/support/process.h"

namespace samenspel::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kWaitMs = 120'000;

// Where a daemon tells that it is ready, as systemd listens for it.
class Listening {
 public:
  explicit Listening(const std::string& path) : fd_(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    (void)unlink(path.c_str());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    if (bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot listen on " + path);
    }
  }
  ~Listening() { close(fd_); }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

  bool Await() const {
    pollfd about{fd_, POLLIN, 0};
    return poll(&about, 1, kWaitMs) == 1;
  }

 private:
  int fd_;
};

void GiveUpPages(const std::string& folder) {
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    const int fd = open(file.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) continue;
    (void)syscall(SYS_fsync, fd);  // Only what is on the disk can be given up.
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
  }
}

double CpuSeconds(pid_t process) {
  std::ifstream stat("/proc/" + std::to_string(process) + "/stat");
  const std::string text{std::istreambuf_iterator<char>(stat), {}};
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

uint64_t ResidentMb(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string word; status >> word;) {
    if (word != "VmRSS:") continue;
    uint64_t kb = 0;
    status >> kb;
    return kb >> 10;
  }
  return 0;
}

}  // namespace

Ready TimeStart(const std::string& region, std::string_view service, bool cold) {
  const std::string name(service);
  if (cold) GiveUpPages(region + "/data");
  const std::string log = region + "/log/" + name + ".log";
  const std::string notify = region + "/notify";
  const Listening listening(notify);
  const auto start = Clock::now();
  support::Process daemon(
      {{support::DaemonProgram(service), "--config", region + "/config/" + name + ".toml"},
       {"NOTIFY_SOCKET=" + notify},
       region,
       log});
  if (!listening.Await())
    throw std::runtime_error(name + " is not ready: " + support::ReadFile(log));
  const Ready ready{std::chrono::duration<double>(Clock::now() - start).count(),
                    CpuSeconds(daemon.id()), ResidentMb(daemon.id())};
  daemon.Signal(SIGTERM);
  if (daemon.Wait(support::kPatience) != 0) throw std::runtime_error(name + " did not stop well");
  return ready;
}

uint64_t BytesIn(const std::string& folder) {
  uint64_t bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) bytes += file.file_size();
  }
  return bytes;
}

}  // namespace samenspel::bench
