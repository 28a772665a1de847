// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <vector>

#include "proto/common/v1/envelope.pb.h"
#include "services/intake/domain/crisismeter.h"

namespace samenspel::intake {

/// All that is wrong with a form, each with its field path; empty when it can be taken. Values are
/// never repeated.
///   today  the calendar day in the Netherlands on which it was received
/// Source: P.02 (only three answers are required, *unknown* is one).
std::vector<common::v1::Reason> FaultsOf(const v1::SubmitReport& form, const Crisismeter& rules,
                                         std::chrono::year_month_day today);

/// What is wrong with answers alone, as far as FaultsOf says it of a form.
std::vector<common::v1::Reason> FaultsOfAnswers(const Answers& answers, const Crisismeter& rules);

/// Whether nine digits pass the eleven-test of the Dutch citizen number.
bool IsBsn(const std::string& text);

}  // namespace samenspel::intake
