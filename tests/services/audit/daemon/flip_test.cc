// SPDX-License-Identifier: EUPL-1.2
// One bit of the stored log, or of the tree in memory, is another than it was: nobody gets a proof
// or a signature that says something else (A4).
#include <gtest/gtest.h>

#include <random>

#include "common/tlog/checkpoint.h"
#include "services/audit/daemon/service.h"
#include "tests/common/tlog/reference_tree.h"
#include "tests/services/audit/daemon/audit_test.h"

namespace samenspel::audit {
namespace {

using store::Column;

constexpr int kFlips = 10'000;
constexpr uint64_t kSeed = 4;
constexpr uint32_t kEntries = 40;
constexpr uint32_t kReports = 5;
constexpr size_t kHashBytes = 32;
constexpr int kFlipsInMemory = 12;  // Each ends a process.

struct Row {
  Column column;
  std::string key;
  std::string value;
};

class Flips : public AuditService {
 protected:
  Flips() {
    for (uint32_t i = 1; i <= kEntries; ++i) {
      HearSubmitted(ReportOf(i), i);
    }
    roots_.reserve(leaves_.size() + 1);
    for (size_t size = 0; size <= leaves_.size(); ++size) {
      roots_.push_back(tlog::ReferenceRoot(tlog::Leaves(leaves_).first(size)));
    }
  }
  // Copies, hashes and the last checkpoint: what answers about the log are made of.
  std::vector<Row> Rows() {
    std::vector<Row> rows;
    for (const Column column : {Column::kCopy, Column::kState}) {
      bench_.store().Scan(column, "", "", [&](std::string_view key, std::string_view value) {
        const bool is_hash = value.size() == kHashBytes;
        if (column == Column::kCopy || is_hash || key == kLogStream) {
          rows.push_back({column, std::string(key), std::string(value)});
        }
        return true;
      });
    }
    return rows;
  }
  // A state that cannot be parsed ends the process, with a sentence.
  static bool IsReadable(const Row& row) {
    return row.key != kLogStream || state::Log().ParseFromString(row.value);
  }
  void Put(const Row& row) {
    store::Batch batch = bench_.store().Begin();
    batch.Put(row.column, row.key, row.value);
    ASSERT_EQ(bench_.store().Commit(std::move(batch)), store::CommitResult::kAcked);
  }
  // What an auditor is told, if anything.
  std::optional<v1::Response> Told(const v1::Request& request) {
    const Decided decided = bench_.Peek(
        support::By("pro_00000000000000000000000aud", "org_region", {"auditor"}), request);
    v1::Response response;
    if (decided.status != common::v1::STATUS_OK) return std::nullopt;
    EXPECT_TRUE(response.ParseFromString(decided.response));
    return response;
  }
  void ExpectSigned(const std::string& note, uint64_t size) {
    const auto checkpoint = tlog::OpenCheckpoint(note, Key().verifier());
    ASSERT_TRUE(checkpoint.ok()) << checkpoint.status().message();
    EXPECT_EQ(checkpoint->size, size);
    EXPECT_EQ(checkpoint->root, roots_[size]);
  }
  bool AsksForEntries(uint32_t number) {
    v1::Request request;
    request.mutable_show_entries()->set_stream(ReportOf(number));
    const auto told = Told(request);
    if (!told) return false;
    const v1::EntriesShown& shown = told->entries_shown();
    ExpectSigned(shown.checkpoint(), leaves_.size());
    EXPECT_EQ(shown.entries_size(), static_cast<int>(kEntries / kReports));
    for (const v1::ProvenEntry& entry : shown.entries()) {
      EXPECT_EQ(entry.header(), heard_[entry.leaf()]);
      EXPECT_TRUE(tlog::VerifyInclusion(leaves_[entry.leaf()], entry.leaf(), leaves_.size(),
                                        {entry.path().begin(), entry.path().end()},
                                        roots_[leaves_.size()])
                      .ok());
    }
    return true;
  }
  bool AsksForLeaves(uint64_t first, uint64_t size) {
    v1::Request request;
    request.mutable_read_leaves()->set_first(first);
    request.mutable_read_leaves()->set_size(size);
    const auto told = Told(request);
    if (!told) return false;
    const v1::LeavesRead& read = told->leaves_read();
    ExpectSigned(read.checkpoint(), size);
    for (int i = 0; i < read.headers_size(); ++i) {
      EXPECT_EQ(read.headers(i), heard_[first + static_cast<uint64_t>(i)]);
    }
    return true;
  }
  bool AsksForConsistency(uint64_t old_size) {
    v1::Request request;
    request.mutable_prove_consistency()->set_old_size(old_size);
    const auto told = Told(request);
    if (!told) return false;
    const v1::ConsistencyProven& proven = told->consistency_proven();
    ExpectSigned(proven.checkpoint(), leaves_.size());
    EXPECT_TRUE(tlog::VerifyConsistency(old_size, roots_[old_size], leaves_.size(),
                                        roots_[leaves_.size()],
                                        {proven.path().begin(), proven.path().end()})
                    .ok());
    return true;
  }
  static std::string ReportOf(uint32_t number) {
    return "rpt_000000000000000000000000" + std::to_string(10 + number % kReports);
  }

