// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <string_view>

namespace samenspel::daemon {

/// What is wrong with bytes that claim to be a message, and where: a code and a field path, no
/// value.
struct WireFault {
  std::string code;   ///< malformed | unknown_field | unknown_enum | invalid_utf8 | text_too_long
  std::string field;  ///< "private.children[0].name"; a number for fields that we do not know
};

constexpr size_t kTextBytesMax = 64 * 1024;

/// Walks serialized bytes along `type` before they are parsed, because the library's parser says
/// only yes or no: it drops unknown fields and enum numbers in silence and refuses bad UTF-8
/// without naming the field. Nothing: all well.
///   text_max  bytes that one text may have
std::optional<WireFault> FindWireFault(const google::protobuf::Descriptor& type,
                                       std::string_view bytes, size_t text_max = kTextBytesMax);

}  // namespace samenspel::daemon
