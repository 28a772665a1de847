// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_cases.h"

namespace samenspel::simulation {

/// People at desks: send reports, say who holds the child, claim, hand over and back, settle.
class Desks {
 public:
  Desks(Stage& stage, Cases& cases) : stage_(stage), cases_(cases) {}

  void Report();
  /// Several at once that nobody saw the colour of.
  void Import();
  /// The form of a report that was sent, under a new id: another report.
  void ReportTwice();
  void CheckForm();

  void HoldSome();
  void ClaimSome();
  void HandOverSome();
  void HandBackSome();
  void SettleSome();
  void ConfirmSome();
  void CircleSome();
  /// Two people at the same instant, about the same report.
  void Collide();
  /// Somebody decides on what they saw long ago.
  void DecideOnOldNews();

  void Hold(Person& who, Story& story, uint64_t seen = 0);
  void Claim(Person& who, Story& story, uint64_t seen = 0);
  void HandOver(Person& who, Story& story, const std::string& to, uint64_t seen = 0);
  void HandBack(Person& who, Story& story, uint64_t seen = 0);
  void Settle(Person& who, Story& story, uint64_t seen = 0);
  void Confirm(Person& who, Story& story);

  int sent() const { return sent_; }

 private:
  void Send(Person& desk, intake::v1::SubmitReport form, intake::v1::Colour colour);
  void Received(Story& story, const common::v1::Reply& reply);
  void FollowUp(Story& story);
  void AwaitAll(Story& story);
  void Awaited(Story& story, size_t server, const std::string& by,
               const common::v1::Awaited& awaited);
  intake::v1::Colour NextColour();
  intake::v1::SubmitReport Form(intake::v1::Colour colour);
  intake::v1::HoldReport Step(const Story& story);
  /// Somebody at the desk in whose queue it lies.
  Person& AtDeskOf(const Story& story);
  Story* OpenOne();

  Stage& stage_;
  Cases& cases_;
  int sent_ = 0;
  uint64_t forms_ = 0;
};

}  // namespace samenspel::simulation
