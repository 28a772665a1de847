// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "common/daemon/run.h"
#include "common/daemon/service.h"
#include "services/intake/domain/facts.h"

namespace samenspel::intake {

/// The intake daemon: reports, their grading and the meeting they led to
/// (services/intake/README.md).
class Service : public daemon::Service {
 public:
  /// Fails with file and line when the rule file is not right.
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
  std::vector<std::pair<std::string, uint64_t>> Counters() const override;

 private:
  struct RuleFile {
    std::string bytes;
    Crisismeter rules;
  };
  Service(base::FileSystem& files, std::string path, RuleFile file);
  static base::Result<RuleFile> ReadRules(base::FileSystem& files, const std::string& path);
  daemon::Decided Show(daemon::View& view, const Stamp& stamp, const v1::ShowReport& request);
  std::optional<state::Report> FindReport(const daemon::View& view, const std::string& name) const;
  Facts GatherRules(const daemon::View& view) const;

  base::FileSystem& files_;
  std::string rules_path_;
  RuleFile file_;                       // As it lies on disk.
  std::optional<Crisismeter> adopted_;  // As the journal has it.
  bool rules_due_ = true;
  uint64_t graded_[4] = {};  // By colour, since start.
};

}  // namespace samenspel::intake