  std::vector<std::string> roots_;  // By size.
};

TEST_F(Flips, OfStoredBitsReachNobody) {
  std::mt19937_64 random(kSeed);
  const auto below = [&](uint64_t end) { return random() % end; };
  const std::vector<Row> rows = Rows();
  int silent = 0;
  int restarts = 0;
  for (int i = 0; i < kFlips && !HasFailure(); ++i) {
    const Row& row = rows[below(rows.size())];
    Row flipped = row;
    const uint64_t bit = below(8 * row.value.size());
    flipped.value[bit / 8] = static_cast<char>(flipped.value[bit / 8] ^ (1 << bit % 8));
    if (!IsReadable(flipped)) continue;
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << ", flip " << i << ", bit " << bit);
    Put(flipped);
    const uint64_t size = 1 + below(leaves_.size());
    silent += AsksForEntries(static_cast<uint32_t>(below(kReports))) ? 0 : 1;
    silent += AsksForLeaves(below(size), size) ? 0 : 1;
    silent += AsksForConsistency(size) ? 0 : 1;
    Put(row);
    if (i % 100 == 0) restarts += bench_.Restart().ok() ? 1 : 0;
  }
  EXPECT_GT(silent, kFlips / 10);  // Many a flip was met.
  EXPECT_EQ(restarts, kFlips / 100);
  EXPECT_GT(bench_.Counter("log_damage"), 0u);
  EXPECT_TRUE(AsksForEntries(1) && AsksForLeaves(0, leaves_.size()) && AsksForConsistency(7));
}

// Every hash of the tree in memory; the process ends before anything is signed or stored.
TEST_F(Flips, OfTheTreeInMemoryAreNotSigned) {
  std::mt19937_64 random(kSeed);
  const tlog::CompactRange& tree = static_cast<Service&>(bench_.service()).tree();
  ASSERT_GT(tree.hashes().size(), 1u);
  for (int i = 0; i < kFlipsInMemory; ++i) {
    auto& hash = const_cast<std::string&>(tree.hashes()[random() % tree.hashes().size()]);
    char& byte = hash[random() % hash.size()];
    const char mask = static_cast<char>(1 << random() % 8);
    byte = static_cast<char>(byte ^ mask);
    EXPECT_DEATH(HearSubmitted(), "a bit has changed");
    byte = static_cast<char>(byte ^ mask);
  }
  HearSubmitted();
  EXPECT_EQ(Newest().root(), tlog::ReferenceRoot(leaves_));
}

}  // namespace
}  // namespace samenspel::audit
