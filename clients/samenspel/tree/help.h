// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "clients/samenspel/texts.h"
#include "clients/samenspel/tree/walk.h"

namespace samenspel::cli {

/// What a node of the tree does and takes, in the user's language; no line is wider than `columns`.
std::string HelpText(const Texts& texts, const Node& node, size_t columns);

/// What an option or operand is for, with the values that it takes.
std::string WordsOf(const Texts& texts, const Described& one);

}  // namespace samenspel::cli
