// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/tlog/note_key.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/common/v1/entry.pb.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {

/// A log over well-formed journals, and the daemon that serves it whole.
class ChainLog {
 public:
  explicit ChainLog(FakeWorld& world);

  /// Appends the next entry of a service, after `change` had a look at it.
  void Append(const std::string& service,
              const std::function<void(common::v1::EntryHeader&)>& change = {});
  /// Takes the newest leaves away: a log that was cut.
  void Cut(size_t leaves) { headers_.resize(headers_.size() - leaves); }

  const std::vector<std::string>& headers() const { return headers_; }
  std::vector<std::string> LeafHashes() const;
  std::string Key() const { return key_.verifier().Text(); }
  std::string Note(uint64_t size) const;

  size_t page = 3;  ///< Leaves in one answer.
  /// Lets the daemon lie.
  std::function<void(audit::v1::LeavesRead&)> tamper;

 private:
  FakeWorld::Answer Answer(const std::string& bytes) const;
  std::string RootAt(uint64_t size) const;
  tlog::SigningKey key_;
  std::vector<std::string> headers_;
  struct Last {
    uint64_t sequence = 0;
    std::string hash;
  };
  std::map<std::string, Last> last_;
};

}  // namespace samenspel::cli
