// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <span>
#include <string>

#include "common/daemon/config.h"
#include "common/daemon/core.h"
#include "common/seal/key_store.h"
#include "common/store/disk.h"
#include "common/store/store.h"
#include "common/tlog/note_key.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::simulation {

inline constexpr const char* kServices[] = {"intake", "meeting", "escalation", "audit"};
inline constexpr const char* kOrigin = "samenspel.example/simulation";
/// 32 bytes that nobody can take for a secret.
inline constexpr const char* kMasterKey = "samenspel golden test master key";

/// The log's public key.
tlog::VerifierKey LogKey();

/// One daemon without loop and sockets: the real service, core, store and key store on a memory
/// disk that outlives them.
class Machine {
 public:
  Machine(std::string service, daemon::Terms terms, uint64_t seed,
          std::shared_ptr<const bus::Registry> registry);

  /// As a process does it; a failure to start is a test failure.
  base::Status Start(base::Instant now);
  /// As kill -9 does it: what is not on the disk is gone.
  void Stop();
  bool running() const { return core_ != nullptr; }
  daemon::Turn Step(base::Instant now, std::span<const bus::Input> inputs) {
    return core_->Step(now, inputs);
  }

  common::v1::ServiceStatus Status() const { return core_->Status({}); }

  const std::string& service() const { return config_.service; }
  /// Services that it follows, in the order of its sockets from 1 on.
  const std::vector<std::string>& leaders() const { return leaders_; }
  store::Store& store() { return *store_; }
  seal::KeyStore& keys() { return *keys_; }
  store::Disk& disk() { return *disk_; }
  base::Entropy& entropy() { return entropy_; }
  std::unique_ptr<daemon::Service> MakeService();
  const std::string& log() const { return log_; }

 private:
  void Configure();
  void Grant(const std::string& principal, std::vector<std::string> kinds);

  daemon::Config config_;
  std::vector<std::string> leaders_;
  daemon::Terms terms_;
  std::shared_ptr<const bus::Registry> registry_;
  support::SeededEntropy entropy_;
  std::unique_ptr<store::Disk> disk_ = store::Disk::Memory();
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<seal::KeyStore> keys_;
  std::unique_ptr<daemon::Core> core_;
  std::string log_;
};

}  // namespace samenspel::simulation
