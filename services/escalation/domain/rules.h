// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace samenspel::escalation {

/// What can be wrong. Each stands once in alarms.toml; those of since 0.3 may be
/// missing.
namespace kind {
inline constexpr std::string_view kNoFirstStep = "no_first_step";  ///< P.01
inline constexpr std::string_view kMeetingNotPlanned = "meeting_not_planned";
inline constexpr std::string_view kSeatEmpty = "seat_empty";  ///< Invariant 3.
inline constexpr std::string_view kTermNear = "term_near";
inline constexpr std::string_view kTermPassed = "term_passed";
inline constexpr std::string_view kProvisionalRed = "provisional_red";       ///< P.17
inline constexpr std::string_view kBreakGlassReview = "break_glass_review";  ///< P.73
inline constexpr std::string_view kFollowerLagging = "follower_lagging";
inline constexpr std::string_view kClockWrong = "clock_wrong";          ///< Since 0.3.
inline constexpr std::string_view kManyHouseholds = "many_households";  ///< Since 0.3.
inline constexpr std::array kAll = {
    kNoFirstStep,    kMeetingNotPlanned, kSeatEmpty,       kTermNear,   kTermPassed,
    kProvisionalRed, kBreakGlassReview,  kFollowerLagging, kClockWrong, kManyHouseholds};
}  // namespace kind

/// Who can be asked.
namespace ask {
inline constexpr std::string_view kOwner = "owner";    ///< Answers for the report now.
inline constexpr std::string_view kDeputy = "deputy";  ///< Of the owner.
inline constexpr std::string_view kDutyManager =
    "duty_manager";  ///< Of the organisation concerned.
inline constexpr std::string_view kEveryDutyManager = "every_duty_manager";
inline constexpr std::string_view kPrivacyOfficer = "privacy_officer";
inline constexpr std::string_view kOperator = "operator";
inline constexpr std::array kAll = {kOwner,          kDeputy,  kDutyManager, kEveryDutyManager,
                                    kPrivacyOfficer, kOperator};
}  // namespace ask

/// One step of a chain: who is asked, and how long after the step before it.
struct AlarmStep {
  std::vector<std::string> ask;
  std::chrono::minutes after{0};
};

struct AlarmKind {
  std::string kind;
  std::string nl, en;   ///< What it is, and what is asked of whoever hears it.
  bool urgent = false;  ///< Followers hear of it at once, whatever the colour.
  std::vector<AlarmStep> steps;
};

/// The adopted alarms file: who is asked in turn, for each kind.
struct AlarmRules {
  std::string version;
  std::string adopted_on;
  std::string adopted_by;
  std::string hash;                       ///< SHA-256 of the file.
  std::chrono::minutes acknowledged{15};  ///< How long one yes holds back the next step.
  std::chrono::minutes again{30};         ///< Back within this time is the same alarm.
  size_t households = 25;                 ///< As many may be read without a part in the case,
  std::chrono::hours reading{24};         ///< within this time, before somebody asks why.
  std::vector<AlarmKind> kinds;           ///< Each of kind::kAll, once.

  const AlarmKind& Of(std::string_view name) const {
    return *std::find_if(kinds.begin(), kinds.end(),
                         [&](const AlarmKind& one) { return one.kind == name; });
  }
};

}  // namespace samenspel::escalation
