// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/intake/daemon/service.h"
#include "tests/services/intake/domain/given.h"
#include "tests/services/support/bench.h"

namespace samenspel::intake {

inline constexpr const char* kThirdDesk = "org_000000000000000000000000h1";
inline constexpr const char* kGuest =
    "pro_00000000000000000000000g00";  // kOtherDesk, as kStranger.
inline constexpr const char* kTable =
    "pro_00000000000000000000000t00";                                   // Table member, kOtherDesk.
inline constexpr const char* kDuty = "pro_00000000000000000000000d00";  // Duty manager of kDesk.
inline constexpr const char* kOfficer =
    "pro_00000000000000000000000p00";  // Privacy officer, kDesk.
inline constexpr const char* kElsewhere =
    "pro_00000000000000000000000e00";  // The same, kOtherDesk.
inline constexpr const char* kAuditor = "pro_00000000000000000000000a00";
inline constexpr const char* kNobody = "pro_00000000000000000000000z00";  // Not registered.

/// An intake service in a registered region, with the rules that are installed, and what people ask
/// of it.
class Desk : public testing::Test {
 protected:
  using Decided = daemon::Decided;
  using Caller = daemon::Caller;
  Desk();

  static Caller Noor() { return support::By(kNoor, kDesk); }
  static Caller Colleague() { return support::By(kColleague, kDesk); }
  static Caller Stranger() { return support::By(kStranger, kOtherDesk); }
  static Caller Guest() { return support::By(kGuest, kOtherDesk); }
  static Caller Seated() { return support::By(kTable, kOtherDesk, {"table_member"}); }
  static Caller Duty() { return support::By(kDuty, kDesk, {"duty_manager"}); }
  static Caller Officer(const char* who = kOfficer, const char* desk = kDesk);
  static Caller Auditor();
  static Caller Seeing(Caller caller, uint64_t version);

  /// Every question answered no, with some of them yes.
  static v1::SubmitReport Answered(const std::vector<std::string>& yes = {});
  static v1::SubmitReport Red() { return Answered({"fresh_injury"}); }
  /// Green, with a child, a secret location and a hidden reporter.
  static v1::SubmitReport Secret();

  v1::ReportReceived Submit(const v1::SubmitReport& form, const Caller& by = Noor());
  Decided Show(const std::string& report, const Caller& by);
  v1::ReportShown Shown(const std::string& report, const Caller& by);
  Decided Hold(const std::string& report, const Caller& by, v1::FirstStep step,
               const std::string& professional, const std::string& who = "",
               const std::string& note = "");
  Decided Confirm(const std::string& report, const Caller& by);
  Decided Claim(const std::string& report, const Caller& by);
  Decided HandOver(const std::string& report, const Caller& by, const std::string& to,
                   const std::string& note = "");
  Decided HandBack(const std::string& report, const Caller& by, const std::string& note = "");
  Decided Settle(const std::string& report, const Caller& by, v1::Outcome outcome,
                 const std::string& note = "");
  Decided Break(const std::string& report, const Caller& by, const std::string& reason);
  Decided Review(const std::string& opening, const Caller& by, bool justified = true);
  Decided SetCircle(const std::string& report, const Caller& by,
                    const std::vector<std::string>& persons);
  v1::MineShown Mine(const Caller& by);
  std::vector<std::string> Listed(const Caller& by, const v1::ListReports& wish = {});
  std::vector<std::string> Queue(const Caller& by, const v1::ListQueue& wish = {});

  /// Meeting planned a table for it, or saw that somebody took a seat.
  void Plan(const std::string& report, int64_t starts_at_ms);
  void TakeSeat(const std::string& report, const std::string& professional, const Caller& by = {});

  static v1::Response Of(const Decided& decided);
  static v1::ReportChanged ChangedBy(const Decided& decided);
  /// "STATUS code field".
  static std::string Why(const Decided& decided);
  uint64_t head() { return bench_.store().head().sequence; }
  void Hear(const meeting::v1::Event& event, uint32_t kind, const Caller& by = {});
  void ExpectReplayable();

  support::Bench bench_;

 private:
  uint64_t heard_ = 0;
};

/// A quiet report with a secret part, sent by kNoor for kDesk.
class OneCase : public Desk {
 protected:
  OneCase() : received_(Submit(Secret())), report_(received_.report()) {}
  common::v1::InvolvementKind RightOf(const Caller& caller) {
    return Shown(report_, caller).by_right_of().kind();
  }
  v1::ReportReceived received_;
  std::string report_;
};

inline constexpr const char* kNotFound = "NOT_FOUND not_found report";

}  // namespace samenspel::intake
