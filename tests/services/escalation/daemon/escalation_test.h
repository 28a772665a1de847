// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/file_system.h"
#include "services/escalation/daemon/service.h"
#include "tests/services/escalation/domain/given.h"
#include "tests/services/support/bench.h"

namespace samenspel::escalation {

inline constexpr base::milliseconds kMoment{1};

inline std::string ShippedAlarms() { return *base::RealFileSystem()->Read(ALARMS_TOML); }

/// The service with the delivered alarms file, four people on duty, and entries that it hears.
class EscalationService : public testing::Test {
 protected:
  EscalationService() {
    EXPECT_EQ(bench_->SendDue(), 1u);  // Adopts the alarms.
    Register(Somebody(kManagerHere, kDesk, {"duty_manager"}), true);
    Register(Somebody(kManagerThere, kOtherDesk, {"duty_manager"}), true);
    Register(Somebody(kDeputy, kDesk, {"veilig_thuis_desk"}), true);
    state::Person owner = Somebody(kOwner, kDesk, {"veilig_thuis_desk"});
    owner.mutable_professional()->set_deputy(kDeputy);
    Register(owner, true);
    bench_->SendDue();
  }

  ///   heard_at  by the own clock; now when it is not given
  ///   organisation  for which whoever did it acts
  template <class Event>
  void Hear(const std::string& from, const std::vector<Event>& events,
            std::optional<base::Instant> heard_at = std::nullopt,
            const std::string& organisation = "") {
    auto entry = std::make_shared<store::Stored>();
    entry->header.set_service(from);
    entry->header.set_organisation(organisation);
    entry->header.set_epoch(1);
    entry->header.set_sequence(++heard_);
    entry->header.set_received_at_ms(base::ToMs(bench_->now));
    for (const Event& event : events) {
      auto& record = *entry->header.add_events();
      record.set_kind(static_cast<uint32_t>(event.kind_case()));
      record.set_payload(event.SerializeAsString());
    }
    bench_->now = heard_at.value_or(bench_->now);
    bench_->Hear(from, entry);
  }
  void Register(const state::Person& person, bool on_duty) {
    meeting::v1::Event registered;
    *registered.mutable_professional_registered()->mutable_professional() = person.professional();
    Hear<meeting::v1::Event>("meeting", {registered});
    if (!on_duty) return;
    meeting::v1::Event shifts;
    shifts.mutable_shifts_set()->set_professional(person.professional().id());
    auto& shift = *shifts.mutable_shifts_set()->add_shifts();
    shift.set_from_ms(base::ToMs(bench_->now) - 1000);
    shift.set_until_ms(base::ToMs(bench_->now + std::chrono::hours(48)));
    Hear<meeting::v1::Event>("meeting", {shifts});
  }
  intake::v1::Event Graded(intake::v1::Colour colour, bool provisional = false) const {
    intake::v1::Event event;
    auto& graded = *event.mutable_report_graded();
    graded.set_report(kReport);
    graded.set_household(kHousehold);
    graded.set_case_number(kCase);
    graded.set_sender(kOwner);
    graded.set_organisation(kDesk);
    graded.mutable_grade()->set_colour(colour);
    graded.set_provisional(provisional);
    auto& terms = *graded.mutable_terms();
    if (colour == intake::v1::COLOUR_RED) {
      terms.set_first_step_due_ms(base::ToMs(start_ + minutes(10)));
      return event;
    }
    terms.set_warn_at_ms(base::ToMs(start_ + minutes(60)));
    terms.set_settle_due_ms(base::ToMs(start_ + minutes(90)));
    return event;
  }
  intake::v1::Event Involved(const std::string& organisation) const {
    intake::v1::Event event;
    auto& set = *event.mutable_involvement_set();
    set.set_household(kHousehold);
    set.set_case_number(kCase);
    set.mutable_involvement()->set_id("inv_" + organisation);
    set.mutable_involvement()->set_organisation(organisation);
    set.mutable_involvement()->set_role("desk_worker");
    return event;
  }
  template <class Event>
  static Event& About(Event* event) {
    event->set_report(kReport);
    event->set_household(kHousehold);
    event->set_case_number(kCase);
    return *event;
  }
  void HearRed() {
    Hear<intake::v1::Event>("intake", {Graded(intake::v1::COLOUR_RED), Involved(kDesk)});
  }
  void HearFirstStep() {
    intake::v1::Event event;
    About(event.mutable_first_step_named());
    Hear<intake::v1::Event>("intake", {event});
  }
  size_t SendDueAt(int minute, base::milliseconds less = base::milliseconds(0)) {
    bench_->now = start_ + minutes(minute) - less;
    return bench_->SendDue();
  }
  v1::AlarmsListed List(const daemon::Caller& caller, bool with_ended = false) {
    v1::Request request;
    request.mutable_list_alarms()->set_with_ended(with_ended);
    const daemon::Decided decided = bench_->Ask(caller, request);
    v1::Response response;
    EXPECT_TRUE(response.ParseFromString(decided.response));
    return response.alarms_listed();
  }
  v1::Alarm TheAlarm() {
    const v1::AlarmsListed listed = List(owner_, true);
    EXPECT_EQ(listed.alarms_size(), 1);
    return listed.alarms_size() == 1 ? listed.alarms(0) : v1::Alarm();
  }
  daemon::Decided Acknowledge(const daemon::Caller& caller, const std::string& alarm) {
    v1::Request request;
    request.mutable_acknowledge_alarm()->set_alarm(alarm);
    return bench_->Ask(caller, request);
  }
  // A new installation, without rules and people.
  void StartEmpty() {
    bench_ = std::make_unique<support::Bench>("escalation", Service::Make, ShippedAlarms());
  }
  uint64_t Head() { return bench_->store().head().sequence; }
  void ExpectReplays() {
    const base::Status verified = bench_->Verify();
    EXPECT_TRUE(verified.ok()) << verified.message();
  }

  std::unique_ptr<support::Bench> bench_ =
      std::make_unique<support::Bench>("escalation", Service::Make, ShippedAlarms());
  const base::Instant start_ = bench_->now;
  const daemon::Caller owner_ = support::By(kOwner, kDesk);
  const daemon::Caller colleague_ = support::By("pro_00000000000000000000000c00", kDesk);
  const daemon::Caller stranger_ = support::By("pro_00000000000000000000000x00", kOtherDesk);
  const daemon::Caller manager_ = support::By(kManagerHere, kDesk, {"duty_manager"});
  uint64_t heard_ = 0;
};

}  // namespace samenspel::escalation
