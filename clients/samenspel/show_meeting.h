// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/known_lines.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {

/// A meeting in words: when, each seat with what it brings and why it is asked for (P.20, P.21),
/// who chairs and keeps notes, how to join (P.03), and the seats that stay empty with the cause.
///   term_ms  by when it must start, which intake knows; 0: not known. A later start is said.
std::string MdoText(const Context& context, const meeting::v1::Mdo& mdo, int64_t term_ms = 0);
Json MdoJson(const meeting::v1::Mdo& mdo);

/// Whether the user has a seat in it that waits for their yes.
bool WaitsForMe(const Context& context, const meeting::v1::Mdo& mdo);

/// A table of at most 100 columns: case, colour, when, state. What there is more to say of a
/// meeting stands below it: that it starts after its term, that it is about to begin and not
/// everybody said yes.
std::string MdosText(const Context& context,
                     const google::protobuf::RepeatedPtrField<meeting::v1::Mdo>& mdos,
                     const TableTerms& terms = {});
Json MdosJson(const google::protobuf::RepeatedPtrField<meeting::v1::Mdo>& mdos);

}  // namespace samenspel::cli
