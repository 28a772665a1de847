// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <vector>

#include "clients/samenspel/table.h"
#include "proto/escalation/v1/requests.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"
#include "tests/clients/samenspel/fake_world.h"

namespace samenspel::cli {

inline constexpr char kDailyReport[] = "rpt_00000000000000000000000007";
inline constexpr char kDailyCase[] = "2026-004711-J";
inline constexpr char kColleague[] = "pro_0000000000000000000000000a";
inline constexpr char kDesk[] = "org_00000000000000000000000003";
inline constexpr int64_t kMinuteMs = 60'000;

/// The fake world's clock as it starts: Saturday 21 November 2026, 20:45 in Amsterdam.
int64_t NowMs();

/// A red report that came in five minutes ago: nobody holds the child, five minutes are left.
intake::v1::ReportLine RedLine();
/// An amber one that anybody of the desk may claim.
intake::v1::ReportLine AmberLine();

/// Somebody of the roster who acts for an organisation.
meeting::v1::RosterLine InRoster(const std::string& id, const std::string& name);
/// Meeting answers with these people and one organisation, `kDesk`, of which they are; the other
/// services with `response`.
void WithRoster(FakeWorld& world, const std::vector<meeting::v1::RosterLine>& people,
                const google::protobuf::Message& response);

/// Every call gets this answer.
void Answering(FakeWorld& world, const google::protobuf::Message& response);
void Answering(FakeWorld& world, common::v1::Status status, const std::string& code,
               const std::string& field = "");

intake::v1::Request IntakeRequest(const FakeWorld& world, size_t at = 0);

}  // namespace samenspel::cli
