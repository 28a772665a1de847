// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>

#include "common/bus/client.h"
#include "proto/common/v1/envelope.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::support {

/// An envelope with a request id of its own and nothing asked yet.
common::v1::Envelope NewEnvelope(std::string_view purpose = "child_safety");
/// One that asks `request`, a Request of a service.
common::v1::Envelope EnvelopeOf(const google::protobuf::Message& request,
                                std::string_view purpose = "child_safety");

/// The `number`th red report of a series about invented families.
intake::v1::Request RedReport(uint64_t number);
intake::v1::Request ShowReport(const std::string& report);
meeting::v1::Request ShowMdo(const std::string& mdo);

/// The answer; a test failure and an empty reply when none comes.
common::v1::Reply Ask(bus::Client& client, const common::v1::Envelope& envelope);
/// The next reply of whatever was sent.
common::v1::Reply NextReply(bus::Client& client);
/// What intake answered to a report that it took.
intake::v1::ReportReceived ReceivedIn(const common::v1::Reply& reply);

/// The entry of `by` that `cause` led to, as soon as it is durable at this service.
common::v1::Ref Await(bus::Client& client, const common::v1::Ref& cause, std::string_view by);

common::v1::ServiceStatus StatusOf(bus::Client& client);

/// "code field" of each reason, joined by "; ".
std::string Reasons(const common::v1::Reply& reply);

}  // namespace samenspel::support
