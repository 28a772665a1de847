// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <string>

#include "common/base/entropy.h"
#include "common/base/instant.h"
#include "common/bus/client.h"
#include "common/daemon/repair.h"

namespace samenspel::daemon {

/// Copies asked of a running audit, as the service whose journal it is
/// (proto/common/v1/copies.proto).
///   service  "intake"; the client's key must be that of "svc_intake"
std::unique_ptr<CopySource> CopiesOfAudit(std::string service, std::unique_ptr<bus::Client> client,
                                          base::Entropy& entropy, base::Instant now);

}  // namespace samenspel::daemon
