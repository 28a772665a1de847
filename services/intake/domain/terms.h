// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <chrono>
#include <string>

#include "common/base/instant.h"
#include "proto/intake/v1/report.pb.h"

namespace samenspel::intake {

/// The adopted terms (docs/formats/terms.md): by when something must have been done.
struct TermRules {
  std::string version;
  std::string adopted_on;
  std::string adopted_by;
  std::string hash;  ///< SHA-256 of the file.

  struct Red {
    std::chrono::minutes first_step{};       ///< Somebody secures the child (P.01).
    std::chrono::minutes meeting_planned{};  ///< The meeting has a start.
    std::chrono::minutes table{};            ///< The meeting has begun.
    std::chrono::minutes confirm{};          ///< The desk decides on a provisional red (P.17).
  } red;
  struct Amber {
    std::chrono::hours settle{};
    std::chrono::hours warn_before{};
  } amber;
  struct Green {
    int settle_working_days = 0;  ///< Until the end of the last of them.
    std::chrono::hours warn_before{};
  } green;
  struct BreakGlass {
    std::chrono::minutes open{};
    std::chrono::hours review{};
  } break_glass;
};

/// The instants that hold for a report of this colour, received at this moment. A provisional red
/// has no meeting yet, but the ten minutes of P.01 run (P.17).
v1::Terms TermsOf(const TermRules& rules, v1::Colour colour, bool provisional,
                  base::Instant received);

/// The same once a provisional grade was made definite at `now`: the meeting's instants start then,
/// the first step's stays (P.17).
v1::Terms ConfirmedTerms(const TermRules& rules, v1::Terms terms, v1::Colour colour,
                         base::Instant now);

}  // namespace samenspel::intake
