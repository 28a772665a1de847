// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/instant.h"
#include "common/store/store.h"
#include "proto/audit/v1/events.pb.h"
#include "proto/escalation/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"

namespace samenspel::simulation::model {

inline constexpr size_t kIntake = 0;
inline constexpr size_t kMeeting = 1;
inline constexpr size_t kEscalation = 2;
inline constexpr size_t kAudit = 3;
inline constexpr size_t kPlaces = 4;
inline constexpr const char* kNames[kPlaces] = {"intake", "meeting", "escalation", "audit"};

/// The service of that name; kPlaces: there is none.
size_t PlaceOf(const std::string& name);
/// "intake:17".
std::string Where(size_t service, uint64_t sequence);

/// One sentence each.
using Findings = std::vector<std::string>;

/// What the rules found. Keeps the first hundred between two looks: after those the rest says
/// nothing new.
class Notebook {
 public:
  void Find(std::string what);
  Findings Take();

 private:
  Findings findings_;
};

/// An entry of one service with its events read, beside the truth about when it was committed.
/// Event i belongs to header().events(i); of the four lists only that of the service is filled.
struct Seen {
  Seen(size_t at, const store::Stored& stored, base::Instant committed_at);

  const common::v1::EntryHeader& header() const { return entry.header; }
  /// The daemon's own time, which may be wrong by years.
  int64_t stamp() const { return entry.header.received_at_ms(); }
  uint64_t sequence() const { return entry.header.sequence(); }
  bool ok() const { return entry.header.outcome() == common::v1::STATUS_OK; }
  std::string where() const { return Where(service, sequence()); }
  /// Who did it, or for whom it was done.
  const std::string& person() const;
  /// Whether it came by following `leader`.
  bool IsCausedBy(size_t leader) const;
  /// Whether the daemon decided it by itself: no person asked and no other service said so.
  bool IsOwn() const;
  /// What it says of its service's wall clock.
  std::vector<common::v1::ClockSeen> clocks() const;
  /// An operator accepted a clock that is behind, so that time went back (decision 8); null: no.
  std::optional<common::v1::ClockSeen> went_back() const;

  size_t service;
  const store::Stored& entry;
  base::Instant true_time;
  bool readable = true;  ///< Every payload is an event of this service.
  std::vector<intake::v1::Event> intake;
  std::vector<meeting::v1::Event> meeting;
  std::vector<escalation::v1::Event> escalation;
  std::vector<audit::v1::Event> audit;
};

/// An instant that was still to come when time went back comes as much earlier.
int64_t Moved(const common::v1::ClockSeen& back, int64_t due_ms);
/// The same for all instants of a report's terms.
void MoveTerms(const common::v1::ClockSeen& back, intake::v1::Terms& terms);
/// The same, and what was due stays due.
void MoveTermsAll(const common::v1::ClockSeen& back, intake::v1::Terms& terms);

/// How far what one service said at a moment of its own must be moved where it was heard, in the
/// time of whoever heard it: from a moment still to come it counts from now (decision 8).
int64_t AheadMs(int64_t said_ms, int64_t heard_ms);

/// The words of a report that somebody was shown.
struct Reading {
  std::string reader;
  std::string report;
  std::string purpose;
  bool secret = false;  ///< Its secret part too.
};

/// One theme of what is right. Told of every entry in the order of commits, over all services.
class Rule {
 public:
  virtual ~Rule() = default;
  virtual void Take(const Seen& seen) = 0;
  /// The daemon has restarted: what it held in memory is gone, and its clock was read anew.
  virtual void Restarted(size_t /*service*/) {}
  /// All faults are over, and everybody had time to finish.
  virtual void AtEnd(base::Instant /*true_time*/) {}
};

}  // namespace samenspel::simulation::model
