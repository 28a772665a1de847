// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/entropy.h"
#include "common/base/result.h"
#include "common/seal/key_store.h"

namespace samenspel::seal {

// One file of the key store, as bytes: a header and 256 rows (docs/formats/keys.md).

constexpr size_t kKeyBytes = 32;
constexpr size_t kBlockHeaderBytes = 112;
constexpr size_t kRowBytes = 72;
constexpr size_t kBlockBytes = kBlockHeaderBytes + kKeysPerBlock * kRowBytes;

/// "block-00000001"; blocks count from 1.
std::string BlockName(uint64_t block);

inline uint64_t BlockOf(KeyNumber number) { return (number - 1) / kKeysPerBlock + 1; }
inline size_t RowOf(KeyNumber number) { return (number - 1) % kKeysPerBlock; }
inline size_t RowOffset(size_t row) { return kBlockHeaderBytes + row * kRowBytes; }

/// The bytes of a new block.
///   wrapping_key  32 bytes
///   keys          256 times 32 bytes
std::string MakeBlock(uint64_t block, const uint8_t* wrapping_key, const uint8_t* keys,
                      base::Entropy& entropy);

/// Whether `bytes` is this block, whole and made under this key. Says nothing about what the rows
/// hold, since those may be destroyed. kCorrupt, or kDenied for another key; both name `path`.
base::Status CheckBlock(std::string_view bytes, uint64_t block, const uint8_t* wrapping_key,
                        const std::string& path);

/// Opens one row of a block that passed CheckBlock into the 32 bytes at `key`.
/// kNotFound: destroyed. kCorrupt: neither destroyed nor what was wrapped; names `path` and row.
base::Status OpenRow(std::string_view bytes, uint64_t block, size_t row,
                     const uint8_t* wrapping_key, const std::string& path, uint8_t* key);

}  // namespace samenspel::seal
