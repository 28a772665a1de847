// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/repeated_field.h>

#include <string>

#include "clients/samenspel/commands/commands.h"
#include "proto/escalation/v1/requests.pb.h"

namespace samenspel::cli {

/// An alarm in words: what it is, since when, who is asked now, who has seen it, who is next.
std::string AlarmText(const Context& context, const escalation::v1::Alarm& alarm);
Json AlarmJson(const escalation::v1::Alarm& alarm);

/// One after another, a blank line between them.
std::string AlarmsText(const Context& context,
                       const google::protobuf::RepeatedPtrField<escalation::v1::Alarm>& alarms);
Json AlarmsJson(const google::protobuf::RepeatedPtrField<escalation::v1::Alarm>& alarms);

}  // namespace samenspel::cli
