// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "common/base/entropy.h"
#include "common/base/result.h"
#include "common/seal/key_store.h"
#include "common/store/store.h"

namespace samenspel::golden {

/// Rows of a journal file: each a StoredEntry as the store holds it, after its length in four
/// bytes, most significant first.
std::string EncodeJournal(const std::vector<std::string>& rows);
/// kCorrupt when the last row is cut short.
base::Result<std::vector<std::string>> DecodeJournal(std::string_view bytes);

/// The journal's rows as a store holds them, from the first.
std::vector<std::string> RowsOf(const store::Store& store);

/// Puts rows into an empty store as its journal. Open it anew afterwards, then rebuild.
base::Status Import(store::Store& store, const std::vector<std::string>& rows);
/// Puts rows of `service` into an empty store of audit as copies.
base::Status ImportCopies(store::Store& store, const std::string& service,
                          const std::vector<std::string>& rows);

/// SHA-256, in hexadecimal, over the columns that follow from the journal: state, look-ups and
/// first answers byte by byte, sealed state after opening.
std::string StateDigest(store::Store& store, seal::KeyStore& keys, base::Entropy& entropy);

}  // namespace samenspel::golden
