// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulation/model/copies.h"
#include "tests/simulation/model/demands.h"

namespace samenspel::simulation::model {

/// Alarms (P.01, P.13, P.17, P.73; invariants 3 and 11; docs/formats/alarms.md, decision 7).
///
/// - Whatever must be done about a report, as far as escalation has heard, is watched by when or
///   rings; nothing else is. So a red report without a first step rings from its instant on, on
///   escalation's own clock and while it runs; at the end, with all clocks right, in truth.
/// - What is due rings, and not before. One alarm for one cause: it never rings twice, and back
///   within `again_minutes` is the same one.
/// - It asks whom the file says, by the roster as escalation has it: everybody of the step, nobody
///   twice, nobody else. The next in line is asked in time, and not before; an acknowledgement is
///   of who was asked and holds the next back.
/// - It ends for a reason that is true, and never by itself.
/// - What is watched is never further off than its whole term, whatever clock set it.
/// - The alarm about its own clock rings while it does not believe it, and no longer. When time
/// went
///   back, what was to come keeps the time that it had left (decision 8).
/// - An opening by break-glass has its review watched until it was reviewed.
/// Lenient: a term that stayed where it was when time went back (it was due, or nothing was watched
/// of its report) may be watched for longer, as decision 8 has it; what a clock that ran ahead has
/// ended (a meeting that seemed to have begun) need not come back when the clock is put right; when
/// `follower_lagging` rings follows from what no entry tells; its course is judged, and that none
/// is open at the end.
class Alarms : public Rule {
 public:
  Alarms(Notebook& notebook, const RuleBook& rules, const Reports& reports, Copies& copies)
      : notebook_(notebook), rules_(rules), reports_(reports), copies_(copies) {}

  void Take(const Seen& seen) override;
  void Restarted(size_t service) override;
  void AtEnd(base::Instant true_time) override;

 private:
  struct Watch {
    escalation::v1::Alarm alarm;
    std::string organisation;
  };
  struct Ringing {
    escalation::v1::Alarm alarm;
    std::string watch;
    std::string organisation;
    std::map<std::string, bool> asked;  // Person, and whether they said yes.
    int64_t ended_ms = 0;
  };
  struct Review {
    uint64_t sequence;
    std::string opening;
    int64_t due_ms;  // 0: it was reviewed.
    int64_t said_ms;
  };

  void Apply(const Seen& seen, const escalation::v1::Event& event);
  void SeeClock(const Seen& seen, const common::v1::ClockSeen& event);
  void GoBack(const common::v1::ClockSeen& back);
  void CheckSpan(const Seen& seen, const escalation::v1::WatchSet& event);
  void SetWatch(const Seen& seen, const escalation::v1::WatchSet& event);
  void Raised(const Seen& seen, const escalation::v1::AlarmRaised& event);
  void CheckAgain(const Seen& seen, const escalation::v1::Alarm& alarm, const std::string& watch);
  void PassedOn(const Seen& seen, const escalation::v1::AlarmPassedOn& event);
  void SeenBy(const Seen& seen, const escalation::v1::SeenByPerson& event);
  void Ended(const Seen& seen, const escalation::v1::AlarmEnded& event);
  bool IsTrue(const Seen& seen, const Ringing& ringing, const std::string& reason) const;
  void CheckReview(const Seen& seen);
  void CheckDemands(const std::string& where, const std::string& report, int64_t now_ms);
  void CheckMissed(const Seen& seen);
  /// In alarms_asked.cc: whom the steps (from, to] ask, and whether that is whom was asked.
  std::set<std::string> Candidates(const std::string& code, const Ringing& ringing,
                                   int64_t at_ms) const;
  std::set<std::string> Wanted(const Ringing& ringing, uint32_t from, uint32_t to,
                               int64_t at_ms) const;
  void Ask(const Seen& seen, Ringing& ringing, uint32_t from, uint32_t to,
           const google::protobuf::RepeatedPtrField<escalation::v1::Asked>& asked,
           const std::set<std::string>& asked_before);
  void CheckNext(const Seen& seen, const Ringing& ringing);
  void Index(const std::string& report, const std::string& id, bool rings, bool is_there);
  void Find(const Seen& seen, const std::string& id, const std::string& what) {
    notebook_.Find(seen.where() + ", " + id + ": " + what);
  }

  // What must be done about its own clock, by the text to say when it is not.
  static constexpr const char* kClockRings =
      "is not told of to operators though the clock is wrong";
  static constexpr const char* kClockEnds = "rings on though the clock is settled";

  Notebook& notebook_;
  const RuleBook& rules_;
  const Reports& reports_;
  Copies& copies_;
  std::map<std::string, Watch> watches_;  // That wait.
  std::map<std::string, Ringing> alarms_;
  std::map<std::string, std::string> last_of_watch_;         // Alarm by watch.
  std::map<std::string, std::set<std::string>> watches_of_;  // Of a report.
  std::map<std::string, std::set<std::string>> ringing_of_;
  std::deque<Review> reviews_;
  DueBook due_;        // Watches that must ring.
  DueBook pass_on_;    // Alarms of which the next in line must be asked.
  DueBook clock_due_;  // That the alarm about its own clock is set, or ends.
  bool clock_wrong_ = false;
  std::set<std::string> moved_;  // Reports of which nothing was heard since time went back.
  int64_t offset_ms_ = 0;        // Of escalation's clock to the truth, as last seen.
  int64_t latest_ms_ = 0;        // That this clock ever showed.
};

/// Kind of an alarm, with the seat behind a space where it has one.
std::string KeyOf(const escalation::v1::Alarm& alarm);

}  // namespace samenspel::simulation::model
