// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/proto/schema.h"

namespace samenspel::schema {

/// Request of each service.
Roots Requests();
/// Event of each service.
Roots Events();
/// All that goes over the wire or into a journal: the public contract.
Roots Contract();
/// All messages of the services' own state.
Roots States();

}  // namespace samenspel::schema
