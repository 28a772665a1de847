// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/log_reader.h"

#include "common/tlog/merkle.h"
#include "common/tlog/sha256.h"
#include "proto/audit/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

// One page; nothing, with `failed`, when the answer was no.
std::optional<audit::v1::LeavesRead> ReadPage(Session& session, uint64_t first, uint64_t size,
                                              std::optional<Heard>& failed) {
  audit::v1::Request request;
  request.mutable_read_leaves()->set_first(first);
  request.mutable_read_leaves()->set_size(size);
  Heard heard = session.Ask("audit", request);
  audit::v1::Response response;
  if (heard.ok() && response.ParseFromString(heard.reply.response()) &&
      response.has_leaves_read()) {
    return std::move(*response.mutable_leaves_read());
  }
  failed = std::move(heard);
  return std::nullopt;
}

}  // namespace

WholeLog ReadLog(Session& session, const tlog::VerifierKey& key, uint64_t size,
                 const std::function<void(uint64_t leaf, const std::string& header)>& visit,
                 const std::function<void(uint64_t done, uint64_t all)>& progress) {
  WholeLog log;
  tlog::CompactRange tree;
  do {
    const auto page = ReadPage(session, tree.size(), size, log.failed);
    if (!page) return log;
    if (!log.checkpoint) {
      auto opened = tlog::OpenCheckpoint(page->checkpoint(), key);
      if (!opened.ok() || (size != 0 && opened->size != size)) {
        log.fault = LogFault{.code = "signature"};
        return log;
      }
      size = opened->size;
      log.checkpoint = SignedCheckpoint{page->checkpoint(), std::move(*opened)};
    }
    for (const std::string& header : page->headers()) {
      if (tree.size() == size) break;
      visit(tree.size(), header);
      tree.Append(tlog::LeafHash(header));
    }
    progress(tree.size(), size);
    if (page->headers().empty() && tree.size() < size) {
      log.fault = LogFault{.code = "short_read", .leaf = tree.size()};
      return log;
    }
  } while (tree.size() < size);
  if (tree.Root() != log.checkpoint->checkpoint.root) log.fault = LogFault{.code = "root"};
  return log;
}

std::optional<LogFault> ChainCheck::Take(uint64_t leaf, const std::string& bytes) {
  common::v1::EntryHeader header;
  if (!header.ParseFromString(bytes) || header.service().empty()) {
    return LogFault{.code = "header", .leaf = leaf};
  }
  Chain& chain = chains_[header.service()];
  const auto fault = [&](const char* code) {
    return LogFault{.code = code, .leaf = leaf, .service = header.service()};
  };
  std::optional<LogFault> found;
  const bool next = header.sequence() == chain.last + 1;
  if (header.sequence() <= chain.last) {
    found = fault("repeated");
  } else if (!next && header.service() != "audit") {
    found = fault("gap");
  } else if (next && header.previous_hash() != chain.hash) {
    found = fault("previous_hash");
  } else if (header.epoch() < chain.epoch) {
    found = fault("epoch");
  }
  ++chain.entries;
  chain.last = header.sequence();
  chain.epoch = header.epoch();
  chain.hash = tlog::Sha256(bytes);
  return found;
}

}  // namespace samenspel::cli
