// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <google/protobuf/repeated_field.h>

#include <chrono>
#include <string>
#include <vector>

#include "proto/intake/v1/report.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::meeting {

/// A sentence that joins the reason of a fixed seat when one of these indicators was answered yes.
struct Trigger {
  std::vector<std::string> any_yes;
  std::string nl, en;
};

/// A place at the table: a function, never a brand or a person.
struct SeatRule {
  std::string function;
  std::string nl, en;
  std::string subject_nl, subject_en;  ///< What the seat brings (P.20).
  std::string source;
  std::string reason_nl, reason_en;  ///< Why it is asked for; a fixed seat may have none.
  bool conditional = false;  ///< Asked for only when one of `any_yes` was answered yes (P.21).
  std::vector<std::string> any_yes;
  bool ring_when_missing = false;  ///< Of a conditional seat: without it somebody is rung.
  std::vector<Trigger> triggers;   ///< Of a fixed seat.
};

/// How to take part (P.03). "{case}" stands for the case number.
struct JoinRule {
  std::string room, phone, link;
};

/// The adopted table rules (docs/formats/table.md). Seats stand in rank order; at least one is
/// fixed.
struct TableRules {
  std::string version;
  std::string adopted_on;
  std::string adopted_by;
  std::string hash;  ///< SHA-256 of the file.
  std::chrono::minutes timebox{90};
  std::chrono::minutes notice{10};     ///< From the decision to the earliest start.
  std::chrono::minutes start_step{5};  ///< Starts are multiples of this, in UTC.
  std::chrono::minutes red_term{120};  ///< A red report is at the table within this time.
  std::chrono::days horizon{30};
  std::string chair;  ///< Function of the fixed seat that chairs (P.03); empty: not said.
  std::string notes;  ///< The same, of who keeps notes.
  JoinRule join;
  std::vector<SeatRule> seats;
};

/// A seat that a report asks for, and why.
struct AskedSeat {
  const SeatRule* rule = nullptr;
  std::string reason_nl, reason_en;
  std::vector<std::string> indicators;  ///< Answered yes, that asked for it or join its reason.
};

using Answers = google::protobuf::RepeatedPtrField<intake::v1::IndicatorAnswer>;

/// The seats that a report with these answers asks for, in rank order: all fixed ones, and each
/// conditional one of which an indicator was answered yes (003.18, 003.24, P.21).
std::vector<AskedSeat> SeatsFor(const TableRules& rules, const Answers& answers);

/// How to take part in the meeting of this case (P.03).
v1::Join JoinFor(const JoinRule& rule, const std::string& case_number);

}  // namespace samenspel::meeting
