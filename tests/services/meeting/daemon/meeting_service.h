// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/file_system.h"
#include "services/meeting/daemon/service.h"
#include "tests/services/meeting/domain/given.h"
#include "tests/services/support/bench.h"

namespace samenspel::meeting {

inline constexpr const char* kManager = "pro_00000000000000000000000m00";
inline constexpr const char* kFunctions[] = {"veilig_thuis_expert", "protection_worker",
                                             "child_protection_board_adviser",
                                             "confidential_physician"};

inline std::string ShippedTable() { return *base::RealFileSystem()->Read(TABLE_TOML); }

inline std::string ProfessionalId(size_t index) {
  return "pro_0000000000000000000000000" + std::to_string(index);
}

/// The service with the delivered table, over a store in memory.
class MeetingService : public testing::Test {
 protected:
  MeetingService() { EXPECT_EQ(bench_.SendDue(), 1u); }  // Adopts the table.

  daemon::Decided Manage(const v1::Request& request) {
    return bench_.Ask(support::By(kManager, kDesk, {"region_manager"}), request);
  }
  daemon::Decided RegisterOrganisation(const std::string& id) {
    v1::Request request;
    v1::Organisation& organisation =
        *request.mutable_register_organisation()->mutable_organisation();
    organisation.set_id(id);
    organisation.set_name("Wijkteam De Brug");
    organisation.set_kind("local_team");
    return Manage(request);
  }
  daemon::Decided RegisterProfessional(size_t index, const std::string& employer = kDesk,
                                       const std::string& function = {},
                                       const std::string& deputy = {}) {
    v1::Request request;
    v1::Professional& professional =
        *request.mutable_register_professional()->mutable_professional();
    professional.set_id(ProfessionalId(index));
    professional.set_name("Persoon " + std::to_string(index));
    professional.set_employer(employer);
    professional.set_organisation(kDesk);
    professional.add_functions(function.empty() ? kFunctions[index % 4] : function);
    professional.set_deputy(deputy);
    return Manage(request);
  }
  daemon::Decided SetShift(const std::string& professional, int from_minute = 0,
                           int until_minute = 600) {
    v1::Request request;
    request.mutable_set_shifts()->set_professional(professional);
    v1::Shift& shift = *request.mutable_set_shifts()->add_shifts();
    shift.set_from_ms(base::ToMs(bench_.now + minutes(from_minute)));
    shift.set_until_ms(base::ToMs(bench_.now + minutes(until_minute)));
    return Manage(request);
  }
  void FillRoster() {
    RegisterOrganisation(kDesk);
    for (size_t i = 0; i < 4; ++i) {
      RegisterProfessional(i);
      SetShift(ProfessionalId(i));
    }
  }

  /// An entry of intake with these events arrives.
  void Hear(const std::vector<intake::v1::Event>& events) {
    auto entry = std::make_shared<store::Stored>();
    entry->header.set_service("intake");
    entry->header.set_epoch(1);
    entry->header.set_sequence(++heard_);
    for (const intake::v1::Event& event : events) {
      auto& record = *entry->header.add_events();
      record.set_kind(static_cast<uint32_t>(event.kind_case()));
      record.set_payload(event.SerializeAsString());
    }
    bench_.Hear("intake", entry);
  }
  static intake::v1::Event GradedEvent(intake::v1::Colour colour,
                                       const std::vector<std::string>& yes = {},
                                       const std::string& report = kReport) {
    intake::v1::Event event;
    *event.mutable_report_graded() = Graded(colour, yes);
    event.mutable_report_graded()->set_report(report);
    return event;
  }
  intake::v1::Event OpenedEvent(const std::string& id, common::v1::InvolvementKind kind,
                                const std::string& who, Instant until = Instant{}) {
    intake::v1::Event event;
    *event.mutable_involvement_set() = Opened(id, kind, who, bench_.now, until);
    return event;
  }
  void HearGraded(intake::v1::Colour colour, const std::string& report = kReport,
                  const std::vector<std::string>& yes = {}) {
    Hear({GradedEvent(colour, yes, report)});
  }

  daemon::Decided Show(const std::string& name, const daemon::Caller& reader) {
    v1::Request request;
    request.mutable_show_mdo()->set_mdo(name);
    return bench_.Ask(reader, request);
  }
  v1::Mdo Shown(const std::string& name) {
    const daemon::Decided decided = Show(name, support::By(kSender, kOtherDesk));
    EXPECT_EQ(decided.status, common::v1::STATUS_OK) << name;
    return ResponseOf(decided).mdo_shown().mdo();
  }
  static v1::Response ResponseOf(const daemon::Decided& decided) {
    v1::Response response;
    EXPECT_TRUE(response.ParseFromString(decided.response));
    return response;
  }

  support::Bench bench_{"meeting", Service::Make, ShippedTable()};

 private:
  uint64_t heard_ = 4;
};

}  // namespace samenspel::meeting
