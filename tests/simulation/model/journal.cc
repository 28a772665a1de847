// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/journal.h"

#include <algorithm>

#include "common/tlog/sha256.h"

namespace samenspel::simulation::model {
namespace {

constexpr size_t kHeaderBytes = 64 * 1024;  // Shorter than this.
constexpr size_t kEntryBytes = 512 * 1024;  // At most this.

// Of an entry or of a reply: both hold the same of an answer.
template <class Answer>
std::string DigestOf(common::v1::Status status, const Answer& answer) {
  std::string all = std::to_string(status) + " " + std::to_string(answer.version());
  for (const auto& reason : answer.reasons()) all += " " + reason.SerializeAsString();
  return tlog::Sha256({all, "|", answer.response()});
}

}  // namespace

void Journal::Take(const Seen& seen) {
  CheckChain(seen);
  CheckParts(seen);
  const auto& header = seen.header();
  if (!seen.readable) notebook_.Find(seen.where() + " holds an event that cannot be read");
  Line line{header.epoch(), seen.entry.hash, {}, {}};
  if (!header.request_id().empty()) {
    line.request = header.principal() + header.request_id();
    line.answer = DigestOf(header.outcome(), header);
    if (!requests_[seen.service].insert(line.request).second) {
      notebook_.Find(seen.where() + " is a second entry of one request of " + header.principal());
    }
  }
  lines_[seen.service].push_back(std::move(line));
  CheckVersions(seen);
}

void Journal::CheckChain(const Seen& seen) {
  const auto& header = seen.header();
  const auto& lines = lines_[seen.service];
  if (header.service() != kNames[seen.service]) {
    notebook_.Find(seen.where() + " is an entry of " + header.service());
  }
  if (header.sequence() != lines.size() + 1) {
    notebook_.Find(seen.where() + " follows on entry " + std::to_string(lines.size()));
  }
  if (header.epoch() == 0 || (!lines.empty() && header.epoch() < lines.back().epoch)) {
    notebook_.Find(seen.where() + ": the epoch falls to " + std::to_string(header.epoch()));
  }
  if (header.previous_hash() != (lines.empty() ? "" : lines.back().hash)) {
    notebook_.Find(seen.where() + " breaks the chain");
  }
  if (tlog::Sha256(seen.entry.bytes) != seen.entry.hash) {
    notebook_.Find(seen.where() + " does not have the hash of its bytes");
  }
}

void Journal::CheckParts(const Seen& seen) {
  const auto& sealed = seen.entry.sealed;
  const auto& hashes = seen.header().part_hashes();
  size_t bytes = seen.entry.bytes.size();
  if (bytes >= kHeaderBytes) notebook_.Find(seen.where() + " has a header of 64 KiB or more");
  if (static_cast<size_t>(hashes.size()) != sealed.size()) {
    notebook_.Find(seen.where() + " lacks a part, or has one too many");
  }
  for (size_t i = 0; i < std::min(sealed.size(), static_cast<size_t>(hashes.size())); ++i) {
    bytes += sealed[i].size();
    if (tlog::Sha256(sealed[i]) != hashes[static_cast<int>(i)]) {
      notebook_.Find(seen.where() + " holds a part that it does not commit to");
    }
  }
  if (bytes > kEntryBytes) notebook_.Find(seen.where() + " is larger than 512 KiB");
}

void Journal::CheckVersions(const Seen& seen) {
  bool changes = false;
  for (const auto& record : seen.header().events()) {
    if (record.stream().empty()) notebook_.Find(seen.where() + " has an event of no stream");
    if (record.stream().starts_with('!')) {
      if (record.version() != 0)
        notebook_.Find(seen.where() + " gives " + record.stream() + " a version");
      continue;
    }
    changes = true;
    uint64_t& version = versions_[seen.service][record.stream()];
    if (record.version() != version + 1) {
      notebook_.Find(seen.where() + ": " + record.stream() + " goes from version " +
                     std::to_string(version) + " to " + std::to_string(record.version()));
    }
    version = record.version();
  }
  if (changes && !seen.ok()) notebook_.Find(seen.where() + " was not granted and changes things");
}

uint64_t Journal::EpochOf(size_t service, uint64_t sequence) const {
  const auto& lines = lines_[service];
  return sequence == 0 || sequence > lines.size() ? 0 : lines[sequence - 1].epoch;
}

void Journal::Answered(const std::string& principal, size_t server,
                       const common::v1::Reply& reply) {
  const uint64_t sequence = reply.entry().sequence();
  const std::string where = Where(server, sequence);
  if (reply.entry().service() != kNames[server] ||
      EpochOf(server, sequence) != reply.entry().epoch() || reply.entry().epoch() == 0) {
    return notebook_.Find(where + " was acknowledged to " + principal + " and is not there");
  }
  const Line& line = lines_[server][sequence - 1];
  const std::string request = principal + reply.request_id();
  const std::string answer = DigestOf(reply.status(), reply);
  if (!line.request.empty() && line.request != request) {
    notebook_.Find(where + " is not the request that was acknowledged to " + principal);
  }
  if (line.request == request && line.answer != answer) {
    notebook_.Find(where + " does not hold the answer that " + principal + " was given");
  }
  const auto [first, is_new] = told_[server].emplace(request, answer);
  if (!is_new && first->second != answer) {
    notebook_.Find(principal + " got two answers to the request of " + where);
  }
}

}  // namespace samenspel::simulation::model
