// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "clients/samenspel/commands/commands.h"
#include "proto/common/v1/case.pb.h"
#include "proto/common/v1/envelope.pb.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {

/// Parts of a report in words, and as JSON for programs.

/// Colour and why (003.12).
std::string GradeText(const Printer& printer, const intake::v1::Grade& grade);
/// How the questions of each domain were answered, and which one to ask next.
std::string CountsText(const Printer& printer, const intake::v1::Grade& grade);
Json GradeJson(const intake::v1::Grade& grade);

/// The codes that people type for a first step: "112", "crisis_team", ...
std::string_view FirstStepCode(intake::v1::FirstStep step);
std::optional<intake::v1::FirstStep> FirstStepOf(std::string_view code);

/// Who secures the child now, and how (P.01); stands above the meeting wherever a report is shown.
///   words  what was told about it, where the reader may see that
std::string FirstStepText(const Context& context, const intake::v1::FirstStepNote& note,
                          const intake::v1::FirstStepPrivate& words = {});
/// The same for a red report without one: that nobody is named, by when, and what to type.
std::string NoFirstStepText(const Context& context, const std::string& id, int64_t due_ms);
Json FirstStepJson(const intake::v1::FirstStepNote& note);

/// Who answers for it since when, and who is asked to take it over.
std::string OwnershipText(const Context& context, const intake::v1::Ownership& ownership);
Json OwnershipJson(const intake::v1::Ownership& ownership);

Json MeetingNoteJson(const intake::v1::MeetingNote& note);
Json TermsJson(const intake::v1::Terms& terms);

std::string OutcomeCode(intake::v1::Outcome outcome);
std::optional<intake::v1::Outcome> OutcomeOf(const std::string& code);
/// Null while it is not settled.
Json OutcomeJson(intake::v1::Outcome outcome);

/// Why the reader may know of a case: "as owner", "by break-glass until ...".
std::string RightText(const Context& context, const common::v1::Involvement& right);
Json RightJson(const common::v1::Involvement& right);

/// How a report stands after a change.
std::string ChangedText(const Context& context, const intake::v1::ReportChanged& changed);
Json ChangedJson(const intake::v1::ReportChanged& changed);

/// Somebody else was first: what was wanted beside how it stands, and how to go on.
ExitCode ExplainConflict(Context& context, const common::v1::Reply& reply);

}  // namespace samenspel::cli
