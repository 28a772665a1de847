// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "clients/samenspel/printer.h"
#include "clients/samenspel/session.h"
#include "proto/common/v1/envelope.pb.h"

namespace samenspel::cli {

/// Messages of the services in words, and as JSON for programs.

/// "Zaak     2026-004711-K" for a list of such lines.
std::string Line(const Printer& printer, std::string_view label_key, const std::string& value);

/// The same for values of any length, which are wrapped; an empty one is left out.
std::string Lines(const Printer& printer,
                  std::initializer_list<std::pair<std::string_view, std::string>> pairs);
/// A value that belongs to the line before: without a label of its own.
std::string Under(const Printer& printer, const std::string& value);

/// "OUTCOME_LOCAL_TEAM" without its prefix, in small letters: the code that people and programs
/// see.
std::string CodeOf(std::string name, std::string_view prefix);

/// An instant for programs; null for 0.
Json TimeJson(int64_t ms);

/// A text that a daemon sends in both languages; `otherwise` when it has none.
std::string TextIn(const Texts& texts, const std::string& dutch, const std::string& english,
                   const std::string& otherwise);

/// "ok", "refused": for programs, and for the words.
std::string StatusCode(common::v1::Status status);

Json RefJson(const common::v1::Ref& ref);

/// Says no in the user's words; the code to end with.
ExitCode ExplainReply(Printer& printer, std::string_view service, const common::v1::Reply& reply);
/// Says that a service is away, or silent, after a question that changes nothing.
ExitCode ExplainSilence(Printer& printer, const Session& session, std::string_view service,
                        const Heard& heard);
/// One of the two, for whatever was not ok.
ExitCode Explain(Printer& printer, const Session& session, std::string_view service,
                 const Heard& heard);

/// A path such as "private.children[0].birth_date" as forms spell it: "birthDate".
std::string SpelledAsInForm(std::string_view path);

/// The refusal of a form, in words.
std::string FormErrorText(const Texts& texts, const FormError& error);
/// The same of a roster file, where nothing may be unknown.
std::string RosterErrorText(const Texts& texts, const FormError& error);

}  // namespace samenspel::cli
