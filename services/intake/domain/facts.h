// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "common/base/instant.h"
#include "proto/common/v1/envelope.pb.h"
#include "proto/intake/state/state.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "services/intake/domain/crisismeter.h"

namespace samenspel::intake {

/// Who asked, and when. Filled in by the daemon, never by the sender.
struct Stamp {
  base::Instant received_at{};
  std::string actor;
  std::string organisation;  ///< The one the actor acts for (P.05).
  std::string purpose;
  std::string request_id;  ///< 16 bytes; new ids derive from actor and this.
};

/// What a decision may look at: state, adopted rules, and what the daemon looked up.
struct Facts {
  const Crisismeter* crisismeter = nullptr;  ///< Null until a rule file was adopted.
  state::CaseCounter case_numbers;
  std::optional<state::Report> report;  ///< The one that is asked about.
  /// What that report holds sealed; nothing when it was erased.
  std::optional<state::ReportSealed> sealed;
  uint64_t rules_version = 0;
};

/// One thing that happened, to the stream it belongs to.
struct Happened {
  std::string stream;
  uint64_t version = 0;
  bool urgent = false;
  std::string keeper;
  v1::Event event;
};

/// What happened, and what the sender is told.
struct Accepted {
  std::vector<Happened> events;
  v1::Response response;
};

/// Why not: INVALID, REFUSED, NOT_FOUND or UNAVAILABLE, with reasons.
struct Refusal {
  common::v1::Status status;
  std::vector<common::v1::Reason> reasons;
  bool hidden = false;  ///< It exists, but the actor may not know of it.
};

using Decision = std::variant<Accepted, Refusal>;

}  // namespace samenspel::intake
