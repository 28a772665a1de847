// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <rocksdb/db.h>
#include <rocksdb/listener.h>

#include <atomic>
#include <string>

#include "common/store/store.h"

// How long RocksDB's manifest was. One that lost its end reads as a shorter history: whole columns
// come up empty, and the table files that it no longer names are removed. Only a length that is
// kept elsewhere tells (docs/formats/store.md).
namespace samenspel::store {

/// Before the database is opened, since opening writes a new manifest and tidies up after it.
/// kCorrupt: the manifest is shorter than it was.
base::Status CheckManifest(const StoreConfig& config, Disk& disk);

/// Notes the manifest of an open database.
base::Status NoteManifest(const StoreConfig& config, rocksdb::DB& db, base::FileSystem& files);

/// Learns from RocksDB's threads that the manifest has grown.
class ManifestWatch : public rocksdb::EventListener {
 public:
  void OnFlushCompleted(rocksdb::DB*, const rocksdb::FlushJobInfo&) override { grown_ = true; }
  void OnCompactionCompleted(rocksdb::DB*, const rocksdb::CompactionJobInfo&) override {
    grown_ = true;
  }
  /// Whether it has grown since the last call.
  bool TakeGrown() { return grown_.exchange(false); }

 private:
  std::atomic<bool> grown_{false};
};

}  // namespace samenspel::store
