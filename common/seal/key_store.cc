// SPDX-License-Identifier: EUPL-1.2
#include "common/seal/key_store.h"

#include <sodium.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "common/base/mutant.h"
#include "common/seal/key_block.h"
#include "common/seal/opened_keys.h"
#include "common/seal/secret_memory.h"

namespace samenspel::seal {
namespace {

using base::Code;
using base::Result;
using base::Status;

constexpr size_t kOpenedKeysMax = 4096;

// Subkey numbers of crypto_kdf: what wraps data keys can never be asked for as Derived().
constexpr uint64_t kWrappingSubkey = 0;
constexpr uint64_t kDerivedSubkey = 1;

void DeriveKey(uint8_t* out, uint64_t subkey, std::string_view use, const uint8_t* master_key) {
  assert(!use.empty() && use.size() <= crypto_kdf_CONTEXTBYTES);
  char context[crypto_kdf_CONTEXTBYTES] = {};
  use.copy(context, use.size());
  crypto_kdf_derive_from_key(out, kKeyBytes, subkey, context, master_key);
}

Status NoSuchKey(KeyNumber number) {
  return {Code::kNotFound, "find key " + std::to_string(number) + ": never made"};
}

class FileKeyStore : public KeyStore {
 public:
  FileKeyStore(base::FileSystem& files, std::string directory, std::string_view master_key,
               base::Entropy& entropy, std::string copy)
      : files_(files),
        directory_(std::move(directory)),
        copy_(std::move(copy)),
        entropy_(entropy),
        master_key_(kKeyBytes),
        wrapping_key_(kKeyBytes),
        opened_(kOpenedKeysMax) {
    std::memcpy(master_key_.data(), master_key.data(), kKeyBytes);
    DeriveKey(wrapping_key_.data(), kWrappingSubkey, "keywrap", master_key_.data());
  }

  Status ReadBlocks();
  KeyNumber last() const override { return blocks_ * kKeysPerBlock; }
  Status AddBlock() override;
  Status UpdateCopy() override;
  Result<std::string> Find(KeyNumber number) override;
  Status Destroy(KeyNumber number) override;
  std::string Derived(std::string_view use) const override;

 private:
  std::string PathOf(uint64_t block) const { return directory_ + "/" + BlockName(block); }
  std::string CopyOf(uint64_t block) const { return copy_ + "/" + BlockName(block); }
  Status Load(uint64_t block);
  Status CopyBlock(uint64_t block);
  Status DestroyIn(const std::string& path, size_t row);

