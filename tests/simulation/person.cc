// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/person.h"

#include "common/base/ids.h"

namespace samenspel::simulation {
namespace {

using common::v1::Reply;

uint64_t SeedOf(World& world) { return world.chance().Number(); }

// Too much at once, or not now: the same bytes later.
bool IsNotYet(const Reply& reply) {
  return reply.status() == common::v1::STATUS_BUSY ||
         reply.status() == common::v1::STATUS_UNAVAILABLE;
}

}  // namespace

Person::Person(World& world, Notes& notes, bus::Principal principal, Micros patience)
    : world_(world),
      notes_(notes),
      principal_(std::move(principal)),
      patience_(patience),
      chance_(SeedOf(world)) {
  for (size_t server = 0; server < kMachines; ++server) {
    wires_[server] = world.Connect(*this, principal_.id, server);
  }
}

common::v1::Envelope Person::NewEnvelope(const std::string& purpose) {
  common::v1::Envelope envelope;
  envelope.set_protocol(1);
  envelope.set_request_id(base::NewRequestId(world_.timeline().instant(), chance_));
  envelope.set_purpose(purpose);
  return envelope;
}

std::string Person::Change(size_t server, const std::string& request, const std::string& purpose,
                           Take take) {
  common::v1::Envelope envelope = NewEnvelope(purpose);
  envelope.set_request(request);
  Begin(envelope, server, true, std::move(take));
  return envelope.request_id();
}

void Person::ChangeAgain(size_t server, const std::string& id, const std::string& request,
                         Take take) {
  common::v1::Envelope envelope = NewEnvelope("child_safety");
  envelope.set_request_id(id);
  envelope.set_request(request);
  Begin(envelope, server, false, std::move(take));
}

void Person::Read(size_t server, const std::string& request, const std::string& purpose,
                  Take take) {
  common::v1::Envelope envelope = NewEnvelope(purpose);
  envelope.set_request(request);
  Begin(envelope, server, false, std::move(take));
}

void Person::Await(size_t server, const common::v1::Ref& cause, const std::string& by,
                   std::function<void(const common::v1::Awaited&)> take) {
  common::v1::Envelope envelope = NewEnvelope("child_safety");
  *envelope.mutable_await()->mutable_cause() = cause;
  envelope.mutable_await()->set_by(by);
  // Now and then without a limit of its own: the service has one.
  const auto left = std::chrono::duration_cast<base::milliseconds>(patience_);
  if (!chance_.OneIn(4)) envelope.set_time_left_ms(static_cast<uint32_t>(left.count()));
  Begin(envelope, server, false, [this, by, take = std::move(take)](const Reply& reply) {
    if (reply.status() == common::v1::STATUS_OK && reply.has_awaited()) {
      take(reply.awaited());
      return true;
    }
    if (!IsNotYet(reply))
      Complain("an await for " + by + " got status " + std::to_string(reply.status()));
    return false;
  });
}

void Person::Begin(const common::v1::Envelope& envelope, size_t server, bool changes, Take take) {
  Errand& errand = errands_[envelope.request_id()];
  errand = {server, envelope.SerializeAsString(), changes, std::move(take)};
  const std::string what = envelope.has_await() ? "await " + envelope.await().by() : "request";
  notes_.open[envelope.request_id()] = principal_.id + ": " + what + " at " + kServices[server];
  Send(envelope.request_id(), false);
}

void Person::Send(const std::string& id, bool again) {
  const auto found = errands_.find(id);
  if (found == errands_.end()) return;
  if (again) ++notes_.repeats;
  world_.network().SendFromCaller(wires_[found->second.server], found->second.bytes);
  const Micros spread(chance_.Below(static_cast<uint64_t>(patience_.count())));
  world_.timeline().In(patience_ + spread, [this, id] { Send(id, true); });
}

void Person::Arrive(bus::Input input) {
  if (input.kind != bus::Input::Kind::kFrame) return;
  common::v1::Answer answer;
  if (!answer.ParseFromString(input.bytes) || !answer.has_reply()) {
    return Complain("got something that is no reply");
  }
  TakeReply(answer.reply());
}

// Invariant 1: whoever was answered once gets that answer for ever.
bool Person::SameAsFirst(const Reply& reply) {
  const auto first = firsts_.find(reply.request_id());
  if (first == firsts_.end() || IsNotYet(reply)) return true;
  if (!reply.reasons().empty() && reply.reasons(0).code() == "request_id_reused") return true;
  return first->second.SerializeAsString() == reply.SerializeAsString();
}

void Person::TakeReply(const Reply& reply) {
  if (!SameAsFirst(reply)) Complain("another answer to the same request");
  const auto found = errands_.find(reply.request_id());
  if (found == errands_.end()) return;  // Answered before; this is the answer to a repeat.
  if (found->second.changes && IsNotYet(reply)) return;
  if (found->second.changes && !reply.has_entry()) {
    return Complain("an answer to a change that names no entry");
  }
  if (found->second.changes && firsts_.emplace(reply.request_id(), reply).second) {
    notes_.acknowledged.push_back({principal_.id, found->second.server, reply});
  }
  // Taken out while it is told: it may begin another errand under the same id.
  auto errand = errands_.extract(found);
  auto open = notes_.open.extract(reply.request_id());
  if (errand.mapped().take(reply)) return;
  errands_.insert(std::move(errand));
  notes_.open.insert(std::move(open));
}

}  // namespace samenspel::simulation
