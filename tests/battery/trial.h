// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/battery/draw.h"
#include "tests/battery/journal_check.h"

namespace samenspel::battery {

struct Plan {
  uint64_t seed = 1;
  uint64_t attempts = 20'000;
  size_t findings_at_most = 40;  ///< Then it stops.
};

struct Result {
  uint64_t attempts = 0;
  uint64_t worlds = 0;
  std::map<std::string, uint64_t> answers;  ///< How many of each; "": silence.
  std::vector<std::string> findings;        ///< Each with all that is needed to see it again.
  Coverage coverage;
  /// Where an answer says that it is recorded, and as what: by service and number.
  std::map<std::pair<std::string, uint64_t>, std::pair<std::string, std::string>> recorded;
};

/// What is tried on one stage, and what came of it.
class Trial {
 public:
  Trial(Stage& stage, Scene scene, uint64_t seed, const Table& table, const Plan& plan,
        Result& result)
      : stage_(stage),
        scene_(std::move(scene)),
        draw_(seed, table),
        table_(table),
        plan_(plan),
        result_(result) {}

  bool Enough() const;
  /// Cases of which everything is known.
  size_t FreshCases() const;
  /// Everybody gets other roles, organisations and keys.
  void Cast();
  /// Draws something and tries it.
  void TryOne();
  /// More than is recorded one by one: counted, and *busy*; what somebody may do they still may.
  ///   passes  lets time go by
  void Flood(const std::function<void(base::milliseconds)>& passes);
  void Find(const std::string& what);

 private:
  using Fault = std::function<void(const std::string&)>;
  void Try(const Attempt& attempt);
  void CheckAlike(const Attempt& attempt, const std::string& status, common::v1::Reply reply,
                  const Fault& fault);
  void CheckCounts(const std::string& who, const std::vector<common::v1::EntryHeader>& entries);
  void Note(const Attempt& attempt, const std::string& status, const common::v1::Reply& reply);
  bool IsNearLimit(const Attempt& attempt);
  std::optional<Attempt> TheSameForTheReader();
  std::string FloodingSomebody();
  std::optional<common::v1::Answer> Send(const Attempt& attempt);
  Monitor MonitorNow() { return {table_, casting_, stage_.Now()}; }

  Stage& stage_;
  Scene scene_;
  Draw draw_;
  const Table& table_;
  const Plan& plan_;
  Result& result_;
  Casting casting_;
  JournalCheck journal_;
  std::optional<Attempt> read_;  // The last look at a report, by somebody for themself.
  std::map<std::string, std::deque<base::Instant>> turned_away_;  // By service and person.
  std::map<std::string, std::string> not_found_;
};

/// "ok", "denied", ...; "" when nothing came back.
std::string StatusOf(const std::optional<common::v1::Answer>& answer);

}  // namespace samenspel::battery
