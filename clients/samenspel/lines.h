// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/repeated_field.h>

#include <cstdint>
#include <string>

#include "clients/samenspel/commands/commands.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// How long until `ms`, or how long past it: "2 h left", "15 min over". Empty for 0.
std::string LeftText(const Context& context, int64_t ms);
/// The instant with that behind it: "Sat 21 Nov 20:45 (+01:00), 15 min over".
std::string DueText(const Context& context, int64_t ms);

/// A person or organisation by id, "you" when it is the user. `-` for none.
std::string PersonText(const Context& context, const std::string& id);
/// The same for a column of a table: the end of an id is enough to tell people apart.
std::string ShortPerson(const Context& context, const std::string& id);

/// What must be done first, and by when; 0: nothing has a term. Of a red report the first step for
/// the child (P.01), then the meeting.
int64_t NextDue(const intake::v1::ReportLine& line);

/// What a line of a queue is about, in one or two words: "to claim", "no first step".
std::string StateText(const Context& context, const intake::v1::ReportLine& line);

using ReportLines = google::protobuf::RepeatedPtrField<intake::v1::ReportLine>;

/// A table of at most 100 columns: case, colour, received, term, owner, state.
std::string ReportsText(const Context& context, const ReportLines& lines);
Json ReportsJson(const ReportLines& lines);
Json ReportLineJson(const intake::v1::ReportLine& line);

}  // namespace samenspel::cli
