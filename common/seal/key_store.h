// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/entropy.h"
#include "common/base/file_system.h"
#include "common/base/result.h"

namespace samenspel::seal {

/// Data keys are numbered from 1 without gaps; which stream uses which number is the store's
/// business, not ours.
using KeyNumber = uint64_t;

constexpr KeyNumber kKeysPerBlock = 256;

/// The data keys of one service, in a folder that enters no journal and no journal backup:
/// a file of 256 keys per block, each wrapped by the service's master key
/// (docs/formats/keys.md). Keys are made ahead: a number is handed out only when its block is
/// synced.
class KeyStore {
 public:
  ///   directory   made when it is not there
  ///   master_key  32 bytes; another one than the blocks were made with is refused (kDenied)
  /// A damaged or missing block among existing ones is kCorrupt and named. Blocks missing at the
  /// end cannot be seen from here: the caller compares `last()` with the keys it has given out.
  ///   copy  a second folder that gets every block too; empty: none. One that cannot be written or
  ///         holds other keys is no reason not to open: UpdateCopy says so.
  static base::Result<std::unique_ptr<KeyStore>> Open(base::FileSystem& files,
                                                      std::string directory,
                                                      std::string_view master_key,
                                                      base::Entropy& entropy,
                                                      std::string copy = {});
  virtual ~KeyStore() = default;

  /// The highest number whose key exists; 0 before the first block.
  virtual KeyNumber last() const = 0;
  /// Makes and syncs one more block, then tries to copy it.
  virtual base::Status AddBlock() = 0;
  /// Brings the copy up to date: blocks it lacks are written, and keys that were destroyed here are
  /// destroyed there. Ok: it is, or there is none. kCorrupt: it holds other keys.
  virtual base::Status UpdateCopy() { return base::Ok(); }
  /// Whether fewer than `ahead` keys are left after `next`.
  bool NeedsBlock(KeyNumber next, KeyNumber ahead) const { return last() < next + ahead; }

  /// The 32 bytes of a key. Opened keys are kept in a bounded cache.
  /// kNotFound: no such key, or it was destroyed. kCorrupt: file and row are named.
  virtual base::Result<std::string> Find(KeyNumber number) = 0;

  /// Makes whatever was sealed under this key unreadable: overwrites its row and syncs. A second
  /// time is fine, also after a first that was cut short. In the copy as well: a failure there is
  /// the answer, and UpdateCopy makes it good. kNotFound: never made.
  virtual base::Status Destroy(KeyNumber number) = 0;

  /// 32 bytes for another use, derived from the master key; `use` is 1 to 8 characters
  /// ("reqdgst").
  virtual std::string Derived(std::string_view use) const = 0;
};

/// Seals `plaintext` under `key` with XChaCha20-Poly1305 and a random nonce, padded so that its
/// exact size does not show. Returns a serialized common.v1.Sealed.
///   key      32 bytes
///   context  what the sealed bytes belong to; opening with another context fails
std::string Seal(KeyNumber number, std::string_view key, std::string_view context,
                 std::string_view plaintext, base::Entropy& entropy);

/// kNotFound: the key is gone (erased). kCorrupt: not what was sealed, or for another context.
base::Result<std::string> Unseal(KeyStore& keys, std::string_view context, std::string_view sealed);

}  // namespace samenspel::seal
