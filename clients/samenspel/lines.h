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

/// What a person or organisation is called, or their id when that was not learned; "you" when it is
/// the user. `-` for none.
std::string PersonText(const Context& context, const std::string& id);
/// The same for a column of a table: a long name is cut, the end of an id is enough to tell people
/// apart.
std::string ShortPerson(const Context& context, const std::string& id);

/// By when the next thing must be done; 0: nothing has a term any more. The soonest of what was not
/// done yet: the first step for the child (P.01), planning the meeting, the meeting itself or the
/// settling, confirming the colour (P.17). Intake orders its lists by the same rule (NextDueMs in
/// services/intake/domain/lists.h), so that a list by term reads from top to bottom.
int64_t NextDue(const intake::v1::ReportLine& line);

/// "■ starts 11 h after the term"; empty when a table starts in time, or has no term.
std::string LateText(const Context& context, int64_t starts_at_ms, int64_t term_ms);

/// What a line of a queue is about, in a few words: "to claim", "no first step". A provisional red
/// without a first step asks for both.
std::string StateText(const Context& context, const intake::v1::ReportLine& line);

using ReportLines = google::protobuf::RepeatedPtrField<intake::v1::ReportLine>;

/// A table of at most 100 columns: case, colour, received, term, owner, state.
std::string ReportsText(const Context& context, const ReportLines& lines);
Json ReportsJson(const ReportLines& lines);
Json ReportLineJson(const intake::v1::ReportLine& line);

}  // namespace samenspel::cli
