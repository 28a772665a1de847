// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>

#include "proto/escalation/v1/events.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"

namespace samenspel::escalation {

/// The report that an event is about; empty: it changes nothing in what is known of any report.
std::string ReportOf(const intake::v1::Event& event);
std::string ReportOf(const meeting::v1::Event& event);

/// Takes over what an event says of its report. Intake and meeting may be heard in either order.
void Apply(v1::ReportCopied& copy, const intake::v1::Event& event);
void Apply(v1::ReportCopied& copy, const meeting::v1::Event& event);

}  // namespace samenspel::escalation
