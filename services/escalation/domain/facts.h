// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <functional>
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
  std::vector<std::string> listed;         ///< For a list: alarms in its order, from a place on.
  std::string listed_until;  ///< The place to go on from; empty: these are all that are left.
  /// The alarm with this id, of `listed`.
  std::function<v1::Alarm(const std::string& alarm)> find_alarm;
  /// Who answers for a report now; empty: not known here.
  std::function<std::string(const std::string& report)> find_owner;
  /// Who may know of a household; nothing: nobody that is known here.
  std::function<std::optional<common::v1::CaseList>(const std::string& household)> find_cases;
};

}  // namespace samenspel::escalation
