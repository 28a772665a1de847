// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/repeated_field.h>

#include <string>

#include "clients/samenspel/commands/commands.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

using OpeningLines = google::protobuf::RepeatedPtrField<intake::v1::OpeningLine>;

/// Break-glass openings that wait for a review: who, when, why, and what to type.
std::string OpeningsText(const Context& context, const OpeningLines& openings);
Json OpeningsJson(const OpeningLines& openings);

}  // namespace samenspel::cli
