// SPDX-License-Identifier: EUPL-1.2
#include "services/meeting/domain/table.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace samenspel::meeting {
namespace {

constexpr std::string_view kCasePlace = "{case}";

using Yes = std::set<std::string, std::less<>>;

// Those of `any_yes` that were answered yes, in the order of the file.
std::vector<std::string> Held(const std::vector<std::string>& any_yes, const Yes& yes) {
  std::vector<std::string> held;
  std::copy_if(any_yes.begin(), any_yes.end(), std::back_inserter(held),
               [&](const std::string& indicator) { return yes.contains(indicator); });
  return held;
}

void Append(std::string& text, const std::string& sentence) {
  if (!text.empty() && !sentence.empty()) text += ' ';
  text += sentence;
}

AskedSeat Asked(const SeatRule& rule, const Yes& yes) {
  AskedSeat seat{&rule, rule.reason_nl, rule.reason_en, Held(rule.any_yes, yes)};
  for (const Trigger& trigger : rule.triggers) {
    const auto held = Held(trigger.any_yes, yes);
    if (held.empty()) continue;
    Append(seat.reason_nl, trigger.nl);
    Append(seat.reason_en, trigger.en);
    seat.indicators.insert(seat.indicators.end(), held.begin(), held.end());
  }
  return seat;
}

std::string Filled(std::string text, const std::string& case_number) {
  for (size_t at = text.find(kCasePlace); at != std::string::npos;
       at = text.find(kCasePlace, at + case_number.size())) {
    text.replace(at, kCasePlace.size(), case_number);
  }
  return text;
}

}  // namespace

std::vector<AskedSeat> SeatsFor(const TableRules& rules, const Answers& answers) {
  Yes yes;
  for (const auto& answer : answers) {
    if (answer.value() == intake::v1::ANSWER_VALUE_YES) yes.insert(answer.indicator());
  }
  std::vector<AskedSeat> seats;
  for (const SeatRule& rule : rules.seats) {
    AskedSeat seat = Asked(rule, yes);
    if (!rule.conditional || !seat.indicators.empty()) seats.push_back(std::move(seat));
  }
  return seats;
}

v1::Join JoinFor(const JoinRule& rule, const std::string& case_number) {
  v1::Join join;
  join.set_room(Filled(rule.room, case_number));
  join.set_phone(Filled(rule.phone, case_number));
  join.set_link(Filled(rule.link, case_number));
  return join;
}

}  // namespace samenspel::meeting
