// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/crash/scripted_day.h"

namespace samenspel::crash {

/// Which operations of a day are tried: about so many, evenly spread from where `seed` says.
struct Choice {
  uint64_t seed = 1;
  uint64_t operations = 0;  ///< 0: all.
};

/// One service on one machine lives through a scripted day. At its disk's operations the power
/// goes, or the operation fails; then it is started again on what is left. It must start, hold all
/// that was committed before the turn under way and all or nothing of that turn (every row of every
/// column as in the undisturbed day), have keys for what it sealed, give first answers again, take
/// what was not answered exactly once, and say the same after one more power cut. A part of the
/// points is also verified by replay, or loses power again while it starts.
class CrashPoints {
 public:
  CrashPoints(ScriptedDay& day, size_t service, size_t write_buffer_bytes, Choice choice);
  ~CrashPoints();

  /// Power cuts after each chosen operation; each with every fate of what was not synced.
  void CutPower();
  /// Each chosen operation fails with `fault` and the process ends; now and then the power goes
  /// too.
  void Fail(simulation::DiskFault fault);

  const simulation::Findings& findings() const { return findings_; }
  uint64_t operations() const { return operations_; }  ///< Of the whole day.
  uint64_t points() const { return points_; }          ///< Starts after a fault.
  /// Points at which the turn under way was there already; some must be, and some must not.
  uint64_t ahead() const { return ahead_; }
  uint64_t verified() const { return verified_; }
  uint64_t cut_while_starting() const { return cut_while_starting_; }
  uint64_t stopped_by_fault() const { return stopped_by_fault_; }

 private:
  /// What the store holds after a turn; number 0: after the first start.
  struct Milestone {
    store::Head head;
    std::string rows;  // SHA-256 of all.
  };
  struct Point {
    uint64_t operation = 0;
    size_t done = 0;  // Milestones that were reached; one more is under way.
    simulation::Image image;
  };

  bool Record();
  base::Instant TimeOf(size_t milestone) const;
  base::Status Play(simulation::Machine& machine, size_t& done) const;
  void Try(const Point& point, simulation::Tail tail);
  bool StartAgain(const Point& point, const std::string& what, bool collect);
  void Check(const Point& point, const std::string& what);
  void CheckRows(const Point& point, const std::string& what);
  void CheckKeys(const std::string& what);
  void CheckRetries(const Point& point, const std::string& what);
  void Retry(const RecordedRequest& request, bool answered, bool was_there,
             const std::string& what);
  void CheckOnceMore(const Point& point, const std::string& what);
  void Found(const std::string& what) { findings_.push_back(what); }
  bool Takes(uint64_t operation) const { return (operation + choice_.seed) % stride_ == 0; }

  ScriptedDay& day_;
  const size_t service_;
  const size_t write_buffer_bytes_;
  const Choice choice_;
  support::SeededEntropy chance_;
  std::vector<RecordedRequest> requests_;
  std::vector<Milestone> milestones_;
  std::unique_ptr<simulation::Machine> machine_;  // Where points are tried.
  std::deque<Point> while_starting_;
  simulation::Findings findings_;
  uint64_t operations_ = 0;
  uint64_t stride_ = 1;
  uint64_t points_ = 0;
  uint64_t ahead_ = 0;
  uint64_t verified_ = 0;
  uint64_t cut_while_starting_ = 0;
  uint64_t stopped_by_fault_ = 0;
};

}  // namespace samenspel::crash
