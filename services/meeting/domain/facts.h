// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "common/base/instant.h"
#include "proto/common/v1/envelope.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/state/state.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "services/meeting/domain/planner.h"

namespace samenspel::meeting {

/// Who asked, and when. Filled in by the daemon, never by the sender.
struct Stamp {
  base::Instant received_at{};
  std::string actor;
  std::string organisation;  ///< The one the actor acts for (P.05).
};

/// What a decision may look at.
struct Facts {
  const TableRules* table = nullptr;  ///< Null until a table file was adopted.
  const Roster* roster = nullptr;
  uint64_t table_version = 0;
  std::optional<state::Organisation> organisation;  ///< The one a request names.
  std::optional<state::Professional> professional;  ///< The one a request names.
  bool employer_known = false;                      ///< Both organisations of a professional exist.
  std::optional<state::Mdo> mdo;                    ///< The one that is asked about.
};

/// One thing that happened, to the stream it belongs to.
struct Happened {
  std::string stream;
  uint64_t version = 0;
  bool urgent = false;
  std::string keeper;
  v1::Event event;
};

struct Accepted {
  std::vector<Happened> events;
  v1::Response response;
};
struct Refusal {
  common::v1::Status status;
  std::vector<common::v1::Reason> reasons;
  bool hidden = false;  ///< It exists, but the actor may not know of it.
};
using Decision = std::variant<Accepted, Refusal>;

}  // namespace samenspel::meeting
