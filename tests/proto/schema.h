// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <string>
#include <vector>

namespace samenspel::schema {

/// What breaks the schema rules in these messages and all that they hold, one sentence
/// each.
using Roots = std::vector<const google::protobuf::Descriptor*>;

/// Text outside `private` and `secret` that does not say why it is free of persons; a field of
/// those names that is no message.
std::vector<std::string> UnmarkedTexts(const Roots& roots);
/// Maps, floats and doubles, in `private` and `secret` too: they have no one encoding.
std::vector<std::string> UnstableFields(const Roots& roots);
/// Enums that do not begin with a value ..._UNSPECIFIED = 0.
std::vector<std::string> EnumsWithoutUnspecified(const Roots& roots);
/// Kinds of a Request that do not say who may send them.
std::vector<std::string> KindsWithoutPolicy(const google::protobuf::Descriptor& request);

/// The files of these messages and what they import, libraries left out.
google::protobuf::FileDescriptorSet FilesOf(const Roots& roots);

/// What a reader or writer of `released` would stumble over in `now`: removed or changed fields,
/// kinds, messages, enum values. Additions are none.
std::vector<std::string> Incompatibilities(const google::protobuf::FileDescriptorSet& released,
                                           const google::protobuf::FileDescriptorSet& now);

}  // namespace samenspel::schema
