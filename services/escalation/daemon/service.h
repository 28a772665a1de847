// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/daemon/rule_file.h"
#include "common/daemon/run.h"
#include "common/daemon/service.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "services/escalation/daemon/board.h"
#include "services/escalation/daemon/hearing.h"
#include "services/escalation/domain/watches.h"

namespace samenspel::escalation {

/// The escalation daemon: what must be done by when, and who is asked when it was not
/// (services/escalation/README.md).
class Service : public daemon::Service {
 public:
  /// Fails with file and line when the alarms file is not right.
  static base::Result<std::unique_ptr<daemon::Service>> Make(const daemon::ServiceInput& input);
  /// The same with another time for silence, for a simulation that stretches all terms.
  static base::Result<std::unique_ptr<daemon::Service>> MakeHearing(
      const daemon::ServiceInput& input, base::milliseconds silence);

  std::string_view name() const override { return "escalation"; }
  const google::protobuf::Message& request_type() const override;
  const google::protobuf::Message& event_type() const override;
  base::Status Load(daemon::View& view) override;
  base::Status Reload() override { return rules_.Reload(); }
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
  std::vector<daemon::FollowWish> follows() const override;
  bool MaySee(daemon::View& view, const daemon::Caller& caller,
              const common::v1::Ref& entry) override;
  std::vector<std::pair<std::string, uint64_t>> Counters(base::Instant now) const override;
  void FollowsSeen(const std::vector<common::v1::FollowStatus>& follows,
                   base::Instant now) override;
  void ClockMoved(base::milliseconds by) override { hearing_.Move(by); }

 private:
  using Rules = daemon::RuleFile<AlarmRules>;
  Service(Rules rules, base::milliseconds silence) : rules_(std::move(rules)), hearing_(silence) {}

  /// What one followed entry comes to, event by event.
  struct Heard;
  void Take(daemon::View& view, const intake::v1::Event& event, Heard& heard) const;
  void Take(daemon::View& view, const meeting::v1::Event& event, Heard& heard) const;
  void TakeRead(daemon::View& view, const intake::v1::ReportAccessed& mark, Heard& heard) const;
  void SettleReports(const daemon::View& view, const Stamp& stamp, Heard& heard) const;
  KnownWatches Known(const daemon::View& view, const std::vector<Wanted>& wanted,
                     const std::string& report) const;

  Facts Gather(const daemon::View& view) const;
  void GatherAlarm(const daemon::View& view, const std::string& id, Facts& facts) const;
  Facts GatherDue(const daemon::View& view, const std::string& stream) const;
  Facts GatherList(const daemon::View& view, const v1::ListAlarms& request,
                   const std::string& actor) const;
  daemon::Decided AnswerHeard(const daemon::View& view, const Stamp& stamp,
                              const v1::FollowHeard& request) const;
  daemon::Decided AnswerClock(const daemon::View& view, const Stamp& stamp, bool wrong) const;
  void AddHeard(const daemon::View& view, std::vector<daemon::InternalRequest>& due) const;
  void AddFollowers(const daemon::View& view, std::vector<daemon::InternalRequest>& due) const;
  void AddClock(const daemon::View& view, std::vector<daemon::InternalRequest>& due) const;
  void AddDeadlines(const daemon::View& view, base::Instant now,
                    std::vector<daemon::InternalRequest>& due);

  void ApplyWatch(daemon::View& view, const std::string& id, const state::Watch& watch);
  void ApplyAlarm(daemon::View& view, const state::AlarmState& before,
                  const state::AlarmState& alarm);
  void ApplyRaised(daemon::View& view, uint64_t version, const v1::AlarmRaised& event);
  void ApplyEnded(daemon::View& view, uint64_t version, const v1::AlarmEnded& event);
  void ApplyReport(daemon::View& view, uint64_t version, const v1::ReportCopied& event);
  void ApplyClock(daemon::View& view, const common::v1::ClockSeen& seen);
  void MoveDue(daemon::View& view, const std::string& stream, const common::v1::ClockSeen& seen);
  void ApplyPerson(daemon::View& view, uint64_t version, const v1::PersonCopied& event);

  Rules rules_;
  People people_;
  Board board_;
  Hearing hearing_;
  bool people_changed_ = true;  // Who could not be found before may be there now.
};

}  // namespace samenspel::escalation
