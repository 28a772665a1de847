// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/mutate.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <random>

namespace samenspel::fuzz {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kDepthMax = 8;
constexpr size_t kTextMax = 256;

// Where numbers turn over, and what this system counts with.
constexpr int64_t kNumbers[] = {0,
                                1,
                                2,
                                -1,
                                255,
                                256,
                                65'535,
                                1'000,
                                86'400'000,
                                1'795'253'400'000,
                                1'795'253'400'000 + 3'600'000,
                                4'102'444'800'000,
                                253'402'300'800'000,
                                std::numeric_limits<int32_t>::max(),
                                std::numeric_limits<int32_t>::min(),
                                std::numeric_limits<uint32_t>::max(),
                                std::numeric_limits<int64_t>::max(),
                                std::numeric_limits<int64_t>::min()};

class Mutation {
 public:
  Mutation(uint32_t seed, MutateBytes bytes) : chance_(seed), bytes_(bytes) {}

  size_t Below(size_t end) { return chance_() % end; }

  std::string Bytes(std::string text, size_t size_max) {
    const size_t size = std::min(text.size(), size_max);
    text.resize(size_max);
    text.resize(bytes_(reinterpret_cast<uint8_t*>(text.data()), size, size_max));
    return text;
  }

  // One field somewhere in the message.
  void Change(Message& message, int depth = 0) {
    const auto& type = *message.GetDescriptor();
    if (type.field_count() == 0) return;
    const FieldDescriptor& field = Drawn(message);
    const auto& reflection = *message.GetReflection();
    const bool is_there = field.is_repeated() ? reflection.FieldSize(message, &field) > 0
                                              : reflection.HasField(message, &field);
    if (is_there && Below(8) == 0) return Less(message, field);
    if (field.is_repeated()) return ChangeRepeated(message, field, depth);
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Message& inner = *reflection.MutableMessage(&message, &field);
      if (depth < kDepthMax && (is_there || Below(2) == 0)) Change(inner, depth + 1);
      return;
    }
    ChangeOne(message, field);
  }

 private:
  // Rather one that is there: what is deep in a message is reached that way.
  const FieldDescriptor& Drawn(const Message& message) {
    std::vector<const FieldDescriptor*> there;
    message.GetReflection()->ListFields(message, &there);
    if (!there.empty() && Below(4) != 0) return *there[Below(there.size())];
    const auto& type = *message.GetDescriptor();
    return *type.field(static_cast<int>(Below(static_cast<size_t>(type.field_count()))));
  }

  void Less(Message& message, const FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    field.is_repeated() ? reflection.RemoveLast(&message, &field)
                        : reflection.ClearField(&message, &field);
  }

