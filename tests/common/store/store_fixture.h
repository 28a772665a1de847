// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "common/store/bytes.h"
#include "common/store/store.h"
#include "common/tlog/sha256.h"

namespace samenspel::store {

inline common::v1::EntryHeader Header(const std::string& principal, const std::string& request_id) {
  common::v1::EntryHeader header;
  header.set_principal(principal);
  header.set_request_id(request_id);
  header.set_kind("submit_report");
  header.set_outcome(common::v1::STATUS_OK);
  return header;
}

inline common::v1::Ref Ref(const std::string& service, uint64_t sequence, uint64_t epoch = 1) {
  common::v1::Ref ref;
  ref.set_service(service);
  ref.set_epoch(epoch);
  ref.set_sequence(sequence);
  return ref;
}

/// A store of intake that can be closed and opened again on the same disk.
class StoreTest : public testing::Test {
 protected:
  explicit StoreTest(std::unique_ptr<Disk> disk = Disk::Memory()) : disk_(std::move(disk)) {
    config_.path = "/intake";
    config_.service = "intake";
  }

  void Open() {
    auto opened = Store::Open(config_, *disk_);
    ASSERT_TRUE(opened.ok()) << opened.status().message();
    store_ = *std::move(opened);
  }
  void Close() { store_.reset(); }
  void Reopen() {
    Close();
    Open();
  }
  base::Status OpenFails() {
    auto opened = Store::Open(config_, *disk_);
    EXPECT_FALSE(opened.ok());
    return opened.status();
  }

  /// One commit with one entry of `principal` and its sealed parts.
  void Write(const std::string& principal, std::vector<std::string> sealed = {}) {
    Batch batch = store_->Begin();
    batch.Append(Header(principal, ""), std::move(sealed));
    ASSERT_EQ(store_->Commit(std::move(batch)), CommitResult::kAcked);
  }
  void WriteMany(int count) {
    for (int i = 0; i < count; ++i) Write("pro_" + std::to_string(i));
  }

  std::unique_ptr<Disk> disk_;
  StoreConfig config_;
  std::unique_ptr<Store> store_;
};

}  // namespace samenspel::store
