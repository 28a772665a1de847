// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "common/store/store.h"

namespace samenspel::support {

/// Where a service of a region has its store and watermark, as deploy/config/daemons says.
///   folder  of the region
inline store::StoreConfig StoreConfigIn(const std::string& folder, const std::string& service) {
  store::StoreConfig config;
  config.path = folder + "/data/" + service;
  config.watermark = config.path + "-keys/watermark";
  config.service = service;
  return config;
}

}  // namespace samenspel::support
