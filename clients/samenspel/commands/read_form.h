// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "clients/samenspel/commands/commands.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// Fills `form` from the file that the command line names; "-" is standard input. False: it cannot
/// be read, and the user has been told where it is wrong.
bool ReadFormOf(Context& context, intake::v1::SubmitReport& form);

/// All of that file, at most a byte more than `most`.
base::Result<std::string> ReadSource(const Context& context, size_t most);

}  // namespace samenspel::cli
