// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/policy.h"

#include <algorithm>

namespace samenspel::daemon {

const common::v1::Policy& PolicyOf(const google::protobuf::FieldDescriptor& kind) {
  return kind.message_type()->options().GetExtension(common::v1::policy);
}

std::optional<std::string> DenialOf(const common::v1::Policy& policy, const Caller& caller) {
  const auto has_role = [&](const std::string& role) {
    return std::find(caller.roles.begin(), caller.roles.end(), role) != caller.roles.end();
  };
  if (policy.internal()) return "not_permitted";
  if (std::none_of(policy.roles().begin(), policy.roles().end(), has_role)) return "not_permitted";
  const auto& purposes = policy.purposes();
  if (std::find(purposes.begin(), purposes.end(), caller.purpose) == purposes.end()) {
    return "purpose_missing";
  }
  return std::nullopt;
}

const google::protobuf::FieldDescriptor* KindOf(const google::protobuf::Message& message) {
  const auto* oneof = message.GetDescriptor()->oneof_decl(0);
  return message.GetReflection()->GetOneofFieldDescriptor(message, oneof);
}

common::v1::Ref FollowedEntry::ref() const {
  common::v1::Ref ref;
  ref.set_service(from);
  ref.set_epoch(entry->header.epoch());
  ref.set_sequence(entry->header.sequence());
  return ref;
}

}  // namespace samenspel::daemon
