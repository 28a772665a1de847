// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/message.h>

#include <optional>
#include <string>
#include <string_view>

#include "common/daemon/service.h"
#include "proto/common/v1/options.pb.h"

namespace samenspel::daemon {

/// The policy that stands beside a request kind in its schema. A kind without one is
/// allowed to nobody.
const common::v1::Policy& PolicyOf(const google::protobuf::FieldDescriptor& kind);

/// Why `caller` may not send a request of this kind: "not_permitted" or "purpose_missing"; nothing:
/// it may.
std::optional<std::string> DenialOf(const common::v1::Policy& policy, const Caller& caller);

}  // namespace samenspel::daemon
