// SPDX-License-Identifier: EUPL-1.2
// An entry of another service that a follow has let through: its chain is right, and what its
// events say is anything. Each piece is an event; the header of the first says who hears whom, and
// that of each who did it and in whose case it stands.
#include "proto/escalation/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "tests/fuzz/stages.h"
#include "tests/fuzz/targets.h"

namespace samenspel::fuzz {
namespace {

using google::protobuf::Message;

constexpr size_t kHeader = 3;

struct Pair {
  const Stage& (*hearer)();
  const char* from;
  const Message* event;
};

const Pair& PairOf(uint8_t byte) {
  static const Pair pairs[] = {
      {MeetingStage, "intake", &intake::v1::Event::default_instance()},
      {EscalationStage, "intake", &intake::v1::Event::default_instance()},
      {EscalationStage, "meeting", &meeting::v1::Event::default_instance()},
      {IntakeStage, "meeting", &meeting::v1::Event::default_instance()},
      {IntakeStage, "escalation", &escalation::v1::Event::default_instance()}};
  return pairs[byte % std::size(pairs)];
}

const Message* EventType(std::string_view header) {
  return header.empty() ? nullptr : PairOf(static_cast<uint8_t>(header[0])).event;
}

void AddEvent(const Stage& stage, const Message& type, std::string_view piece,
              common::v1::EntryHeader& header) {
  const auto id = [&](uint8_t byte) { return stage.ids[byte % stage.ids.size()]; };
  header.set_principal(id(TakeByte(piece)));
  header.set_organisation(id(TakeByte(piece)));
  const std::unique_ptr<Message> event(type.New());
  auto& record = *header.add_events();
  record.set_payload(std::string(piece));
  if (!event->ParseFromString(record.payload())) return;
  PutIds(*event, stage.ids);
  record.set_payload(event->SerializeAsString());
  record.set_version(1);
  if (const auto* kind = daemon::KindOf(*event)) {
    record.set_kind(static_cast<uint32_t>(kind->number()));
  }
}

void RunFollowedEntry(std::string_view input) {
  const auto pieces = Pieces(input);
  if (pieces.empty() || pieces.front().empty()) return;
  const Pair& pair = PairOf(static_cast<uint8_t>(pieces.front()[0]));
  const Stage& stage = pair.hearer();
  auto entry = std::make_shared<store::Stored>();
  for (std::string_view piece : pieces) {
    TakeByte(piece);
    AddEvent(stage, *pair.event, piece, entry->header);
  }
  entry->header.set_service(pair.from);
  entry->header.set_epoch(1);
  entry->header.set_sequence(1000);
  entry->header.set_received_at_ms(base::ToMs(stage.now));
  entry->bytes = entry->header.SerializeAsString();
  stage.bench->now = stage.now;
  const auto decided = stage.bench->Overhear(pair.from, entry);
  if (decided) PromiseDecided(*decided, entry->header);
}

std::vector<std::string> FollowedEntrySeeds() {
  std::vector<std::string> seeds;
  for (char pair = 0; pair < 5; ++pair) {
    const Message& type = *PairOf(static_cast<uint8_t>(pair)).event;
    const auto& kinds = *type.GetDescriptor()->oneof_decl(0);
    for (int i = 0; i < kinds.field_count(); ++i) {
      for (const bool far : {false, true}) {
        const std::unique_ptr<Message> event(type.New());
        Fill(*event->GetReflection()->MutableMessage(event.get(), kinds.field(i)), far);
        seeds.push_back(Joined({std::string{pair, 5, 9} + event->SerializeAsString()}));
      }
    }
  }
  return seeds;
}

}  // namespace

const Target kFollowedEntry{.name = "followed_entry",
                            .run = RunFollowedEntry,
                            .seeds = FollowedEntrySeeds,
                            .shape = {.type = EventType, .header = kHeader, .many = true}};

}  // namespace samenspel::fuzz
