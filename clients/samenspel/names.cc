// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/names.h"

#include <algorithm>
#include <vector>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/session.h"
#include "common/base/ids.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr base::milliseconds kPatience{1000};
constexpr size_t kAtOnce = 200;  // As many as meeting answers in one go.

void CollectFrom(const Message& message, const FieldDescriptor& field, std::set<std::string>& ids) {
  const Reflection& reflection = *message.GetReflection();
  const int count = field.is_repeated() ? reflection.FieldSize(message, &field) : 1;
  for (int i = 0; i < count; ++i) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      CollectIds(field.is_repeated() ? reflection.GetRepeatedMessage(message, &field, i)
                                     : reflection.GetMessage(message, &field),
                 ids);
    } else if (field.type() == FieldDescriptor::TYPE_STRING) {
      const std::string text = field.is_repeated()
                                   ? reflection.GetRepeatedString(message, &field, i)
                                   : reflection.GetString(message, &field);
      if (base::IsId("pro", text) || base::IsId("org", text)) ids.insert(text);
    }
  }
}

// Whether it was answered; a service that is away is not asked again.
bool Fetch(Context& context, Session& session, const meeting::v1::Request& request) {
  const Heard heard = session.Call("meeting", session.EnvelopeOf(request), kPatience);
  meeting::v1::Response response;
  if (!heard.ok() || !response.ParseFromString(heard.reply.response())) return false;
  for (const auto& named : response.names_shown().names()) {
    context.names[named.id()] = named.name();
    context.phones[named.id()] = named.phone();
  }
  return true;
}

}  // namespace

void CollectIds(const Message& message, std::set<std::string>& ids) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) CollectFrom(message, *field, ids);
}

void LearnNames(Context& context, Session& session, const Message& answer) {
  std::set<std::string> ids;
  CollectIds(answer, ids);
  LearnNames(context, session, std::move(ids));
}

void LearnNames(Context& context, Session& session, std::set<std::string> ids) {
  if (context.printer.json()) return;
  ids.erase(context.settings.principal);
  std::erase_if(ids, [&](const std::string& id) { return context.names.contains(id); });
  meeting::v1::Request request;
  for (auto id = ids.begin(); id != ids.end();) {
    auto& asked = *request.mutable_show_names();
    asked.clear_ids();
    for (size_t i = 0; i < kAtOnce && id != ids.end(); ++i, ++id) asked.add_ids(*id);
    if (!Fetch(context, session, request)) return;
  }
  // Whoever is not registered is not asked for again, by a list that draws itself anew.
  for (const std::string& id : ids) context.names.try_emplace(id);
}

}  // namespace samenspel::cli
