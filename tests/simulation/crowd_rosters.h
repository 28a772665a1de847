// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include "tests/simulation/crowd_stage.h"

namespace samenspel::simulation {

/// The region's manager: sets it up, mends rosters when people fall ill, lets them run dry in some
/// runs, and looks at what there is.
class Rosters {
 public:
  explicit Rosters(Stage& stage);

  /// Step by step; each begins when all of the one before is acknowledged.
  void SetUp(size_t step);
  bool is_set_up() const { return set_up_; }
  /// Somebody is ill, or back; or another deputy is named.
  void ChangeSome();
  /// Nobody of one function is on duty any more, for a while.
  void RunDry();
  /// Everybody is back on duty.
  void Restore();
  /// Shifts for the days from now on.
  void Renew(int days);
  void ShowSome();
  /// What is refused to a manager.
  void Mistake();

 private:
  std::vector<meeting::v1::Request> RequestsOf(size_t step) const;
  void SetShifts(const meeting::v1::SetShifts& shifts);
  void Register(const meeting::v1::Professional& professional);
  void ShowRoster();
  void ShowNames();
  void ShowCoverage();
  void Send(const meeting::v1::Request& request, const std::string& what,
            Stage::Then then = nullptr);
  bool Change(const meeting::v1::Request& request, const std::string& what, Rights rights);

  Stage& stage_;
  std::vector<meeting::v1::SetShifts> shifts_;  // When all are well.
  bool set_up_ = false;
  int under_way_ = 0;
  std::map<std::string, meeting::v1::Professional> known_;  // As they were registered last.
  std::map<std::string, meeting::v1::SetShifts> ill_;       // Their shifts, for later.
};

}  // namespace samenspel::simulation
