// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/store/disk.h"
#include "common/store/store.h"
#include "tests/kill/record.h"

namespace samenspel::kill {

/// What was looked at, and what is wrong.
struct Judgement {
  std::vector<std::pair<std::string, size_t>> counts;  ///< "acknowledged answers", 812
  std::vector<std::string> findings;
};

/// The journal of one service that has stopped.
struct Journal {
  std::string service;
  std::unique_ptr<store::Store> store;
  std::vector<std::shared_ptr<const store::Stored>> entries;
};

/// All journals of a region, by service.
class Evidence {
 public:
  /// Opens what lies under FOLDER/data. A store that proves nothing, or an entry that is not there,
  /// is a finding.
  Evidence(const std::string& folder, Judgement& judgement);
  const Journal& of(const std::string& service) const { return journals_.at(service); }
  const std::map<std::string, Journal>& all() const { return journals_; }

 private:
  void Open(const std::string& folder, const std::string& service, Judgement& judgement);
  std::unique_ptr<store::Disk> disk_ = store::Disk::Real();
  std::map<std::string, Journal> journals_;
};

// Each adds what it looked at and what it found.

/// Each answer stands in its journal once, with that principal, status, kind and reply.
void CheckAnswers(const std::vector<Answered>& record, const Evidence& evidence,
                  Judgement& judgement);
/// No request id of a person and no cause led to two entries of one service; each cause is there.
void CheckOnce(const Evidence& evidence, Judgement& judgement);
/// Each red report has one meeting, which intake noted once, and nobody sits in two at a time.
void CheckMeetings(const Evidence& evidence, Judgement& judgement);
/// Audit's log holds each entry once, in each service's order, under the roots that it signed; its
/// copies are the others' entries byte for byte.
void CheckLog(const Evidence& evidence, Judgement& judgement);
/// The chains of all journals hold.
void CheckChains(const Evidence& evidence, Judgement& judgement);
/// Each daemon's own `--verify` agrees. To be called when the stores are closed again.
void CheckByReplay(const std::string& folder, Judgement& judgement);

}  // namespace samenspel::kill
