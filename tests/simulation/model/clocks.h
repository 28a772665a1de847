// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <optional>
#include <string>

#include "tests/simulation/model/people.h"

namespace samenspel::simulation::model {

/// The time of each service (decision 8).
///
/// - Stamps never go back, save after an acceptance, which stands last in its turn. Own time
///   goes on with the time since boot; the wall clock moves it by a minute at most, each time that
///   it moves itself. It starts at the wall clock, and never before the last entry, or what was
///   accepted there.
/// - A wall clock that is off by more than a minute is not believed: the turn that sees it says so,
///   once, with how far off it is. When it has been right for a minute that is said, too, once.
/// - Nobody but an operator accepts, only what is not believed, and only as far as it is off; the
///   entry says by how much and is theirs. Whoever else tries is denied, by an entry.
/// - At the end everybody goes by the right time.
/// Not judged: how long the loop took to look, and `clock_moved`, since no entry says what was
/// seen.
class Clocks : public Rule {
 public:
  Clocks(Notebook& notebook, const People& people) : notebook_(notebook), people_(people) {}

  void Take(const Seen& seen) override;
  void Restarted(size_t service) override;
  void AtEnd(base::Instant true_time) override;
  /// It reads its clocks from here on.
  void Started(size_t service);
  /// What the machine of a service shows now.
  void Shows(size_t service, base::Instant wall, base::milliseconds since_boot);

 private:
  struct Reading {
    int64_t wall_ms;
    int64_t boot_ms;
  };
  struct Own {
    bool runs = true;
    std::optional<Reading> now;
    std::optional<Reading> base;  // When own time was `base_ms`.
    int64_t base_ms = 0;
    int64_t nudged_ms = 0;                  // By less than a minute each time, since then.
    int64_t floor_ms = 0;                   // No stamp lies before it.
    std::optional<int64_t> accepted_at_ms;  // In this turn: the rest of it is stamped the same.
    bool disbelieved = false;               // As it said last.
    std::optional<int64_t> wrong_at_ms;     // Seen wrong, and not said yet.
    std::optional<int64_t> right_at_ms;     // Seen right, and not said yet;
    std::optional<int64_t> overdue_at_ms;   // and for so long that it must be said.
  };
  int64_t OwnNow(const Own& own) const;
  void CheckStamp(const Seen& seen, Own& own);
  void CheckPace(const Seen& seen, Own& own);
  void Said(const Seen& seen, Own& own, const common::v1::ClockSeen& event);
  void Accepted(const Seen& seen, Own& own, const common::v1::ClockSeen& event);
  void CheckTries(const Seen& seen, const Own& own, bool accepted);
  void CheckSilence(const Seen& seen, Own& own);
  void Find(const Seen& seen, const std::string& what) {
    notebook_.Find(seen.where() + ": " + what);
  }

  Notebook& notebook_;
  const People& people_;
  std::array<Own, kPlaces> own_;
};

}  // namespace samenspel::simulation::model
