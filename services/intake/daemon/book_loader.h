// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "common/base/result.h"
#include "common/store/store.h"
#include "services/intake/daemon/desk_book.h"

namespace samenspel::intake {

/// Fills the desk book from what is stored: every report that waits, with its case, every case that
/// was ever opened by break-glass, and the colours of all reports.
/// kCorrupt: one of their rows, or of any report, cannot be read.
base::Status LoadBook(const store::Store& store, DeskBook& book);

}  // namespace samenspel::intake
