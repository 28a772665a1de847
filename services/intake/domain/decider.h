// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "proto/meeting/v1/events.pb.h"
#include "services/intake/domain/facts.h"

namespace samenspel::intake {

/// Takes a report: checks the form, mints ids and case number, grades. Red is marked urgent and so
/// reaches the meeting service at once, with no approver in between (003.14, P.17).
Decision DecideSubmitReport(const Facts& facts, const Stamp& stamp, const v1::SubmitReport& form);

/// Whether the actor may read the report, and the access mark that reading leaves: one per reader,
/// report, purpose and ten minutes, naming what was shown.
Decision DecideShowReport(const Facts& facts, const Stamp& stamp);

/// Which parts of a report's secret the actor may see (P.06): the hidden reporter is for the
/// organisation that took the report, the secret location for its sender.
struct Circle {
  bool hidden_reporter = false;
  bool secret_location = false;
};
Circle CircleOf(const state::Report& report, const Stamp& stamp);

/// Notes the meeting that a report led to. No events when nothing changes.
std::vector<Happened> NoteMeeting(const std::optional<state::Report>& report,
                                  const meeting::v1::Mdo& mdo);

/// Adopts a rule file. `rules` is the parsed `toml`.
Decision DecideAdopt(const Facts& facts, const v1::AdoptCrisismeter& request,
                     const Crisismeter& rules);

}  // namespace samenspel::intake
