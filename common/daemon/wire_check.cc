// SPDX-License-Identifier: EUPL-1.2
#include "common/daemon/wire_check.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/stubs/common.h>
#include <google/protobuf/wire_format_lite.h>

#include <map>
#include <optional>

namespace samenspel::daemon {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

constexpr int kDepthMax = 32;
constexpr int kLengthBytesMax = 5;  // A length in more, most of them zero, the parser refuses.

// Where a value stands; of a repeated field each value takes the next index. Put into words only
// for a fault.
class Place {
 public:
  Place(const Place* within, const FieldDescriptor& field, int* next)
      : within_(within), field_(field), next_(next) {}
  // For the value that is looked at now; before, the place is that of one that cannot be counted.
  void Count() {
    if (next_ != nullptr) index_ = (*next_)++;
  }
  std::string Text() const {
    std::string name = Join(within_, field_.name());
    if (next_ == nullptr) return name;
    return name + "[" + std::to_string(index_.value_or(*next_)) + "]";
  }
  static std::string Text(const Place* place) { return place == nullptr ? "" : place->Text(); }
  static std::string Join(const Place* within, const std::string& name) {
    return within == nullptr ? name : within->Text() + "." + name;
  }

 private:
  const Place* within_;  // Null: the outermost message.
  const FieldDescriptor& field_;
  int* next_;
  std::optional<int> index_;
};

class Walker {
 public:
  explicit Walker(size_t text_max) : text_max_(text_max) {}
  std::optional<WireFault> Walk(const Descriptor& type, std::string_view bytes, const Place* within,
                                int depth) {
    if (depth > kDepthMax) return WireFault{"malformed", Place::Text(within)};
    CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                        static_cast<int>(bytes.size()));
    std::map<int, int> seen;  // Field number -> how many values, for the index in the path.
    while (const uint32_t tag = in.ReadTag()) {
      const int number = WireFormatLite::GetTagFieldNumber(tag);
      const FieldDescriptor* field = type.FindFieldByNumber(number);
      if (field == nullptr) {
        return WireFault{"unknown_field", Place::Join(within, std::to_string(number))};
      }
      Place place(within, *field, field->is_repeated() ? &seen[number] : nullptr);
      auto fault = Value(*field, WireFormatLite::GetTagWireType(tag), in, bytes, place, depth);
      if (fault) return fault;
    }
    if (!in.ConsumedEntireMessage()) return WireFault{"malformed", Place::Text(within)};
    return std::nullopt;
  }

 private:
  std::optional<WireFault> Value(const FieldDescriptor& field, WireFormatLite::WireType wire,
                                 CodedInputStream& in, std::string_view bytes, Place& place,
                                 int depth) {
    const auto malformed = [&place] { return WireFault{"malformed", place.Text()}; };
    if (wire == WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      uint64_t length = 0;
      const int from = in.CurrentPosition();
      if (!in.ReadVarint64(&length)) return malformed();
      const auto at = static_cast<size_t>(in.CurrentPosition());
      const bool is_long = in.CurrentPosition() - from > kLengthBytesMax;
      if (is_long || length > bytes.size() - at) return malformed();
      in.Skip(static_cast<int>(length));
      return Delimited(field, bytes.substr(at, length), place, depth);
    }
    if (wire != WireTypeOf(field)) return malformed();
    return Scalar(field, wire, in, place);
  }

  static WireFormatLite::WireType WireTypeOf(const FieldDescriptor& field) {
    return WireFormatLite::WireTypeForFieldType(
        static_cast<WireFormatLite::FieldType>(field.type()));
  }

  static std::optional<WireFault> Scalar(const FieldDescriptor& field,
                                         WireFormatLite::WireType wire, CodedInputStream& in,
                                         Place& place) {
    place.Count();
    uint64_t value = 0;
    const bool read = wire == WireFormatLite::WIRETYPE_VARINT
                          ? in.ReadVarint64(&value)
                          : in.Skip(wire == WireFormatLite::WIRETYPE_FIXED64 ? 8 : 4);
    if (!read) return WireFault{"malformed", place.Text()};
    if (field.type() != FieldDescriptor::TYPE_ENUM) return std::nullopt;
    if (value > 0x7FFFFFFF ||
        field.enum_type()->FindValueByNumber(static_cast<int>(value)) == nullptr) {
      return WireFault{"unknown_enum", place.Text()};
    }
    return std::nullopt;
  }

  std::optional<WireFault> Delimited(const FieldDescriptor& field, std::string_view content,
                                     Place& place, int depth) {
    switch (field.type()) {
      case FieldDescriptor::TYPE_MESSAGE:
        place.Count();
        return Walk(*field.message_type(), content, &place, depth + 1);
      case FieldDescriptor::TYPE_STRING:
        if (!google::protobuf::internal::IsStructurallyValidUTF8(
                content.data(), static_cast<int>(content.size()))) {
          return WireFault{"invalid_utf8", place.Text()};
        }
        [[fallthrough]];
      case FieldDescriptor::TYPE_BYTES:
        place.Count();
        if (content.size() > text_max_) return WireFault{"text_too_long", place.Text()};
        return std::nullopt;
      default:
        return Packed(field, content, place);
    }
  }

  static std::optional<WireFault> Packed(const FieldDescriptor& field, std::string_view content,
                                         Place& place) {
    if (!field.is_packable()) return WireFault{"malformed", place.Text()};
    CodedInputStream in(reinterpret_cast<const uint8_t*>(content.data()),
                        static_cast<int>(content.size()));
    while (static_cast<size_t>(in.CurrentPosition()) < content.size()) {
      if (auto fault = Scalar(field, WireTypeOf(field), in, place)) return fault;
    }
    return std::nullopt;
  }

  const size_t text_max_;
};

}  // namespace

std::optional<WireFault> FindWireFault(const Descriptor& type, std::string_view bytes,
                                       size_t text_max) {
  return Walker(text_max).Walk(type, bytes, nullptr, 0);
}

}  // namespace samenspel::daemon
