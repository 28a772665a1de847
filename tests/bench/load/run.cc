// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/load/run.h"

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "tests/bench/load/figures.h"
#include "tests/bench/load/seats.h"

namespace samenspel::bench {
namespace {

std::atomic<bool> stop_asked{false};
constexpr std::chrono::seconds kProgressEvery{5};
constexpr uint64_t kReports = 1'000;

// A file that is closed by itself; null when no name was given.
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
File Opened(const std::string& path) {
  return {path.empty() ? nullptr : std::fopen(path.c_str(), "w"), std::fclose};
}

double SecondsSince(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

// Each desk takes the next when it has an answer to the last.
class ClosedLoop {
 public:
  explicit ClosedLoop(const LoadOptions& options)
      : reports_(options.reports > 0 || options.seconds > 0 ? options.reports : kReports),
        seconds_(options.seconds) {}
  void Start() { start_ = SteadyClock::now(); }
  std::optional<Job> Next() {
    const auto now = SteadyClock::now();
    if (stop_asked || (seconds_ > 0 && now - start_ >= std::chrono::seconds(seconds_))) return {};
    const uint64_t number = next_++;
    if (reports_ > 0 && number >= reports_) return {};
    return Job{number, now};
  }

 private:
  const uint64_t reports_;
  const int seconds_;
  SteadyClock::time_point start_;
  std::atomic<uint64_t> next_{0};
};

// Reports come in when they come. With all desks busy they wait, and that counts as their time.
class OpenLoop {
 public:
  explicit OpenLoop(const LoadOptions& options)
      : reports_(options.reports),
        seconds_(options.seconds > 0 || options.reports > 0 ? options.seconds : 60),
        schedule_({options.rate, options.curve,
                   std::chrono::seconds(
                       std::max(1, options.day_seconds > 0 ? options.day_seconds : seconds_)),
                   options.seed}) {}
  void Start() { start_ = SteadyClock::now(); }
  std::optional<Job> Next() {
    const std::lock_guard lock(mutex_);
    if (stop_asked || (reports_ > 0 && next_ >= reports_)) return {};
    const auto at = schedule_.Next();
    if (seconds_ > 0 && at >= std::chrono::seconds(seconds_)) return {};
    return Job{next_++, start_ + at};
  }

 private:
  const uint64_t reports_;
  const int seconds_;
  std::mutex mutex_;
  Schedule schedule_;
  SteadyClock::time_point start_;
  uint64_t next_ = 0;
};

// Says every few seconds how it goes.
class Teller {
 public:
  Teller(Board& board, SteadyClock::time_point start)
      : thread_([this, &board, start] {
          std::unique_lock lock(mutex_);
          while (!wake_.wait_for(lock, kProgressEvery, [this] { return done_; })) {
            std::fprintf(stderr, "%s\n", board.Progress(SecondsSince(start)).c_str());
          }
        }) {}
  ~Teller() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }
  Teller(const Teller&) = delete;
  Teller& operator=(const Teller&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool done_ = false;
  std::thread thread_;
};

// The folder of the installation, of which the config is config/NAME.toml.
std::string DataOf(const std::string& config) {
  return std::filesystem::absolute(config).parent_path().parent_path().string();
}

template <class Loop>
base::Status Drive(const LoadOptions& options, const std::vector<Access>& accesses, Loop& loop,
                   Board& board, Spent& spent) {
  std::optional<Teller> teller;
  SteadyClock::time_point start;
  const std::string data = DataOf(options.configs.front());
  Meter before;
  const auto started = [&] {
    start = SteadyClock::now();
    before = ReadMeter(data);
    loop.Start();
    teller.emplace(board, start);
  };
  const auto next = [&loop] { return loop.Next(); };
  const base::Status done = RunCrew(options.crew, accesses, started, next, board);
  if (!done.ok()) return done;
  spent = Between(before, ReadMeter(data));
  spent.seconds = SecondsSince(start);
  teller.reset();
  return done;
}

int Judge(const LoadOptions& options, const std::vector<Access>& accesses, int64_t since_ms,
          const Tally& tally) {
  int code = 0;
  if (tally.failed() > 0) {
    std::fprintf(stderr, "samenspel-load: failed: %s\n", ErrorText(tally).c_str());
    code = 1;
  }
  if (!options.seats || options.crew.red_percent == 0) return code;
  const auto use = FindSeatUse(accesses, since_ms);
  if (!use.ok()) {
    std::fprintf(stderr, "samenspel-load: %s\n", use.status().message().c_str());
    return 1;
  }
  std::printf("%s\n", SeatText(*use).c_str());
  const std::string why = WhyShort(*use, kMostBooked);
  if (why.empty()) return code;
  std::fprintf(stderr, "samenspel-load: %s\n", why.c_str());
  return 1;
}

int Fail(const base::Status& status) {
  std::fprintf(stderr, "samenspel-load: %s\n", status.message().c_str());
  return 2;
}

int LoadPeople(const LoadOptions& options) {
  const auto manager = ReadAccess(options.manager);
  if (!manager.ok()) return Fail(manager.status());
  const base::Status loaded = LoadRoster(*manager, options.per_seat);
  return loaded.ok() ? 0 : Fail(loaded);
}

}  // namespace

void AskToStop(int) { stop_asked = true; }

int Run(LoadOptions options) {
  if (!options.manager.empty()) return LoadPeople(options);
  std::vector<Access> accesses;
  for (const std::string& config : options.configs) {
    auto access = ReadAccess(config);
    if (!access.ok()) return Fail(access.status());
    accesses.push_back(std::move(*access));
  }
  if (accesses.empty()) return Fail({base::Code::kInvalid, "--config: of whom?"});
  const int64_t since_ms = base::ToMs(base::SystemClock().Wall());
  if (options.seed == 0) options.seed = static_cast<uint64_t>(since_ms);
  options.crew.seed = options.seed;
  options.crew.pause = base::milliseconds(options.pause_ms);
  options.crew.patience = std::chrono::seconds(options.patience_s);
  const File errors = Opened(options.errors);
  const File timeline = Opened(options.timeline);
  Board board(errors.get(), timeline.get());
  Spent spent;
  base::Status driven;
  if (options.rate > 0) {
    OpenLoop loop(options);
    driven = Drive(options, accesses, loop, board, spent);
  } else {
    ClosedLoop loop(options);
    driven = Drive(options, accesses, loop, board, spent);
  }
  if (!driven.ok()) return Fail(driven);
  const Tally tally = board.Total();
  std::printf("%s", FigureText(options.name, options.crew.desks, tally, spent).c_str());
  if (const File histogram = Opened(options.histogram)) {
    std::fputs(tally.audited.Distribution(1000).c_str(), histogram.get());
  }
  return Judge(options, accesses, since_ms, tally);
}

}  // namespace samenspel::bench
