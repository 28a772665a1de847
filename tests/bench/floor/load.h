// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/bench/floor/pipe.h"
#include "tests/bench/loop/closed_loop.h"

namespace samenspel::bench::floor_pipe {

/// Each client: submit; await meeting; await both entries at audit; one after the other, as
/// samenspel-load does.
int RunLoad(const LoopOptions& options, const PipeConfig& config);

}  // namespace samenspel::bench::floor_pipe
