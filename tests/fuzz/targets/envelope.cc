// SPDX-License-Identifier: EUPL-1.2
// What reaches a daemon from its clients, through the whole of a core: who is heard, what becomes
// an entry, what is answered. Each piece is a frame; its header says from whom and what is put
// right.
#include <algorithm>
#include <array>
#include <utility>

#include "common/daemon/policy.h"
#include "tests/common/daemon/core_rig.h"
#include "tests/fuzz/targets.h"

namespace samenspel::fuzz {
namespace {

using common::v1::Envelope;
using common::v1::Reply;
using daemon::Rig;

constexpr size_t kHeader = 2;
constexpr uint64_t kEntriesMax = 1000;
constexpr size_t kFramesMax = 6;
// Bits of the second header byte.
constexpr uint8_t kRightProtocol = 1;
constexpr uint8_t kRightId = 2;
constexpr uint8_t kFreshId = 4;
constexpr uint8_t kRightPurpose = 8;

const base::Instant kNow = support::kMorning;

struct Sender {
  const char* id;
  bool is_heard;
};
// Eve's key was never known, Frits' was revoked, Gerda's is of next year.
constexpr Sender kSenders[] = {{"pro_anna", true}, {"pro_bert", true},    {"pro_carla", true},
                               {"pro_dirk", true}, {"svc_meeting", true}, {"svc_audit", true},
                               {"pro_eve", false}, {"pro_frits", false},  {"pro_gerda", false},
                               {"", false}};

std::shared_ptr<const bus::Registry> TheRegistry() {
  std::vector<bus::Principal> people = daemon::Everybody();
  people[0].may_act_for = {"org_south"};
  bus::Principal revoked = daemon::Person("pro_frits", "org_north", {"desk_worker"});
  revoked.revoked_at = kNow - base::milliseconds(1);
  bus::Principal early = daemon::Person("pro_gerda", "org_north", {"desk_worker"});
  early.valid_from = kNow + std::chrono::hours(24 * 30);
  people.push_back(revoked);
  people.push_back(early);
  return daemon::RegistryOf(people);
}

// A daemon that is made anew when it has taken much, so that a run depends on few before it.
class Daemon {
 public:
  explicit Daemon(const char* name) : name_(name) {}

  Rig& Fresh() {
    if (rig_ && rig_->store().head().sequence < kEntriesMax) return *rig_;
    daemon::Grant some{.principal = "svc_meeting", .kinds = {2}};
    daemon::Grant all{.principal = "svc_audit",
                      .kinds = {},
                      .every_entry = true,
                      .view = common::v1::VIEW_SEALED};
    rig_ = std::make_unique<Rig>(name_, std::vector<daemon::Grant>{some, all});
    rig_->Start(kNow, TheRegistry());
    for (uint64_t head = 0; head == 0 || head != rig_->store().head().sequence;) {
      head = rig_->store().head().sequence;  // Its own affairs: rules, registry.
      Promise(rig_->Step(kNow).fault.ok(), "a daemon begins");
    }
    return *rig_;
  }
  void Drop() { rig_.reset(); }
  /// The first of a run finds nothing that began on the connection before.
  void Reconnect() { connected_ = false; }
  daemon::Turn Step(const bus::Input& frame) {
    const bus::Input gone{
        .kind = bus::Input::Kind::kPeerGone, .peer = frame.peer, .key = {}, .bytes = {}};
    if (std::exchange(connected_, true)) return rig_->Step(kNow, {frame});
    return rig_->Step(kNow, {gone, frame});
  }

