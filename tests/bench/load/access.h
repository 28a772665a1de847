// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "clients/samenspel/config.h"
#include "common/base/result.h"
#include "common/bus/client.h"

namespace samenspel::bench {

/// What somebody at a desk needs to connect.
struct Access {
  cli::ConfigFile config;
  bus::CurveKeys keys;
};

/// Reads a client config and the secret key that it names.
base::Result<Access> ReadAccess(const std::string& config_path);

}  // namespace samenspel::bench
