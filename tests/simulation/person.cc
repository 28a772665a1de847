// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/person.h"

#include <algorithm>

#include "common/base/ids.h"

namespace samenspel::simulation {
namespace {

using common::v1::Reply;

constexpr uint64_t kSlowestTimes = 8;  // So many times the patience at most between two sendings.

uint64_t SeedOf(World& world) { return world.chance().Number(); }

// What the machinery turns away before a domain decides; docs/formats/entry.md: not kept.
bool IsWireCode(const std::string& code) {
  constexpr std::string_view kCodes[] = {
      "malformed",    "unknown_protocol",  "bad_request_id",  "unknown_field", "unknown_enum",
      "invalid_utf8", "request_too_large", "no_request_kind", "text_too_long", "request_id_reused"};
  return std::ranges::find(kCodes, code) != std::end(kCodes);
}

}  // namespace

bool IsNotYet(const Reply& reply) {
  return reply.status() == common::v1::STATUS_BUSY ||
         reply.status() == common::v1::STATUS_UNAVAILABLE;
}

Ask AskOf(size_t server, const google::protobuf::Message& request, std::string purpose) {
  Ask ask;
  ask.server = server;
  ask.request = request.SerializeAsString();
  ask.purpose = std::move(purpose);
  return ask;
}

bool IsKept(const Reply& reply) {
  switch (reply.status()) {
    case common::v1::STATUS_OK:
    case common::v1::STATUS_REFUSED:
    case common::v1::STATUS_CONFLICT:
      return true;
    case common::v1::STATUS_INVALID:
      return std::none_of(reply.reasons().begin(), reply.reasons().end(),
                          [](const auto& reason) { return IsWireCode(reason.code()); });
    default:
      return false;
  }
}

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

std::string Person::Begin(const Ask& ask, Take take) {
  common::v1::Envelope envelope = NewEnvelope(ask.purpose);
  if (!ask.id.empty()) envelope.set_request_id(ask.id);
  envelope.set_request(ask.request);
  envelope.set_expected_version(ask.expected_version);
  envelope.set_on_behalf_of(ask.on_behalf_of);
  Errand errand;
  errand.server = ask.server;
  errand.bytes = envelope.SerializeAsString();
  errand.changes = ask.changes;
  errand.decided = true;
  errand.take = std::move(take);
  Begin(envelope.request_id(), std::move(errand), "request");
  return envelope.request_id();
}

bool Person::BeginAgain(const std::string& id, Take take) {
  const auto first = firsts_.find(id);
  if (first == firsts_.end() || errands_.contains(id)) return false;
  Errand errand;
  errand.server = first->second.server;
  errand.bytes = first->second.bytes;
  errand.take = std::move(take);
  Begin(id, std::move(errand), "the same again");
  return true;
}

void Person::Await(size_t server, const common::v1::Ref& cause, const std::string& by,
                   std::function<void(const common::v1::Awaited&)> take) {
  common::v1::Envelope envelope = NewEnvelope("child_safety");
  *envelope.mutable_await()->mutable_cause() = cause;
  envelope.mutable_await()->set_by(by);
  // Now and then without a limit of its own: the service has one.
  const auto left = std::chrono::duration_cast<base::milliseconds>(patience_);
  if (!chance_.OneIn(4)) envelope.set_time_left_ms(static_cast<uint32_t>(left.count()));
  Errand errand;
  errand.server = server;
  errand.bytes = envelope.SerializeAsString();
  errand.take = [this, by, take = std::move(take)](const Reply& reply) {
    if (reply.status() == common::v1::STATUS_OK && reply.has_awaited()) {
      take(reply.awaited());
      return true;
    }
    Complain("an await for " + by + " got status " + std::to_string(reply.status()));
    return false;
  };
  Begin(envelope.request_id(), std::move(errand), "await " + by);
}

void Person::AskStatus(size_t server, Take take) {
  common::v1::Envelope envelope = NewEnvelope("");
  envelope.mutable_status();
  Errand errand;
  errand.server = server;
  errand.bytes = envelope.SerializeAsString();
  errand.take = std::move(take);
  Begin(envelope.request_id(), std::move(errand), "status");
}

void Person::AcceptClock(size_t server, base::milliseconds off, Take take) {
  common::v1::Envelope envelope = NewEnvelope("");
  envelope.mutable_accept_clock()->set_off_ms(off.count());
  Errand errand;
  errand.server = server;
  errand.bytes = envelope.SerializeAsString();
  errand.changes = true;
  errand.only_yes_is_kept = true;
  errand.take = std::move(take);
  Begin(envelope.request_id(), std::move(errand), "accept clock");
}

void Person::Throw(size_t server, const std::string& bytes) {
  world_.network().SendFromCaller(wires_[server], bytes);
}

void Person::Begin(const std::string& id, Errand errand, const std::string& what) {
  notes_.open[id] = principal_.id + ": " + what + " at " + kServices[errand.server];
  errands_[id] = std::move(errand);
  Send(id, false);
}

void Person::Send(const std::string& id, bool again) {
  const auto found = errands_.find(id);
  if (found == errands_.end()) return;
  Errand& errand = found->second;
  const Micros now = world_.timeline().now();
  if (errand.not_before <= now) {
    if (again) ++notes_.repeats;
    world_.network().SendFromCaller(wires_[errand.server], errand.bytes);
  }
  const Micros wait = patience_ * static_cast<int64_t>(std::min(++errand.times, kSlowestTimes));
  const Micros spread(chance_.Below(static_cast<uint64_t>(patience_.count())));
  world_.timeline().At(std::max(now + wait, errand.not_before) + spread,
                       [this, id] { Send(id, true); });
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
  return first->second.reply == reply.SerializeAsString();
}

void Person::Keep(size_t server, const std::string& bytes, const Reply& reply) {
  if (!firsts_.emplace(reply.request_id(), First{server, bytes, reply.SerializeAsString()}).second)
    return;
  notes_.acknowledged.push_back({principal_.id, server, reply});
  if (notes_.answered) notes_.answered(notes_.acknowledged.back());
}

// Whether whoever sends the same bytes again gets this answer.
bool Person::IsFirst(const Errand& errand, const Reply& reply) {
  return errand.only_yes_is_kept ? reply.status() == common::v1::STATUS_OK : IsKept(reply);
}

// What was turned away at first may be decided when a copy of it arrives late.
void Person::TakeLate(const Reply& reply) {
  const auto found = turned_away_.find(reply.request_id());
  if (found == turned_away_.end() || !IsFirst(found->second, reply) || !reply.has_entry()) return;
  Keep(found->second.server, found->second.bytes, reply);
}

void Person::TakeReply(const Reply& reply) {
  if (!SameAsFirst(reply)) Complain("another answer to the same request");
  const auto found = errands_.find(reply.request_id());
  if (found == errands_.end()) return TakeLate(reply);
  Errand& errand = found->second;
  if (IsNotYet(reply)) {
    errand.not_before = world_.timeline().now() + base::milliseconds(reply.retry_after_ms());
    return;
  }
  if (errand.changes && IsFirst(errand, reply)) {
    if (!reply.has_entry()) return Complain("an answer to a change that names no entry");
    Keep(errand.server, errand.bytes, reply);
  }
  if (errand.decided && !IsKept(reply)) {
    notes_.turned_away.push_back({principal_.id, errand.server, reply});
  }
  // Taken out while it is told: it may begin another errand under the same id.
  auto taken = errands_.extract(found);
  auto open = notes_.open.extract(reply.request_id());
  if (taken.mapped().take(reply)) {
    if (taken.mapped().changes && !IsFirst(taken.mapped(), reply)) {
      turned_away_.insert(std::move(taken));
    }
    return;
  }
  errands_.insert(std::move(taken));
  notes_.open.insert(std::move(open));
}

}  // namespace samenspel::simulation
