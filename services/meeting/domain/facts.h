// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
#include <optional>

#include "common/decide/decision.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/state/state.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "services/meeting/domain/meetings.h"
#include "services/meeting/domain/planner.h"

namespace samenspel::meeting {

using decide::Refusal;
using decide::Stamp;
using Happened = decide::Happened<v1::Event>;
using Accepted = decide::Accepted<v1::Event, v1::Response>;
using Decision = decide::Decision<v1::Event, v1::Response>;

/// What a decision may look at.
struct Facts {
  const TableRules* table = nullptr;  ///< Null until a table file was adopted.
  const Roster* roster = nullptr;
  const Meetings* meetings = nullptr;
  uint64_t table_version = 0;
  std::optional<state::Organisation> organisation;  ///< The one a request names.
  std::optional<state::Professional> professional;  ///< The one a request names.
  bool employer_known = false;                      ///< Both organisations of a professional exist.
  std::optional<state::Mdo> mdo;                    ///< The one that is asked about.
  std::optional<common::v1::CaseList> cases;        ///< Of its household, as intake told it.
  state::ReportCopy report;                         ///< Of its report, as intake told it.
  std::function<v1::Mdo(const std::string&)> find_mdo;  ///< For lists: the meeting with this id.
};

}  // namespace samenspel::meeting
