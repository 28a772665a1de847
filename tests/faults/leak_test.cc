// SPDX-License-Identifier: EUPL-1.2
// Words about families and the daemons' own secrets, looked for wherever they could end up: files,
// rows, logs, metrics, arguments, environments, backups.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "common/daemon/config.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/escalation/v1/requests.pb.h"
#include "tests/attack/curve.h"
#include "tests/faults/canary.h"
#include "tests/support/ask.h"
#include "tests/support/journal.h"
#include "tests/support/region.h"

namespace samenspel::faults {
namespace {

namespace fs = std::filesystem;

using common::v1::Envelope;
using common::v1::Reply;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using support::Ask;
using support::EnvelopeOf;
using testing::IsEmpty;

constexpr int kDays = 3;
constexpr int kProfessionals = 30;

class Leaks : public testing::Test {
 protected:
  Reply Send(const std::string& name, std::string_view service, const Message& request,
             std::string_view purpose = "child_safety") const {
    return Ask(*region_.Connect(name, service), EnvelopeOf(request, purpose));
  }
  void ExpectDone(const std::string& name, const intake::v1::Request& request,
                  std::string_view purpose = "child_safety") const {
    const Reply reply = Send(name, "intake", request, purpose);
    EXPECT_EQ(reply.status(), common::v1::STATUS_OK) << support::Reasons(reply);
  }
  std::string Canary(const std::string& about) {
    canaries_.push_back(NewCanary(about));
    return canaries_.back();
  }

