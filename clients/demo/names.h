// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "clients/demo/random.h"

namespace samenspel::demo {

/// Invented names from lists of several backgrounds, as a Dutch city has them. Any likeness to a
/// person is chance.
std::string FirstName(Random& random);
std::string FamilyName(Random& random);
std::string FullName(Random& random);

/// An invented street in an invented town.
std::string Address(Random& random);

}  // namespace samenspel::demo
