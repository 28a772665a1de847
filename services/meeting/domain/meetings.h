// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/decide/case_list.h"
#include "proto/meeting/state/state.pb.h"

namespace samenspel::meeting {

/// What lists and counters need of one meeting.
struct MdoLine {
  struct Place {
    std::string professional;
    std::string organisation;  ///< For which they have the seat; empty: before that was known.
    bool accepted = false;
  };
  std::string mdo;
  std::string household;
  std::string case_number;
  std::string sender;        ///< Of the report.
  std::string organisation;  ///< The desk that took it.
  int64_t starts_at_ms = 0;
  int64_t ends_at_ms = 0;
  int64_t convened_at_ms = 0;
  bool lacks_seats = false;
  std::vector<Place> places;
};

MdoLine LineOf(const state::Mdo& state);

/// Whether the place is the actor's, who acts for the organisation for which they have it (P.05).
bool IsOf(const MdoLine::Place& place, const decide::Stamp& stamp);

/// By what somebody may know of a meeting. Nothing set: they may not know that it exists.
struct Sight {
  const common::v1::Involvement* right = nullptr;  ///< On the case list.
  bool by_seat = false;
  bool by_sending = false;  ///< Of a case from before case lists: sender or desk.
  bool any() const { return right != nullptr || by_seat || by_sending; }
};

/// Decides on the followed copy of the case list (invariant 10), or by a seat (P.25): from the
/// plan on, until intake ends what the seat gave; one that was not accepted, until the meeting has
/// ended.
///   cases  null when intake never told of the case: data from before case lists
Sight SightOf(const MdoLine& line, const common::v1::CaseList* cases, const decide::Stamp& stamp);

/// Every meeting, and who may know of it. Follows from the journal; kept resident.
class Meetings {
 public:
  struct Counts {
    uint64_t planned = 0;  ///< Ever.
    uint64_t without_start = 0;
    uint64_t with_missing_seats = 0;  ///< Not ended yet.
    uint64_t seats_to_accept = 0;     ///< Of meetings that have not ended yet.
  };

  void Set(MdoLine line);
  /// Kept only for households that have a meeting.
  void SetCases(common::v1::CaseList cases);

  const std::map<std::string, MdoLine, std::less<>>& lines() const { return lines_; }
  bool HasHousehold(std::string_view household) const { return cases_.contains(household); }
  /// Null: intake never told of the case.
  const common::v1::CaseList* CasesOf(std::string_view household) const;
  Counts CountsAt(base::Instant now) const;

 private:
  std::map<std::string, MdoLine, std::less<>> lines_;
  std::map<std::string, common::v1::CaseList, std::less<>> cases_;  // Perhaps empty lists.
};

}  // namespace samenspel::meeting
