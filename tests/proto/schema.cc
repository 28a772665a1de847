// SPDX-License-Identifier: EUPL-1.2
#include "tests/proto/schema.h"

#include <functional>
#include <set>

#include "proto/common/v1/options.pb.h"

namespace samenspel::schema {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

bool IsSealed(const FieldDescriptor& field) {
  return field.name() == "private" || field.name() == "secret";
}

// Every field that is reached from `roots`, each message once.
void Walk(const Roots& roots, bool into_sealed,
          const std::function<void(const FieldDescriptor&)>& visit) {
  Roots open = roots;
  std::set<const Descriptor*> seen(open.begin(), open.end());
  while (!open.empty()) {
    const Descriptor* message = open.back();
    open.pop_back();
    for (int i = 0; i < message->field_count(); ++i) {
      const FieldDescriptor& field = *message->field(i);
      visit(field);
      if (field.type() != FieldDescriptor::TYPE_MESSAGE) continue;
      if (IsSealed(field) && !into_sealed) continue;
      if (seen.insert(field.message_type()).second) open.push_back(field.message_type());
    }
  }
}

void CollectFiles(const FileDescriptor& file, std::set<const FileDescriptor*>& files) {
  if (file.name().starts_with("google/") || !files.insert(&file).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) CollectFiles(*file.dependency(i), files);
}

}  // namespace

std::vector<std::string> UnmarkedTexts(const Roots& roots) {
  std::vector<std::string> faults;
  Walk(roots, false, [&](const FieldDescriptor& field) {
    const bool text = field.cpp_type() == FieldDescriptor::CPPTYPE_STRING;
    const bool marked =
        field.options().GetExtension(common::v1::content) != common::v1::CONTENT_UNSPECIFIED;
    if (IsSealed(field) && field.type() != FieldDescriptor::TYPE_MESSAGE) {
      faults.push_back(field.full_name() + " is no message");
    } else if (text && !marked) {
      faults.push_back(field.full_name() + " does not say what it holds");
    }
  });
  return faults;
}

std::vector<std::string> UnstableFields(const Roots& roots) {
  std::vector<std::string> faults;
  Walk(roots, true, [&](const FieldDescriptor& field) {
    if (field.is_map()) faults.push_back(field.full_name() + " is a map");
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE ||
        field.cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) {
      faults.push_back(field.full_name() + " is no whole number");
    }
  });
  return faults;
}

std::vector<std::string> EnumsWithoutUnspecified(const Roots& roots) {
  std::vector<std::string> faults;
  std::set<const EnumDescriptor*> seen;
  Walk(roots, true, [&](const FieldDescriptor& field) {
    const EnumDescriptor* type = field.enum_type();
    if (type == nullptr || !seen.insert(type).second) return;
    const auto& first = *type->value(0);
    if (first.number() != 0 || !first.name().ends_with("_UNSPECIFIED")) {
      faults.push_back(type->full_name() + " does not begin with UNSPECIFIED");
    }
  });
  return faults;
}

std::vector<std::string> KindsWithoutPolicy(const Descriptor& request) {
  std::vector<std::string> faults;
  for (int i = 0; i < request.field_count(); ++i) {
    const FieldDescriptor& kind = *request.field(i);
    if (kind.containing_oneof() == nullptr || kind.message_type() == nullptr) {
      faults.push_back(kind.full_name() + " is no kind");
      continue;
    }
    const auto& policy = kind.message_type()->options().GetExtension(common::v1::policy);
    const bool somebody = policy.roles_size() > 0 && policy.purposes_size() > 0;
    if (policy.internal() == somebody) {
      faults.push_back(kind.full_name() + " does not say who may send it");
    }
  }
  return faults;
}

google::protobuf::FileDescriptorSet FilesOf(const Roots& roots) {
  std::set<const FileDescriptor*> files;
  for (const Descriptor* root : roots) CollectFiles(*root->file(), files);
  google::protobuf::FileDescriptorSet set;
  for (const FileDescriptor* file : files) file->CopyTo(set.add_file());
  return set;
}

}  // namespace samenspel::schema
