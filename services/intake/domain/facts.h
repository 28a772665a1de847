// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/decide/decision.h"
#include "proto/intake/state/state.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "services/intake/domain/crisismeter.h"
#include "services/intake/domain/terms.h"

namespace samenspel::intake {

using decide::Refusal;
using decide::Stamp;
using Happened = decide::Happened<v1::Event>;
using Accepted = decide::Accepted<v1::Event, v1::Response>;
using Decision = decide::Decision<v1::Event, v1::Response>;

/// A report as lists know it.
struct Listed {
  v1::ReportLine line;
  std::string organisation;                       ///< The desk that took it.
  const common::v1::CaseList* knowers = nullptr;  ///< Who may know of it.
};

/// A report as it was read for a list.
struct PastReport {
  v1::ReportLine line;
  common::v1::CaseList knowers;
};
/// A piece of all reports there are, in the order of a list.
struct Past {
  std::vector<PastReport> reports;  ///< Those that the list asks for, whoever may know of them.
  std::string last;                 ///< Number of the last that was looked at.
  bool more = false;                ///< There are others behind that one.
};

/// A break-glass that waits for its review, with its reason when whoever asks may read that.
struct Unreviewed {
  state::Opening opening;
  std::string household;
  std::string report;
  std::string case_number;
  std::string reason;
};

/// What a decision may look at: state, adopted rules, and what the daemon looked up.
struct Facts {
  const Crisismeter* crisismeter = nullptr;  ///< Null until a rule file was adopted.
  const TermRules* terms = nullptr;          ///< The same.
  state::CaseCounter case_numbers;
  uint64_t rules_version = 0;  ///< Of the stream of the file that is to be adopted.

  std::optional<state::Report> report;  ///< The one that is asked about.
  state::Case kase;                     ///< Its household's.
  /// What that report holds sealed; nothing when it was erased, or the actor may not know of it.
  std::optional<state::ReportSealed> sealed;

  /// Whom the request names, as the registry has them now; whoever is not registered is absent.
  std::map<std::string, common::v1::PrincipalKey> persons;
  /// Organisations that the request names and that have a desk worker.
  std::vector<std::string> desks;

  /// At least those of the reports that are not settled that the actor may know of.
  std::vector<const Listed*> listed;
  Past past;                                 ///< For a list with settled reports (ReadingOf).
  std::vector<Unreviewed> unreviewed;        ///< That the actor may review, the first due first.
  std::map<std::string, state::Case> cases;  ///< By household: of each that has a reason there.
};

}  // namespace samenspel::intake
