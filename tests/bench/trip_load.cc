// SPDX-License-Identifier: EUPL-1.2
// Closed-loop load on a running installation: each client sends a red report, waits until it is
// planned and until the log holds it, and sends the next. Prints one line of figures
// (docs/performance.md tells how to run it).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

#include "clients/demo/families.h"
#include "clients/samenspel/config.h"
#include "common/base/ids.h"
#include "common/bus/client.h"

namespace samenspel::bench {
namespace {

using Clock = std::chrono::steady_clock;
using common::v1::Envelope;

struct Options {
  std::string config;
  int clients = 1;
  uint64_t reports = 0;
  int seconds = 0;
  uint64_t seed = 1;
  int pause_ms = 0;
};

struct Sample {
  double acked_ms;
  double planned_ms;
  double audited_ms;
};

double Since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// The connections of one client and its loop.
class Desk {
 public:
  Desk(const cli::ConfigFile& config, const bus::CurveKeys& keys) {
    for (const char* service : {"intake", "meeting", "audit"}) {
      auto client = bus::Client::Connect(config.servers.at(service), keys);
      if (client.ok()) clients_[service] = std::move(*client);
    }
  }
  bool ready() const { return clients_.size() == 3; }

  bool Trip(uint64_t seed, uint64_t number, Sample& sample) {
    Envelope envelope = New();
    intake::v1::Request request;
    *request.mutable_submit_report() = demo::Invent(seed, number, intake::v1::COLOUR_RED);
    envelope.set_request(request.SerializeAsString());
    const auto start = Clock::now();
    const auto reply = clients_["intake"]->Call(envelope, base::milliseconds(20'000));
    if (!reply.ok() || reply->status() != common::v1::STATUS_OK) return false;
    sample.acked_ms = Since(start);
    if (!Await("meeting", reply->entry(), "meeting")) return false;
    sample.planned_ms = Since(start);
    if (!Await("audit", reply->entry(), "meeting") || !Await("audit", reply->entry(), "intake")) {
      return false;
    }
    sample.audited_ms = Since(start);
    return true;
  }

 private:
  Envelope New() {
    Envelope envelope;
    envelope.set_protocol(1);
    envelope.set_request_id(base::NewRequestId(clock_.Wall(), entropy_));
    envelope.set_purpose("child_safety");
    return envelope;
  }

  bool Await(const std::string& at, const common::v1::Ref& cause, const std::string& by) {
    Envelope envelope = New();
    envelope.set_time_left_ms(20'000);
    *envelope.mutable_await()->mutable_cause() = cause;
    envelope.mutable_await()->set_by(by);
    const auto reply = clients_[at]->Call(envelope, base::milliseconds(21'000));
    return reply.ok() && reply->status() == common::v1::STATUS_OK && reply->awaited().has_entry();
  }

  base::SystemClock clock_;
  base::SystemEntropy entropy_;
  std::map<std::string, std::unique_ptr<bus::Client>> clients_;
};

double Percentile(std::vector<Sample>& samples, double Sample::*field, double part) {
  if (samples.empty()) return 0;
  const size_t at = std::min(samples.size() - 1, static_cast<size_t>(part * samples.size()));
  std::nth_element(
      samples.begin(), samples.begin() + at, samples.end(),
      [&](const Sample& left, const Sample& right) { return left.*field < right.*field; });
  return samples[at].*field;
}

int Run(const Options& options) {
  const auto files = base::RealFileSystem();
  const auto text = files->Read(options.config);
  if (!text.ok()) return std::fprintf(stderr, "%s\n", text.status().message().c_str()), 2;
  const auto config = cli::ReadConfig(*text, options.config);
  if (!config.ok()) return std::fprintf(stderr, "%s\n", config.status().message().c_str()), 2;
  auto secret = files->Read(config->secret);
  if (!secret.ok()) return std::fprintf(stderr, "%s\n", secret.status().message().c_str()), 2;
  secret->resize(40);
  const auto keys = bus::CurveKeysOf(*secret);
  if (!keys.ok()) return std::fprintf(stderr, "%s\n", keys.status().message().c_str()), 2;

  std::mutex mutex;
  std::vector<Sample> samples;
  std::atomic<uint64_t> next{0};
  std::atomic<uint64_t> failed{0};
  const auto start = Clock::now();
  const auto more = [&] {
    if (options.seconds > 0) return Since(start) < options.seconds * 1000.0;
    return next.load() < options.reports;
  };
  std::vector<std::thread> desks;
  for (int i = 0; i < options.clients; ++i) {
    desks.emplace_back([&] {
      Desk desk(*config, *keys);
      std::vector<Sample> own;
      while (desk.ready() && more()) {
        Sample sample{};
        desk.Trip(options.seed, next++, sample) ? own.push_back(sample) : void(++failed);
        if (options.pause_ms > 0) std::this_thread::sleep_for(base::milliseconds(options.pause_ms));
      }
      const std::lock_guard lock(mutex);
      samples.insert(samples.end(), own.begin(), own.end());
    });
  }
  for (std::thread& desk : desks) desk.join();
  const double seconds = Since(start) / 1000;
  std::printf("clients=%d reports=%zu failed=%llu per_s=%.0f", options.clients, samples.size(),
              static_cast<unsigned long long>(failed.load()),
              static_cast<double>(samples.size()) / seconds);
  for (const auto& [name, field] :
       {std::pair{"acked", &Sample::acked_ms}, std::pair{"planned", &Sample::planned_ms},
        std::pair{"audited", &Sample::audited_ms}}) {
    std::printf(" %s_p50_ms=%.2f %s_p99_ms=%.2f", name, Percentile(samples, field, 0.5), name,
                Percentile(samples, field, 0.99));
  }
  std::printf("\n");
  return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace samenspel::bench

int main(int argc, char** argv) {
  samenspel::bench::Options options;
  CLI::App app("samenspel-load");
  app.add_option("--config", options.config, "client config of a desk worker")->required();
  app.add_option("--clients", options.clients, "at once")->check(CLI::Range(1, 1024));
  app.add_option("--reports", options.reports, "in all");
  app.add_option("--seconds", options.seconds, "instead of a number of reports");
  app.add_option("--seed", options.seed, "of the invented families");
  app.add_option("--pause", options.pause_ms, "milliseconds between the reports of one client");
  CLI11_PARSE(app, argc, argv);
  return samenspel::bench::Run(options);
}