  base::FileSystem& files_;
  const std::string directory_;
  const std::string copy_;  // Empty: none.
  base::Entropy& entropy_;
  SecretMemory master_key_;
  SecretMemory wrapping_key_;
  OpenedKeys opened_;
  uint64_t blocks_ = 0;
  uint64_t copied_blocks_ = 0;  // These are in the copy, the same as here.
  uint64_t loaded_block_ = 0;   // 0: none. Neighbouring numbers are often asked for together.
  std::string loaded_;
};

// Reads a block as it is on disk. One that is not there any more must not look like erased keys.
Status FileKeyStore::Load(uint64_t block) {
  if (loaded_block_ == block) return base::Ok();
  loaded_block_ = 0;
  const std::string path = PathOf(block);
  Result<std::string> bytes = files_.Read(path);
  if (!bytes.ok() && bytes.status().code() == Code::kNotFound) {
    return {Code::kCorrupt, "read keys from " + path + ": the block is missing"};
  }
  if (!bytes.ok()) return bytes.status();
  SAMENSPEL_RETURN_IF_ERROR(CheckBlock(*bytes, block, wrapping_key_.data(), path));
  loaded_ = std::move(bytes).value();
  loaded_block_ = block;
  return base::Ok();
}

Status FileKeyStore::ReadBlocks() {
  SAMENSPEL_RETURN_IF_ERROR(files_.MakeDirectory(directory_));
  const Result<std::vector<std::string>> names = files_.List(directory_);
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {
    if (!name.starts_with("block-")) continue;
    if (name.ends_with(".new")) continue;  // Cut short while being made: its keys were never used.
    if (name != BlockName(blocks_ + 1)) {
      return {Code::kCorrupt, "read keys from " + PathOf(blocks_ + 1) +
                                  ": the block is missing, while " + name + " is there"};
    }
    SAMENSPEL_RETURN_IF_ERROR(Load(blocks_ + 1));
    ++blocks_;
  }
  return base::Ok();
}

Status FileKeyStore::AddBlock() {
  const uint64_t block = blocks_ + 1;
  SecretMemory keys(kKeysPerBlock * kKeyBytes);
  entropy_.Fill(keys.data(), keys.size());
  const std::string bytes = MakeBlock(block, wrapping_key_.data(), keys.data(), entropy_);
  SAMENSPEL_RETURN_IF_ERROR(files_.Replace(PathOf(block), bytes));
  const KeyNumber first = last() + 1;
  blocks_ = block;
  for (size_t row = 0; row < kKeysPerBlock; ++row) {
    opened_.Put(first + row, keys.data() + row * kKeyBytes);
  }
  (void)UpdateCopy();  // Before any of its keys is used. Who asks again hears why not.
  return base::Ok();
}

Status FileKeyStore::UpdateCopy() {
  if (copy_.empty() || copied_blocks_ == blocks_) return base::Ok();
  SAMENSPEL_RETURN_IF_ERROR(files_.MakeDirectory(copy_));
  while (copied_blocks_ < blocks_) {
    SAMENSPEL_RETURN_IF_ERROR(CopyBlock(copied_blocks_ + 1));
    ++copied_blocks_;
  }
  return base::Ok();
}

// What differs may only be keys that were destroyed here and not there yet.
Status FileKeyStore::CopyBlock(uint64_t block) {
  SAMENSPEL_RETURN_IF_ERROR(Load(block));
  const std::string path = CopyOf(block);
  if (!files_.Exists(path)) return files_.Replace(path, loaded_);
  const Result<std::string> there = files_.Read(path);
  if (!there.ok()) return there.status();
  std::string expected = *there;
  std::vector<size_t> left;
  const std::string zeros(kRowBytes, '\0');
  for (size_t row = 0; row < kKeysPerBlock && expected.size() == kBlockBytes; ++row) {
    const bool destroyed = loaded_.compare(RowOffset(row), kRowBytes, zeros) == 0;
    if (!destroyed || expected.compare(RowOffset(row), kRowBytes, zeros) == 0) continue;
    expected.replace(RowOffset(row), kRowBytes, zeros);
    left.push_back(row);
  }
  if (expected != loaded_) {
    return {Code::kCorrupt, "copy keys to " + path + ": damaged, or other keys; move it away"};
  }
  for (const size_t row : left) SAMENSPEL_RETURN_IF_ERROR(DestroyIn(path, row));
  return base::Ok();
}

// Also when the row reads as zero: an earlier overwrite may not have reached the disk.
Status FileKeyStore::DestroyIn(const std::string& path, size_t row) {
  auto file = files_.Open(path);
  if (!file.ok()) return file.status();
  SAMENSPEL_RETURN_IF_ERROR((*file)->WriteAt(RowOffset(row), std::string(kRowBytes, '\0')));
  return (*file)->Sync();
}

Result<std::string> FileKeyStore::Find(KeyNumber number) {
  if (number == 0 || number > last()) return NoSuchKey(number);
  if (const uint8_t* key = opened_.Find(number)) {
    return std::string(reinterpret_cast<const char*>(key), kKeyBytes);
  }
  const uint64_t block = BlockOf(number);
  SAMENSPEL_RETURN_IF_ERROR(Load(block));
  std::string key(kKeyBytes, '\0');
  auto* bytes = reinterpret_cast<uint8_t*>(key.data());
  SAMENSPEL_RETURN_IF_ERROR(
      OpenRow(loaded_, block, RowOf(number), wrapping_key_.data(), PathOf(block), bytes));
  opened_.Put(number, bytes);
  return key;
}

Status FileKeyStore::Destroy(KeyNumber number) {
  if (number == 0 || number > last()) return NoSuchKey(number);
  if (base::Mutated(base::Mutant::kKeyKept)) return base::Ok();
  const uint64_t block = BlockOf(number);
  opened_.Drop(number);
  loaded_block_ = 0;
  SAMENSPEL_RETURN_IF_ERROR(Load(block));  // Never write into what is not a whole block.
  loaded_block_ = 0;
  SAMENSPEL_RETURN_IF_ERROR(DestroyIn(PathOf(block), RowOf(number)));
  if (copy_.empty()) return base::Ok();
  const bool copied = copied_blocks_ >= block && files_.Exists(CopyOf(block));
  const Status there = copied ? DestroyIn(CopyOf(block), RowOf(number)) : base::Ok();
  if (copied && there.ok()) return base::Ok();
  copied_blocks_ = std::min(copied_blocks_, block - 1);
  return there.ok() ? UpdateCopy() : there;
}

std::string FileKeyStore::Derived(std::string_view use) const {
  std::string key(kKeyBytes, '\0');
  DeriveKey(reinterpret_cast<uint8_t*>(key.data()), kDerivedSubkey, use, master_key_.data());
  return key;
}

}  // namespace

Result<std::unique_ptr<KeyStore>> KeyStore::Open(base::FileSystem& files, std::string directory,
                                                 std::string_view master_key,
                                                 base::Entropy& entropy, std::string copy) {
  if (master_key.size() != kKeyBytes) {
    return Status(Code::kInvalid, "open keys in " + directory + ": a master key has " +
                                      std::to_string(kKeyBytes) + " bytes");
  }
  auto store = std::make_unique<FileKeyStore>(files, std::move(directory), master_key, entropy,
                                              std::move(copy));
  SAMENSPEL_RETURN_IF_ERROR(store->ReadBlocks());
  (void)store->UpdateCopy();
  return std::unique_ptr<KeyStore>(std::move(store));
}

}  // namespace samenspel::seal
