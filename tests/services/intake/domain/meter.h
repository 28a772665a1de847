// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <map>
#include <string>
#include <vector>

#include "services/intake/domain/crisismeter.h"

namespace samenspel::intake {

inline constexpr v1::AnswerValue kYes = v1::ANSWER_VALUE_YES;
inline constexpr v1::AnswerValue kNo = v1::ANSWER_VALUE_NO;
inline constexpr v1::AnswerValue kUnknown = v1::ANSWER_VALUE_UNKNOWN;

/// What Meter() asks, in its order.
inline constexpr std::array<const char*, 5> kAsked = {"injury", "threat", "young", "dirt", "debts"};

/// A small crisismeter with one of each part. Red: `injury`, `threat`, `dirt` with `young`. Amber:
/// both of the domain home (`dirt`, `debts`), or 12 in weight. Direct: `injury` (9), `threat` (8).
/// Not direct: `young` (6), `dirt` (5), `debts` (6).
Crisismeter Meter();

/// A question; its texts are "nl ID" and "en ID".
Indicator Question(const std::string& id, const std::string& domain, uint32_t weight, bool direct);

using Given = std::map<std::string, v1::AnswerValue>;
Given AllNo();
Answers Told(const Given& given);

/// "rule indicator indicator" for each that fired, in order.
std::vector<std::string> FiredIn(const v1::Grade& grade);

}  // namespace samenspel::intake