 private:
  const char* name_;
  bool connected_ = false;
  std::unique_ptr<Rig> rig_;
};

bus::Input InputOf(const Sender& sender, const std::string& bytes) {
  bus::Input input = daemon::From(sender.id, {}, "route");
  if (*sender.id == '\0') input.key.clear();
  input.bytes = bytes;
  return input;
}

void PutRight(Envelope& envelope, uint8_t right) {
  static uint64_t ids = 0;
  if ((right & kRightProtocol) != 0) envelope.set_protocol(1);
  if ((right & kRightId) != 0)
    envelope.set_request_id(daemon::IdOf((right & kFreshId) != 0 ? ++ids : 1));
  if ((right & kRightPurpose) != 0) envelope.set_purpose("child_safety");
}

// Nobody who may not ask for this, and for this purpose, is told yes. Another person's rights are
// those of a model elsewhere: only what is asked for oneself is looked at here.
bool IsDenied(const Envelope& envelope, const bus::Principal& sender,
              const google::protobuf::Message& type) {
  if (!envelope.on_behalf_of().empty()) return false;
  const std::unique_ptr<google::protobuf::Message> request(type.New());
  if (!request->ParseFromString(envelope.request()) || daemon::KindOf(*request) == nullptr) {
    return true;
  }
  const auto& policy = daemon::PolicyOf(*daemon::KindOf(*request));
  const auto has = [&](const std::string& role) { return sender.HasRole(role); };
  return policy.internal() || std::ranges::none_of(policy.roles(), has) ||
         std::ranges::find(policy.purposes(), envelope.purpose()) == policy.purposes().end();
}

void PromiseReply(const Reply& reply, const Envelope& envelope, const bus::Principal& sender,
                  Rig& rig) {
  Promise(reply.status() != common::v1::STATUS_UNSPECIFIED, "every request has an answer");
  const bool well = reply.status() == common::v1::STATUS_OK;
  Promise(well || reply.reasons_size() > 0, "a refusal has its reasons");
  if (!well || envelope.kind_case() != Envelope::kRequest) return;
  Promise(!IsDenied(envelope, sender, rig.core().service().request_type()),
          "who may not ask is not told");
}

void PromiseEntries(Rig& rig, uint64_t before, const Sender& sender) {
  Promise(rig.store().head().sequence <= before + 4, "a frame leads to few entries");
  for (uint64_t i = before + 1; i <= rig.store().head().sequence; ++i) {
    const auto entry = rig.store().Read(i);
    const std::string& who = entry->header.principal();
    Promise(who == sender.id || who == "svc_" + rig.name(), "an entry is of who sent the request");
    Promise(store::ParseStored(store::RowOf(*entry)) != nullptr, "an entry can be read back");
  }
}

void Send(Daemon& daemon, const Sender& sender, uint8_t right, std::string_view piece) {
  Rig& rig = daemon.Fresh();
  const uint64_t before = rig.store().head().sequence;
  Envelope envelope;
  std::string bytes(piece);
  const bool is_envelope = envelope.ParseFromString(bytes);
  if (is_envelope) {
    PutRight(envelope, right);
    bytes = envelope.SerializeAsString();
  }
  const daemon::Turn turn = daemon.Step(InputOf(sender, bytes));
  if (!sender.is_heard) {
    Promise(turn.fault.ok() && turn.out.empty(), "who has shown no valid key is not answered");
    Promise(rig.store().head().sequence == before, "and leaves no trace");
    return;
  }
  if (!turn.fault.ok()) {
    // Who keeps every entry and holds another history than this stops it.
    Promise(std::string_view(sender.id) == "svc_audit" && envelope.has_follow(),
            "nothing stops it");
    return daemon.Drop();
  }
  static const auto registry = TheRegistry();
  for (const Reply& reply : daemon::RepliesOf(turn)) {
    PromiseReply(reply, envelope, *registry->ById(sender.id), rig);
  }
  PromiseEntries(rig, before, sender);
  for (const std::string& line : rig.log) {
    Promise(line.find('\n') == std::string::npos && line.size() < 1000, "a log line is one line");
  }
  rig.log.clear();
}

void RunEnvelope(std::string_view input) {
  // RocksDB has ended before what is static.
  static auto& daemons =
      *new std::array{Daemon("intake"), Daemon("meeting"), Daemon("escalation"), Daemon("audit")};
  auto pieces = Pieces(input);
  pieces.resize(std::min(pieces.size(), kFramesMax));
  for (Daemon& daemon : daemons) daemon.Reconnect();
  for (std::string_view piece : pieces) {
    const uint8_t who = TakeByte(piece);
    const uint8_t right = TakeByte(piece);
    Send(daemons[who >> 6], kSenders[(who & 63) % std::size(kSenders)], right, piece);
  }
}

const google::protobuf::Message* EnvelopeType(std::string_view) {
  return &Envelope::default_instance();
}

std::vector<Envelope> Kinds() {
  std::vector<Envelope> kinds = {
      daemon::Ask(1, daemon::Report(true)), daemon::Ask(2, daemon::Report(false)),
      daemon::Ask(3, daemon::Show("rpt_00000000000000000000000001")),
      daemon::AwaitOf(4, "intake", 1, "intake"), daemon::AwaitOf(5, "intake", 9, "meeting")};
  kinds.emplace_back().mutable_status();
  kinds.emplace_back().mutable_accept_clock()->set_off_ms(60'000);
  kinds.emplace_back().mutable_credit()->set_until_frame(64);
  auto& some = *kinds.emplace_back().mutable_follow();
  some.add_kinds(2);
  some.set_view(common::v1::VIEW_CLEAR);
  some.set_until_frame(64);
  auto& all = *kinds.emplace_back().mutable_follow();
  all.set_every_entry(true);
  all.set_view(common::v1::VIEW_SEALED);
  all.set_until_frame(64);
  kinds.emplace_back().set_on_behalf_of("pro_carla");
  kinds.back().set_request(daemon::Report(false).SerializeAsString());
  kinds.emplace_back().set_signature("x");
  return kinds;
}

std::vector<std::string> EnvelopeSeeds() {
  std::vector<std::string> seeds;
  const auto kinds = Kinds();
  for (size_t i = 0; i < kinds.size(); ++i) {
    for (uint8_t daemon = 0; daemon < 4; ++daemon) {
      const size_t sender = (i + daemon) % std::size(kSenders);
      const auto piece = [&](size_t from, uint8_t right) {
        return std::string{static_cast<char>(daemon << 6 | from), static_cast<char>(right)} +
               kinds[i].SerializeAsString();
      };
      seeds.push_back(Joined({piece(sender, 15), piece(sender, 11), piece(6 + i % 4, 15)}));
      seeds.push_back(Joined({piece(i % 6, 15)}));
    }
  }
  return seeds;
}

}  // namespace

const Target kEnvelope{.name = "envelope",
                       .run = RunEnvelope,
                       .seeds = EnvelopeSeeds,
                       .shape = {.type = EnvelopeType, .header = kHeader, .many = true},
                       .bytes_max = 1024};

}  // namespace samenspel::fuzz
