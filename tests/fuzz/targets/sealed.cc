// SPDX-License-Identifier: EUPL-1.2
// What lies encrypted on a disk: sealed parts, key blocks, spooled requests. Whatever is changed in
// them is noticed, and nothing of what they held is told.
#include "common/base/ids.h"
#include "common/bus/client.h"
#include "common/seal/key_block.h"
#include "common/seal/key_store.h"
#include "proto/common/v1/entry.pb.h"
#include "tests/fuzz/targets.h"
#include "tests/support/seeded_entropy.h"

namespace samenspel::fuzz {
namespace {

constexpr std::string_view kContext = "intake/1/1/rpt/private";
constexpr seal::KeyNumber kNumber = 3;
constexpr std::string_view kCanary = "Zonnestraal in de Bloemstraat";

// One key store, made once: nothing is written to it.
struct Keys {
  Keys() {
    store = *seal::KeyStore::Open(*files, "keys", std::string(32, 'm'), entropy);
    Promise(store->AddBlock().ok(), "a key block is made");
    block = *files->Read("keys/" + seal::BlockName(1));
  }
  std::unique_ptr<base::FileSystem> files = base::MemoryFileSystem();
  support::SeededEntropy entropy{5};
  std::unique_ptr<seal::KeyStore> store;
  std::string block;
};

Keys& TheKeys() {
  static Keys keys;
  return keys;
}

std::string SealedCanary() {
  Keys& keys = TheKeys();
  support::SeededEntropy nonces(9);
  return seal::Seal(kNumber, *keys.store->Find(kNumber), kContext, kCanary, nonces);
}

// Changes bytes of `whole` as the input says: each four are where, what, and how.
std::string Spoilt(std::string whole, std::string_view& input) {
  for (size_t changes = TakeByte(input) % 4 + 1; changes > 0 && !whole.empty(); --changes) {
    const size_t at = TakeNumber(input) % whole.size();
    const auto with = static_cast<char>(TakeByte(input));
    switch (TakeByte(input) % 4) {
      case 0:
        whole.insert(at, 1, with);
        break;
      case 1:
        whole.erase(at, 1 + static_cast<uint8_t>(with) % 16);
        break;
      default:
        whole[at] = with;
    }
  }
  return whole;
}

void RunSealedBlob(std::string_view input) {
  static const std::string sealed = SealedCanary();
  Keys& keys = TheKeys();
  std::string blob(input);
  if (TakeByte(input) % 2 == 1) blob = Spoilt(sealed, input);
  const auto plain = seal::Unseal(*keys.store, kContext, blob);
  // Nobody here knows a key, so what opens is what was sealed, byte for byte.
  Promise(plain.ok() == (blob == sealed), "only what was sealed opens");
  if (plain.ok()) {
    Promise(*plain == kCanary, "what opens is what was sealed");
    Promise(!seal::Unseal(*keys.store, "intake/1/2/rpt/private", blob).ok(),
            "what belongs to something else does not open");
    return;
  }
  PromiseSentence(plain.status().message());
  Promise(plain.status().message().find(kCanary.substr(0, 11)) == std::string::npos,
          "a refusal tells nothing of what was sealed");
}

std::vector<std::string> SealedBlobSeeds() {
  common::v1::Sealed other;
  other.set_key(kNumber);
  other.set_nonce(std::string(24, 'n'));
  other.set_ciphertext(std::string(80, 'c'));
  return {SealedCanary(), other.SerializeAsString(), std::string("\1\0\0\5x\2", 6),
          std::string("\1\2\0\1y\0\0\7z\1\0\3x\2", 14)};
}

const google::protobuf::Message* SealedType(std::string_view) {
  return &common::v1::Sealed::default_instance();
}

// A block with a few bytes changed: it is refused as a whole, or each row but the changed ones
// opens to the key it had.
void RunKeyBlock(std::string_view input) {
  static const std::string wrapping = TheKeys().store->Derived("fuzzing");
  static const std::string keys(seal::kKeysPerBlock * seal::kKeyBytes, 'q');
  static const std::string whole = [] {
    support::SeededEntropy entropy(4);
    return seal::MakeBlock(1, reinterpret_cast<const uint8_t*>(wrapping.data()),
                           reinterpret_cast<const uint8_t*>(keys.data()), entropy);
  }();
  const auto* wrapping_key = reinterpret_cast<const uint8_t*>(wrapping.data());
  const std::string block = TakeByte(input) % 8 == 7 ? std::string(input) : Spoilt(whole, input);
  const base::Status checked = seal::CheckBlock(block, 1, wrapping_key, "keys/block-1");
  if (!checked.ok()) return PromiseSentence(checked.message());
  Promise(block.substr(0, seal::kBlockHeaderBytes) == whole.substr(0, seal::kBlockHeaderBytes),
          "a block with another header is refused");
  Promise(!seal::CheckBlock(block, 2, wrapping_key, "keys/block-2").ok(),
          "a block does not stand in for another");
  for (size_t i = 0; i < 4; ++i) {
    // The rows that the changes fell into, and others.
    const size_t row = TakeByte(input);
    std::string key(seal::kKeyBytes, '\0');
    const base::Status opened = seal::OpenRow(block, 1, row, wrapping_key, "keys/block-1",
                                              reinterpret_cast<uint8_t*>(key.data()));
    const auto bytes = [&](const std::string& of) {
      return of.substr(seal::RowOffset(row), seal::kRowBytes);
    };
    Promise(opened.ok() == (bytes(block) == bytes(whole)), "a row opens when it is as it was made");
    Promise(!opened.ok() || key == keys.substr(0, seal::kKeyBytes), "and to the key that it held");
    if (!opened.ok()) PromiseSentence(opened.message());
  }
}

std::vector<std::string> KeyBlockSeeds() {
  return {std::string("\0\0\0\5x\2", 6), std::string("\0\0\1\1x\2\4\5\6\7", 10),
          std::string("\0\3\1\1x\2\2\2y\2\3\3z\2\4\4w\2\0\1\2\3", 22), "\7short"};
}

constexpr const char* kSpoolKey = "a key of 32 bytes for the spool.";

struct SpoolFile {
  SpoolFile() {
    common::v1::Envelope envelope;
    envelope.set_protocol(1);
    envelope.set_request_id(id);
    envelope.set_request(std::string(kCanary));
    bus::Spool spool(*files, "spool", kSpoolKey, entropy);
    Promise(spool.Put("intake", envelope).ok(), "a request is spooled");
    path = "spool/" + base::UuidText(id) + ".req";
    whole = *files->Read(path);
  }
  std::unique_ptr<base::FileSystem> files = base::MemoryFileSystem();
  support::SeededEntropy entropy{6};
  std::string id = std::string(16, 'i');
  std::string path;
  std::string whole;
};

void RunSpoolFile(std::string_view input) {
  static SpoolFile file;
  const std::string content =
      TakeByte(input) % 4 == 0 ? std::string(input) : Spoilt(file.whole, input);
  Promise(file.files->Replace(file.path, content).ok(), "memory takes a file");
  bus::Spool spool(*file.files, "spool", kSpoolKey, file.entropy);
  const auto all = spool.All();
  Promise(all.ok() == (content == file.whole), "only what was spooled is read back");
  if (all.ok()) {
    Promise(all->size() == 1 && all->front().envelope.request() == kCanary, "as it was spooled");
    return;
  }
  PromiseSentence(all.status().message());
}

std::vector<std::string> SpoolFileSeeds() {
  return {std::string("\1\0\0\5x\2", 6), std::string("\1\0\1\1x\2", 6),
          std::string("\0SSPOOL1\n", 9), std::string("\0SSPOOL1\n", 9) + std::string(64, 'x')};
}

}  // namespace

const Target kSealedBlob{.name = "sealed_blob",
                         .run = RunSealedBlob,
                         .seeds = SealedBlobSeeds,
                         .shape = {.type = SealedType}};
const Target kKeyBlock{
    .name = "key_block", .run = RunKeyBlock, .seeds = KeyBlockSeeds, .bytes_max = 256};
const Target kSpoolFile{
    .name = "spool_file", .run = RunSpoolFile, .seeds = SpoolFileSeeds, .bytes_max = 256};

}  // namespace samenspel::fuzz
