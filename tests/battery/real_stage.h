// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <memory>
#include <string>

#include "tests/battery/stage.h"
#include "tests/support/region.h"

namespace samenspel::battery {

/// Four daemons as processes, with CURVE: each of the cast has a key, and connections that stay up.
class RealStage : public Stage {
 public:
  RealStage();
  ~RealStage() override;

  std::optional<common::v1::Answer> Ask(const std::string& who, size_t service,
                                        const common::v1::Envelope& envelope) override;
  /// Goes through the files of the registry, and waits until each daemon has read them.
  void Use(const std::vector<bus::Principal>& principals) override;
  void Settle() override { region_.Settle(); }
  base::Instant Now() override;

  /// All leaves of audit's log, as its auditor reads them.
  std::vector<common::v1::EntryHeader> Log();
  support::Region& region() { return region_; }

 private:
  bus::Client& ClientOf(const std::string& name, size_t service);
  void AwaitRegistry(bool operates);

  support::Region region_;
  std::map<std::string, std::unique_ptr<bus::Client>> clients_;  // By service and name.
  bool watcher_operates_ = true;
};

}  // namespace samenspel::battery
