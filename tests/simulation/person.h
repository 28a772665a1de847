// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/bus/registry.h"
#include "proto/common/v1/envelope.pb.h"
#include "tests/simulation/model/seen.h"
#include "tests/simulation/world.h"

namespace samenspel::simulation {

/// A request that changes something, and the first answer to it that is kept.
struct Acknowledged {
  std::string principal;
  size_t server;
  common::v1::Reply reply;
};

/// What all persons of a run share and what they saw.
struct Notes {
  std::vector<Acknowledged> acknowledged;
  std::vector<Acknowledged> turned_away;    ///< Denied, malformed, or of what they may not know.
  std::vector<std::string> complaints;      ///< What a person was told and should not have been.
  uint64_t repeats = 0;                     ///< The same bytes sent again.
  std::map<std::string, std::string> open;  ///< Errands without their last answer, by id.
  std::function<void(const Acknowledged&)> answered;  ///< Told of each; may be empty.
  std::function<void(const model::Reading&)> shown;   ///< The same.
};

/// One request as its sender means it.
struct Ask {
  size_t server = 0;
  std::string request;  ///< Serialized Request of that service.
  std::string purpose = "child_safety";
  bool changes = true;  ///< Its answer is kept: whoever asks again gets the same.
  uint64_t expected_version = 0;
  std::string on_behalf_of;
  std::string id;  ///< 16 bytes; empty: a new one.
};

/// A request of that service as anybody sends it.
Ask AskOf(size_t server, const google::protobuf::Message& request,
          std::string purpose = "child_safety");

/// Whether the service keeps this answer for whoever asks again: not what it turned away.
bool IsKept(const common::v1::Reply& reply);
/// Too much at once, or not now: the same bytes later.
bool IsNotYet(const common::v1::Reply& reply);

/// Somebody with a key and a client: sends, waits, sends the same bytes again when nothing comes.
class Person : public Receiver {
 public:
  Person(World& world, Notes& notes, bus::Principal principal, Micros patience);

  const bus::Principal& principal() const { return principal_; }
  const std::string& id() const { return principal_.id; }
  const std::string& organisation() const { return principal_.organisation; }
  bool Is(std::string_view role) const { return principal_.HasRole(role); }
  World& world() { return world_; }
  Notes& notes() { return notes_; }
  void Complain(const std::string& what) {
    notes_.complaints.push_back(principal_.id + ": " + what);
  }

  /// True: that was the answer; false: it goes on waiting and sends again. Never sees *busy* and
  /// *unavailable*: then the same bytes go out later.
  using Take = std::function<bool(const common::v1::Reply& reply)>;
  /// Begins an errand; returns its request id.
  std::string Begin(const Ask& ask, Take take);
  /// The very bytes of a change that was answered once more; false: they are not known.
  bool BeginAgain(const std::string& id, Take take);
  /// Until the entry of `by` that `cause` led to is durable at `server`; nothing: it did nothing.
  void Await(size_t server, const common::v1::Ref& cause, const std::string& by,
             std::function<void(const common::v1::Awaited&)> take);
  /// How the service is.
  void AskStatus(size_t server, Take take);
  /// Says that the machine's clock is right, which was seen to be so far off. Only a yes is kept.
  void AcceptClock(size_t server, base::milliseconds off, Take take);
  /// Bytes that are no proper message; whatever comes back is passed over.
  void Throw(size_t server, const std::string& bytes);
  /// An envelope with a request id of its own and nothing asked yet.
  common::v1::Envelope NewEnvelope(const std::string& purpose);

  void Arrive(bus::Input input) override;

 private:
  struct Errand {
    size_t server = 0;
    std::string bytes;
    bool changes = false;
    bool only_yes_is_kept = false;  // No is said before anything is decided.
    bool decided = false;           // By a service's rules: no await and no question how it is.
    Take take;
    Micros not_before{0};  // The service asked for patience.
    uint64_t times = 0;
  };
  void Begin(const std::string& id, Errand errand, const std::string& what);
  void Send(const std::string& id, bool again);
  static bool IsFirst(const Errand& errand, const common::v1::Reply& reply);
  void TakeReply(const common::v1::Reply& reply);
  bool SameAsFirst(const common::v1::Reply& reply);
  void Keep(size_t server, const std::string& bytes, const common::v1::Reply& reply);
  void TakeLate(const common::v1::Reply& reply);

  struct First {
    size_t server = 0;
    std::string bytes;
    std::string reply;
  };
  World& world_;
  Notes& notes_;
  bus::Principal principal_;
  Micros patience_;
  support::SeededEntropy chance_;
  std::array<Network::ConnectionId, kMachines> wires_;
  std::map<std::string, Errand> errands_;      // By request id.
  std::map<std::string, First> firsts_;        // Of requests that change something.
  std::map<std::string, Errand> turned_away_;  // A copy of those under way may still be decided.
};

}  // namespace samenspel::simulation
