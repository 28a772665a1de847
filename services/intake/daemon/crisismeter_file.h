// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "services/intake/domain/crisismeter.h"

namespace samenspel::intake {

/// Reads crisismeter.toml (docs/formats/crisismeter.md). Refused with file and line: unknown keys,
/// missing texts in either language, whatever crisismeter_check.h finds, more than 48 KiB.
/// A file without [[domain]] has the form of before there were domains and weights: it is read as
/// it was then, each of its indicators being direct.
base::Result<Crisismeter> ParseCrisismeter(std::string_view toml, const std::string& name);

}  // namespace samenspel::intake
