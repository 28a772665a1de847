// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/model/crisismeter.h"
#include "tests/simulation/model/seen.h"

namespace samenspel::simulation::model {

/// terms.toml (docs/formats/terms.md).
struct TermsRules {
  int64_t first_step_ms = 0;
  int64_t planned_ms = 0;
  int64_t table_ms = 0;
  int64_t confirm_ms = 0;
  int64_t amber_ms = 0;
  int64_t amber_warn_ms = 0;
  int green_days = 0;
  int64_t green_warn_ms = 0;
  int64_t glass_ms = 0;
  int64_t review_ms = 0;

  /// By when things must be done about a report of this colour.
  ///   settled_from_ms  of red: when it came in, or when a provisional one was decided on
  intake::v1::Terms For(intake::v1::Colour colour, bool provisional, int64_t received_ms,
                        int64_t settled_from_ms) const;
};

/// table.toml (docs/formats/table.md).
struct TableRules {
  struct Seat {
    std::string function;
    bool conditional = false;
    bool rings = false;
    std::set<std::string> any_yes;
  };
  int64_t timebox_ms = 0;
  int64_t notice_ms = 0;
  int64_t grid_ms = 0;
  int64_t horizon_ms = 0;
  int64_t term_ms = 0;
  std::string chair;
  std::string notes;
  std::vector<Seat> seats;
};

/// alarms.toml (docs/formats/alarms.md).
struct AlarmRules {
  struct Step {
    std::vector<std::string> ask;
    int64_t after_ms = 0;
  };
  int64_t acknowledged_ms = 0;
  int64_t again_ms = 0;
  size_t households = 0;  // 0: no file was adopted.
  int64_t reading_ms = 0;
  std::map<std::string, std::vector<Step>> steps;  // By kind.
};

/// Rules as data (000.30): which were adopted where, and which are in force.
///
/// What is adopted is there as a whole with its own hash. Whatever names rules names ones that were
/// adopted before; a new grade or a new plan names those in force. Lenient: which other entries
/// name which rules is left open.
class RuleBook : public Rule {
 public:
  explicit RuleBook(Notebook& notebook) : notebook_(notebook) {}

  void Take(const Seen& seen) override;

  const TermsRules& terms() const { return terms_; }
  const TableRules& table() const { return table_; }
  bool has_table() const { return !table_.seats.empty(); }
  const AlarmRules& alarms() const { return alarms_; }
  const Crisismeter& crisismeter() const { return crisismeter_; }
  /// Hash of the crisismeter in force.
  const std::string& crisismeter_hash() const { return crisismeter_hash_; }
  const std::string& table_hash() const { return table_hash_; }

 private:
  void Adopt(const Seen& seen, const std::string& toml, const std::string& hash);

  Notebook& notebook_;
  std::array<std::set<std::string>, kPlaces> adopted_;
  TermsRules terms_;
  TableRules table_;
  AlarmRules alarms_;
  Crisismeter crisismeter_;
  std::string crisismeter_hash_;
  std::string table_hash_;
};

}  // namespace samenspel::simulation::model
