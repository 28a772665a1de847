// SPDX-License-Identifier: EUPL-1.2
// Closed loop on audit alone: each client has an entry appended by who plays intake, and waits
// until audit says that its log holds it, on disk, hashed and signed.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "clients/samenspel/config.h"
#include "common/base/clock.h"
#include "common/base/entropy.h"
#include "common/base/file_system.h"
#include "common/base/ids.h"
#include "common/bus/client.h"
#include "tests/bench/append/leader.h"
#include "tests/bench/loop/closed_loop.h"

namespace samenspel::bench {
namespace {

constexpr std::chrono::seconds kPatience(20);

class Reader : public LoopClient {
 public:
  Reader(Leader& leader, std::unique_ptr<bus::Client> audit)
      : leader_(leader), audit_(std::move(audit)) {}

  bool Trip(uint64_t) override {
    const auto entry = leader_.Append(kPatience);
    if (!entry) return false;
    common::v1::Envelope envelope;
    envelope.set_protocol(1);
    envelope.set_request_id(base::NewRequestId(clock_.Wall(), entropy_));
    envelope.set_purpose("child_safety");
    envelope.set_time_left_ms(base::milliseconds(kPatience).count());
    *envelope.mutable_await()->mutable_cause() = *entry;
    envelope.mutable_await()->set_by("intake");
    const auto reply = audit_->Call(envelope, kPatience);
    return reply.ok() && reply->status() == common::v1::STATUS_OK && reply->awaited().has_entry();
  }

 private:
  base::SystemClock clock_;
  base::SystemEntropy entropy_;
  Leader& leader_;
  std::unique_ptr<bus::Client> audit_;
};

base::Result<bus::CurveKeys> KeysIn(const std::string& file) {
  auto secret = base::RealFileSystem()->Read(file);
  if (!secret.ok()) return secret.status();
  secret->resize(40);
  return bus::CurveKeysOf(*secret);
}

base::Status Run(const std::string& file, const std::string& leader_secret,
                 const LoopOptions& options, int& code) {
  const auto text = base::RealFileSystem()->Read(file);
  if (!text.ok()) return text.status();
  const auto config = cli::ReadConfig(*text, file);
  if (!config.ok()) return config.status();
  const auto keys = KeysIn(config->secret);
  if (!keys.ok()) return keys.status();
  const auto leader_keys = KeysIn(leader_secret);
  if (!leader_keys.ok()) return leader_keys.status();
  Leader leader(config->servers.at("intake").endpoint, *leader_keys);
  code = RunClosedLoop(options, [&](int) -> std::unique_ptr<LoopClient> {
    auto audit = bus::Client::Connect(config->servers.at("audit"), *keys);
    if (!audit.ok()) return nullptr;
    return std::make_unique<Reader>(leader, std::move(*audit));
  });
  return base::Ok();
}

}  // namespace
}  // namespace samenspel::bench

int main(int argc, char** argv) {
  std::string config;
  std::string leader_secret;
  samenspel::bench::LoopOptions options;
  CLI::App app("samenspel-append: entries for audit, from who plays intake");
  app.add_option("--config", config, "client config of a desk worker")->required();
  app.add_option("--leader-secret", leader_secret, "CURVE key of intake, which must not run")
      ->required();
  app.add_option("--clients", options.clients)->check(CLI::Range(1, 1024));
  app.add_option("--seconds", options.seconds);
  CLI11_PARSE(app, argc, argv);
  int code = 2;
  const auto status = samenspel::bench::Run(config, leader_secret, options, code);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.message().c_str());
  return code;
}
