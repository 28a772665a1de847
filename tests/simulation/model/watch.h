// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "common/base/instant.h"
#include "common/store/store.h"
#include "common/tlog/note_key.h"
#include "proto/common/v1/envelope.pb.h"
#include "tests/simulation/model/seen.h"

namespace samenspel::simulation {
struct Acknowledged;
}  // namespace samenspel::simulation

namespace samenspel::simulation::model {

/// Decides what is right while a run goes on: told of every entry as it becomes durable and of
/// every answer as it arrives, it says in one sentence each what should not have been. Written from
/// the design, the requirements and the public contract alone; each rule says in its header which.
///
/// Needs some microseconds for an entry, and holds what a run brought forth; only AtEnd looks over
/// all of it.
class Watch {
 public:
  /// Of the log: what its checkpoints are called and signed with.
  Watch(const std::string& origin, const tlog::VerifierKey& key);
  ~Watch();

  /// An entry became durable; in the order of commits, over all services.
  ///   service    index of kNames
  ///   true_time  the simulated truth; the entry's own stamp may be wrong by years
  void Committed(size_t service, const store::Stored& entry, base::Instant true_time);
  /// A person got an answer that names an entry.
  void Answered(const Acknowledged& answer);
  void Answered(const std::string& principal, size_t server, const common::v1::Reply& reply);
  /// A person was shown the words of a report.
  void Shown(const Reading& reading, base::Instant true_time);
  /// A daemon has restarted: due times that it held in memory are to be met anew from here on.
  void LostMemory(size_t service);

  /// It is there again, and reads its clocks from here on.
  void Started(size_t service);
  /// What the machine of a service shows: to be told before each entry, and when its clock jumps.
  void ClockShows(size_t service, base::Instant wall, base::milliseconds since_boot);

  /// What was found since the last look.
  Findings TakeFindings();
  /// After the healing phase, when nothing is on its way any more and all clocks are right.
  Findings AtEnd(base::Instant true_time);

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

}  // namespace samenspel::simulation::model
