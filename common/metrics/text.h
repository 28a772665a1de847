// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "common/base/instant.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::metrics {

/// A daemon's status as Prometheus text (exposition format 0.0.4): version, uptime, journal, how
/// far it follows and is followed, and every counter of the service. Names begin with "samenspel_",
/// each sample carries the label `service`. Codes and numbers only: nothing of a family, a case or
/// a person stands in a metric (docs/operations.md lists them).
std::string MetricsText(const common::v1::ServiceStatus& status, base::Instant now);

}  // namespace samenspel::metrics
