// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>

#include "common/base/clock.h"
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

/// Holds the key folder for this process, beside the lock of the data folder: data that somebody
/// moved away under a running daemon is still in its hands, and what is put in its place must not
/// be served, nor repaired, by a second one. kExists: in use.
base::Result<std::unique_ptr<base::FileLock>> HoldKeys(const Config& config,
                                                       base::FileSystem& files);

/// All that lives as long as the daemon, in the order in which it is made.
struct Parts {
  base::SystemEntropy entropy;
  base::SystemClock clock;
  std::unique_ptr<store::Disk> disk = store::Disk::Real();
  std::unique_ptr<base::FileLock> hold;
  std::unique_ptr<seal::KeyStore> keys;
  std::unique_ptr<store::Store> store;
};

/// Opens keys and store, and proves that they are whole and fit: what gets through this may be
/// served. kCorrupt and kExists say what to do.
///   proven  false: without the proof of the journal's end, for --verify and --rebuild
base::Status OpenParts(const Config& config, bool proven, Parts& parts);

}  // namespace samenspel::daemon
