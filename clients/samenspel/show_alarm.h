// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/repeated_field.h>

#include <string>

#include "clients/samenspel/commands/commands.h"
#include "proto/escalation/v1/requests.pb.h"

namespace samenspel::cli {

using Alarms = google::protobuf::RepeatedPtrField<escalation::v1::Alarm>;

/// Whether it rings and the user is or was asked; and whether they have not said yet that they are
/// at it.
bool AsksMe(const Context& context, const escalation::v1::Alarm& alarm);
bool WaitsForMe(const Context& context, const escalation::v1::Alarm& alarm);

/// An alarm in words: what it is, what to type so that it ends, since when, who is asked now, who
/// has seen it, who is next.
std::string AlarmText(const Context& context, const escalation::v1::Alarm& alarm);
Json AlarmJson(const escalation::v1::Alarm& alarm);

/// Two lines for each, the most urgent first, no wider than the terminal; then what to type. The
/// last of the two says who is at it and whom it waits for.
std::string AlarmsText(const Context& context, const Alarms& alarms);
Json AlarmsJson(const Alarms& alarms);

}  // namespace samenspel::cli
