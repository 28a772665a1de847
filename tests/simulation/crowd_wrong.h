// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_cases.h"

namespace samenspel::simulation {

/// People, and programs, that ask what is not right: refused each time, and without effect.
class Wrong {
 public:
  Wrong(Stage& stage, Cases& cases) : stage_(stage), cases_(cases) {}

  /// One wrong thing of many kinds.
  void Something();
  /// A report of somebody who may send none.
  void Intrude();
  /// Another report under a request id that was used.
  void ReuseId();
  /// The very bytes of something that was answered: the same answer, and no second effect.
  void Again();
  uint64_t intrusions() const { return intrusions_; }

 private:
  void BrokenBytes();
  void BrokenEnvelope();
  void TooLarge();
  void UnknownField();
  void WithoutPurpose();
  void WithoutRight();
  void OnBehalf();
  void UnknownThing();
  void AnothersCase();
  void BadForm();
  void BadChange();
  void Refused(Person& who, size_t server, const std::string& request, const std::string& purpose,
               const std::string& what, Rights rights);

  Stage& stage_;
  Cases& cases_;
  uint64_t intrusions_ = 0;
};

}  // namespace samenspel::simulation
