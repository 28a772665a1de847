// SPDX-License-Identifier: EUPL-1.2
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>

#include "tests/bench/peers/postgres.h"
#include "tests/bench/peers/work.h"

namespace samenspel::bench::peers {
namespace {

constexpr std::chrono::seconds kPatience(10);
constexpr int kListenMs = 100;

// The one listening connection of the submitting service: tells its desks which reports are done.
class Told {
 public:
  explicit Told(const std::string& conninfo) : database_(conninfo) {
    database_.Do("LISTEN done");
    thread_ = std::thread([this] {
      while (!stop_) {
        for (const std::string& ids : database_.Notified(kListenMs)) Tell(ids);
      }
    });
  }
  ~Told() {
    stop_ = true;
    thread_.join();
  }
  Told(const Told&) = delete;
  Told& operator=(const Told&) = delete;

  bool Wait(uint64_t report) {
    std::unique_lock lock(mutex_);
    if (done_.erase(report) > 0) return true;
    std::condition_variable here;
    waiting_[report] = &here;
    const bool told = here.wait_for(lock, kPatience, [&] { return done_.erase(report) > 0; });
    waiting_.erase(report);
    return told;
  }

 private:
  void Tell(const std::string& ids) {
    const std::lock_guard lock(mutex_);
    const char* const end = ids.data() + ids.size();
    for (const char* at = ids.data(); at < end;) {
      uint64_t report = 0;
      at = std::from_chars(at, end, report).ptr + 1;
      done_.insert(report);
      const auto found = waiting_.find(report);
      if (found != waiting_.end()) found->second->notify_one();
    }
  }

  Database database_;
  std::mutex mutex_;
  std::unordered_set<uint64_t> done_;
  std::unordered_map<uint64_t, std::condition_variable*> waiting_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class Desk : public LoopClient {
 public:
  Desk(const std::string& conninfo, Hears hears, uint64_t seed, Told& told)
      : database_(conninfo), seed_(seed), told_(told) {
    const std::string tail = hears == Hears::kNotify ? "SELECT id, pg_notify('work', '') FROM sent"
                                                     : "SELECT id FROM sent";
    database_.Prepare("submit",
                      "WITH sent AS (INSERT INTO report (body) VALUES ($1::bytea) RETURNING id), "
                      "noted AS (INSERT INTO audit (actor, what, report, digest) "
                      "SELECT 'desk', 'submitted', id, sha256($1::bytea) FROM sent), "
                      "out AS (INSERT INTO outbox SELECT id FROM sent) " +
                          tail);
  }

  void Prepare(uint64_t number) override { report_ = ReportBytes(seed_, number); }
  bool Trip(uint64_t) override {
    const auto rows = database_.Run("submit", {{report_, true}});
    const std::string_view id = PQgetvalue(rows.get(), 0, 0);
    uint64_t report = 0;
    std::from_chars(id.data(), id.data() + id.size(), report);
    return told_.Wait(report);
  }

 private:
  Database database_;
  uint64_t seed_;
  Told& told_;
  std::string report_;
};

}  // namespace

int RunDesks(const LoopOptions& options, const std::string& conninfo, Hears hears, uint64_t seed) {
  Told told(conninfo);
  return RunClosedLoop(options,
                       [&](int) { return std::make_unique<Desk>(conninfo, hears, seed, told); });
}

}  // namespace samenspel::bench::peers
