// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/parts.h"

#include "common/daemon/backup.h"
#include "common/daemon/keys_fit.h"

namespace samenspel::daemon {
namespace {

using base::Result;
using base::Status;

constexpr size_t kMasterKeyCharacters = 64;

// How to put the keys back, where the config says that there is a copy.
std::string WhereKeysAre(const Config& config) {
  if (config.keys_copy.empty()) return "";
  return ": copy the block files that " + config.keys + " lacks from " + config.keys_copy +
         ", then start again";
}

Status NoKeys(const Config& config) {
  return {base::Code::kCorrupt, "the key folder " + config.keys + " is empty, and " + config.data +
                                    " holds data that only its keys open; put the key store back "
                                    "from its copy" +
                                    WhereKeysAre(config)};
}

// More than the first block is made only for entries: without any, and without a watermark to tell
// how many, this is no new service but one whose data is gone.
Status CheckDataIsThere(const Config& config, const Parts& parts) {
  const auto acked = store::ReadWatermark(StoreConfigOf(config), parts.disk->files());
  const bool may_be_new = parts.keys->last() <= seal::kKeysPerBlock ||
                          parts.disk->files().Exists(config.data + "/db") || !acked.ok() ||
                          acked->has_value();
  if (may_be_new) return base::Ok();
  return {base::Code::kCorrupt, config.data + " holds no data, and " + config.keys +
                                    " the keys of some: put the data back with --restore, or with "
                                    "--repair-from audit"};
}

}  // namespace

store::StoreConfig StoreConfigOf(const Config& config) {
  store::StoreConfig store;
  store.path = config.data;
  store.service = config.service;
  store.watermark = config.keys + "/watermark";
  store.write_buffer_bytes = static_cast<size_t>(config.write_buffer_mb) << 20;
  store.check_rest = true;
  return store;
}

Result<std::unique_ptr<seal::KeyStore>> OpenKeys(const Config& config, base::FileSystem& files,
                                                 base::Entropy& entropy) {
  const std::string path = config.secrets + "/master.key";
  const auto master = ReadSecret(files, path, kMasterKeyCharacters);
  if (!master.ok()) return master.status();
  const std::string bytes = FromHex(*master);
  if (bytes.empty()) return Status(base::Code::kInvalid, path + " is not hexadecimal");
  return seal::KeyStore::Open(files, config.keys, bytes, entropy, config.keys_copy);
}

Result<std::unique_ptr<base::FileLock>> HoldKeys(const Config& config, base::FileSystem& files) {
  SAMENSPEL_RETURN_IF_ERROR(files.MakeDirectory(config.keys));
  return files.Lock(config.keys + "/lock");
}

Status OpenParts(const Config& config, bool proven, Parts& parts) {
  const store::StoreConfig store_config = StoreConfigOf(config);
  if (AwaitsRepair(config.data, parts.disk->files())) {
    return {base::Code::kCorrupt, config.data +
                                      " holds a backup without what came after it: a restore was "
                                      "cut short; run --repair-from audit"};
  }
  auto hold = HoldKeys(config, parts.disk->files());
  if (!hold.ok()) return hold.status();
  parts.hold = std::move(*hold);
  auto keys = OpenKeys(config, parts.disk->files(), parts.entropy);
  if (!keys.ok()) return keys.status();
  parts.keys = std::move(*keys);
  SAMENSPEL_RETURN_IF_ERROR(CheckDataIsThere(config, parts));
  auto store = proven ? store::Store::Open(store_config, *parts.disk)
                      : store::Store::OpenUnproven(store_config, *parts.disk);
  // With the keys their watermark is gone, too; they are what must come back first.
  const bool keys_gone = parts.keys->last() == 0 && parts.disk->files().Exists(config.data + "/db");
  if (!store.ok()) return keys_gone ? NoKeys(config) : store.status();
  parts.store = std::move(*store);
  const Status fits = CheckKeysFit(*parts.store, *parts.keys, parts.entropy);
  return fits.ok() ? fits : Status(fits.code(), fits.message() + WhereKeysAre(config));
}

}  // namespace samenspel::daemon
