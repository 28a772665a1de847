// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/parts.h"

namespace samenspel::daemon {
namespace {

using base::Result;
using base::Status;

constexpr size_t kMasterKeyCharacters = 64;

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

}  // namespace samenspel::daemon
