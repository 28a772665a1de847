// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <memory>

#include "common/base/entropy.h"
#include "common/base/result.h"
#include "common/daemon/service.h"
#include "common/seal/key_store.h"
#include "common/store/store.h"

namespace samenspel::daemon {

/// Makes a service object that is not running yet; a replay needs one of its own.
using MakeService = std::function<std::unique_ptr<Service>()>;

/// --rebuild: checks the chain, empties what follows from the journal and derives it again, entry
/// by entry.
base::Status Rebuild(store::Store& store, seal::KeyStore& keys, base::Entropy& entropy,
                     const MakeService& make);

/// --backup and --restore: makes a store of the same journal at `config`, where there must be none.
/// Takes over journal, copies and cursors, derives all else, and compares that with what `from`
/// holds, as Verify does. Then opens it again and checks its chain: only then does it count.
///   from  a store whose chain was checked
base::Status CopyProven(store::Store& from, const store::StoreConfig& config, store::Disk& disk,
                        seal::KeyStore& keys, base::Entropy& entropy, const MakeService& make);

/// --verify: checks the chain, replays the journal into memory and compares with what is stored:
/// state, look-ups and first answers byte by byte, sealed state after opening (invariant 8).
/// Changes nothing.
base::Status Verify(store::Store& store, seal::KeyStore& keys, base::Entropy& entropy,
                    const MakeService& make);

}  // namespace samenspel::daemon
