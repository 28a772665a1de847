// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace samenspel::base {

/// From now on no crash of this process, nor of one that it starts, leaves its memory in a file:
/// families' words and keys stand in it.
void ForbidCoreDumps();

}  // namespace samenspel::base
