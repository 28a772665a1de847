// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "clients/samenspel/printer.h"
#include "clients/samenspel/proof.h"
#include "clients/samenspel/session.h"
#include "proto/common/v1/envelope.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {

/// Messages of the services in words, and as JSON for programs.

/// "Zaak     2026-004711-K" for a list of such lines.
std::string Line(const Printer& printer, std::string_view label_key, const std::string& value);

std::string GradeText(const Printer& printer, const intake::v1::Grade& grade);
Json GradeJson(const intake::v1::Grade& grade);

std::string MdoText(const Printer& printer, const meeting::v1::Mdo& mdo);
Json MdoJson(const meeting::v1::Mdo& mdo);

/// A table: time, entry, what was asked, who, outcome, events, proof.
std::string EntriesText(const Printer& printer, const std::vector<CheckedEntry>& entries);
Json EntriesJson(const std::vector<CheckedEntry>& entries);
bool AnyFailed(const std::vector<CheckedEntry>& entries);

Json RefJson(const common::v1::Ref& ref);

/// Says no in the user's words; the code to end with.
ExitCode ExplainReply(Printer& printer, std::string_view service, const common::v1::Reply& reply);
/// Says that a service is away, or silent, after a question that changes nothing.
ExitCode ExplainSilence(Printer& printer, const Session& session, std::string_view service,
                        const Heard& heard);
/// One of the two, for whatever was not ok.
ExitCode Explain(Printer& printer, const Session& session, std::string_view service,
                 const Heard& heard);

/// The refusal of a form, in words.
std::string FormErrorText(const Texts& texts, const FormError& error);

}  // namespace samenspel::cli
