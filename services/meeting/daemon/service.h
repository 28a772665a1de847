// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "common/base/ids.h"
#include "common/daemon/rule_file.h"
#include "common/daemon/run.h"
#include "common/daemon/service.h"
#include "services/meeting/domain/facts.h"

namespace samenspel::meeting {

/// The meeting daemon: organisations, professionals, rosters and the meetings that red reports lead
/// to (services/meeting/README.md).
class Service : public daemon::Service {
 public:
  /// Fails with file and line when the table file is not right.
  static base::Result<std::unique_ptr<daemon::Service>> Make(const daemon::ServiceInput& input);

  std::string_view name() const override { return "meeting"; }
  const google::protobuf::Message& request_type() const override;
  const google::protobuf::Message& event_type() const override;
  base::Status Load(daemon::View& view) override;
  base::Status Reload() override;
  daemon::Decided Answer(daemon::View& view, const daemon::Caller& caller, base::Instant now,
                         const google::protobuf::Message& request) override;
  std::optional<daemon::Decided> Followed(daemon::View& view, const daemon::FollowedEntry& entry,
                                          base::Instant now) override;
  void Evolve(daemon::View& view, const common::v1::Ref& ref, const common::v1::EventRecord& record,
              const google::protobuf::Message& event) override;
  std::optional<daemon::Decided> Close(daemon::View&, base::Instant) override {
    return std::nullopt;
  }
  std::vector<daemon::InternalRequest> Due(daemon::View& view, base::Instant now) override;
  std::optional<base::Instant> DueAt() const override;
  void ClockMoved(base::milliseconds by) override {
    if (plan_again_at_) *plan_again_at_ += by;
  }
  std::vector<daemon::FollowWish> follows() const override;
  bool MaySee(daemon::View& view, const daemon::Caller& caller,
              const common::v1::Ref& entry) override;
  std::vector<std::pair<std::string, uint64_t>> Counters(base::Instant now) const override;

 private:
  using Table = daemon::RuleFile<TableRules>;
  explicit Service(Table table) : table_(std::move(table)) {}
  Facts Gather() const;
  Facts GatherCase(const daemon::View& view, const std::string& name) const;
  std::vector<std::string> HashesUsed() const;
  std::optional<state::Mdo> FindMdo(const daemon::View& view, const std::string& name) const;
  void LoadProfessional(const state::Professional& professional);
  void LoadMdo(const daemon::View& view, const state::Mdo& state);
  base::Status LoadCases(daemon::View& view);
  void BookSeats(const v1::Mdo& mdo);
  template <class Event>
  void ApplyMdo(daemon::View& view, uint64_t version, const Event& event);
  void ApplySeatTaken(daemon::View& view, uint64_t version, const v1::SeatTaken& taken);
  void ApplyInvolvement(daemon::View& view, uint64_t version,
                        const common::v1::InvolvementSet& set);
  void RosterChanged();

  Table table_;
  Roster roster_;
  Meetings meetings_;
  std::set<std::string> without_start_;  // Meetings that wait for a change of roster or table.
  std::optional<base::Instant> plan_again_at_;
  bool plan_again_due_ = false;
};

inline constexpr const char* kTableStream = "table";

/// A row of this kind. Only an id of its own kind is looked up: the row of another kind cannot be
/// read as this one.
template <class T>
std::optional<T> Known(const daemon::View& view, std::string_view kind, const std::string& stream) {
  return base::IsId(kind, stream) ? view.Find<T>(stream) : std::nullopt;
}

}  // namespace samenspel::meeting
