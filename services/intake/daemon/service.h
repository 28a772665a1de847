// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "common/daemon/rule_file.h"
#include "common/daemon/run.h"
#include "common/daemon/service.h"
#include "proto/escalation/v1/events.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "services/intake/daemon/desk_book.h"
#include "services/intake/domain/facts.h"

namespace samenspel::intake {

/// The intake daemon: reports, their grading, who answers for them and who may know of them
/// (services/intake/README.md).
class Service : public daemon::Service {
 public:
  /// Fails with file and line when a rule file is not right.
  static base::Result<std::unique_ptr<daemon::Service>> Make(const daemon::ServiceInput& input);

  std::string_view name() const override { return "intake"; }
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
  std::vector<daemon::FollowWish> follows() const override;
  bool MaySee(daemon::View& view, const daemon::Caller& caller,
              const common::v1::Ref& entry) override;
  std::vector<std::pair<std::string, uint64_t>> Counters(base::Instant now) const override;

 private:
  using MeterFile = daemon::RuleFile<Crisismeter>;
  using TermsFile = daemon::RuleFile<TermRules>;
  Service(MeterFile meter, TermsFile terms) : meter_(std::move(meter)), terms_(std::move(terms)) {}

  // follow.cc
  class FromEntry;
  void HearMeeting(daemon::View& view, const common::v1::EntryHeader& header,
                   const meeting::v1::Event& event, base::Instant now, FromEntry& from) const;
  void HearAlarm(daemon::View& view, const escalation::v1::Event& event, base::Instant now,
                 FromEntry& from) const;

  // gather.cc: the only look-ups.
  Facts Rules() const;
  Facts ForSubmit(const daemon::View& view, const Stamp& stamp, const v1::SubmitReport& form) const;
  Facts About(const daemon::View& view, const std::string& report) const;
  Facts AboutWithSealed(daemon::View& view, const Stamp& stamp, const std::string& report) const;
  Facts AboutOpening(const daemon::View& view, const std::string& opening) const;
  Facts ForLists(const Stamp& stamp) const;
  Facts ForReports(daemon::View& view, const Stamp& stamp, const v1::ListReports& wish) const;
  Facts ForMine(daemon::View& view, const Stamp& stamp) const;
  static void AddPerson(const daemon::View& view, const std::string& id, base::Instant now,
                        Facts& facts);
  static void AddPersons(const daemon::View& view, const v1::SetSecretCircle& request,
                         base::Instant now, Facts& facts);
  static void AddDesk(const daemon::View& view, const std::string& id, base::Instant now,
                      Facts& facts);
  std::vector<std::string> HashesUsed() const;

  // answer.cc: one group of requests each.
  daemon::Decided Internal(const daemon::View& view, const Stamp& stamp,
                           const v1::Request& request) const;
  daemon::Decided Change(daemon::View& view, const Stamp& stamp, const v1::Request& request) const;
  daemon::Decided ChangeOwner(daemon::View& view, const Stamp& stamp,
                              const v1::Request& request) const;
  daemon::Decided Show(daemon::View& view, const Stamp& stamp, const v1::Request& request) const;

  void TimeMoved(daemon::View& view, const common::v1::ClockSeen& seen);
  void Adopted(daemon::View& view, const common::v1::EventRecord& record,
               const v1::CrisismeterAdopted& event);
  void Adopted(daemon::View& view, const common::v1::EventRecord& record,
               const v1::TermsAdopted& event);

  MeterFile meter_;
  TermsFile terms_;
  DeskBook book_;
};

}  // namespace samenspel::intake
