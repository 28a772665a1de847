// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/core.h"

#include <algorithm>
#include <map>

#include "common/daemon/common_events.h"
#include "common/daemon/journal.h"
#include "common/daemon/policy.h"
#include "common/daemon/wire_check.h"
#include "common/tlog/sha256.h"

namespace samenspel::daemon {
namespace {

using base::Instant;
using bus::Input;
using bus::Output;
using bus::Peer;
using common::v1::Envelope;
using common::v1::Reason;
using common::v1::Reply;

constexpr seal::KeyNumber kKeysAhead = 128;
constexpr uint32_t kBusyRetryMs = 60'000;
constexpr uint32_t kCrowdedRetryMs = 50;

Reason Why(std::string code, std::string field = "") {
  Reason reason;
  reason.set_code(std::move(code));
  reason.set_field(std::move(field));
  return reason;
}

Reply ReplyWith(const std::string& request_id, common::v1::Status status,
                std::optional<Reason> reason = std::nullopt) {
  Reply reply;
  reply.set_request_id(request_id);
  reply.set_status(status);
  if (reason) *reply.add_reasons() = std::move(*reason);
  return reply;
}

// The first answer again, from its entry.
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

// The field as its sender knows it: "submit_report.private.address" is "private.address" of the
// form.
std::string WithinKind(const std::string& path) {
  const size_t dot = path.find('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

// Every purpose that the policy of some request kind names.
std::set<std::string> PurposesOf(const google::protobuf::Message& request_type) {
  std::set<std::string> purposes;
  const auto* kinds = request_type.GetDescriptor()->oneof_decl(0);
  for (int i = 0; i < kinds->field_count(); ++i) {
    const auto& named = PolicyOf(*kinds->field(i)).purposes();
    purposes.insert(named.begin(), named.end());
  }
  return purposes;
}

// Another time the answer may be another one, so a repeat is decided anew.
bool IsPassing(common::v1::Status status) {
  return status == common::v1::STATUS_BUSY || status == common::v1::STATUS_UNAVAILABLE;
}

}  // namespace

std::string CursorRow(std::string_view service) { return "f/" + std::string(service); }

// What one Step works on.
struct Core::TurnState {
  TurnState(Instant at, Core& core)
      : now(at), batch(core.store_.Begin()), view(core.store_, batch, core.keys_, core.entropy_) {}
  struct Request {
    Peer peer;
    const bus::Principal* sender;
    Envelope envelope;
  };
  struct PendingReply {
    Peer peer;
    Reply reply;
  };
  Instant now;
  store::Batch batch;
  View view;
  std::vector<Request> requests;
  std::map<Peer, size_t> in_flight;
  std::vector<PendingReply> replies;
  std::vector<Output> out;  // Follow control: needs no commit.
};

Core::Core(CoreConfig config, std::unique_ptr<Service> service, store::Store& store,
           seal::KeyStore& keys, base::Entropy& entropy,
           std::shared_ptr<const bus::Registry> registry, Log log)
    : config_(std::move(config)),
      service_(std::move(service)),
      store_(store),
      keys_(keys),
      entropy_(entropy),
      registry_(std::move(registry)),
      log_(std::move(log)),
      digest_key_(keys.Derived("reqdgst")),
      purposes_(PurposesOf(service_->request_type())),
      leader_(store, keys, config_.grants, config_.terms) {}

base::Status Core::Start(Instant now) {
  started_at_ = now;
  store::Batch batch = store_.Begin();
  View view(store_, batch, keys_, entropy_);
  uint32_t socket = 0;
  for (FollowWish& wish : service_->follows()) {
    store::Head applied{.epoch = 0, .sequence = 0, .hash = {}};
    if (const auto row = batch.Get(store::Column::kCursor, CursorRow(wish.service))) {
      common::v1::Head head;
      if (!head.ParseFromString(*row)) {
        return {base::Code::kCorrupt, "the cursor of " + wish.service + " cannot be read"};
      }
      applied = {head.epoch(), head.sequence(), head.hash()};
    }
    followers_.emplace_back(std::move(wish), ++socket, std::move(applied), config_.terms);
  }
  troubles_logged_.resize(followers_.size());
  SAMENSPEL_RETURN_IF_ERROR(service_->Load(view));
  return store_.fault();
}

void Core::UseRegistry(std::shared_ptr<const bus::Registry> registry) {
  registry_ = std::move(registry);
  registry_recorded_ = false;
}

Turn Core::Step(Instant now, std::span<const Input> inputs) {
  TurnState turn(now, *this);
  for (const Input& input : inputs) TakeInput(turn, input);
  DecideFollowed(turn);
  for (Follower& follower : followers_) follower.Tick(now, entropy_, turn.out);
  for (const auto& request : turn.requests) {
    DecideRequest(turn, request.peer, *request.sender, request.envelope);
  }
  DecideInternal(turn);
  if (auto closing = service_->Close(turn.view, now)) {
    RecordOwn(turn, std::move(*closing), "close", "");
  }
  if (!CommitTurn(turn)) return {{}, now, store_.fault()};
  Speak(turn);
  RefillKeys(turn);
  LogTroubles();
  return {std::move(turn.out), WakeAt(now), store_.fault()};
}

void Core::TakeInput(TurnState& turn, const Input& input) {
  if (input.peer.socket > followers_.size()) return;
  switch (input.kind) {
    case Input::Kind::kPeerGone:
      leader_.Forget(input.peer);
      awaits_.Forget(input.peer);
      return;
    case Input::Kind::kUp:
      if (input.peer.socket > 0)
        followers_[input.peer.socket - 1].Ask(turn.now, entropy_, turn.out);
      return;
    case Input::Kind::kFrame:
      input.peer.socket == 0 ? TakeEnvelope(turn, input) : TakeFromLeader(turn, input);
      return;
  }
}

void Core::TakeFromLeader(TurnState& turn, const Input& input) {
  Follower& follower = followers_[input.peer.socket - 1];
  common::v1::Answer answer;
  if (!answer.ParseFromString(input.bytes)) {
    ++counters_["follow_frames_unreadable"];  // The beat shows the gap and we ask again.
    return;
  }
  switch (answer.kind_case()) {
    case common::v1::Answer::kFrame:
      follower.OnFrame(turn.now, ++arrivals_, std::move(*answer.mutable_frame()), entropy_,
                       turn.out);
      return;
    case common::v1::Answer::kBeat:
      follower.OnBeat(turn.now, answer.beat(), entropy_, turn.out);
      return;
    case common::v1::Answer::kFollowRefused:
      follower.OnRefused(turn.now, answer.follow_refused());
      return;
    case common::v1::Answer::kReply:
    case common::v1::Answer::KIND_NOT_SET:
      return;
  }
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
  return caller;
}

Caller Core::Self(const std::string& request_id) const {
  Caller caller;
  caller.principal = "svc_" + std::string(service_->name());
  caller.purpose = "service";
  caller.request_id = request_id;
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
      if (refused) {
        log_(LogLevel::kError,
             "event=follow_refused principal=" + sender->id + " code=" + *refused);
      }
      return;
    }
    case Envelope::kCredit:
      leader_.OnCredit(turn.now, input.peer, envelope.credit());
      return;
    case Envelope::kAwait:
    case Envelope::kStatus:
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

void Core::DecideFollowed(TurnState& turn) {
  const bool anyone_waits =
      !turn.requests.empty() || !awaits_.empty() ||
      std::any_of(followers_.begin(), followers_.end(),
                  [&](const Follower& follower) { return follower.MustDecide(turn.now); });
  if (!anyone_waits) return;
  for (;;) {
    Follower* next = nullptr;
    for (Follower& follower : followers_) {
      if (!follower.HasPending()) continue;
      if (next == nullptr || follower.Next().arrival < next->Next().arrival) next = &follower;
    }
    if (next == nullptr) return;
    for (const FollowedEntry& entry : next->Next().entries) DecideEntry(turn, entry);
    next->Decided();
  }
}

void Core::DecideEntry(TurnState& turn, const FollowedEntry& entry) {
  const common::v1::Ref cause = entry.ref();
  if (turn.batch.Caused(cause, service_->name())) return;  // Took effect before; asked for again.
  auto decided = service_->Followed(turn.view, entry, turn.now);
  if (!decided) return;
  EntryContext context;
  context.caller = Self("");
  context.received_at = turn.now;
  context.kind = "followed";
  context.cause = cause;
  if (decided->status != common::v1::STATUS_OK) {
    log_(LogLevel::kError, "event=follow_refused_by_rule from=" + entry.from +
                               " sequence=" + std::to_string(cause.sequence()));
    decided->events.clear();
  }
  const auto recorded = Record(turn.view, *service_, context, std::move(*decided));
  if (!recorded.ok())
    log_(LogLevel::kError, "event=entry_too_large kind=followed from=" + entry.from);
}

void Core::TurnAway(TurnState& turn, const Peer& peer, const Caller& caller,
                    const std::string& kind, Reply reply, bool hidden) {
  ++counters_["requests_turned_away"];
  if (!turnstile_.Admit(turn.now, caller.principal)) {
    reply.set_status(common::v1::STATUS_BUSY);
    reply.clear_reasons();
    *reply.add_reasons() = Why("too_many_requests");
    reply.set_retry_after_ms(kBusyRetryMs);
    turn.replies.push_back({peer, std::move(reply)});
    return;
  }
  EntryContext context;
  context.caller = caller;
  context.received_at = turn.now;
  context.kind = kind;
  Decided decided;
  decided.status = reply.status();
  decided.hidden = hidden;
  decided.reasons.assign(reply.reasons().begin(), reply.reasons().end());
  const auto recorded = Record(turn.view, *service_, context, std::move(decided));
  if (recorded.ok()) *reply.mutable_entry() = ReplyOf(**recorded, "").entry();
  turn.replies.push_back({peer, std::move(reply)});
}

void Core::DecideRequest(TurnState& turn, const Peer& peer, const bus::Principal& sender,
                         const Envelope& envelope) {
  if (envelope.has_await()) return TakeAwait(turn, peer, sender, envelope);
  if (envelope.has_status()) {
    Reply reply = ReplyWith(envelope.request_id(), common::v1::STATUS_OK);
    *reply.mutable_service_status() = Status();
    turn.replies.push_back({peer, std::move(reply)});
    return;
  }
  Caller caller = CallerOf(sender, envelope);
  const auto refuse = [&](const std::string& kind, common::v1::Status status, Reason reason) {
    TurnAway(turn, peer, caller, kind, ReplyWith(envelope.request_id(), status, std::move(reason)));
  };
  if (!caller.on_behalf_of.empty()) {
    const bus::Principal* person = registry_->ById(caller.on_behalf_of);
    if (person == nullptr || !person->IsValidAt(turn.now) ||
        !sender.MayActFor(person->organisation)) {
      caller.on_behalf_of.clear();  // Unproven text stays out of the journal.
      return refuse("on_behalf_of", common::v1::STATUS_DENIED,
                    Why("may_not_act_for", "on_behalf_of"));
    }
    caller.organisation = person->organisation;  // Rights are those of the person it is done for.
    caller.roles = person->roles;
  }
  const std::string digest = RequestDigest(digest_key_, envelope);
  if (const auto first = turn.batch.FirstAnswer(sender.id, envelope.request_id())) {
    if (first->header.request_digest() == digest) {
      turn.replies.push_back({peer, ReplyOf(*first, envelope.request_id())});
      return;
    }
    return refuse("repeated", common::v1::STATUS_INVALID, Why("request_id_reused", "request_id"));
  }
  const std::unique_ptr<google::protobuf::Message> request(service_->request_type().New());
  if (const auto fault = FindWireFault(*request->GetDescriptor(), envelope.request())) {
    return refuse("malformed", common::v1::STATUS_INVALID,
                  Why(fault->code, WithinKind(fault->field)));
  }
  if (!request->ParseFromString(envelope.request())) {
    return refuse("malformed", common::v1::STATUS_INVALID, Why("malformed"));
  }
  const auto* kind = KindOf(*request);
  if (kind == nullptr) {
    return refuse("malformed", common::v1::STATUS_INVALID, Why("no_request_kind"));
  }
  const common::v1::Policy& policy = PolicyOf(*kind);
  if (const auto denial = DenialOf(policy, caller)) {
    return refuse(kind->name(), common::v1::STATUS_DENIED, Why(*denial));
  }
  Decided decided = service_->Answer(turn.view, caller, turn.now, *request);
  Reply reply = ReplyWith(envelope.request_id(), decided.status);
  for (const Reason& reason : decided.reasons) *reply.add_reasons() = reason;
  reply.set_version(decided.version);
  // What is not there and what one may not know of must not differ in answer, time or trace
  // (section 4, P.75).
  if (policy.read() && decided.status == common::v1::STATUS_NOT_FOUND) {
    return TurnAway(turn, peer, caller, kind->name(), std::move(reply), decided.hidden);
  }
  if (policy.read() && decided.events.empty()) {
    reply.set_response(std::move(decided.response));
    turn.replies.push_back({peer, std::move(reply)});
    return;
  }
  EntryContext context;
  context.caller = caller;
  context.received_at = turn.now;
  context.kind = kind->name();
  context.digest = digest;
  context.keep_answer = !policy.read() && !IsPassing(decided.status);
  if (policy.read()) reply.set_response(decided.response);
  const auto recorded = Record(turn.view, *service_, context, std::move(decided));
  if (!recorded.ok()) {
    return refuse(kind->name(), common::v1::STATUS_INVALID, Why("request_too_large"));
  }
  if (context.keep_answer) {
    reply = ReplyOf(**recorded, envelope.request_id());
  } else {
    *reply.mutable_entry() = ReplyOf(**recorded, "").entry();
  }
  turn.replies.push_back({peer, std::move(reply)});
}

bool Core::RecordOwn(TurnState& turn, Decided decided, const std::string& kind,
                     const std::string& request_id) {
  EntryContext context;
  context.caller = Self(request_id);
  context.received_at = turn.now;
  context.kind = kind;
  context.keep_answer = !request_id.empty();
  const auto recorded = Record(turn.view, *service_, context, std::move(decided));
  if (!recorded.ok()) log_(LogLevel::kError, "event=entry_too_large kind=" + kind);
  return recorded.ok();
}

void Core::RecordRegistry(TurnState& turn) {
  if (registry_recorded_) return;
  auto change = RegistryChange(turn.view, *service_, *registry_);
  if (!change) {
    registry_recorded_ = true;
    return;
  }
  Decided decided;
  decided.events.push_back(std::move(*change));
  // What does not fit is not tried again until the registry changes.
  if (!RecordOwn(turn, std::move(decided), "registry", "")) registry_recorded_ = true;
}

void Core::DecideInternal(TurnState& turn) {
  RecordRegistry(turn);
  for (const Turnstile::Count& count : turnstile_.TakeCounts(turn.now)) {
    Decided decided;
    decided.events.push_back(TurnedAwayEvent(*service_, count.principal, count.turned_away));
    RecordOwn(turn, std::move(decided), "turned_away", "");
  }
  for (InternalRequest& internal : service_->Due(turn.view, turn.now)) {
    const std::unique_ptr<google::protobuf::Message> request(service_->request_type().New());
    const bool parsed = request->ParseFromString(internal.request);
    assert(parsed);
    if (turn.batch.FirstAnswer(Self("").principal, internal.id)) continue;
    Decided decided = service_->Answer(turn.view, Self(internal.id), turn.now, *request);
    RecordOwn(turn, std::move(decided), KindOf(*request)->name(), internal.id);
  }
}

std::optional<common::v1::Awaited> Core::AwaitedNow(View& view, const common::v1::Ref& cause,
                                                    const std::string& by) const {
  common::v1::Awaited awaited;
  const auto follower =
      std::find_if(followers_.begin(), followers_.end(),
                   [&](const Follower& one) { return one.service() == cause.service(); });
  const bool own = cause.service() == service_->name();
  const bool passed =
      own ? cause.sequence() <= store_.head().sequence
          : follower != followers_.end() && cause.sequence() <= follower->applied().sequence;
  if (by == cause.service()) {
    if (!passed) return std::nullopt;
    *awaited.mutable_entry() = cause;
    return awaited;
  }
  if (const auto entry = view.batch().Caused(cause, by)) {
    *awaited.mutable_entry() = *entry;
    return awaited;
  }
  if (by != service_->name() || !passed) return std::nullopt;
  awaited.set_none(true);
  return awaited;
}

void Core::TakeAwait(TurnState& turn, const Peer& peer, const bus::Principal& sender,
                     const Envelope& envelope) {
  const auto refuse = [&](common::v1::Status status, Reason reason) {
    turn.replies.push_back({peer, ReplyWith(envelope.request_id(), status, std::move(reason))});
  };
  const common::v1::Await& await = envelope.await();
  if (!service_->MaySee(turn.view, CallerOf(sender, envelope), await.cause())) {
    return refuse(common::v1::STATUS_DENIED, Why("not_permitted"));
  }
  if (awaits_.CountOf(peer) >= kAwaitsPerPeerMax) {
    return refuse(common::v1::STATUS_BUSY, Why("too_many_awaits"));
  }
  base::milliseconds left = config_.terms.await_max;
  if (envelope.time_left_ms() > 0) {
    left = std::min(left, base::milliseconds(envelope.time_left_ms()));
  }
  awaits_.Add(
      {peer, sender.curve_key, envelope.request_id(), await.cause(), await.by(), turn.now + left});
}

// Runs after the commit: what is answered here is durable.
void Core::SettleAwaits(TurnState& turn) {
  if (awaits_.empty()) return;
  store::Batch durable = store_.Begin();
  View view(store_, durable, keys_, entropy_);
  const auto answer = [&](const Awaits::Waiting& waiting) {
    return AwaitedNow(view, waiting.cause, waiting.by);
  };
  std::vector<Awaits::Settled> settled;
  const auto keep = [&](std::vector<Awaits::Settled> more) {
    std::move(more.begin(), more.end(), std::back_inserter(settled));
  };
  keep(awaits_.TakeUpTo(std::string(service_->name()), store_.head().sequence, answer));
  for (const Follower& follower : followers_) {
    keep(awaits_.TakeUpTo(follower.service(), UINT64_MAX - 1, answer));
  }
  keep(awaits_.TakeOverdue(turn.now));
  for (Awaits::Settled& one : settled) {
    if (!MayHear(one.waiting.key, turn.now)) continue;
    Reply reply = ReplyWith(one.waiting.request_id,
                            one.answer ? common::v1::STATUS_OK : common::v1::STATUS_UNAVAILABLE);
    if (one.answer) {
      *reply.mutable_awaited() = std::move(*one.answer);
    } else {
      *reply.add_reasons() = Why("not_yet");
    }
    turn.replies.push_back({one.waiting.peer, std::move(reply)});
  }
}

bool Core::CommitTurn(TurnState& turn) {
  if (!turn.batch.appended().empty()) {
    for (const Follower& follower : followers_) {
      common::v1::Head head;
      head.set_epoch(follower.applied().epoch);
      head.set_sequence(follower.applied().sequence);
      head.set_hash(follower.applied().hash);
      if (follower.applied().sequence > 0) {
        turn.batch.Put(store::Column::kCursor, CursorRow(follower.service()),
                       head.SerializeAsString());
      }
    }
    for (const auto& entry : turn.batch.appended()) LogDecision(*entry);
  }
  if (store_.Commit(std::move(turn.batch)) != store::CommitResult::kAcked) return false;
  return store_.Tick(turn.now).ok() && store_.fault().ok();
}

void Core::Speak(TurnState& turn) {
  SettleAwaits(turn);
  std::vector<Output> out;
  for (auto& [peer, reply] : turn.replies) {
    common::v1::Answer answer;
    *answer.mutable_reply() = std::move(reply);
    out.push_back({peer, answer.SerializeAsString()});
  }
  leader_.KeepOnly([&](const std::string& key) { return MayHear(key, turn.now); });
  leader_.Pump(turn.now, out);
  std::move(turn.out.begin(), turn.out.end(), std::back_inserter(out));
  turn.out = std::move(out);
}

// Keys are made ahead, in a turn that nobody waits for where there is one.
void Core::RefillKeys(TurnState& turn) {
  store::Batch batch = store_.Begin();
  const seal::KeyNumber next = View(store_, batch, keys_, entropy_).next_key();
  const bool idle = turn.requests.empty();
  if (!keys_.NeedsBlock(next, idle ? kKeysAhead : kKeysAhead / 4)) return;
  const base::Status added = keys_.AddBlock();
  if (!added.ok()) log_(LogLevel::kError, "event=keys_not_made why=\"" + added.message() + "\"");
}

Instant Core::WakeAt(Instant now) const {
  Instant at = now + config_.terms.beat;
  const auto earlier = [&](std::optional<Instant> candidate) {
    if (candidate) at = std::min(at, *candidate);
  };
  for (const Follower& follower : followers_) earlier(follower.WakeAt());
  earlier(leader_.WakeAt());
  earlier(awaits_.WakeAt());
  earlier(turnstile_.WakeAt());
  earlier(service_->DueAt());
  earlier(store_.WatermarkDue());
  if (!registry_recorded_) at = now;
  return std::max(at, now);
}

common::v1::ServiceStatus Core::Status() const {
  common::v1::ServiceStatus status;
  status.set_service(std::string(service_->name()));
  status.set_version(config_.version);
  status.set_started_at_ms(base::ToMs(started_at_));
  status.mutable_head()->set_epoch(store_.head().epoch);
  status.mutable_head()->set_sequence(store_.head().sequence);
  status.mutable_head()->set_hash(store_.head().hash);
  for (const Follower& follower : followers_) *status.add_follows() = follower.Status();
  const auto add = [&](const std::string& name, uint64_t value) {
    status.add_counters()->set_name(name);
    status.mutable_counters()->rbegin()->set_value(value);
  };
  for (const auto& [name, value] : counters_) add(name, value);
  for (const auto& [name, value] : service_->Counters()) add(name, value);
  return status;
}

void Core::LogDecision(const store::Stored& entry) const {
  const auto& header = entry.header;
  std::string line = "event=decided sequence=" + std::to_string(header.sequence()) +
                     " kind=" + header.kind() + " principal=" + header.principal() +
                     " outcome=" + common::v1::Status_Name(header.outcome());
  for (const auto& reason : header.reasons()) line += " reason=" + reason.code();
  if (header.events_size() > 0) line += " stream=" + header.events(0).stream();
  const bool well = header.outcome() == common::v1::STATUS_OK;
  log_(well ? LogLevel::kInfo : LogLevel::kWarning, line);
}

void Core::LogTroubles() {
  for (size_t i = 0; i < followers_.size(); ++i) {
    if (followers_[i].trouble() == troubles_logged_[i]) continue;
    troubles_logged_[i] = followers_[i].trouble();
    log_(troubles_logged_[i].empty() ? LogLevel::kInfo : LogLevel::kError,
         "event=follow service=" + followers_[i].service() + " trouble=\"" + troubles_logged_[i] +
             "\"");
  }
}

}  // namespace samenspel::daemon