  void ChangeRepeated(Message& message, const FieldDescriptor& field, int depth) {
    const auto& reflection = *message.GetReflection();
    const int count = reflection.FieldSize(message, &field);
    const bool adds = count == 0 || Below(4) == 0;
    const int at = count == 0 ? 0 : static_cast<int>(Below(static_cast<size_t>(count)));
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      Message* inner = adds ? reflection.AddMessage(&message, &field)
                            : reflection.MutableRepeatedMessage(&message, &field, at);
      if (adds && count > 0 && Below(2) == 0) {  // The same once more.
        inner->CopyFrom(reflection.GetRepeatedMessage(message, &field, at));
      }
      if (depth < kDepthMax) Change(*inner, depth + 1);
      return;
    }
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      if (adds) return reflection.AddString(&message, &field, Text(field, ""));
      return reflection.SetRepeatedString(
          &message, &field, at, Text(field, reflection.GetRepeatedString(message, &field, at)));
    }
    AddNumber(message, field);
  }

  void AddNumber(Message& message, const FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    const int64_t number = Number(0);
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_UINT32:
        return reflection.AddUInt32(&message, &field, static_cast<uint32_t>(number));
      case FieldDescriptor::CPPTYPE_UINT64:
        return reflection.AddUInt64(&message, &field, static_cast<uint64_t>(number));
      case FieldDescriptor::CPPTYPE_INT64:
        return reflection.AddInt64(&message, &field, number);
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.AddEnumValue(&message, &field, Choice(field));
      default:
        return;
    }
  }

  void ChangeOne(Message& message, const FieldDescriptor& field) {
    const auto& reflection = *message.GetReflection();
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return reflection.SetString(&message, &field,
                                    Text(field, reflection.GetString(message, &field)));
      case FieldDescriptor::CPPTYPE_BOOL:
        return reflection.SetBool(&message, &field, !reflection.GetBool(message, &field));
      case FieldDescriptor::CPPTYPE_ENUM:
        return reflection.SetEnumValue(&message, &field, Choice(field));
      case FieldDescriptor::CPPTYPE_INT32:
        return reflection.SetInt32(&message, &field, static_cast<int32_t>(Number(0)));
      case FieldDescriptor::CPPTYPE_INT64:
        return reflection.SetInt64(&message, &field, Number(reflection.GetInt64(message, &field)));
      case FieldDescriptor::CPPTYPE_UINT32:
        return reflection.SetUInt32(&message, &field, static_cast<uint32_t>(Number(0)));
      case FieldDescriptor::CPPTYPE_UINT64:
        return reflection.SetUInt64(&message, &field,
                                    static_cast<uint64_t>(Number(static_cast<int64_t>(
                                        reflection.GetUInt64(message, &field)))));
      default:
        return;
    }
  }

  int64_t Number(int64_t now) {
    const auto one = static_cast<uint64_t>(Below(3)) - 1;
    if (Below(3) == 0) return static_cast<int64_t>(static_cast<uint64_t>(now) + one);
    const auto base = static_cast<uint64_t>(kNumbers[Below(std::size(kNumbers))]);
    return static_cast<int64_t>(Below(2) == 0 ? base : base + one);
  }

  int Choice(const FieldDescriptor& field) {
    const auto& type = *field.enum_type();
    if (Below(16) == 0) return static_cast<int>(Below(100));
    return type.value(static_cast<int>(Below(static_cast<size_t>(type.value_count()))))->number();
  }

  // One character stands for an id that the target knows.
  std::string Text(const FieldDescriptor& field, std::string text) {
    constexpr std::string_view kIds = "0123456789abcdefghijklmnop";
    if (field.type() == FieldDescriptor::TYPE_STRING && Below(3) == 0) {
      return std::string(1, kIds[Below(kIds.size())]);
    }
    return Bytes(std::move(text), kTextMax);
  }

  std::minstd_rand chance_;
  MutateBytes bytes_;
};

std::string MutatedOne(const Shape& shape, std::string input, size_t size_max, Mutation& mutation) {
  const size_t header_bytes = std::min(shape.header, input.size());
  std::string header = input.substr(0, header_bytes);
  if (!header.empty() && mutation.Below(8) == 0) {
    header[mutation.Below(header.size())] = static_cast<char>(mutation.Below(256));
    return header + input.substr(header_bytes);
  }
  const Message* type = shape.type == nullptr ? nullptr : shape.type(header);
  if (type != nullptr && header_bytes == shape.header && mutation.Below(8) != 0) {
    const std::unique_ptr<Message> message(type->New());
    if (message->ParsePartialFromString(input.substr(header_bytes))) {
      for (size_t changes = 1 + mutation.Below(3); changes > 0; --changes) {
        mutation.Change(*message);
      }
      std::string changed = header + message->SerializePartialAsString();
      if (changed.size() <= size_max) return changed;
    }
  }
  return mutation.Bytes(std::move(input), size_max);
}

}  // namespace

std::string Mutated(const Shape& shape, std::string input, size_t size_max, uint32_t seed,
                    MutateBytes bytes) {
  Mutation mutation(seed, bytes);
  if (!shape.many) return MutatedOne(shape, std::move(input), size_max, mutation);
  std::vector<std::string> pieces;
  for (const std::string_view piece : Pieces(input)) pieces.emplace_back(piece);
  if (pieces.empty() || mutation.Below(16) == 0) return mutation.Bytes(std::move(input), size_max);
  const size_t at = mutation.Below(pieces.size());
  switch (mutation.Below(8)) {
    case 0:
      pieces.insert(pieces.begin() + static_cast<ptrdiff_t>(at), pieces[at]);
      break;
    case 1:
      std::swap(pieces[at], pieces[mutation.Below(pieces.size())]);
      break;
    case 2:
      if (pieces.size() > 1) pieces.erase(pieces.begin() + static_cast<ptrdiff_t>(at));
      break;
    default:
      pieces[at] = MutatedOne(shape, std::move(pieces[at]), size_max, mutation);
  }
  std::string changed = Joined(pieces);
  changed.resize(std::min(changed.size(), size_max));
  return changed;
}

}  // namespace samenspel::fuzz
