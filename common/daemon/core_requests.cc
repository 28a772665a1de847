// SPDX-License-Identifier: EUPL-1.2
// Who is heard, what is turned away, and how one request is decided.
#include <algorithm>

#include "common/base/mutant.h"
#include "common/daemon/core_turn.h"
#include "common/daemon/journal.h"
#include "common/daemon/policy.h"
#include "common/daemon/wire_check.h"

namespace samenspel::daemon {
namespace {

using base::Instant;
using bus::Input;
using bus::Peer;
using common::v1::Envelope;
using common::v1::Reason;
using common::v1::Reply;

// A request of the largest size, and what is around it.
constexpr size_t kEnvelopeBytesMax = kRequestBytesMax + (8 << 10);
constexpr uint32_t kBusyRetryMs = 60'000;
constexpr uint32_t kCrowdedRetryMs = 50;
constexpr uint32_t kDiskLowRetryMs = 10'000;

// The field as its sender knows it: "submit_report.private.address" is "private.address" of the
// form.
std::string WithinKind(const std::string& path) {
  const size_t dot = path.find('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

// How busy a region is tells whoever has no part in it that a crisis came in (P.75).
bool SeesWork(const bus::Principal& sender) {
  constexpr std::string_view kRoles[] = {"operator", "duty_manager", "region_manager", "service"};
  return std::ranges::any_of(kRoles, [&](std::string_view role) { return sender.HasRole(role); });
}

// Another time the answer may be another one, so a repeat is decided anew.
bool IsPassing(common::v1::Status status) {
  return status == common::v1::STATUS_BUSY || status == common::v1::STATUS_UNAVAILABLE;
}

}  // namespace

Reply ReplyOf(const store::Stored& entry, const std::string& request_id) {
  Reply reply = ReplyWith(request_id, entry.header.outcome());
  *reply.mutable_reasons() = entry.header.reasons();
  reply.set_version(entry.header.version());
  reply.mutable_entry()->set_service(entry.header.service());
  reply.mutable_entry()->set_epoch(entry.header.epoch());
  reply.mutable_entry()->set_sequence(entry.header.sequence());
  reply.set_response(entry.header.response());
  return reply;
}

// What began on a connection ends with the key that opened it.
bool Core::MayHear(const std::string& key, Instant now) const {
  const bus::Principal* principal = registry_->ByKey(key);
  return principal != nullptr && principal->IsValidAt(now);
}

Caller Core::CallerOf(const bus::Principal& sender, const Envelope& envelope) const {
  Caller caller;
  caller.principal = sender.id;
  caller.organisation = sender.organisation;
  caller.roles = sender.roles;
  caller.on_behalf_of = envelope.on_behalf_of();
  // Any other text stays out of the journal.
  if (purposes_.contains(envelope.purpose())) caller.purpose = envelope.purpose();
  caller.request_id = envelope.request_id();
  caller.expected_version = envelope.expected_version();
  return caller;
}

void Core::TakeEnvelope(TurnState& turn, const Input& input) {
  const bus::Principal* sender = registry_->ByKey(input.key);
  if (sender == nullptr || !sender->IsValidAt(turn.now)) {
    ++counters_["frames_without_principal"];  // Revoked since it connected: nothing more is
                                              // carried.
    return;
  }
  Envelope envelope;
  const auto malformed = [&](const char* code, const char* field) {
    Caller caller = CallerOf(*sender, {});
    const std::string id = envelope.request_id().size() == 16 ? envelope.request_id() : "";
    TurnAway(turn, input.peer, caller, "malformed",
             ReplyWith(id, common::v1::STATUS_INVALID, Why(code, field)));
  };
  // The parser keeps each field that it does not know: half a million in a frame of rubbish. A
  // request that is only too long is told so, below, with its id.
  const size_t size = input.bytes.size();
  if (size > kEnvelopeBytesMax && FindWireFault(*Envelope::descriptor(), input.bytes, size)) {
    return malformed("malformed", "");
  }
  if (!envelope.ParseFromString(input.bytes)) return malformed("malformed", "");
  if (envelope.protocol() != 1) return malformed("unknown_protocol", "protocol");
  if (envelope.request_id().size() != 16) return malformed("bad_request_id", "request_id");
  if (!envelope.signature().empty()) return malformed("unknown_field", "signature");
  if (!envelope.GetReflection()->GetUnknownFields(envelope).empty()) {
    return malformed("unknown_field", "");
  }
  switch (envelope.kind_case()) {
    case Envelope::kFollow: {
      const auto refused = leader_.OnFollow(turn.now, input.peer, sender->id, input.key,
                                            envelope.follow(), turn.out);
      if (!refused) return LogGivenUp(*sender, envelope.follow());
      if (turn.fault.ok()) turn.fault = MissingHere(*sender, envelope.follow(), *refused);
      if (turn.fault.ok()) FollowRefused(turn, *sender, *refused);
      return;
    }
    case Envelope::kCredit:
      leader_.OnCredit(turn.now, input.peer, envelope.credit());
      return;
    case Envelope::kAwait:
    case Envelope::kStatus:
    case Envelope::kAcceptClock:
    case Envelope::kRequest: {
      if (envelope.request().size() > kRequestBytesMax) return malformed("request_too_large", "");
      if (++turn.in_flight[input.peer] > kInFlightPerPeerMax) {
        Reply busy =
            ReplyWith(envelope.request_id(), common::v1::STATUS_BUSY, Why("too_many_requests"));
        busy.set_retry_after_ms(kCrowdedRetryMs);
        turn.replies.push_back({input.peer, std::move(busy)});
        return;
      }
      turn.requests.push_back({input.peer, sender, std::move(envelope)});
      return;
    }
    case Envelope::KIND_NOT_SET:
      return malformed("no_request_kind", "");
  }
}

// Within the turnstile's limit it becomes an entry; false: it is only counted.
bool Core::RecordTurnedAway(TurnState& turn, const Caller& caller, const std::string& kind,
                            Reply& reply, const Decided* hidden) {
  ++counters_["requests_turned_away"];
  if (!turnstile_.Admit(turn.now, caller.principal)) return false;
  if (base::Mutated(base::Mutant::kTurnedAwayUnnoted)) return true;
  EntryContext context;
  context.caller = caller;
  context.received_at = turn.now;
  context.kind = kind;
  Decided decided;
  decided.status = reply.status();
  decided.hidden = hidden != nullptr && hidden->hidden;
  if (hidden != nullptr) decided.subject = hidden->subject;
  decided.reasons.assign(reply.reasons().begin(), reply.reasons().end());
  const auto recorded = Record(turn.view, *service_, context, std::move(decided));
  if (recorded.ok()) *reply.mutable_entry() = ReplyOf(**recorded, "").entry();
  return true;
}

void Core::TurnAway(TurnState& turn, const Peer& peer, const Caller& caller,
                    const std::string& kind, Reply reply, const Decided* hidden) {
  if (!RecordTurnedAway(turn, caller, kind, reply, hidden)) {
    reply.set_status(common::v1::STATUS_BUSY);
    reply.clear_reasons();
    *reply.add_reasons() = Why("too_many_requests");
    reply.set_retry_after_ms(kBusyRetryMs);
  }
  turn.replies.push_back({peer, std::move(reply)});
}

// Who may not follow, or holds another history than ours. The peer has its answer already.
void Core::FollowRefused(TurnState& turn, const bus::Principal& sender, const std::string& code) {
  Reply denied = ReplyWith("", common::v1::STATUS_DENIED, Why(code));
  if (!RecordTurnedAway(turn, CallerOf(sender, {}), "follow", denied, nullptr)) return;
  log_(LogLevel::kError, "event=follow_refused principal=" + sender.id + " code=" + code);
}

// What followed from those entries at the follower stays there.
void Core::LogGivenUp(const bus::Principal& sender, const common::v1::Follow& follow) const {
  const auto end = leader_.GivenUpAfter(sender.id, follow);
  if (!end) return;
  log_(LogLevel::kError, "event=given_up principal=" + sender.id +
                             " holds=" + std::to_string(follow.after().sequence()) +
                             " goes_on_after=" + std::to_string(end->sequence) +
                             " epoch=" + std::to_string(end->epoch));
}

// Who is sent every entry keeps them all: what it holds was once here. Not so when an older copy
// was restored knowingly: that began a later epoch.
base::Status Core::MissingHere(const bus::Principal& sender, const common::v1::Follow& follow,
                               const std::string& code) const {
  const bool keeps_all = std::ranges::any_of(config_.grants, [&](const Grant& grant) {
    return grant.principal == sender.id && grant.every_entry;
  });
  const bool differs = code == "ahead_of_leader" || code == "other_history";
  if (!keeps_all || !differs || follow.after().epoch() < store_.head().epoch) return base::Ok();
  const std::string entry = "entry " + std::to_string(follow.after().sequence());
  const std::string held = code == "other_history" ? "another " + entry + " than this journal"
                                                   : entry + " of this journal, which ends at " +
                                                         std::to_string(store_.head().sequence);
  return {base::Code::kCorrupt, sender.id + " holds " + held +
                                    "; acknowledged data is missing here; --repair-from audit "
                                    "brings it back"};
}

// Rights are those of the person it is done for; false: the sender may not act for that person.
bool Core::ActFor(Caller& caller, const bus::Principal& sender, Instant now) const {
  if (caller.on_behalf_of.empty()) return true;
  const bus::Principal* person = registry_->ById(caller.on_behalf_of);
  const bool service = caller.on_behalf_of.starts_with("svc_");  // Nobody's person.
  if (service || person == nullptr || !person->IsValidAt(now) ||
      !sender.MayActFor(person->organisation)) {
    caller.on_behalf_of.clear();  // Unproven text stays out of the journal.
    return false;
  }
  caller.organisation = person->organisation;
  caller.roles = person->roles;
  return true;
}

// The request of an envelope, or null and why it is none.
std::unique_ptr<google::protobuf::Message> Core::ParseRequest(const Envelope& envelope,
                                                              Reason& why) const {
  std::unique_ptr<google::protobuf::Message> request(service_->request_type().New());
  if (const auto fault = FindWireFault(*request->GetDescriptor(), envelope.request())) {
    why = Why(fault->code, WithinKind(fault->field));
    return nullptr;
  }
  const bool parsed = request->ParseFromString(envelope.request());
  if (parsed && KindOf(*request) != nullptr) return request;
  why = Why(parsed ? "no_request_kind" : "malformed");
  return nullptr;
}

void Core::DecideRequest(TurnState& turn, const Peer& peer, const bus::Principal& sender,
                         const Envelope& envelope) {
  if (envelope.has_await()) return TakeAwait(turn, peer, sender, envelope);
  if (envelope.has_status()) {
    Reply reply = ReplyWith(envelope.request_id(), common::v1::STATUS_OK);
    *reply.mutable_service_status() = Status(turn.now, SeesWork(sender));
    turn.replies.push_back({peer, std::move(reply)});
    return;
  }
  Caller caller = CallerOf(sender, envelope);
  const auto refuse = [&](const std::string& kind, common::v1::Status status, Reason reason) {
    TurnAway(turn, peer, caller, kind, ReplyWith(envelope.request_id(), status, std::move(reason)));
  };
  if (!ActFor(caller, sender, turn.now)) {
    return refuse("on_behalf_of", common::v1::STATUS_DENIED,
                  Why("may_not_act_for", "on_behalf_of"));
  }
  const std::string digest = RequestDigest(digest_key_, envelope);
  if (const auto first = turn.batch.FirstAnswer(sender.id, envelope.request_id())) {
    const bool any = base::Mutated(base::Mutant::kDigestIgnored);
    if (first->header.request_digest() == digest || any) {
      turn.replies.push_back({peer, ReplyOf(*first, envelope.request_id())});
      return;
    }
    return refuse("repeated", common::v1::STATUS_INVALID, Why("request_id_reused", "request_id"));
  }
  if (envelope.has_accept_clock()) {
    if (const auto why = WhyNotAcceptClock(caller, envelope.accept_clock())) {
      return refuse("accept_clock", why->status, Why(why->code));
    }
    return AcceptClock(turn, peer, caller, digest);
  }
  Reason why;
  const auto request = ParseRequest(envelope, why);
  if (request == nullptr) return refuse("malformed", common::v1::STATUS_INVALID, why);
  const auto& kind = *KindOf(*request);
  if (const auto denial = DenialOf(PolicyOf(kind), caller)) {
    return refuse(kind.name(), common::v1::STATUS_DENIED, Why(*denial));
  }
  AnswerRequest(turn, peer, caller, digest, *request);
}

void Core::AnswerRequest(TurnState& turn, const Peer& peer, const Caller& caller,
                         const std::string& digest, const google::protobuf::Message& request) {
  const auto& kind = *KindOf(request);
  const bool read = PolicyOf(kind).read();
  if (disk_low_ && !read) {
    Reply wait = ReplyWith(caller.request_id, common::v1::STATUS_UNAVAILABLE, Why("unavailable"));
    wait.set_retry_after_ms(kDiskLowRetryMs);
    turn.replies.push_back({peer, std::move(wait)});
    return;
  }
  Decided decided = service_->Answer(turn.view, caller, turn.now, request);
  Reply reply = ReplyWith(caller.request_id, decided.status);
  for (const Reason& reason : decided.reasons) *reply.add_reasons() = reason;
  reply.set_version(decided.version);
  // What is not there and what one may not know of must not differ in answer or trace (P.75).
  if (decided.status == common::v1::STATUS_NOT_FOUND) {
    return TurnAway(turn, peer, caller, kind.name(), std::move(reply), &decided);
  }
  if (read) reply.set_response(decided.response);
  if (read && decided.events.empty()) {
    turn.replies.push_back({peer, std::move(reply)});
    return;
  }
  EntryContext context;
  context.caller = caller;
  context.received_at = turn.now;
  context.kind = kind.name();
  context.digest = digest;
  context.keep_answer = !read && !IsPassing(decided.status);
  const auto recorded = Record(turn.view, *service_, context, std::move(decided));
  if (!recorded.ok()) {
    return TurnAway(
        turn, peer, caller, kind.name(),
        ReplyWith(caller.request_id, common::v1::STATUS_INVALID, Why("request_too_large")));
  }
  if (context.keep_answer) {
    reply = ReplyOf(**recorded, caller.request_id);
  } else {
    *reply.mutable_entry() = ReplyOf(**recorded, "").entry();
  }
  turn.replies.push_back({peer, std::move(reply)});
}

}  // namespace samenspel::daemon
