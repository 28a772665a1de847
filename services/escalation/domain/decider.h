// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "services/escalation/domain/facts.h"

namespace samenspel::escalation {

/// Takes over what an acknowledgement says; used live, and by Evolve.
void Apply(v1::Alarm& alarm, const v1::SeenByPerson& event);

/// The alarms that the asker is asked about, whose case they may know of, or that are technical and
/// theirs to see. Of `facts.listed`, in its order, until the page is full: `total` is counted only
/// when one page holds all, and a page may be short, or empty, while `next` says where to go on.
Decision DecideListAlarms(const Facts& facts, const Stamp& stamp, const v1::ListAlarms& request);

/// One alarm, to the same.
Decision DecideShowAlarm(const Facts& facts, const Stamp& stamp);

/// "I am at it": marks the asker only, and holds back the next in line. The same again yields no
/// events.
Decision DecideAcknowledgeAlarm(const Facts& facts, const Stamp& stamp);

/// A due time has come: of a watch, that raises its alarm (P.01); of an alarm, that asks the next
/// in line, or is over by itself.
Decision DecideDeadlinePassed(const Facts& facts, const Stamp& stamp,
                              const v1::DeadlinePassed& request);

/// Whether an alarm that asks nobody would find somebody now.
bool CanAskSomebody(const Facts& facts, base::Instant now);

/// Adopts an alarms file. `rules` is the parsed `toml`. What rings keeps its texts, and whoever was
/// asked.
Decision DecideAdoptAlarms(const Facts& facts, const v1::AdoptAlarms& request,
                           const AlarmRules& rules);

}  // namespace samenspel::escalation
