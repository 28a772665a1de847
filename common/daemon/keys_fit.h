// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "common/base/entropy.h"
#include "common/base/result.h"
#include "common/seal/key_store.h"
#include "common/store/store.h"

namespace samenspel::daemon {

/// Whether every key opens. A row that reads as destroyed is damage as well, since nothing erases
/// yet: half a page of zeros would otherwise pass for an erasure.
base::Status CheckKeys(seal::KeyStore& keys);

/// Whether the key store has each key that the data uses. A store that uses keys which are not
/// there cannot open what it holds: better to say so before it serves.
base::Status CheckKeysFit(store::Store& store, seal::KeyStore& keys, base::Entropy& entropy);

/// The same for the highest number that some entries use.
base::Status CheckKeysReach(seal::KeyNumber highest, const seal::KeyStore& keys);

/// The highest key number that the sealed parts of an entry name; 0: none.
seal::KeyNumber HighestKeyOf(const store::Stored& entry);

}  // namespace samenspel::daemon
