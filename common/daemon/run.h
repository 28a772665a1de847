// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "common/base/entropy.h"
#include "common/daemon/config.h"
#include "common/daemon/service.h"

namespace samenspel::daemon {

/// What a service needs to be made.
struct ServiceInput {
  const Config& config;
  base::FileSystem& files;
};
using ServiceFactory =
    std::function<base::Result<std::unique_ptr<Service>>(const ServiceInput& input)>;

/// The whole of a daemon's main: flags, config, keys, store, link, core, loop.
///   name  "intake"
/// Exit codes: 0 stopped when asked; 2 wrong flags or config; 3 cannot start or go on (one sentence
/// on stderr).
int RunDaemon(int argc, char** argv, const std::string& name, const ServiceFactory& make);

}  // namespace samenspel::daemon
