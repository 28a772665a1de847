// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>

#include "clients/samenspel/screen.h"

namespace samenspel::cli {

/// The terminal of this process, by ncurses. Null when it is of a kind that ncurses does not know.
std::unique_ptr<Screen> OpenCursesScreen();

}  // namespace samenspel::cli
