// SPDX-License-Identifier: EUPL-1.2
#include "tests/bench/loop/closed_loop.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

namespace samenspel::bench {
namespace {

using Clock = std::chrono::steady_clock;

double MsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double Percentile(const std::vector<double>& sorted, double part) {
  if (sorted.empty()) return 0;
  const auto at = static_cast<size_t>(part * static_cast<double>(sorted.size()));
  return sorted[std::min(at, sorted.size() - 1)];
}

bool First(LoopClient& client, uint64_t number) {
  client.Prepare(number);
  return client.Trip(number);
}

}  // namespace

int RunClosedLoop(const LoopOptions& options,
                  const std::function<std::unique_ptr<LoopClient>(int client)>& make) {
  std::mutex mutex;
  std::vector<double> all;
  std::atomic<uint64_t> next{0};
  std::atomic<uint64_t> failed{0};
  Clock::time_point start;
  std::barrier ready(options.clients, [&]() noexcept { start = Clock::now(); });
  std::vector<std::thread> threads;
  threads.reserve(static_cast<size_t>(options.clients));
  for (int i = 0; i < options.clients; ++i) {
    threads.emplace_back([&, i] {
      const auto client = make(i);
      const bool fit = client != nullptr && First(*client, next++);
      if (!fit) ++failed;
      ready.arrive_and_wait();
      std::vector<double> own;
      while (fit && MsSince(start) < options.seconds * 1000) {
        const uint64_t number = next++;
        client->Prepare(number);
        const auto from = Clock::now();
        client->Trip(number) ? own.push_back(MsSince(from)) : void(++failed);
      }
      const std::lock_guard lock(mutex);
      all.insert(all.end(), own.begin(), own.end());
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = MsSince(start) / 1000;
  std::sort(all.begin(), all.end());
  std::printf("clients=%d reports=%zu failed=%llu per_s=%.0f p50_ms=%.3f p99_ms=%.3f\n",
              options.clients, all.size(), static_cast<unsigned long long>(failed.load()),
              static_cast<double>(all.size()) / seconds, Percentile(all, 0.5),
              Percentile(all, 0.99));
  return failed == 0 ? 0 : 1;
}

}  // namespace samenspel::bench
