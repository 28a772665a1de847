// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/journal.h"

#include <sodium.h>

#include "common/daemon/common_events.h"

namespace samenspel::daemon {
namespace {

using base::Code;
using common::v1::EntryHeader;
using common::v1::EventRecord;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Room for the header's own fields and the 32 bytes of each part hash.
constexpr size_t kHeaderSlack = 2048;

// The sub-message `name` of an event's kind, taken out of it while this lives.
class Taken {
 public:
  Taken(Message& kind, const char* name)
      : kind_(kind), field_(kind.GetDescriptor()->FindFieldByName(name)) {
    if (field_ != nullptr && kind.GetReflection()->HasField(kind, field_)) {
      part_ = kind.GetReflection()->ReleaseMessage(&kind, field_);
    }
  }
  ~Taken() {
    if (part_ != nullptr) kind_.GetReflection()->SetAllocatedMessage(&kind_, part_, field_);
  }
  Taken(const Taken&) = delete;
  Taken& operator=(const Taken&) = delete;
  std::optional<std::string> Bytes() const {
    if (part_ == nullptr) return std::nullopt;
    return part_->SerializeAsString();
  }

 private:
  Message& kind_;
  const FieldDescriptor* field_;
  Message* part_ = nullptr;
};

struct Split {
  uint32_t kind = 0;
  std::string payload;
  std::optional<std::string> private_part;
  std::optional<std::string> secret_part;
  size_t size() const {
    return payload.size() + (private_part ? private_part->size() : 0) +
           (secret_part ? secret_part->size() : 0);
  }
};

Split SplitEvent(Message& event) {
  Split split;
  const FieldDescriptor* kind = KindOf(event);
  assert(kind != nullptr);
  split.kind = static_cast<uint32_t>(kind->number());
  Message* inner = event.GetReflection()->MutableMessage(&event, kind);
  const Taken private_part(*inner, "private");
  const Taken secret_part(*inner, "secret");
  split.private_part = private_part.Bytes();
  split.secret_part = secret_part.Bytes();
  split.payload = event.SerializeAsString();
  return split;
}

EntryHeader HeaderOf(const EntryContext& context, const Decided& decided) {
  EntryHeader header;
  header.set_received_at_ms(base::ToMs(context.received_at));
  header.set_principal(context.caller.principal);
  header.set_organisation(context.caller.organisation);
  header.set_on_behalf_of(context.caller.on_behalf_of);
  header.set_purpose(context.caller.purpose);
  if (context.keep_answer) header.set_request_id(context.caller.request_id);
  header.set_request_digest(context.digest);
  if (context.cause) *header.mutable_cause() = *context.cause;
  for (const std::string& hash : decided.rule_hashes) header.add_rule_hashes(hash);
  header.set_kind(context.kind);
  header.set_outcome(decided.hidden ? common::v1::STATUS_DENIED : decided.status);
  for (const auto& reason : decided.reasons) *header.add_reasons() = reason;
  if (decided.hidden) header.set_subject(decided.subject);
  header.set_version(decided.version);
  if (context.keep_answer) header.set_response(decided.response);
  return header;
}

uint32_t SealOne(View& view, const NewEvent& event, std::string_view part,
                 const std::optional<std::string>& plain, std::vector<std::string>& sealed) {
  if (!plain) return 0;
  sealed.push_back(view.SealPart(event.stream, event.keeper, part, *plain));
  return static_cast<uint32_t>(sealed.size());
}

// Puts an opened part back into the event of a replay.
base::Status Restore(View& view, const common::v1::Ref& ref, const EventRecord& record,
                     const char* part, uint32_t index, const store::Stored& entry, Message& kind) {
  if (index == 0) return base::Ok();
  if (index > entry.sealed.size()) return {Code::kCorrupt, "an event points past the sealed parts"};
  // The same numbering as when it was sealed; the row is needed by whatever is sealed for this
  // stream later.
  view.KeyFor(record.stream(), record.keeper());
  const auto plain = view.OpenPart(ref, record.stream(), part, entry.sealed[index - 1]);
  if (plain.status().code() == Code::kNotFound) return base::Ok();  // Erased.
  if (!plain.ok()) return plain.status();
  const auto* field = kind.GetDescriptor()->FindFieldByName(part);
  if (field == nullptr) return {Code::kCorrupt, "an event has a part that its kind does not know"};
  Message* inner = kind.GetReflection()->MutableMessage(&kind, field);
  return inner->ParseFromString(*plain) ? base::Ok()
                                        : base::Status(Code::kCorrupt, "a part cannot be read");
}

common::v1::Ref RefOf(const EntryHeader& header) {
  common::v1::Ref ref;
  ref.set_service(header.service());
  ref.set_epoch(header.epoch());
  ref.set_sequence(header.sequence());
  return ref;
}

// What a restored copy had lost may have used the keys before: they are given to nobody else.
void ApplyEpoch(View& view, const EntryHeader& header) {
  const bool own = header.principal() == "svc_" + header.service();
  if (own && header.kind() == kEpochKind) view.SkipKeysTo(header.version());
}

void Apply(View& view, Service& service, const common::v1::Ref& ref, const EventRecord& record,
           const Message& event) {
  if (!EvolveCommon(view, record, event)) service.Evolve(view, ref, record, event);
}

}  // namespace

base::Result<const store::Stored*> Record(View& view, Service& service, const EntryContext& context,
                                          Decided decided) {
  EntryHeader header = HeaderOf(context, decided);
  std::vector<Split> splits;
  size_t clear = header.ByteSizeLong() + kHeaderSlack;
  size_t all = clear;
  for (const NewEvent& event : decided.events) {
    splits.push_back(SplitEvent(*event.event));
    clear += splits.back().payload.size() + 256;
    all += splits.back().size() + 512;
  }
  if (clear > kHeaderBytesMax || all > kEntryBytesMax) {
    return base::Status(Code::kInvalid, "the entry would be too large");
  }
  std::vector<std::string> sealed;
  for (size_t i = 0; i < splits.size(); ++i) {
    const NewEvent& event = decided.events[i];
    EventRecord& record = *header.add_events();
    record.set_stream(event.stream);
    record.set_version(event.version);
    record.set_kind(splits[i].kind);
    record.set_urgent(event.urgent);
    record.set_keeper(event.keeper);
    for (const std::string& person : event.about) record.add_about(person);
    record.set_payload(std::move(splits[i].payload));
    record.set_private_part(SealOne(view, event, "private", splits[i].private_part, sealed));
    record.set_secret_part(SealOne(view, event, "secret", splits[i].secret_part, sealed));
  }
  const store::Stored& entry = view.batch().Append(std::move(header), std::move(sealed));
  const common::v1::Ref ref = RefOf(entry.header);
  ApplyEpoch(view, entry.header);
  for (size_t i = 0; i < decided.events.size(); ++i) {
    Apply(view, service, ref, entry.header.events(static_cast<int>(i)), *decided.events[i].event);
  }
  return &entry;
}

base::Status Replay(View& view, Service& service, const store::Stored& entry) {
  const common::v1::Ref ref = RefOf(entry.header);
  ApplyEpoch(view, entry.header);
  for (const EventRecord& record : entry.header.events()) {
    const std::unique_ptr<Message> event(service.event_type().New());
    const std::string where = "entry " + std::to_string(ref.sequence()) + ": ";
    if (!event->ParseFromString(record.payload())) {
      return {Code::kCorrupt, where + "an event cannot be read"};
    }
    const FieldDescriptor* kind = KindOf(*event);
    if (kind == nullptr) return {Code::kCorrupt, where + "an event of an unknown kind"};
    Message* inner = event->GetReflection()->MutableMessage(event.get(), kind);
    for (const auto& [part, index] :
         {std::pair{"private", record.private_part()}, std::pair{"secret", record.secret_part()}}) {
      const base::Status restored = Restore(view, ref, record, part, index, entry, *inner);
      if (!restored.ok()) return {restored.code(), where + restored.message()};
    }
    Apply(view, service, ref, record, *event);
  }
  return base::Ok();
}

std::vector<std::string> OpenParts(seal::KeyStore& keys, const store::Stored& entry) {
  std::vector<std::string> opened(entry.sealed.size());
  const common::v1::Ref ref = RefOf(entry.header);
  for (const EventRecord& record : entry.header.events()) {
    for (const auto& [part, index] :
         {std::pair{"private", record.private_part()}, std::pair{"secret", record.secret_part()}}) {
      if (index == 0 || index > opened.size()) continue;
      auto plain = OpenEntryPart(keys, ref, record.stream(), part, entry.sealed[index - 1]);
      if (plain.ok()) opened[index - 1] = std::move(*plain);
    }
  }
  return opened;
}

std::string RequestDigest(std::string_view key, const common::v1::Envelope& envelope) {
  std::string digest(32, '\0');
  crypto_generichash_state state;
  const auto add = [&](std::string_view bytes) {
    const uint64_t size = bytes.size();
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
                              bytes.size());
  };
  crypto_generichash_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size(),
                          digest.size());
  add(envelope.on_behalf_of());
  add(envelope.purpose());
  add(std::to_string(envelope.expected_version()));
  add(envelope.request());
  if (envelope.has_accept_clock()) add(std::to_string(envelope.accept_clock().off_ms()));
  crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(digest.data()), digest.size());
  return digest;
}

}  // namespace samenspel::daemon
