// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/bus/registry.h"
#include "proto/common/v1/envelope.pb.h"
#include "tests/simulation/world.h"

namespace samenspel::simulation {

/// A request that changes something, and the first answer to it that names an entry.
struct Acknowledged {
  std::string principal;
  size_t server;
  common::v1::Reply reply;
};

/// What all persons of a run share and what they saw.
struct Notes {
  std::vector<Acknowledged> acknowledged;
  std::vector<std::string> complaints;      ///< What a person was told and should not have been.
  uint64_t repeats = 0;                     ///< The same bytes sent again.
  std::map<std::string, std::string> open;  ///< Errands without their last answer, by id.
};

/// Somebody with a key and a client: sends, waits, sends the same bytes again when nothing comes.
class Person : public Receiver {
 public:
  Person(World& world, Notes& notes, bus::Principal principal, Micros patience);

  const bus::Principal& principal() const { return principal_; }
  World& world() { return world_; }
  Notes& notes() { return notes_; }
  void Complain(const std::string& what) {
    notes_.complaints.push_back(principal_.id + ": " + what);
  }

  /// True: that was the answer; false: it goes on waiting and sends again.
  using Take = std::function<bool(const common::v1::Reply& reply)>;
  /// A request that changes something; `take` sees the first answer that names an entry.
  std::string Change(size_t server, const std::string& request, const std::string& purpose,
                     Take take);
  /// Bytes that were sent before, with another request under the same id.
  void ChangeAgain(size_t server, const std::string& id, const std::string& request, Take take);
  /// A request that shows something.
  void Read(size_t server, const std::string& request, const std::string& purpose, Take take);
  /// Until the entry of `by` that `cause` led to is durable at `server`; nothing: it did nothing.
  void Await(size_t server, const common::v1::Ref& cause, const std::string& by,
             std::function<void(const common::v1::Awaited&)> take);

  void Arrive(bus::Input input) override;

 private:
  struct Errand {
    size_t server;
    std::string bytes;
    bool changes;
    Take take;
  };
  common::v1::Envelope NewEnvelope(const std::string& purpose);
  void Begin(const common::v1::Envelope& envelope, size_t server, bool changes, Take take);
  void Send(const std::string& id, bool again);
  void TakeReply(const common::v1::Reply& reply);
  bool SameAsFirst(const common::v1::Reply& reply);

  World& world_;
  Notes& notes_;
  bus::Principal principal_;
  Micros patience_;
  support::SeededEntropy chance_;
  std::array<Network::ConnectionId, kMachines> wires_;
  std::map<std::string, Errand> errands_;            // By request id.
  std::map<std::string, common::v1::Reply> firsts_;  // Of requests that change something.
};

}  // namespace samenspel::simulation
