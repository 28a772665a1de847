// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/core.h"

#include <algorithm>

#include "common/base/mutant.h"
#include "common/daemon/common_events.h"
#include "common/daemon/core_turn.h"
#include "common/daemon/journal.h"
#include "common/daemon/policy.h"

namespace samenspel::daemon {
namespace {

using base::Instant;
using bus::Input;
using bus::Output;

constexpr base::milliseconds kLongestWait{3'600'000};  // Longer than anything in the store waits.

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

}  // namespace

std::string CursorRow(std::string_view service) { return "f/" + std::string(service); }

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
  started_at_ = std::max(now, NotBefore());
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
  clock_disbelieved_ = WasDisbelieved(view);
  for (const Grant& grant : config_.grants) {
    if (WasLagging(view, grant.principal)) leader_.WasLagging(grant.principal);
  }
  SAMENSPEL_RETURN_IF_ERROR(service_->Load(view));
  return view.fault().ok() ? store_.fault() : view.fault();
}

void Core::UseRegistry(std::shared_ptr<const bus::Registry> registry) {
  if (base::Mutated(base::Mutant::kForgottenKeyHeard)) return;
  registry_ = std::move(registry);
  registry_recorded_ = false;
}

Turn Core::Step(Instant now, std::span<const Input> inputs) {
  TurnState turn(now, *this);
  RecordEpoch(turn);
  for (const Input& input : inputs) TakeInput(turn, input);
  if (!turn.fault.ok()) return {{}, now, turn.fault};
  DecideFollowed(turn);
  for (Follower& follower : followers_) follower.Tick(now, entropy_, turn.out);
  const auto decide = [&](bool accepts_clock) {
    for (const auto& request : turn.requests) {
      if (request.envelope.has_accept_clock() != accepts_clock) continue;
      DecideRequest(turn, request.peer, *request.sender, request.envelope);
    }
  };
  decide(false);
  DecideInternal(turn);
  // Last: nothing may be decided at the old time on terms that have moved, nor left undecided.
  const bool accepts = std::any_of(turn.requests.begin(), turn.requests.end(),
                                   [](const auto& one) { return one.envelope.has_accept_clock(); });
  if (accepts) DecideAllDue(turn);
  decide(true);
  if (auto closing = service_->Close(turn.view, now)) {
    RecordOwn(turn, std::move(*closing), "close", "");
  }
  if (!turn.view.fault().ok()) return {{}, now, turn.view.fault()};
  const bool hasty = base::Mutated(base::Mutant::kReplyBeforeSync);
  if (!CommitTurn(turn) && !hasty) return {{}, now, store_.fault()};
  Speak(turn);
  RefillKeys(turn);
  LogTroubles();
  MoveClock(turn);
  const base::Status fault = hasty ? base::Ok() : store_.fault();
  return {std::move(turn.out), WakeAt(turn.now), fault, turn.clock_moves};
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

Caller Core::Self(const std::string& request_id) const {
  Caller caller;
  caller.principal = "svc_" + std::string(service_->name());
  caller.purpose = "service";
  caller.request_id = request_id;
  return caller;
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
  const bool again = base::Mutated(base::Mutant::kEffectTwice);
  // Took effect before; asked for again.
  if (turn.batch.Caused(cause, service_->name()) && !again) return;
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

void Core::RecordFollowers(TurnState& turn) {
  for (const Leader::Change& change : leader_.TakeChanges(turn.now)) {
    common::v1::FollowerSeen seen;
    seen.set_principal(change.principal);
    seen.set_lagging(change.lagging);
    seen.set_since_ms(base::ToMs(change.since));
    log_(change.lagging ? LogLevel::kError : LogLevel::kInfo,
         "event=follower principal=" + change.principal +
             " state=" + (change.lagging ? "lagging" : "level"));
    auto event = FollowerSeenEvent(*service_, seen);
    if (!event) continue;
    Decided decided;
    decided.events.push_back(std::move(*event));
    RecordOwn(turn, std::move(decided), "follower", "");
  }
}

void Core::DecideInternal(TurnState& turn) {
  RecordRegistry(turn);
  for (const Turnstile::Count& count : turnstile_.TakeCounts(turn.now)) {
    Decided decided;
    decided.events.push_back(TurnedAwayEvent(*service_, count.principal, count.turned_away));
    RecordOwn(turn, std::move(decided), "turned_away", "");
  }
  RecordFollowers(turn);
  RecordClock(turn);
  std::vector<common::v1::FollowStatus> follows;
  for (const Follower& follower : followers_) follows.push_back(follower.Status());
  service_->FollowsSeen(follows, turn.now);
  DecideDue(turn);
}

void Core::DecideDue(TurnState& turn) {
  for (InternalRequest& internal : service_->Due(turn.view, turn.now)) {
    const std::unique_ptr<google::protobuf::Message> request(service_->request_type().New());
    const bool parsed = request->ParseFromString(internal.request);
    assert(parsed);
    if (turn.batch.FirstAnswer(Self("").principal, internal.id)) continue;
    Decided decided = service_->Answer(turn.view, Self(internal.id), turn.now, *request);
    RecordOwn(turn, std::move(decided), KindOf(*request)->name(), internal.id);
  }
}

// One thing that is due may lead to the next, and a service takes only so many at a time.
void Core::DecideAllDue(TurnState& turn) {
  for (size_t decided = 0; decided != turn.batch.appended().size();) {
    decided = turn.batch.appended().size();
    if (const auto due = service_->DueAt(); due && *due <= turn.now) DecideDue(turn);
  }
}

bool Core::CommitTurn(TurnState& turn) {
  if (!turn.batch.appended().empty()) {
    for (const Follower& follower : followers_) {
      common::v1::Head head;
      head.set_epoch(follower.applied().epoch);
      head.set_sequence(follower.applied().sequence);
      head.set_hash(follower.applied().hash);
      if (follower.applied().sequence > 0 && !base::Mutated(base::Mutant::kEffectTwice)) {
        turn.batch.Put(store::Column::kCursor, CursorRow(follower.service()),
                       head.SerializeAsString());
      }
    }
    for (const auto& entry : turn.batch.appended()) LogDecision(*entry);
  }
  if (store_.Commit(std::move(turn.batch)) != store::CommitResult::kAcked) return false;
  if (!store_.Tick(turn.now).ok()) return false;
  // What the store still waits for would otherwise come as much later as time goes back.
  if (turn.clock_moves != base::milliseconds(0)) (void)store_.Tick(turn.now + kLongestWait);
  return store_.fault().ok();
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

}  // namespace samenspel::daemon
