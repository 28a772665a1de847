// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>

#include "clients/samenspel/commands/commands.h"
#include "common/base/instant.h"

namespace samenspel::cli {

struct Times {
  base::Instant from;
  base::Instant until;
};

/// --from and --until; without the first now, without the second `usual` later. Nothing: one of
/// them is no time, or the end is not after the start.
std::optional<Times> TimesOf(const Context& context, base::milliseconds usual);

ExitCode RefuseTimes(Context& context);

}  // namespace samenspel::cli
