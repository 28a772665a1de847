// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/instant.h"
#include "common/base/result.h"
#include "common/bus/registry.h"
#include "common/daemon/view.h"
#include "common/store/store.h"
#include "proto/common/v1/entry.pb.h"
#include "proto/common/v1/envelope.pb.h"
#include "proto/common/v1/follow.pb.h"

namespace samenspel::daemon {

/// Who asks, proven and looked up; filled in by the core, never by the sender.
struct Caller {
  std::string principal;
  std::string organisation;  ///< The one the principal acts for (P.05).
  std::string on_behalf_of;
  std::string purpose;
  std::vector<std::string> roles;
  std::string
      request_id;  ///< 16 bytes; for a daemon's own requests derived from what set them off.
  uint64_t expected_version = 0;  ///< That the sender saw; 0: not said.
};

/// An event to be recorded. `event` is the service's Event with one kind set, `private` and
/// `secret` included; they are taken out and sealed when the entry is made.
struct NewEvent {
  std::string stream;
  uint64_t version = 0;  ///< Of the stream after this event.
  bool urgent = false;   ///< Concerns a child in danger now: followers hear of it at once.
  std::string keeper;    ///< Organisation that answers for it (P.76).
  std::vector<std::string> about;
  std::shared_ptr<google::protobuf::Message> event;
};

/// What a service decided. With events, or for a request that changes something, it becomes an
/// entry.
struct Decided {
  common::v1::Status status = common::v1::STATUS_OK;
  std::vector<common::v1::Reason> reasons;
  std::string response;  ///< Serialized Response; what of it is kept as first answer must be clear.
  uint64_t version = 0;
  bool hidden = false;  ///< The thing exists, but the caller may not know of it: answered *not
                        ///< found*, recorded as denied.
  std::string subject;  ///< With `hidden`: the stream it was about, so that the log lists the look.
  std::vector<std::string> rule_hashes;
  std::vector<NewEvent> events;
};

/// An entry of a followed service, as this service's grant shows it.
struct FollowedEntry {
  std::string from;  ///< "intake"
  std::shared_ptr<const store::Stored>
      entry;  ///< `sealed` holds sealed or opened parts, by the view.
  common::v1::Ref ref() const;
};

/// What a service wants to hear of another.
struct FollowWish {
  std::string service;
  std::vector<uint32_t> kinds;
  std::vector<uint32_t> optional_kinds = {};  ///< Beside those, where the leader grants them.
  std::vector<uint32_t> urgent_kinds;  ///< When the entry says so too: sent and decided at once.
  /// Then sent at once, but decided with what comes next, or when it has waited long enough.
  std::vector<uint32_t> prompt_kinds = {};
  bool every_entry = false;
  common::v1::View view = common::v1::VIEW_CLEAR;
};

/// A request that the daemon sends itself: a deadline that passed, a rule file that changed.
struct InternalRequest {
  std::string id;       ///< Derived from what set it off, so that it takes effect once.
  std::string request;  ///< Serialized Request.
};

/// A service behind its core: the thin daemon side. Looks facts up, lets its domain decide, keeps
/// its state.
class Service {
 public:
  virtual ~Service() = default;
  virtual std::string_view name() const = 0;
  /// The types of its public contract; the core reads the policy of each request kind from them.
  virtual const google::protobuf::Message& request_type() const = 0;
  virtual const google::protobuf::Message& event_type() const = 0;

  /// After the store was opened, before the first turn: builds what is kept resident.
  virtual base::Status Load(View& view) = 0;

  /// Decides one request on a view that holds the effects of all before it. Writes nothing.
  virtual Decided Answer(View& view, const Caller& caller, base::Instant now,
                         const google::protobuf::Message& request) = 0;
  /// Decides what follows from an entry of another service; nothing when it has no effect here. May
  /// write rows that keep what was received (audit's copies); all else is left to Evolve.
  virtual std::optional<Decided> Followed(View& view, const FollowedEntry& entry,
                                          base::Instant now) = 0;
  /// Applies one recorded event to the state, live and in a replay. `ref` is its entry.
  virtual void Evolve(View& view, const common::v1::Ref& ref, const common::v1::EventRecord& record,
                      const google::protobuf::Message& event) = 0;
  /// Once a turn, after all decisions, before the commit: audit signs here.
  virtual std::optional<Decided> Close(View& view, base::Instant now) = 0;
  /// Requests to itself that are due. Asked each turn.
  virtual std::vector<InternalRequest> Due(View& view, base::Instant now) = 0;
  /// When Due has something next.
  virtual std::optional<base::Instant> DueAt() const = 0;

  /// SIGHUP: reads rule files again; Due then offers what changed. A file that is not right leaves
  /// the rules as they are.
  virtual base::Status Reload() { return base::Ok(); }

  virtual std::vector<FollowWish> follows() const = 0;
  /// Whether `caller` may know of the entry: Await and refusals ask.
  virtual bool MaySee(View& view, const Caller& caller, const common::v1::Ref& entry) = 0;
  /// Names and values for `status` and /metrics, as they are at `now`.
  virtual std::vector<std::pair<std::string, uint64_t>> Counters(base::Instant) const { return {}; }
  /// Time itself went this much further, or back: what waits in memory keeps its remaining time.
  /// What is stored was seen to when the event was applied.
  virtual void ClockMoved(base::milliseconds) {}
  /// How far the services are heard that this one follows. Told each turn, before Due is asked.
  virtual void FollowsSeen(const std::vector<common::v1::FollowStatus>&, base::Instant) {}
};

/// Finds the kind of a Request or Event: the field of its oneof that is set; null when none is.
const google::protobuf::FieldDescriptor* KindOf(const google::protobuf::Message& message);

}  // namespace samenspel::daemon
