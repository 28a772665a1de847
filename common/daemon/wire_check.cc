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

// Where a value stands; of a repeated field each value takes the next index.
class Place {
 public:
  Place(std::string field, int* next) : field_(std::move(field)), next_(next) {}
  std::string Next() { return next_ == nullptr ? field_ : field_ + "[" + Index() + "]"; }
  // The value that cannot even be counted.
  std::string Here() const {
    return next_ == nullptr ? field_ : field_ + "[" + std::to_string(*next_) + "]";
  }

 private:
  std::string Index() { return std::to_string((*next_)++); }
  std::string field_;
  int* next_;
};

class Walker {
 public:
  std::optional<WireFault> Walk(const Descriptor& type, std::string_view bytes,
                                const std::string& path, int depth) {
    if (depth > kDepthMax) return WireFault{"malformed", path};
    CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                        static_cast<int>(bytes.size()));
    std::map<int, int> seen;  // Field number -> how many values, for the index in the path.
    while (const uint32_t tag = in.ReadTag()) {
      const int number = WireFormatLite::GetTagFieldNumber(tag);
      const FieldDescriptor* field = type.FindFieldByNumber(number);
      if (field == nullptr) return WireFault{"unknown_field", Join(path, std::to_string(number))};
      Place place(Join(path, field->name()), field->is_repeated() ? &seen[number] : nullptr);
      auto fault = Value(*field, WireFormatLite::GetTagWireType(tag), in, bytes, place, depth);
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
                                 CodedInputStream& in, std::string_view bytes, Place& place,
                                 int depth) {
    const WireFault malformed{"malformed", place.Here()};
    if (wire == WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      uint64_t length = 0;
      if (!in.ReadVarint64(&length)) return malformed;
      const auto at = static_cast<size_t>(in.CurrentPosition());
      if (length > bytes.size() - at) return malformed;
      in.Skip(static_cast<int>(length));
      return Delimited(field, bytes.substr(at, length), place, depth);
    }
    if (wire != WireTypeOf(field)) return malformed;
    return Scalar(field, wire, in, place);
  }

  static WireFormatLite::WireType WireTypeOf(const FieldDescriptor& field) {
    return WireFormatLite::WireTypeForFieldType(
        static_cast<WireFormatLite::FieldType>(field.type()));
  }

  static std::optional<WireFault> Scalar(const FieldDescriptor& field,
                                         WireFormatLite::WireType wire, CodedInputStream& in,
                                         Place& place) {
    const std::string here = place.Next();
    uint64_t value = 0;
    const bool read = wire == WireFormatLite::WIRETYPE_VARINT
                          ? in.ReadVarint64(&value)
                          : in.Skip(wire == WireFormatLite::WIRETYPE_FIXED64 ? 8 : 4);
    if (!read) return WireFault{"malformed", here};
    if (field.type() != FieldDescriptor::TYPE_ENUM) return std::nullopt;
    if (value > 0x7FFFFFFF ||
        field.enum_type()->FindValueByNumber(static_cast<int>(value)) == nullptr) {
      return WireFault{"unknown_enum", here};
    }
    return std::nullopt;
  }

  std::optional<WireFault> Delimited(const FieldDescriptor& field, std::string_view content,
                                     Place& place, int depth) {
    switch (field.type()) {
      case FieldDescriptor::TYPE_MESSAGE:
        return Walk(*field.message_type(), content, place.Next(), depth + 1);
      case FieldDescriptor::TYPE_STRING:
        if (!google::protobuf::internal::IsStructurallyValidUTF8(
                content.data(), static_cast<int>(content.size()))) {
          return WireFault{"invalid_utf8", place.Here()};
        }
        [[fallthrough]];
      case FieldDescriptor::TYPE_BYTES: {
        const std::string here = place.Next();
        if (content.size() > kTextBytesMax) return WireFault{"text_too_long", here};
        return std::nullopt;
      }
      default:
        return Packed(field, content, place);
    }
  }

  static std::optional<WireFault> Packed(const FieldDescriptor& field, std::string_view content,
                                         Place& place) {
    if (!field.is_packable()) return WireFault{"malformed", place.Here()};
    CodedInputStream in(reinterpret_cast<const uint8_t*>(content.data()),
                        static_cast<int>(content.size()));
    while (static_cast<size_t>(in.CurrentPosition()) < content.size()) {
      if (auto fault = Scalar(field, WireTypeOf(field), in, place)) return fault;
    }
    return std::nullopt;
  }
};

}  // namespace

std::optional<WireFault> FindWireFault(const Descriptor& type, std::string_view bytes) {
  return Walker().Walk(type, bytes, "", 0);
}

}  // namespace samenspel::daemon
