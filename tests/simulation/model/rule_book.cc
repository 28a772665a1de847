// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/model/rule_book.h"

#include <toml++/toml.h>

#include "common/time/local_date.h"
#include "common/time/working_days.h"
#include "common/tlog/sha256.h"

namespace samenspel::simulation::model {
namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kHourMs = 60 * kMinuteMs;
constexpr int64_t kDayMs = 24 * kHourMs;

toml::table Parsed(const std::string& text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error&) {
    return {};
  }
}

template <class Visit>
void EachTable(const toml::node_view<const toml::node>& node, const Visit& visit) {
  const toml::array* array = node.as_array();
  if (array == nullptr) return;
  for (const auto& one : *array) visit(*one.as_table());
}

TermsRules ParseTerms(const std::string& text) {
  const toml::table file = Parsed(text);
  const auto number = [&](const char* part, const char* key) {
    return file[part][key].value_or(int64_t{0});
  };
  TermsRules rules;
  rules.first_step_ms = number("red", "first_step_minutes") * kMinuteMs;
  rules.planned_ms = number("red", "meeting_planned_minutes") * kMinuteMs;
  rules.table_ms = number("red", "table_minutes") * kMinuteMs;
  rules.confirm_ms = number("red", "confirm_minutes") * kMinuteMs;
  rules.amber_ms = number("amber", "settle_hours") * kHourMs;
  rules.amber_warn_ms = number("amber", "warn_hours_before") * kHourMs;
  rules.green_days = static_cast<int>(number("green", "settle_working_days"));
  rules.green_warn_ms = number("green", "warn_hours_before") * kHourMs;
  rules.glass_ms = number("break_glass", "minutes") * kMinuteMs;
  rules.review_ms = number("break_glass", "review_hours") * kHourMs;
  return rules;
}

TableRules ParseTable(const std::string& text) {
  const toml::table file = Parsed(text);
  const auto minutes = [&](const char* key) { return file[key].value_or(int64_t{0}) * kMinuteMs; };
  TableRules rules;
  rules.timebox_ms = minutes("timebox_minutes");
  rules.notice_ms = minutes("notice_minutes");
  rules.grid_ms = minutes("start_step_minutes");
  rules.term_ms = minutes("red_term_minutes");
  rules.horizon_ms = file["horizon_days"].value_or(int64_t{0}) * kDayMs;
  rules.chair = file["chair"]["function"].value_or(std::string());
  rules.notes = file["notes"]["function"].value_or(std::string());
  EachTable(file["seat"], [&](const toml::table& one) {
    auto& seat = rules.seats.emplace_back();
    seat.function = one["function"].value_or(std::string());
    seat.conditional = one["conditional"].value_or(false);
    seat.rings = one["ring_when_missing"].value_or(false);
    if (const auto* yes = one["any_yes"].as_array()) {
      for (const auto& id : *yes) seat.any_yes.insert(id.value_or(std::string()));
    }
  });
  return rules;
}

AlarmRules ParseAlarms(const std::string& text) {
  const toml::table file = Parsed(text);
  AlarmRules rules;
  rules.acknowledged_ms = file["acknowledged_minutes"].value_or(int64_t{0}) * kMinuteMs;
  rules.again_ms = file["again_minutes"].value_or(int64_t{0}) * kMinuteMs;
  rules.households = file["households"].value_or(size_t{25});
  rules.reading_ms = file["households_hours"].value_or(int64_t{24}) * 60 * kMinuteMs;
  EachTable(file["alarm"], [&](const toml::table& alarm) {
    auto& steps = rules.steps[alarm["kind"].value_or(std::string())];
    EachTable(alarm["step"], [&](const toml::table& one) {
      auto& step = steps.emplace_back();
      step.after_ms = one["after_minutes"].value_or(int64_t{0}) * kMinuteMs;
      if (const auto* ask = one["ask"].as_array()) {
        for (const auto& code : *ask) step.ask.push_back(code.value_or(std::string()));
      }
    });
  });
  return rules;
}

}  // namespace

intake::v1::Terms TermsRules::For(intake::v1::Colour colour, bool provisional, int64_t received_ms,
                                  int64_t settled_from_ms) const {
  intake::v1::Terms terms;
  if (colour == intake::v1::COLOUR_RED) {
    terms.set_first_step_due_ms(received_ms + first_step_ms);
    if (provisional) {
      terms.set_confirm_due_ms(received_ms + confirm_ms);
    } else {
      terms.set_meeting_due_ms(settled_from_ms + planned_ms);
      terms.set_settle_due_ms(settled_from_ms + table_ms);
    }
  } else if (colour == intake::v1::COLOUR_AMBER) {
    terms.set_settle_due_ms(received_ms + amber_ms);
    terms.set_warn_at_ms(terms.settle_due_ms() - amber_warn_ms);
  } else {
    const auto day = time::LocalDate(base::FromMs(received_ms));
    terms.set_settle_due_ms(base::ToMs(time::EndOfDay(time::AddWorkingDays(day, green_days))));
    terms.set_warn_at_ms(terms.settle_due_ms() - green_warn_ms);
  }
  return terms;
}

void RuleBook::Adopt(const Seen& seen, const std::string& toml, const std::string& hash) {
  if (tlog::Sha256(toml) != hash) {
    notebook_.Find(seen.where() + " adopts rules under a hash that is not theirs");
  }
  if (!seen.IsOwn()) notebook_.Find(seen.where() + ": rules that the daemon did not adopt itself");
  adopted_[seen.service].insert(hash);
}

void RuleBook::Take(const Seen& seen) {
  for (const auto& event : seen.intake) {
    if (event.has_crisismeter_adopted()) {
      const auto& adopted = event.crisismeter_adopted();
      Adopt(seen, adopted.toml(), adopted.hash());
      crisismeter_ = Crisismeter::Parse(adopted.toml());
      crisismeter_hash_ = adopted.hash();
    }
    if (event.has_terms_adopted()) {
      Adopt(seen, event.terms_adopted().toml(), event.terms_adopted().hash());
      terms_ = ParseTerms(event.terms_adopted().toml());
    }
  }
  for (const auto& event : seen.meeting) {
    if (!event.has_table_adopted()) continue;
    Adopt(seen, event.table_adopted().toml(), event.table_adopted().hash());
    table_ = ParseTable(event.table_adopted().toml());
    table_hash_ = event.table_adopted().hash();
  }
  for (const auto& event : seen.escalation) {
    if (!event.has_alarms_adopted()) continue;
    Adopt(seen, event.alarms_adopted().toml(), event.alarms_adopted().hash());
    alarms_ = ParseAlarms(event.alarms_adopted().toml());
  }
  for (const std::string& hash : seen.header().rule_hashes()) {
    if (adopted_[seen.service].contains(hash)) continue;
    notebook_.Find(seen.where() + " used rules that were never adopted there");
  }
}

}  // namespace samenspel::simulation::model
