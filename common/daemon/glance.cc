// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/glance.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

namespace samenspel::daemon {

std::optional<uint64_t> NumberIn(std::string_view message, int field) {
  using google::protobuf::internal::WireFormatLite;
  const uint32_t wanted = WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_VARINT);
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(message.data()),
                                            static_cast<int>(message.size()));
  uint64_t number = 0;
  while (const uint32_t tag = in.ReadTag()) {
    const bool read =
        tag == wanted ? in.ReadVarint64(&number) : WireFormatLite::SkipField(&in, tag);
    if (!read) return std::nullopt;
  }
  return in.ConsumedEntireMessage() ? std::optional(number) : std::nullopt;
}

std::optional<std::string_view> MessageIn(std::string_view message, int field) {
  using google::protobuf::internal::WireFormatLite;
  const uint32_t wanted = WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
  google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t*>(message.data()),
                                            static_cast<int>(message.size()));
  std::string_view found;
  while (const uint32_t tag = in.ReadTag()) {
    if (tag != wanted) {
      if (!WireFormatLite::SkipField(&in, tag)) return std::nullopt;
      continue;
    }
    uint32_t bytes = 0;
    if (!in.ReadVarint32(&bytes)) return std::nullopt;
    const auto from = static_cast<size_t>(in.CurrentPosition());
    if (!in.Skip(static_cast<int>(bytes))) return std::nullopt;
    found = message.substr(from, bytes);
  }
  return in.ConsumedEntireMessage() ? std::optional(found) : std::nullopt;
}

}  // namespace samenspel::daemon
