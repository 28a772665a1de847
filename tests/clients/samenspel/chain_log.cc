// SPDX-License-Identifier: EUPL-1.2
#include "tests/clients/samenspel/chain_log.h"

#include <gtest/gtest.h>

#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"
#include "common/tlog/sha256.h"
#include "tests/common/tlog/reference_tree.h"

namespace samenspel::cli {
namespace {

constexpr char kOrigin[] = "samenspel.example/chain";

}  // namespace

ChainLog::ChainLog(FakeWorld& world)
    : key_(std::move(*tlog::SigningKey::FromSeed(kOrigin, std::string(32, 'c')))) {
  world.environment["SAMENSPEL_AUDIT_KEY"] = Key();
  world.answer = [this](const std::string& service, const common::v1::Envelope& envelope) {
    EXPECT_EQ(service, "audit");
    return Answer(envelope.request());
  };
}

void ChainLog::Append(const std::string& service,
                      const std::function<void(common::v1::EntryHeader&)>& change) {
  Last& last = last_[service];
  common::v1::EntryHeader header;
  header.set_service(service);
  header.set_epoch(1);
  header.set_sequence(last.sequence + 1);
  header.set_previous_hash(last.hash);
  header.set_principal(kPrincipal);
  if (change) change(header);
  headers_.push_back(header.SerializeAsString());
  last = {header.sequence(), tlog::Sha256(headers_.back())};
}

std::vector<std::string> ChainLog::LeafHashes() const {
  std::vector<std::string> hashes;
  for (const std::string& header : headers_) hashes.push_back(tlog::LeafHash(header));
  return hashes;
}

std::string ChainLog::RootAt(uint64_t size) const {
  const std::vector<std::string> hashes = LeafHashes();
  return tlog::ReferenceRoot(tlog::Leaves(hashes).first(size));
}

std::string ChainLog::Note(uint64_t size) const {
  return *tlog::SignCheckpoint({kOrigin, size, RootAt(size)}, key_);
}

FakeWorld::Answer ChainLog::Answer(const std::string& bytes) const {
  audit::v1::Request request;
  EXPECT_TRUE(request.ParseFromString(bytes));
  audit::v1::Response response;
  if (request.has_prove_consistency()) {
    const uint64_t old_size = request.prove_consistency().old_size();
    if (old_size > headers_.size()) {
      return ReplyWith(common::v1::STATUS_REFUSED, "size_beyond_log", "old_size");
    }
    auto& proven = *response.mutable_consistency_proven();
    proven.set_checkpoint(Note(headers_.size()));
    const std::vector<std::string> hashes = LeafHashes();
    const std::function<std::string(int, uint64_t)> node = [&](int level, uint64_t index) {
      return level == 0
                 ? hashes.at(index)
                 : tlog::NodeHash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1));
    };
    const auto path = tlog::ConsistencyPath(
        old_size, headers_.size(),
        [&](int level, uint64_t index) -> base::Result<std::string> { return node(level, index); });
    for (const std::string& hash : *path) proven.add_path(hash);
    return ReplyWith(response);
  }
  const auto& read = request.read_leaves();
  const uint64_t size = read.size() == 0 ? headers_.size() : read.size();
  auto& leaves = *response.mutable_leaves_read();
  leaves.set_checkpoint(Note(size));
  leaves.set_size(size);
  for (uint64_t i = read.first(); i < size && i < read.first() + page; ++i) {
    leaves.add_headers(headers_[i]);
  }
  if (tamper) tamper(leaves);
  return ReplyWith(response);
}

}  // namespace samenspel::cli
