// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "proto/common/v1/envelope.pb.h"
#include "tests/simulation/model/seen.h"

namespace samenspel::simulation::model {

/// The journals themselves, and invariant 1: an acknowledged request is durable, and takes effect
/// once.
///
/// - Numbers are dense, each entry holds the hash of the one before, epochs never fall, each part
///   has the hash that the header says, header and entry stay below their limits.
/// - A request id of a principal stands in one entry. An answer that named an entry has it at that
///   moment, with that principal, request and answer, and a repeat says the same.
/// - A stream's version rises by one with each of its events; the machine's streams ("!") have
///   none.
/// - What was not granted changes nothing.
class Journal : public Rule {
 public:
  explicit Journal(Notebook& notebook) : notebook_(notebook) {}

  void Take(const Seen& seen) override;
  void Answered(const std::string& principal, size_t server, const common::v1::Reply& reply);

  /// Entries of a service so far.
  uint64_t size(size_t service) const { return lines_[service].size(); }
  /// The epoch of an entry; 0: it is not there.
  uint64_t EpochOf(size_t service, uint64_t sequence) const;
  /// SHA-256 of its header; it must be there.
  const std::string& HashOf(size_t service, uint64_t sequence) const {
    return lines_[service][sequence - 1].hash;
  }

 private:
  struct Line {
    uint64_t epoch;
    std::string hash;
    std::string request;  // Principal and request id; empty: it cannot be repeated.
    std::string answer;   // Digest of what was answered.
  };
  void CheckChain(const Seen& seen);
  void CheckParts(const Seen& seen);
  void CheckVersions(const Seen& seen);

  Notebook& notebook_;
  std::array<std::vector<Line>, kPlaces> lines_;
  std::array<std::unordered_set<std::string>, kPlaces> requests_;
  std::array<std::unordered_map<std::string, uint64_t>, kPlaces> versions_;
  std::array<std::unordered_map<std::string, std::string>, kPlaces> told_;  // Digest by request.
};

}  // namespace samenspel::simulation::model
