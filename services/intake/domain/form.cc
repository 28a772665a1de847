// SPDX-License-Identifier: EUPL-1.2
#include "services/intake/domain/form.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "common/time/local_date.h"

namespace samenspel::intake {
namespace {

using common::v1::Reason;

// A form of 256 KiB can have as many faults as it has bytes.
constexpr size_t kReasonsMax = 100;

class Faults {
 public:
  void Add(const char* code, std::string field) {
    if (reasons_.size() == kReasonsMax) return;
    Reason reason;
    reason.set_code(code);
    reason.set_field(std::move(field));
    reasons_.push_back(std::move(reason));
  }
  std::vector<Reason> Take() { return std::move(reasons_); }

 private:
  std::vector<Reason> reasons_;
};

void CheckTold(const v1::Told& told, const std::string& field, Faults& faults) {
  if (told.text().empty() && !told.unknown()) faults.Add("missing", field);
  if (!told.text().empty() && told.unknown()) faults.Add("text_and_unknown", field);
}

bool SaysNothing(const v1::Reporter& reporter) {
  return reporter.name().empty() && reporter.organisation().empty() && reporter.phone().empty();
}

// Who reports may stand in the family part or, to stay unknown to the family, in the secret one
// (P.06).
void CheckReporter(const v1::SubmitReport& form, Faults& faults) {
  const v1::Reporter& known = form.private_().reporter();
  const v1::Reporter& hidden = form.secret().hidden_reporter();
  if (SaysNothing(known) && !known.unknown() && SaysNothing(hidden) && !hidden.unknown()) {
    faults.Add("missing", "private.reporter");
  }
  if (known.unknown() && !SaysNothing(known)) faults.Add("text_and_unknown", "private.reporter");
  if (hidden.unknown() && !SaysNothing(hidden)) {
    faults.Add("text_and_unknown", "secret.hidden_reporter");
  }
}

void CheckBirthDate(const std::string& text, const std::string& field, bool may_be_expected,
                    std::chrono::year_month_day today, Faults& faults) {
  if (text.empty()) return;
  const auto date = time::ParseDate(text);
  if (!date) {
    faults.Add("not_a_date", field);
  } else if (!may_be_expected && *date > today) {
    faults.Add("in_the_future", field);
  }
}

void CheckPersons(const v1::ReportPrivate& family, std::chrono::year_month_day today,
                  Faults& faults) {
  for (int i = 0; i < family.children_size(); ++i) {
    const v1::Child& child = family.children(i);
    const std::string field = "private.children[" + std::to_string(i) + "]";
    // The date of an unborn child is the one on which it is expected.
    CheckBirthDate(child.birth_date(), field + ".birth_date", child.unborn(), today, faults);
    if (!child.bsn().empty() && !IsBsn(child.bsn())) faults.Add("bad_bsn", field + ".bsn");
  }
  for (int i = 0; i < family.adults_size(); ++i) {
    const std::string field = "private.adults[" + std::to_string(i) + "].birth_date";
    CheckBirthDate(family.adults(i).birth_date(), field, false, today, faults);
  }
}

void CheckAnswers(const Answers& answers, const Crisismeter& rules, Faults& faults) {
  std::set<std::string_view> answered;
  for (int i = 0; i < answers.size(); ++i) {
    const v1::IndicatorAnswer& answer = answers[i];
    const auto add = [&](const char* code, const char* part) {
      faults.Add(code, "answers[" + std::to_string(i) + "]" + part);
    };
    const bool known =
        std::any_of(rules.indicators.begin(), rules.indicators.end(),
                    [&](const Indicator& indicator) { return indicator.id == answer.indicator(); });
    if (!known) add("unknown_indicator", ".indicator");
    if (known && !answered.insert(answer.indicator()).second) add("answered_twice", ".indicator");
    if (answer.value() == v1::ANSWER_VALUE_UNSPECIFIED) add("missing", ".value");
  }
}

}  // namespace

bool IsBsn(const std::string& text) {
  if (text.size() != 9 || text.find_first_not_of("0123456789") != std::string::npos) return false;
  int sum = -(text[8] - '0');
  for (int i = 0; i < 8; ++i) sum += (9 - i) * (text[i] - '0');
  return sum % 11 == 0 && text != "000000000";
}

std::vector<Reason> FaultsOf(const v1::SubmitReport& form, const Crisismeter& rules,
                             std::chrono::year_month_day today) {
  Faults faults;
  CheckAnswers(form.answers(), rules, faults);
  CheckTold(form.private_().happening(), "private.happening", faults);
  CheckTold(form.private_().child_now(), "private.child_now", faults);
  CheckReporter(form, faults);
  CheckPersons(form.private_(), today, faults);
  // What comes afterwards has a request, a moment and a sender of its own.
  if (form.private_().has_afterwards()) faults.Add("not_in_a_form", "private.afterwards");
  return faults.Take();
}

std::vector<Reason> FaultsOfAnswers(const Answers& answers, const Crisismeter& rules) {
  Faults faults;
  CheckAnswers(answers, rules, faults);
  return faults.Take();
}

}  // namespace samenspel::intake
