// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/json_form.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <limits>
#include <set>

namespace samenspel::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using Kind = JsonValue::Kind;
using Wrong = std::optional<FormError>;

FormError Error(std::string code, std::string path) {
  return {.code = std::move(code), .path = std::move(path)};
}

const FieldDescriptor* FieldOf(const Descriptor& type, const std::string& name) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (field->name() == name || field->json_name() == name) return field;
  }
  return nullptr;
}

FormError UnknownField(const Descriptor& type, const std::string& path) {
  FormError error = Error("unknown_field", path);
  for (int i = 0; i < type.field_count(); ++i) {
    error.known += (i == 0 ? "" : ", ") + type.field(i)->json_name();
  }
  return error;
}

// The first value says that nothing was chosen.
FormError UnknownChoice(const google::protobuf::EnumDescriptor& type, const std::string& path) {
  FormError error = Error("unknown_enum", path);
  for (int i = 1; i < type.value_count(); ++i) {
    error.known += (i == 1 ? "" : ", ") + type.value(i)->name();
  }
  return error;
}

// Sets, or adds to, one field of a message.
class Slot {
 public:
  Slot(Message& message, const FieldDescriptor& field)
      : message_(message), field_(field), reflection_(*message.GetReflection()) {}

  Message& Child() {
    return field_.is_repeated() ? *reflection_.AddMessage(&message_, &field_)
                                : *reflection_.MutableMessage(&message_, &field_);
  }
  void Text(std::string text) {
    if (field_.is_repeated()) {
      reflection_.AddString(&message_, &field_, std::move(text));
    } else {
      reflection_.SetString(&message_, &field_, std::move(text));
    }
  }
  void Flag(bool flag) {
    if (field_.is_repeated()) {
      reflection_.AddBool(&message_, &field_, flag);
    } else {
      reflection_.SetBool(&message_, &field_, flag);
    }
  }
  void Enum(int number) {
    if (field_.is_repeated()) {
      reflection_.AddEnumValue(&message_, &field_, number);
    } else {
      reflection_.SetEnumValue(&message_, &field_, number);
    }
  }
  const FieldDescriptor& field() const { return field_; }

 private:
  Message& message_;
  const FieldDescriptor& field_;
  const google::protobuf::Reflection& reflection_;
};

Wrong FillMessage(JsonValue& value, const std::string& path, Message& message);

Wrong FillEnum(const JsonValue& value, const std::string& path, Slot slot) {
  const auto* type = slot.field().enum_type();
  const google::protobuf::EnumValueDescriptor* found = nullptr;
  if (value.kind == Kind::kText) {
    found = type->FindValueByName(value.text);
  } else if (value.kind != Kind::kNumber) {
    return Error("wrong_type", path);
  } else if (value.whole && value.number >= 0 && value.number <= std::numeric_limits<int>::max()) {
    found = type->FindValueByNumber(static_cast<int>(value.number));
  }
  if (found == nullptr) return UnknownChoice(*type, path);
  slot.Enum(found->number());
  return std::nullopt;
}

Wrong FillOne(JsonValue& value, const std::string& path, Slot slot) {
  switch (slot.field().cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (value.kind != Kind::kObject) return Error("wrong_type", path);
      return FillMessage(value, path, slot.Child());
    case FieldDescriptor::CPPTYPE_STRING:
      if (value.kind != Kind::kText || slot.field().type() != FieldDescriptor::TYPE_STRING) {
        return Error("wrong_type", path);
      }
      if (value.text.size() > kTextMax) return Error("text_too_long", path);
      slot.Text(std::move(value.text));
      return std::nullopt;
    case FieldDescriptor::CPPTYPE_BOOL:
      if (value.kind != Kind::kBool) return Error("wrong_type", path);
      slot.Flag(value.flag);
      return std::nullopt;
    case FieldDescriptor::CPPTYPE_ENUM:
      return FillEnum(value, path, slot);
    default:  // No form has numbers or bytes; one that gets them must be taught here.
      return Error("wrong_type", path);
  }
}

Wrong FillField(JsonValue& value, const std::string& path, Slot slot) {
  if (!slot.field().is_repeated()) return FillOne(value, path, slot);
  if (value.kind != Kind::kList) return Error("wrong_type", path);
  for (size_t i = 0; i < value.items.size(); ++i) {
    if (auto wrong = FillOne(value.items[i], ItemPath(path, i), slot)) return wrong;
  }
  return std::nullopt;
}

Wrong FillMessage(JsonValue& value, const std::string& path, Message& message) {
  const Descriptor& type = *message.GetDescriptor();
  std::set<const FieldDescriptor*> seen;
  for (auto& [name, member] : value.members) {
    const FieldDescriptor* field = FieldOf(type, name);
    if (field == nullptr) return UnknownField(type, path);
    const std::string here = MemberPath(path, field->name());
    if (!seen.insert(field).second) return Error("duplicate_key", here);
    if (auto wrong = FillField(member, here, Slot(message, *field))) return wrong;
  }
  return std::nullopt;
}

// A path may hold a name that the form does not know, and so anything: keep the part that we know.
std::string KnownPart(const std::string& path, const Descriptor& root) {
  const Descriptor* type = &root;
  std::string known;
  size_t at = 0;
  while (type != nullptr && at < path.size()) {
    const size_t end = std::min(path.find('.', at), path.size());
    const std::string part = path.substr(at, end - at);
    const std::string name = part.substr(0, part.find('['));
    const std::string index = part.substr(name.size());
    const FieldDescriptor* field = FieldOf(*type, name);
    if (field == nullptr || index.find_first_not_of("[]0123456789") != std::string::npos) break;
    known = MemberPath(known, field->name() + index);
    type = field->message_type();
    at = end + 1;
  }
  return known;
}

}  // namespace

Wrong ReadForm(std::string_view json, Message& message) {
  if (json.size() > kFormMax) return Error("request_too_large", "");
  auto read = ReadJson(json);
  if (auto* error = std::get_if<FormError>(&read)) {
    error->path = KnownPart(error->path, *message.GetDescriptor());
    return std::move(*error);
  }
  JsonValue& root = std::get<JsonValue>(read);
  if (root.kind != Kind::kObject) return Error("wrong_type", "");
  return FillMessage(root, "", message);
}

}  // namespace samenspel::cli
