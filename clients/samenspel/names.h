// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/message.h>

#include <map>
#include <set>
#include <string>

namespace samenspel::cli {

struct Context;
class Session;

/// What persons and organisations are called, by id, or their telephone numbers; empty: not
/// registered.
using Names = std::map<std::string, std::string>;

/// Asks meeting, who keeps the roster, what the persons and organisations in `answer` are called
/// and how their organisation is reached (P.06), once for each. Names are a comfort: when meeting
/// is away or says no, ids are shown instead, and nobody waits longer than a second for them.
/// Nothing is asked for --json, which shows ids.
void LearnNames(Context& context, Session& session, const google::protobuf::Message& answer);
void LearnNames(Context& context, Session& session, std::set<std::string> ids);

/// The ids of persons and organisations anywhere in `message`, added to `ids`.
void CollectIds(const google::protobuf::Message& message, std::set<std::string>& ids);

}  // namespace samenspel::cli
