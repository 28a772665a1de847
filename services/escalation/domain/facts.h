// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/decide/case_list.h"
#include "common/decide/decision.h"
#include "proto/escalation/state/state.pb.h"
#include "proto/escalation/v1/events.pb.h"
#include "services/escalation/domain/people.h"
#include "services/escalation/domain/rules.h"

namespace samenspel::escalation {

using decide::Refusal;
using decide::Stamp;
using Happened = decide::Happened<v1::Event>;
using Accepted = decide::Accepted<v1::Event, v1::Response>;
using Decision = decide::Decision<v1::Event, v1::Response>;

/// What a decision may look at.
struct Facts {
  const AlarmRules* rules = nullptr;  ///< Null until an alarms file was adopted.
  uint64_t rules_version = 0;
  const People* people = nullptr;
  std::optional<state::Watch> watch;       ///< Whose due time has come, or of `alarm`.
  std::optional<state::AlarmState> alarm;  ///< Asked about; of a watch: the last it raised.
  std::optional<v1::ReportCopied> report;  ///< That watch or alarm is about.
  std::vector<state::AlarmState> listed;   ///< For a list: in its order.
  std::map<std::string, common::v1::CaseList> lists;  ///< By household, of all these alarms.
};

}  // namespace samenspel::escalation
