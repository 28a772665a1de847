// SPDX-License-Identifier: EUPL-1.2
#include "proto/intake/v1/requests.pb.h"
#include "tests/fuzz/stage.h"
#include "tests/fuzz/stages.h"
#include "tests/fuzz/targets.h"
#include "tests/services/intake/daemon/desk.h"

namespace samenspel::intake {
namespace {

// A red case with a table and a break-glass, an amber one that somebody answers for, and a quiet
// one with a secret.
class Staged : public Desk {
 public:
  Staged() {
    const auto red = Submit(Red());
    const auto amber = Submit(Answered({"physical_abuse_suspected"}));
    const auto quiet = Submit(Secret());
    Plan(red.report(), base::ToMs(bench_.now + std::chrono::hours(1)));
    TakeSeat(red.report(), kTable);
    Claim(amber.report(), Colleague());
    SetCircle(quiet.report(), Noor(), {kNoor, kColleague});
    const auto opened = Of(Break(quiet.report(), Stranger(), "Een spoed van nu")).glass_opened();
    stage.bench = &bench_;
    stage.callers = {Noor(), Colleague(), Stranger(), Seated(), Duty(), Officer(), Auditor()};
    stage.ids = {red.report(),
                 amber.report(),
                 quiet.report(),
                 red.case_number(),
                 quiet.case_number(),
                 kNoor,
                 kColleague,
                 kStranger,
                 kTable,
                 kDesk,
                 kOtherDesk,
                 kThirdDesk,
                 opened.opening(),
                 "fresh_injury",
                 "2020-02-29",
                 "123456782",
                 kNobody};
    stage.now = bench_.now;
  }
  void TestBody() override {}
  fuzz::Stage stage;
};

}  // namespace
}  // namespace samenspel::intake

namespace samenspel::fuzz {

const Stage& IntakeStage() {
  static const auto& staged = *new intake::Staged;  // RocksDB has ended before what is static.
  return staged.stage;
}

namespace {

const google::protobuf::Message* Type(std::string_view) {
  return &intake::v1::Request::default_instance();
}

std::vector<std::string> Seeds() { return RequestSeeds(IntakeStage()); }

}  // namespace

const Target kRequestIntake{.name = "request_intake",
                            .run = [](std::string_view input) { AskRequest(IntakeStage(), input); },
                            .seeds = Seeds,
                            .shape = {.type = Type, .header = kRequestHeader}};

}  // namespace samenspel::fuzz