  std::string Metrics(std::string_view service) const {
    support::BareConnection asker(region_.MetricsPortOf(service).number());
    asker.Say("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return asker.Hear();
  }

  // What can be looked at from outside while the daemons run.
  void ExpectNoneWhileRunning(const CanarySearch& search) {
    EXPECT_THAT(search.FindInArguments(), IsEmpty());
    for (const std::string_view service : support::kServices) {
      const std::string shown = Metrics(service);
      EXPECT_THAT(shown, testing::HasSubstr("samenspel_")) << service;
      EXPECT_EQ(search.FindIn(shown), "") << service;
      const std::string process = "/proc/" + std::to_string(region_.Daemon(service).id());
      EXPECT_EQ(search.FindIn(support::ReadFile(process + "/environ")), "") << service;
    }
  }

  // Rows as well, for blocks of a table may be compressed.
  //   own  folder of the region where they may stand
  void ExpectNoneAtRest(const CanarySearch& search, const std::string& own = "") {
    region_.StopAll();
    for (const std::string_view service : support::kServices) {
      const std::string to = backups_.path() + "/" + std::string(service);
      EXPECT_EQ(region_.RunDaemon(service, {"--backup", to}).code, 0);
      const support::StoppedStore store(region_, service);
      for (int column = 0; column <= static_cast<int>(store::Column::kCopy); ++column) {
        store->Scan(static_cast<store::Column>(column), "", "",
                    [&](std::string_view key, std::string_view value) {
                      EXPECT_EQ(search.FindIn(key), "") << service << " column " << column;
                      EXPECT_EQ(search.FindIn(value), "") << service << " column " << column;
                      return true;
                    });
      }
    }
    for (const auto& folder : fs::directory_iterator(region_.folder())) {
      if (folder.path().filename() == own) continue;
      EXPECT_THAT(search.FindBelow(folder.path().string()), IsEmpty());
    }
    EXPECT_THAT(search.FindBelow(backups_.path()), IsEmpty());
  }

  // A red report of desk-vt; its id.
  std::string Report() {
    MarkedForm marked = MarkEveryText();
    canaries_.insert(canaries_.end(), marked.canaries.begin(), marked.canaries.end());
    intake::v1::Request request;
    *request.mutable_submit_report() = marked.form;
    const std::string report = support::ReceivedIn(Send("desk-vt", "intake", request)).report();
    intake::v1::Request hold;
    hold.mutable_hold_report()->set_report(report);
    hold.mutable_hold_report()->set_step(intake::v1::FIRST_STEP_SAFE_PLACE);
    *hold.mutable_hold_report()->mutable_private_() = marked.first_step;
    ExpectDone("desk-vt", hold);
    return report;
  }

  // Every note and reason that may be told of a report.
  void TellAll(const std::string& report) {
    intake::v1::Request over;
    over.mutable_hand_over()->set_report(report);
    over.mutable_hand_over()->set_to(region_.PrincipalOf("desk-vt2").id);
    over.mutable_hand_over()->mutable_private_()->set_note(Canary("hand-over"));
    ExpectDone("desk-vt", over);
    intake::v1::Request claim;
    claim.mutable_claim_report()->set_report(report);
    ExpectDone("desk-vt2", claim);
    intake::v1::Request back;
    back.mutable_hand_back()->set_report(report);
    back.mutable_hand_back()->mutable_private_()->set_note(Canary("hand-back"));
    ExpectDone("desk-vt2", back);
    ExpectDone("desk-vt", claim);
    OpenAndReview(report);
    region_.Settle();  // The table is known to intake.
    intake::v1::Request settle;
    settle.mutable_settle_report()->set_report(report);
    settle.mutable_settle_report()->set_outcome(intake::v1::OUTCOME_MEETING);
    settle.mutable_settle_report()->mutable_private_()->set_note(Canary("outcome"));
    ExpectDone("desk-vt", settle);
  }

  void OpenAndReview(const std::string& report) {
    intake::v1::Request open;
    open.mutable_break_glass()->set_report(report);
    open.mutable_break_glass()->mutable_private_()->set_reason(Canary("break-glass"));
    const Reply reply = Send("desk-gi", "intake", open);
    intake::v1::Response opened;
    ASSERT_TRUE(opened.ParseFromString(reply.response())) << support::Reasons(reply);
    ExpectDone("desk-gi", support::ShowReport(report));
    intake::v1::Request review;
    review.mutable_review_opening()->set_opening(opened.glass_opened().opening());
    review.mutable_review_opening()->mutable_private_()->set_note(Canary("review"));
    ExpectDone("privacy-vt", review, "privacy_review");
  }

  std::vector<std::string> canaries_;
  support::ScratchFolder backups_;
  support::Region region_;
};

TEST_F(Leaks, NoWordOfAnyNoteOrReasonLeavesWhatIsSealed) {
  region_.Start();
  region_.LoadRoster(kProfessionals, kDays);
  const std::string report = Report();
  const size_t told = canaries_.size();
  TellAll(report);
  EXPECT_EQ(canaries_.size(), told + 5);
  region_.Settle();
  const CanarySearch search(canaries_);
  ExpectNoneWhileRunning(search);
  ExpectNoneAtRest(search);
}

// Fills every text outside `private` and `secret` with a family's name, as a hurried hand may.
void FillIds(Message& message, const std::string& text) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message.GetDescriptor()->field(i);
    const auto& reflection = *message.GetReflection();
    if (field->name() == "private" || field->name() == "secret") continue;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      if (field->is_repeated()) {
        reflection.AddString(&message, field, text);
      } else {
        reflection.SetString(&message, field, text);
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      FillIds(field->is_repeated() ? *reflection.AddMessage(&message, field)
                                   : *reflection.MutableMessage(&message, field),
              text);
    }
  }
}

TEST_F(Leaks, AFamilyNameInTheWrongFieldIsKeptNowhere) {
  region_.Start();
  region_.LoadRoster(kProfessionals, kDays);
  const intake::v1::Request intake;
  const meeting::v1::Request meeting;
  const escalation::v1::Request escalation;
  const audit::v1::Request audit;
  const std::pair<std::string, const Message*> all[] = {
      {"intake", &intake}, {"meeting", &meeting}, {"escalation", &escalation}, {"audit", &audit}};
  const std::pair<std::string, std::string> senders[] = {{"desk-vt", "child_safety"},
                                                         {"duty-vt", "child_safety"},
                                                         {"manager", "region_setup"},
                                                         {"privacy-vt", "privacy_review"},
                                                         {"auditor", "audit"}};
  for (const auto& [service, prototype] : all) {
    const auto* kinds = prototype->GetDescriptor()->oneof_decl(0);
    for (int i = 0; i < kinds->field_count(); ++i) {
      std::unique_ptr<Message> request(prototype->New());
      FillIds(*request->GetReflection()->MutableMessage(request.get(), kinds->field(i)),
              Canary(kinds->field(i)->name()));
      for (const auto& [name, purpose] : senders) {
        const auto client = region_.Connect(name, service);
        const Reply reply = Ask(*client, EnvelopeOf(*request, purpose));
        EXPECT_EQ(reply.SerializeAsString().find(canaries_.back()), std::string::npos)
            << kinds->field(i)->name();
      }
      Envelope odd = EnvelopeOf(*request, Canary("purpose"));
      odd.set_on_behalf_of(Canary("on-behalf-of"));
      (void)Ask(*region_.Connect("desk-vt", service), odd);
    }
  }
  region_.Settle();
  const CanarySearch search(canaries_);
  ExpectNoneWhileRunning(search);
  ExpectNoneAtRest(search);
}

TEST_F(Leaks, KeysStandInNoFileButTheirOwn) {
  region_.Start();
  region_.LoadRoster(kProfessionals, kDays);
  (void)Report();
  region_.Settle();
  std::vector<std::string> secrets;
  for (const auto& file : fs::recursive_directory_iterator(region_.folder() + "/secrets")) {
    if (!file.is_regular_file()) continue;
    std::string text = support::ReadFile(file.path().string());
    text.resize(text.find_last_not_of('\n') + 1);
    const bool hex = text.find_first_not_of("0123456789abcdef") == std::string::npos;
    secrets.push_back(hex ? daemon::FromHex(text) : attack::FromZ85(text));
    secrets.push_back(std::move(text));
  }
  EXPECT_GE(secrets.size(), 26U) << "keys of four services and nine people";
  const CanarySearch search(secrets);
  ExpectNoneWhileRunning(search);
  ExpectNoneAtRest(search, "secrets");
}

}  // namespace
}  // namespace samenspel::faults
