// SPDX-License-Identifier: EUPL-1.2
#include <map>

#include "tests/proto/schema.h"

namespace samenspel::schema {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorSet;

// Messages and enums by full name. Copies, since a caller may hold only a temporary set.
struct Names {
  std::map<std::string, DescriptorProto> messages;
  std::map<std::string, EnumDescriptorProto> enums;

  void Add(const std::string& scope, const DescriptorProto& message) {
    const std::string name = scope + "." + message.name();
    messages[name] = message;
    for (const DescriptorProto& nested : message.nested_type()) Add(name, nested);
    for (const EnumDescriptorProto& nested : message.enum_type()) {
      enums[name + "." + nested.name()] = nested;
    }
  }
};

Names NamesIn(const FileDescriptorSet& set) {
  Names names;
  for (const auto& file : set.file()) {
    for (const DescriptorProto& message : file.message_type()) names.Add(file.package(), message);
    for (const EnumDescriptorProto& one : file.enum_type()) {
      names.enums[file.package() + "." + one.name()] = one;
    }
  }
  return names;
}

std::string OneofOf(const DescriptorProto& message, const FieldDescriptorProto& field) {
  return field.has_oneof_index() ? message.oneof_decl(field.oneof_index()).name() : "";
}

const FieldDescriptorProto* FieldNamed(const DescriptorProto& message, const std::string& name) {
  for (const FieldDescriptorProto& field : message.field()) {
    if (field.name() == name) return &field;
  }
  return nullptr;
}

void CompareFields(const std::string& name, const DescriptorProto& before,
                   const DescriptorProto& now, std::vector<std::string>& faults) {
  for (const FieldDescriptorProto& old : before.field()) {
    const std::string path = name + "." + old.name();
    const FieldDescriptorProto* field = FieldNamed(now, old.name());
    if (field == nullptr) {
      faults.push_back(path + " is gone");
      continue;
    }
    if (field->number() != old.number()) faults.push_back(path + " has another number");
    if (field->type() != old.type() || field->type_name() != old.type_name()) {
      faults.push_back(path + " has another type");
    }
    if (field->label() != old.label() || field->proto3_optional() != old.proto3_optional()) {
      faults.push_back(path + " has another label");
    }
    if (OneofOf(now, *field) != OneofOf(before, old)) faults.push_back(path + " moved in a oneof");
  }
}

void CompareValues(const std::string& name, const EnumDescriptorProto& before,
                   const EnumDescriptorProto& now, std::vector<std::string>& faults) {
  std::map<std::string, int> numbers;
  for (const auto& value : now.value()) numbers[value.name()] = value.number();
  for (const auto& old : before.value()) {
    const auto found = numbers.find(old.name());
    if (found == numbers.end()) {
      faults.push_back(name + "." + old.name() + " is gone");
    } else if (found->second != old.number()) {
      faults.push_back(name + "." + old.name() + " has another number");
    }
  }
}

}  // namespace

std::vector<std::string> Incompatibilities(const FileDescriptorSet& released,
                                           const FileDescriptorSet& now) {
  std::vector<std::string> faults;
  const Names before = NamesIn(released);
  const Names after = NamesIn(now);
  for (const auto& [name, message] : before.messages) {
    const auto found = after.messages.find(name);
    if (found == after.messages.end()) {
      faults.push_back(name + " is gone");
    } else {
      CompareFields(name, message, found->second, faults);
    }
  }
  for (const auto& [name, type] : before.enums) {
    const auto found = after.enums.find(name);
    if (found == after.enums.end()) {
      faults.push_back(name + " is gone");
    } else {
      CompareValues(name, type, found->second, faults);
    }
  }
  return faults;
}

}  // namespace samenspel::schema
