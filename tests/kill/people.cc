// SPDX-License-Identifier: EUPL-1.2
// What the people of the load do.
#include <algorithm>

#include "clients/demo/families.h"
#include "proto/escalation/v1/requests.pb.h"
#include "tests/kill/person.h"
#include "tests/support/ask.h"

namespace samenspel::kill {
namespace {

constexpr base::milliseconds kLookEvery{100};
constexpr int kPage = 20;

class DeskWorker : public Person {
 public:
  DeskWorker(const support::Region& region, const std::string& name, uint64_t seed, Shared& shared,
             const std::vector<std::string>& colleagues)
      : Person(region, name, seed, shared), seed_(seed), colleagues_(colleagues) {}

  void Round() override {
    if (!shared_.pace.Take()) return;
    if (Chance(5)) AskAgain();
    if (reports_.empty() || Chance(45)) return Send();
    if (Chance(20)) return Hold();
    if (Chance(40)) return Claim();
    GiveAway();
  }

 private:
  struct Known {
    std::string report;
    bool red = false;
  };

  void Send() {
    const intake::v1::Colour colour = Chance(20)   ? intake::v1::COLOUR_RED
                                      : Chance(50) ? intake::v1::COLOUR_AMBER
                                                   : intake::v1::COLOUR_GREEN;
    intake::v1::Request request;
    *request.mutable_submit_report() = demo::Invent(seed_, sent_++, colour);
    const auto reply = Change("intake", request, "");
    intake::v1::Response response;
    if (reply.status() != common::v1::STATUS_OK || !response.ParseFromString(reply.response())) {
      return shared_.Trouble("a good report was answered " + support::Reasons(reply));
    }
    reports_.push_back({response.report_received().report(), colour == intake::v1::COLOUR_RED});
  }

  const Known& One() { return reports_[dice_() % reports_.size()]; }

  void Hold() {
    const Known& known = One();
    intake::v1::Request request;
    request.mutable_hold_report()->set_report(known.report);
    request.mutable_hold_report()->set_step(intake::v1::FIRST_STEP_CRISIS_TEAM);
    request.mutable_hold_report()->mutable_private_()->set_who("Crisisdienst");
    (void)Change("intake", request, known.report);
  }

  // Goes for what others go for as well; without any, for what is one's own.
  void Claim() {
    intake::v1::Request list;
    list.mutable_list_queue()->mutable_page()->set_limit(kPage);
    list.mutable_list_queue()->set_unclaimed(true);
    intake::v1::Response response;
    (void)response.ParseFromString(Read("intake", list).response());
    const auto& lines = response.reports_listed().lines();
    const size_t first = lines.empty() ? 0 : dice_() % std::min<size_t>(3, lines.size());
    const std::string report =
        lines.empty() ? One().report : lines[static_cast<int>(first)].report();
    const uint64_t version = lines.empty() ? 0 : lines[static_cast<int>(first)].version();
    intake::v1::Request request;
    request.mutable_claim_report()->set_report(report);
    (void)Change("intake", request, report, Chance(50) ? version : 0);
  }

  void GiveAway() {
    const Known& known = One();
    intake::v1::Request request;
    if (Chance(40)) {
      request.mutable_hand_over()->set_report(known.report);
      request.mutable_hand_over()->set_to(colleagues_[dice_() % colleagues_.size()]);
      if (request.hand_over().to() == id()) request.mutable_hand_back()->set_report(known.report);
    } else if (Chance(30) || known.red) {
      request.mutable_hand_back()->set_report(known.report);
    } else {
      request.mutable_settle_report()->set_report(known.report);
      request.mutable_settle_report()->set_outcome(intake::v1::OUTCOME_LOCAL_TEAM);
    }
    (void)Change("intake", request, known.report);
  }

  const uint64_t seed_;
  const std::vector<std::string>& colleagues_;
  std::vector<Known> reports_;
  uint64_t sent_ = 0;
};

class TableMember : public Person {
 public:
  using Person::Person;

  void Round() override {
    meeting::v1::Request list;
    list.mutable_list_mdos()->set_to_accept(true);
    list.mutable_list_mdos()->mutable_page()->set_limit(kPage);
    meeting::v1::Response response;
    (void)response.ParseFromString(Read("meeting", list).response());
    if (response.mdos_listed().mdos().empty()) return shared_.pace.AwaitNews(kLookEvery);
    if (!shared_.pace.Take()) return;
    const std::string& mdo = response.mdos_listed().mdos(0).mdo();
    meeting::v1::Request request;
    request.mutable_accept_seat()->set_mdo(mdo);
    (void)Change("meeting", request, mdo);
  }
};

class DutyManager : public Person {
 public:
  using Person::Person;

  void Round() override {
    escalation::v1::Request list;
    list.mutable_list_alarms()->set_asked_me(true);
    list.mutable_list_alarms()->mutable_page()->set_limit(kPage);
    escalation::v1::Response response;
    (void)response.ParseFromString(Read("escalation", list).response());
    for (const auto& alarm : response.alarms_listed().alarms()) {
      const bool waits =
          std::any_of(alarm.asked().begin(), alarm.asked().end(), [&](const auto& asked) {
            return asked.person() == id() && asked.acknowledged_at_ms() == 0;
          });
      if (waits) return Acknowledge(alarm.alarm());
    }
    shared_.pace.AwaitNews(kLookEvery);
  }

 private:
  void Acknowledge(const std::string& alarm) {
    if (!shared_.pace.Take()) return;
    escalation::v1::Request request;
    request.mutable_acknowledge_alarm()->set_alarm(alarm);
    (void)Change("escalation", request, alarm);
  }
};

}  // namespace

std::unique_ptr<Person> NewDeskWorker(const support::Region& region, const std::string& name,
                                      uint64_t seed, Shared& shared,
                                      const std::vector<std::string>& colleagues) {
  return std::make_unique<DeskWorker>(region, name, seed, shared, colleagues);
}

std::unique_ptr<Person> NewTableMember(const support::Region& region, const std::string& name,
                                       uint64_t seed, Shared& shared) {
  return std::make_unique<TableMember>(region, name, seed, shared);
}

std::unique_ptr<Person> NewDutyManager(const support::Region& region, const std::string& name,
                                       uint64_t seed, Shared& shared) {
  return std::make_unique<DutyManager>(region, name, seed, shared);
}

}  // namespace samenspel::kill
