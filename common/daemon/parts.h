// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>

#include "common/base/entropy.h"
#include "common/base/result.h"
#include "common/daemon/config.h"
#include "common/seal/key_store.h"
#include "common/store/store.h"

namespace samenspel::daemon {

/// Where a daemon's store and its watermark lie: the latter with the keys, so that an old copy of
/// the data folder does not bring its own.
store::StoreConfig StoreConfigOf(const Config& config);

/// The key store of this config, opened with the master key among its secrets.
base::Result<std::unique_ptr<seal::KeyStore>> OpenKeys(const Config& config,
                                                       base::FileSystem& files,
                                                       base::Entropy& entropy);

}  // namespace samenspel::daemon
