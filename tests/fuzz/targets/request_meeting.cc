// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/stages.h"
#include "tests/fuzz/targets.h"
#include "tests/services/meeting/daemon/meeting_service.h"

namespace samenspel::meeting {
namespace {

// A red case with a table of four, and an amber one.
class Staged : public MeetingService {
 public:
  Staged() {
    FillRoster();
    RegisterOrganisation(kOtherDesk);
    HearGraded(intake::v1::COLOUR_RED);
    HearGraded(intake::v1::COLOUR_AMBER, "rpt_00000000000000000000000002");
    bench_.SendDue();
    const v1::Mdo mdo = Shown(kReport);
    fuzz::Promise(mdo.seats_size() > 0, "a table was planned");
    stage.bench = &bench_;
    stage.callers = {
        Asking(kSender, kOtherDesk, "desk_worker"),
        Asking(ProfessionalId(0), kDesk, "table_member"),
        Asking("pro_00000000000000000000000d00", kDesk, "duty_manager"),
        Asking(kManager, kDesk, "region_manager", "region_setup"),
        Asking("pro_00000000000000000000000p00", kDesk, "privacy_officer", "privacy_review"),
        Asking("pro_00000000000000000000000z00", "org_000000000000000000000000z1", "desk_worker")};
    stage.ids = {
        kReport,           mdo.mdo(),    mdo.case_number(), kHousehold,
        ProfessionalId(0), kSender,      ProfessionalId(1), kDesk,
        kOtherDesk,        kManager,     kFunctions[0],     kFunctions[1],
        ProfessionalId(2), "local_team", ProfessionalId(9), "org_000000000000000000000000k1"};
    stage.now = bench_.now;
  }
  void TestBody() override {}
  fuzz::Stage stage;

 private:
  static daemon::Caller Asking(const std::string& who, const std::string& organisation,
                               const char* role, const char* purpose = "child_safety") {
    daemon::Caller caller = support::By(who, organisation, {role});
    caller.purpose = purpose;
    return caller;
  }
};

}  // namespace
}  // namespace samenspel::meeting

namespace samenspel::fuzz {

const Stage& MeetingStage() {
  static const auto& staged = *new meeting::Staged;  // RocksDB has ended before what is static.
  return staged.stage;
}

namespace {

const google::protobuf::Message* Type(std::string_view) {
  return &meeting::v1::Request::default_instance();
}

std::vector<std::string> Seeds() { return RequestSeeds(MeetingStage()); }

}  // namespace

const Target kRequestMeeting{
    .name = "request_meeting",
    .run = [](std::string_view input) { AskRequest(MeetingStage(), input); },
    .seeds = Seeds,
    .shape = {.type = Type, .header = kRequestHeader}};

}  // namespace samenspel::fuzz
