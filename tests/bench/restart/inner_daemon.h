// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/entropy.h"
#include "common/daemon/config.h"
#include "common/daemon/core.h"
#include "common/seal/key_store.h"
#include "common/store/disk.h"
#include "common/store/store.h"
#include "tests/support/region.h"

namespace samenspel::bench {

/// One daemon of a region in this process, on its real data, with the time that it is told.
class InnerDaemon {
 public:
  InnerDaemon(const support::Region& region, std::string_view service,
              const std::shared_ptr<const bus::Registry>& registry, base::Instant now);

  const std::string& service() const { return config_.service; }
  /// Services that it follows, in the order of its sockets from 1 on.
  const std::vector<std::string>& leaders() const { return leaders_; }
  uint64_t entries() const { return store_->head().sequence; }
  /// What the write-ahead log holds: a start has to read all of it.
  uint64_t LogBytes() const;

  void Take(bus::Input input) { inbox_.push_back(std::move(input)); }
  bool HasMail() const { return !inbox_.empty(); }
  /// Decides what waits; ends the program when a write fails.
  std::vector<bus::Output> Step(base::Instant now);

 private:
  daemon::Config config_;
  std::vector<std::string> leaders_;
  base::SystemEntropy entropy_;
  std::unique_ptr<store::Disk> disk_ = store::Disk::Real();
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<seal::KeyStore> keys_;
  std::unique_ptr<daemon::Core> core_;
  std::vector<bus::Input> inbox_;
};

}  // namespace samenspel::bench
