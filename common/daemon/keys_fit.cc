// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/keys_fit.h"

#include <algorithm>

#include "common/daemon/view.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using base::Status;

}  // namespace

Status CheckKeys(seal::KeyStore& keys) {
  for (seal::KeyNumber number = 1; number <= keys.last(); ++number) {
    const auto key = keys.Find(number);
    if (key.ok()) continue;
    if (key.status().code() != Code::kNotFound) return key.status();
    return {Code::kCorrupt, "key " + std::to_string(number) +
                                " reads as destroyed, but nothing was erased; put the key store "
                                "back from its copy"};
  }
  return base::Ok();
}

Status CheckKeysReach(seal::KeyNumber highest, const seal::KeyStore& keys) {
  if (highest <= keys.last()) return base::Ok();
  return {Code::kCorrupt, "the data uses key " + std::to_string(highest) +
                              ", the key store ends at " + std::to_string(keys.last()) +
                              "; put the key store back from its copy"};
}

Status CheckKeysFit(store::Store& store, seal::KeyStore& keys, base::Entropy& entropy) {
  store::Batch batch = store.Begin();
  const View view(store, batch, keys, entropy);
  SAMENSPEL_RETURN_IF_ERROR(CheckKeysReach(view.next_key() - 1, keys));
  return CheckKeys(keys);
}

seal::KeyNumber HighestKeyOf(const store::Stored& entry) {
  seal::KeyNumber highest = 0;
  for (const std::string& part : entry.sealed) {
    common::v1::Sealed sealed;
    if (sealed.ParseFromString(part)) highest = std::max(highest, sealed.key());
  }
  return highest;
}

}  // namespace samenspel::daemon
