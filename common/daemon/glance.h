// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace samenspel::daemon {

/// A number, enum or bool of a serialized message, found without taking in the rest: a start that
/// looks at all rows of a long past this way takes a fraction of the time. 0 when the message
/// itself has no such field; nothing when the bytes are no message.
std::optional<uint64_t> NumberIn(std::string_view message, int field);

/// The bytes of an embedded message, found likewise; empty when the message has none. They live as
/// long as `message`.
std::optional<std::string_view> MessageIn(std::string_view message, int field);

}  // namespace samenspel::daemon
