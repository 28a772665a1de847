// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_cases.h"

namespace samenspel::simulation {

/// People who read: what they are shown must be what was sent, and no more than they may know.
class Looks {
 public:
  Looks(Stage& stage, Cases& cases) : stage_(stage), cases_(cases) {}

  /// Somebody who may, or perhaps may, reads a report; of a red one also its meeting.
  void LookSome();
  void Report(Person& who, Story& story);
  void Meeting(Person& who, Story& story);
  /// A page or two of a list or queue.
  void PageSome();
  void Mine();
  void Status();

 private:
  struct Walk;
  void CheckShown(Person& who, Story& story, const intake::v1::ReportShown& shown, uint64_t least,
                  bool alone, uint64_t mine);
  void CheckSecret(Person& who, const Story& story, const intake::v1::ReportShown& shown);
  void CheckLine(Person& who, const intake::v1::ReportLine& line, uint64_t least);
  void NextPage(Person& who, const std::shared_ptr<Walk>& walk);
  Story* StoryOf(const std::string& report);

  Stage& stage_;
  Cases& cases_;
};

}  // namespace samenspel::simulation
