// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/wire_check.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/common.h>
#include <google/protobuf/wire_format_lite.h>

#include <map>

namespace samenspel::daemon {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

constexpr int kDepthMax = 32;

class Walker {
 public:
  std::optional<WireFault> Walk(const Descriptor& type, std::string_view bytes,
                                const std::string& path, int depth) {
    if (depth > kDepthMax) return WireFault{"malformed", path};
    CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                        static_cast<int>(bytes.size()));
    std::map<int, int> seen;  // Field number -> how often, for the index in the path.
    while (const uint32_t tag = in.ReadTag()) {
      const int number = WireFormatLite::GetTagFieldNumber(tag);
      const FieldDescriptor* field = type.FindFieldByNumber(number);
      if (field == nullptr) return WireFault{"unknown_field", Join(path, std::to_string(number))};
      std::string here = Join(path, field->name());
      if (field->is_repeated()) here += "[" + std::to_string(seen[number]++) + "]";
      auto fault = Value(*field, WireFormatLite::GetTagWireType(tag), in, bytes, here, depth);
      if (fault) return fault;
    }
    if (!in.ConsumedEntireMessage()) return WireFault{"malformed", path};
    return std::nullopt;
  }

 private:
  static std::string Join(const std::string& path, const std::string& name) {
    return path.empty() ? name : path + "." + name;
  }

  std::optional<WireFault> Value(const FieldDescriptor& field, WireFormatLite::WireType wire,
                                 CodedInputStream& in, std::string_view bytes,
                                 const std::string& here, int depth) {
    const WireFault malformed{"malformed", here};
    if (wire == WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      uint32_t length = 0;
      if (!in.ReadVarint32(&length)) return malformed;
      const auto at = static_cast<size_t>(in.CurrentPosition());
      if (length > bytes.size() - at) return malformed;
      in.Skip(static_cast<int>(length));
      return Delimited(field, bytes.substr(at, length), here, depth);
    }
    if (wire != WireFormatLite::WireTypeForFieldType(
                    static_cast<WireFormatLite::FieldType>(field.type()))) {
      return malformed;
    }
    if (wire == WireFormatLite::WIRETYPE_VARINT) {
      uint64_t value = 0;
      if (!in.ReadVarint64(&value)) return malformed;
      return Enum(field, value, here);
    }
    const int size = wire == WireFormatLite::WIRETYPE_FIXED64 ? 8 : 4;
    return in.Skip(size) ? std::nullopt : std::optional<WireFault>(malformed);
  }

  static std::optional<WireFault> Enum(const FieldDescriptor& field, uint64_t value,
                                       const std::string& here) {
    if (field.type() != FieldDescriptor::TYPE_ENUM) return std::nullopt;
    if (value > 0x7FFFFFFF ||
        field.enum_type()->FindValueByNumber(static_cast<int>(value)) == nullptr) {
      return WireFault{"unknown_enum", here};
    }
    return std::nullopt;
  }

  std::optional<WireFault> Delimited(const FieldDescriptor& field, std::string_view content,
                                     const std::string& here, int depth) {
    switch (field.type()) {
      case FieldDescriptor::TYPE_MESSAGE:
        return Walk(*field.message_type(), content, here, depth + 1);
      case FieldDescriptor::TYPE_STRING:
        if (!google::protobuf::internal::IsStructurallyValidUTF8(
                content.data(), static_cast<int>(content.size()))) {
          return WireFault{"invalid_utf8", here};
        }
        [[fallthrough]];
      case FieldDescriptor::TYPE_BYTES:
        if (content.size() > kTextBytesMax) return WireFault{"text_too_long", here};
        return std::nullopt;
      default:
        return Packed(field, content, here);
    }
  }

  static std::optional<WireFault> Packed(const FieldDescriptor& field, std::string_view content,
                                         const std::string& here) {
    const WireFault malformed{"malformed", here};
    if (!field.is_packable()) return malformed;
    CodedInputStream in(reinterpret_cast<const uint8_t*>(content.data()),
                        static_cast<int>(content.size()));
    const auto wire =
        WireFormatLite::WireTypeForFieldType(static_cast<WireFormatLite::FieldType>(field.type()));
    while (static_cast<size_t>(in.CurrentPosition()) < content.size()) {
      uint64_t value = 0;
      const bool read = wire == WireFormatLite::WIRETYPE_VARINT
                            ? in.ReadVarint64(&value)
                            : in.Skip(wire == WireFormatLite::WIRETYPE_FIXED64 ? 8 : 4);
      if (!read) return malformed;
      if (auto fault = Enum(field, value, here)) return fault;
    }
    return std::nullopt;
  }
};

}  // namespace

std::optional<WireFault> FindWireFault(const Descriptor& type, std::string_view bytes) {
  return Walker().Walk(type, bytes, "", 0);
}

}  // namespace samenspel::daemon
