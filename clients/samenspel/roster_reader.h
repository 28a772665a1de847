// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clients/demo/region.h"
#include "clients/samenspel/session.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {

/// What meeting has of the roster, all pages of it.
struct KnownRoster {
  std::vector<meeting::v1::RosterLine> lines;
  std::map<std::string, meeting::v1::Organisation> organisations;  ///< Those of the lines, by id.
};

/// Asks page after page. The first answer that is no goes to `failed`.
///   wait  for each page; 0: as long as the settings say
KnownRoster FetchRoster(Session& session, meeting::v1::ShowRoster request,
                        std::optional<Heard>& failed, base::milliseconds wait = {});

/// Of `roster` what meeting does not have so. Whose deputy is new as well stands in `deputies`
/// again with the deputy, for when both are known.
///   known  all that meeting has, without bounds of time
demo::Region Differences(const demo::Region& roster, const KnownRoster& known);

}  // namespace samenspel::cli
