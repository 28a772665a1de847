// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "common/base/file_system.h"
#include "common/bus/link.h"
#include "common/daemon/core.h"

namespace samenspel::daemon {

/// The key pair of a daemon, by which others know it: of the secret half in `secrets`/curve.secret.
base::Result<bus::CurveKeys> ReadCurveKeys(base::FileSystem& files, const std::string& secrets);

/// Notices that the registry names another key of this daemon, and that the folder of secrets has
/// it: then it is time to be known by that one (docs/operations.md, changing a key).
class KeyWatch {
 public:
  ///   current  what the daemon started with
  KeyWatch(base::FileSystem& files, std::string secrets, std::string principal,
           bus::CurveKeys current, std::shared_ptr<const bus::Registry> registry, Log log);
  void UseRegistry(std::shared_ptr<const bus::Registry> registry) {
    registry_ = std::move(registry);
  }

  /// The keys to change to; nothing: those of now are right, or the others cannot be had, which is
  /// logged once. The same again until Took.
  std::optional<bus::CurveKeys> Look();
  void Took(bus::CurveKeys keys);

 private:
  base::FileSystem& files_;
  const std::string secrets_;
  const std::string principal_;
  bus::CurveKeys current_;
  std::shared_ptr<const bus::Registry> registry_;
  Log log_;
  std::string complained_of_;  // The key that could not be had.
};

}  // namespace samenspel::daemon
