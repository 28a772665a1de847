// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/proof.h"

#include "common/tlog/checkpoint.h"
#include "common/tlog/merkle.h"
#include "common/tlog/note_key.h"
#include "proto/audit/v1/events.pb.h"
#include "proto/escalation/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"

namespace samenspel::cli {
namespace {

Proof ProofOf(const audit::v1::ProvenEntry& entry, const tlog::Checkpoint& checkpoint) {
  const std::vector<std::string> path(entry.path().begin(), entry.path().end());
  return tlog::VerifyInclusion(tlog::LeafHash(entry.header()), entry.leaf(), checkpoint.size, path,
                               checkpoint.root)
                 .ok()
             ? Proof::kHolds
             : Proof::kFailed;
}

const google::protobuf::Descriptor* EventsOf(std::string_view service) {
  if (service == "intake") return intake::v1::Event::descriptor();
  if (service == "meeting") return meeting::v1::Event::descriptor();
  if (service == "escalation") return escalation::v1::Event::descriptor();
  if (service == "audit") return audit::v1::Event::descriptor();
  return nullptr;
}

}  // namespace

std::vector<CheckedEntry> CheckEntries(const audit::v1::EntriesShown& shown,
                                       std::string_view audit_key) {
  const auto key = tlog::VerifierKey::Parse(audit_key);
  auto checkpoint = key.ok() ? tlog::OpenCheckpoint(shown.checkpoint(), *key)
                             : base::Result<tlog::Checkpoint>(key.status());
  std::vector<CheckedEntry> checked;
  for (const audit::v1::ProvenEntry& entry : shown.entries()) {
    CheckedEntry one;
    one.leaf = entry.leaf();
    if (!key.ok()) one.proof = Proof::kUnchecked;
    if (checkpoint.ok()) one.proof = ProofOf(entry, *checkpoint);
    if (!one.header.ParseFromString(entry.header())) {
      one.header.Clear();
      one.proof = Proof::kFailed;
    }
    checked.push_back(std::move(one));
  }
  return checked;
}

std::string EventKindName(std::string_view service, uint32_t kind) {
  const auto* events = EventsOf(service);
  const auto* field =
      events == nullptr ? nullptr : events->FindFieldByNumber(static_cast<int>(kind));
  return field == nullptr ? std::to_string(kind) : field->name();
}

}  // namespace samenspel::cli
