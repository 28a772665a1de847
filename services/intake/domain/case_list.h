// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "common/decide/case_list.h"
#include "services/intake/domain/facts.h"

namespace samenspel::intake {

/// Who may know of a report's case. A report from before the case list was kept is known to its
/// sender and to the desk that took it.
common::v1::CaseList KnowersOf(const state::Case& kase, const state::Report& report);

/// By what right the actor may know of the report in `facts`; nothing: it does not exist for them.
std::optional<common::v1::Involvement> RightTo(const Facts& facts, const Stamp& stamp);

/// What whoever has no such right is told: the same as when there is no such report (invariant 10).
Refusal NotKnown(const Facts& facts);

/// Whether that right follows from a rule, and not from break-glass.
bool IsByRule(const common::v1::Involvement& right);

/// Until when a seat at the table of a settled report opens its case (P.25): until the meeting is
/// over; `now` when it is, or there is none.
int64_t SeatsEndMs(const state::Report& report, base::Instant now);

/// Who answers for it. A report from before owners were kept lies open with its sender.
v1::Ownership OwnershipOf(const state::Report& report);

/// Which parts of a report's secret the actor may see (P.06): the secret location is for its sender
/// and those they named, as long as they have a part in the case; the hidden reporter for those who
/// act for the organisation that took the report. Break-glass opens neither.
struct Circle {
  bool hidden_reporter = false;
  bool secret_location = false;
};
Circle CircleOf(const state::Report& report, const Stamp& stamp,
                const common::v1::Involvement& right);

/// The events of one decision on a report and its household's case, each with its stream's next
/// version, kept by the organisation that took the report (P.76).
class Changes {
 public:
  Changes(const state::Report& report, const state::Case& kase, base::Instant now);

  v1::Event& OnReport(bool urgent = false);
  v1::Event& OnCase(bool urgent = false);

  /// Lets one person (or with an empty `person` whoever has `role` there) know of the case from now
  /// on. Nothing when that right stands already.
  void Open(common::v1::InvolvementKind kind, const std::string& person,
            const std::string& organisation, const std::string& role = "", int64_t until_ms = 0,
            bool urgent = false);
  /// Lets whoever an alarm about this case rings know of it (P.01, P.73): each alarm by itself.
  void OpenForAlarm(const std::string& alarm, const std::string& person,
                    const std::string& organisation);
  /// Ends what that alarm gave, at `until_ms`.
  void EndForAlarm(const std::string& alarm, int64_t until_ms);
  /// The same for a desk.
  void OpenDesk(const std::string& organisation);
  /// Ends every right of this kind that has not ended and that `keep` does not say to keep.
  template <class Keep>
  void End(common::v1::InvolvementKind kind, const Keep& keep) {
    RecordFormer();
    for (const common::v1::Involvement& one : Held()) {
      if (one.kind() == kind && !keep(one)) Set(Ended(one, base::ToMs(now_)), false);
    }
  }
  /// Ends the seats at the report's table, as it is settled.
  void EndSeats();
  /// The organisation that a person acted for when a right of this kind was given to them.
  std::string OrganisationOf(common::v1::InvolvementKind kind, const std::string& person) const;

  std::vector<Happened> Take() { return std::move(events_); }
  uint64_t report_version() const { return report_version_; }
  base::Instant now() const { return now_; }

 private:
  std::vector<common::v1::Involvement> Held() const;
  static common::v1::Involvement Ended(common::v1::Involvement one, int64_t until_ms);
  void Set(common::v1::Involvement involvement, bool urgent);
  void RecordFormer();
  Happened& Add(const std::string& stream, uint64_t version, bool urgent);

  const state::Report& report_;
  common::v1::CaseList knowers_;  // As these events leave it.
  bool former_ = false;           // `knowers_` is not in the journal yet.
  uint64_t report_version_;
  uint64_t case_version_;
  base::Instant now_;
  std::vector<Happened> events_;
};

}  // namespace samenspel::intake
