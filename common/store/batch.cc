// SPDX-License-Identifier: EUPL-1.2
#include <cassert>

#include "common/base/mutant.h"
#include "common/store/bytes.h"
#include "common/store/store.h"
#include "common/tlog/sha256.h"

namespace samenspel::store {
namespace {

std::string RowKey(Column column, std::string_view key) {
  std::string row(1, static_cast<char>(column));
  row += key;
  return row;
}

std::string DedupKey(std::string_view principal, std::string_view request_id) {
  std::string key(principal);
  key += '\0';
  key += request_id;
  return key;
}

std::string CauseKey(const common::v1::Ref& cause, std::string_view by) {
  std::string key = "c/";
  key += by;
  key += '/';
  key += cause.service();
  key += '/';
  return key + BigEndian(cause.epoch()) + BigEndian(cause.sequence());
}

}  // namespace

Batch::Batch(Store& store) : store_(&store), head_(store.head()) {}

std::optional<std::string> Batch::Get(Column column, std::string_view key) const {
  const auto found = rows_.find(RowKey(column, key));
  if (found != rows_.end()) return found->second;
  return store_->Get(column, key);
}

void Batch::Put(Column column, std::string_view key, std::string value) {
  rows_[RowKey(column, key)] = std::move(value);
}

void Batch::Delete(Column column, std::string_view key) { rows_[RowKey(column, key)].reset(); }

const Stored& Batch::Append(common::v1::EntryHeader header, std::vector<std::string> sealed) {
  header.set_service(store_->service());
  header.set_epoch(head_.epoch);
  header.set_sequence(head_.sequence + 1);
  header.set_previous_hash(head_.hash);
  if (base::Mutated(base::Mutant::kChainBroken) && !appended_.empty()) {
    header.set_previous_hash(appended_.back()->header.previous_hash());
  }
  header.clear_part_hashes();
  for (const std::string& part : sealed) header.add_part_hashes(tlog::Sha256(part));

  auto entry = std::make_shared<Stored>();
  entry->bytes = header.SerializeAsString();
  entry->hash = tlog::Sha256(entry->bytes);
  entry->sealed = std::move(sealed);

  entry->header = std::move(header);
  Put(Column::kJournal, BigEndian(entry->header.sequence()), RowOf(*entry));
  PutDerived(*entry);
  head_.sequence = entry->header.sequence();
  head_.hash = entry->hash;
  appended_.push_back(std::move(entry));
  return *appended_.back();
}

void Batch::PutDerived(const Stored& entry) {
  const common::v1::EntryHeader& header = entry.header;
  if (!header.request_id().empty() && !base::Mutated(base::Mutant::kDedupForgotten)) {
    Put(Column::kDedup, DedupKey(header.principal(), header.request_id()),
        BigEndian(header.sequence()));
  }
  if (!header.has_cause() || base::Mutated(base::Mutant::kCauseForgotten)) return;
  common::v1::Ref own;
  own.set_service(header.service());
  own.set_epoch(header.epoch());
  own.set_sequence(header.sequence());
  PutCaused(header.cause(), own);
}

std::shared_ptr<const Stored> Batch::FirstAnswer(std::string_view principal,
                                                 std::string_view request_id) const {
  const auto row = Get(Column::kDedup, DedupKey(principal, request_id));
  if (!row) return nullptr;
  const uint64_t sequence = FromBigEndian(*row);
  const uint64_t durable = store_->head().sequence;
  if (sequence <= durable) return store_->Read(sequence);
  return appended_.at(sequence - durable - 1);
}

std::optional<common::v1::Ref> Batch::Caused(const common::v1::Ref& cause,
                                             std::string_view by) const {
  const auto row = Get(Column::kIndex, CauseKey(cause, by));
  common::v1::Ref entry;
  if (!row || !entry.ParseFromString(*row)) return std::nullopt;
  return entry;
}

void Batch::PutCaused(const common::v1::Ref& cause, const common::v1::Ref& entry) {
  Put(Column::kIndex, CauseKey(cause, entry.service()), entry.SerializeAsString());
}

}  // namespace samenspel::store
