// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/proof.h"
#include "clients/samenspel/session.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {

/// What became of a submitted report, as far as it was seen while waiting.
struct Trip {
  intake::v1::ReportReceived received;
  common::v1::Ref entry;  ///< Where intake recorded it.
  std::optional<common::v1::Ref>
      meeting_entry;  ///< Only for red, and when meeting answered in time.
  std::optional<meeting::v1::Mdo> mdo;
  bool no_meeting_made = false;  ///< Meeting has seen the report and made nothing of it.
  std::string for_desk;          ///< Organisation whose desk was asked; empty: the own.
  bool audited = false;          ///< Audit holds all entries of this report that we know of.
  std::vector<CheckedEntry> entries;
  std::optional<base::milliseconds> received_after;  ///< Each counted from the sending.
  std::optional<base::milliseconds> planned_after;
  std::optional<base::milliseconds> audited_after;

  bool red() const { return received.grade().colour() == intake::v1::COLOUR_RED; }
  /// A red that nobody has seen waits for the desk first (P.17).
  bool convenes() const { return red() && !received.provisional(); }
};

/// Follows a received report through meeting and audit. What does not come in time stays empty: by
/// now the report is safe at intake, so nothing here is a failure.
///   sent  time since boot at which it was sent
void Follow(Context& context, Session& session, base::milliseconds sent, Trip& trip);

std::string TripText(const Context& context, const Trip& trip);
Json TripJson(const Trip& trip);

/// Asks audit for one entry or all of a stream, every page, and checks each. The first answer that
/// is no goes to `failed`.
std::vector<CheckedEntry> FetchEntries(Session& session, audit::v1::ShowEntries request,
                                       std::optional<Heard>& failed);

}  // namespace samenspel::cli
