// SPDX-License-Identifier: EUPL-1.2
#include "tests/fuzz/stages.h"
#include "tests/fuzz/targets.h"
#include "tests/services/escalation/daemon/escalation_test.h"

namespace samenspel::escalation {
namespace {

// A red case without a first step: its alarm rings.
class Staged : public EscalationService {
 public:
  Staged() {
    HearRed();
    fuzz::Promise(SendDueAt(11) > 0, "a term passed");
    const v1::Alarm alarm = TheAlarm();
    stage.bench = bench_.get();
    stage.callers = {owner_,
                     colleague_,
                     stranger_,
                     manager_,
                     support::By("pro_00000000000000000000000t00", kDesk, {"table_member"}),
                     support::By("pro_00000000000000000000000x01", kDesk, {"operator"})};
    stage.callers.back().purpose = "region_setup";
    stage.ids = {alarm.alarm(),   kReport,      kMdo,          kCase, kHousehold, kOwner,
                 kDeputy,         kManagerHere, kManagerThere, kDesk, kOtherDesk, "intake",
                 "no_first_step", "audit"};
    stage.now = bench_->now;
  }
  void TestBody() override {}
  fuzz::Stage stage;
};

}  // namespace
}  // namespace samenspel::escalation

namespace samenspel::fuzz {

const Stage& EscalationStage() {
  static const auto& staged = *new escalation::Staged;  // RocksDB has ended before what is static.
  return staged.stage;
}

namespace {

const google::protobuf::Message* Type(std::string_view) {
  return &escalation::v1::Request::default_instance();
}

std::vector<std::string> Seeds() { return RequestSeeds(EscalationStage()); }

}  // namespace

const Target kRequestEscalation{
    .name = "request_escalation",
    .run = [](std::string_view input) { AskRequest(EscalationStage(), input); },
    .seeds = Seeds,
    .shape = {.type = Type, .header = kRequestHeader}};

}  // namespace samenspel::fuzz
