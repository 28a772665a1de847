// SPDX-License-Identifier: EUPL-1.2
#include "tests/golden/golden.h"

#include "common/base/hex.h"
#include "common/daemon/view.h"
#include "common/store/bytes.h"
#include "common/tlog/sha256.h"

namespace samenspel::golden {
namespace {

using base::Code;
using base::Status;
using store::BigEndian;
using store::Column;

constexpr size_t kLengthBytes = 4;

// The last four of eight bytes: no row comes near 4 GiB.
std::string LengthOf(std::string_view bytes) {
  return BigEndian(bytes.size()).substr(sizeof(uint64_t) - kLengthBytes);
}

void Add(std::string& all, std::string_view bytes) {
  all += BigEndian(bytes.size());
  all += bytes;
}

Status Written(store::Store& store, store::Batch&& batch) {
  return store.Commit(std::move(batch)) == store::CommitResult::kAcked ? base::Ok() : store.fault();
}

}  // namespace

std::string EncodeJournal(const std::vector<std::string>& rows) {
  std::string bytes;
  for (const std::string& row : rows) bytes += LengthOf(row) + row;
  return bytes;
}

base::Result<std::vector<std::string>> DecodeJournal(std::string_view bytes) {
  std::vector<std::string> rows;
  while (!bytes.empty()) {
    const Status cut(Code::kCorrupt, "row " + std::to_string(rows.size() + 1) + " is cut short");
    if (bytes.size() < kLengthBytes) return cut;
    const uint64_t length =
        store::FromBigEndian(std::string(kLengthBytes, '\0') + std::string(bytes.substr(0, 4)));
    bytes.remove_prefix(kLengthBytes);
    if (bytes.size() < length) return cut;
    rows.emplace_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return rows;
}

std::vector<std::string> RowsOf(const store::Store& store) {
  std::vector<std::string> rows;
  store.Scan(Column::kJournal, "", "", [&](std::string_view, std::string_view row) {
    rows.emplace_back(row);
    return true;
  });
  return rows;
}

Status Import(store::Store& store, const std::vector<std::string>& rows) {
  store::Batch batch = store.Begin();
  common::v1::Head head;
  for (const std::string& row : rows) {
    const auto entry = store::ParseStored(row);
    if (!entry) return {Code::kCorrupt, "a row of the journal cannot be read"};
    batch.Put(Column::kJournal, BigEndian(entry->header.sequence()), row);
    head.set_epoch(entry->header.epoch());
    head.set_sequence(entry->header.sequence());
    head.set_hash(entry->hash);
  }
  batch.Put(Column::kCursor, "head", head.SerializeAsString());
  return Written(store, std::move(batch));
}

Status ImportCopies(store::Store& store, const std::string& service,
                    const std::vector<std::string>& rows) {
  store::Batch batch = store.Begin();
  for (const std::string& row : rows) {
    const auto entry = store::ParseStored(row);
    if (!entry) return {Code::kCorrupt, "a row of the journal cannot be read"};
    batch.Put(Column::kCopy, service + "/" + BigEndian(entry->header.sequence()), row);
  }
  return Written(store, std::move(batch));
}

std::string StateDigest(store::Store& store, seal::KeyStore& keys, base::Entropy& entropy) {
  std::string all;
  for (const Column column : {Column::kState, Column::kIndex, Column::kDedup}) {
    Add(all, std::to_string(static_cast<int>(column)));
    store.Scan(column, "", "", [&](std::string_view key, std::string_view value) {
      Add(all, key);
      Add(all, value);
      return true;
    });
  }
  store::Batch batch = store.Begin();
  daemon::View view(store, batch, keys, entropy);
  Add(all, "opened");
  store.Scan(Column::kPrivate, "", "", [&](std::string_view key, std::string_view) {
    Add(all, key);
    Add(all, view.OpenSealed(key).value_or("erased"));
    return true;
  });
  return base::ToHex(tlog::Sha256(all));
}

}  // namespace samenspel::golden
