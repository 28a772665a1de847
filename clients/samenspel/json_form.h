// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/message.h>

#include <optional>
#include <string_view>

#include "clients/samenspel/json_tree.h"

namespace samenspel::cli {

/// Largest text in one field, in bytes.
inline constexpr size_t kTextMax = 64 * 1024;
/// Largest form, in bytes: more than any request may be.
inline constexpr size_t kFormMax = 1024 * 1024;

/// Fills `message` from a form in protobuf's JSON: field names as in the .proto file or in camel
/// case, enum values by name. Strict, because what is silently dropped from a form about a child
/// may be what mattered: refuses unknown and double fields, unknown enum names and numbers, values
/// of another type, null, and texts over 64 KiB. The domain's own rules (what is required, dates,
/// numbers) are the daemon's. Nothing when all went well; the message is then complete.
std::optional<FormError> ReadForm(std::string_view json, google::protobuf::Message& message);

}  // namespace samenspel::cli
