// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_cases.h"

namespace samenspel::simulation {

/// People who open a case without a part in it, those who judge that afterwards, and those who ask
/// why somebody may see what.
class Privacy {
 public:
  Privacy(Stage& stage, Cases& cases) : stage_(stage), cases_(cases) {}

  void BreakSome();
  /// An officer reads what waits and judges some of it.
  void ReviewSome();
  void ReviewAll();
  /// Somebody judges who may not, or what was judged, or what is none.
  void ReviewWrongly();
  void ExplainSome();
  /// An officer looks a case up in the log.
  void ReadLog();
  bool AllReviewed() const;

 private:
  void Read(Person& officer, bool all);
  void Review(Person& officer, const std::string& opening, const Rights& rights);
  Person& OfficerOf(const Story& story);
  Story* Opened();

  Stage& stage_;
  Cases& cases_;
  std::map<std::string, std::string> reasons_;  // By opening.
  std::set<std::string> under_review_;
  std::set<std::string> reviewed_;
};

}  // namespace samenspel::simulation
