// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "common/bus/registry.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::battery {

/// Who there is, by a short name: "a_sender" works at the desk of organisation "a". Until they are
/// cast otherwise everybody has the roles, the organisation and the key that their work asks for.
///   a  took most reports      b  is asked to take some over      c  has a desk, and no part
///   d  sends people to tables, m  is the municipality
std::string IdOf(std::string_view name);
std::string OrganisationOf(std::string_view letter);
/// The name of a principal or organisation, for people to read; services keep their id.
std::string NameOf(const std::string& id);

/// Everybody, the four services included.
std::vector<bus::Principal> NaturalCast();
/// Those who are never cast otherwise: services, and "x_fixed", to whom others hand over.
bool IsFixed(const std::string& id);
/// Whose key was never in any registry.
inline constexpr std::string_view kNobody = "u_never";

/// What a region manager loads before anybody works: all organisations and people, on duty.
std::vector<meeting::v1::Request> Roster(base::Instant from, base::Instant until);

inline constexpr const char* kRoles[] = {"desk_worker",     "table_member", "duty_manager",
                                         "region_manager",  "operator",     "auditor",
                                         "privacy_officer", "service"};
inline constexpr const char* kOrganisations[] = {"a", "b", "c", "d", "m"};

}  // namespace samenspel::battery
