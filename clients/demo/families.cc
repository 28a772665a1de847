// SPDX-License-Identifier: EUPL-1.2
#include "clients/demo/families.h"

#include <array>
#include <cstdio>
#include <string>
#include <string_view>

#include "clients/demo/names.h"
#include "clients/demo/random.h"

namespace samenspel::demo {
namespace {

using intake::v1::AnswerValue;
using intake::v1::Colour;

// Everything that the delivered crisismeter asks. The first three are the direct dangers of which
// one alone decides here.
constexpr auto kIndicators = std::to_array<std::string_view>({"fresh_injury",
                                                              "suspect_has_access",
                                                              "no_basic_care",
                                                              "sexual_abuse_recent",
                                                              "weapon_or_death_threat",
                                                              "child_suicidal",
                                                              "abduction_risk",
                                                              "location_unknown",
                                                              "carer_intoxicated_now",
                                                              "physical_abuse_suspected",
                                                              "sexual_abuse_suspected",
                                                              "parent_suicidal",
                                                              "honour_related_violence",
                                                              "needless_medication",
                                                              "young_or_dependent_child",
                                                              "unborn_child_at_risk",
                                                              "child_disclosed",
                                                              "child_afraid_home",
                                                              "child_not_seen",
                                                              "school_absence",
                                                              "neglect_structural",
                                                              "home_unsafe",
                                                              "domestic_violence_witnessed",
                                                              "violence_getting_worse",
                                                              "separation_conflict",
                                                              "psychiatric_illness_parent",
                                                              "parental_addiction",
                                                              "forced_marriage_risk",
                                                              "serious_illness_parent",
                                                              "mild_intellectual_disability",
                                                              "debts_or_eviction",
                                                              "no_protective_adult",
                                                              "parents_refuse_contact",
                                                              "repeat_report",
                                                              "agreements_broken",
                                                              "possible_offence",
                                                              "police_involved_now",
                                                              "hospital_involved"});
constexpr size_t kDeciding = 3;
constexpr auto kHappenings = std::to_array<std::string_view>(
    {"De buren hoorden vannacht langdurig geschreeuw en glasgerinkel.",
     "Op school vertelde het kind dat het niet naar huis durft.",
     "De huisarts zag een verwonding waarvoor geen uitleg is.",
     "Er is al dagen geen eten in huis en de verwarming is afgesloten.",
     "Een ouder is opgenomen; de kinderen bleven alleen achter.",
     "De wijkagent trof de ouder onder invloed aan met een baby in de kamer."});
constexpr auto kChildNow = std::to_array<std::string_view>(
    {"Op school, bij de intern begeleider.", "Thuis, met een van de ouders.",
     "Bij een tante in dezelfde straat.", "Op de spoedeisende hulp, met een verpleegkundige."});
constexpr auto kRelations = std::to_array<std::string_view>(
    {"moeder", "vader", "stiefvader", "stiefmoeder", "oma", "pleegouder"});
constexpr auto kLanguages =
    std::to_array<std::string_view>({"nl", "ar", "tr", "pl", "ti", "en", "pap", "uk"});
constexpr auto kReporters =
    std::to_array<std::string_view>({"Basisschool De Regenboog", "Huisartsenpraktijk Torenstraat",
                                     "Politie, team Oosterhaven", "Kinderdagverblijf Pinkeltje"});
constexpr auto kShelters = std::to_array<std::string_view>({"Opvanghuis Vuurtoren, kamer 4",
                                                            "Crisispleeggezin in Nieuw-Rietdam",
                                                            "Logeeradres buiten de regio"});

std::string Date(Random& random, int first_year, int last_year) {
  char text[16];
  const int year = random.Between(first_year, last_year);
  const int month = random.Between(1, 12);
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, random.Between(1, 28));
  return text;
}

std::string Phone(Random& random) {  // No mobile number begins with 06-0.
  char text[16];
  std::snprintf(text, sizeof text, "06-0%07d", random.Between(0, 9999999));
  return text;
}

void AddAnswers(Random& random, Colour colour, intake::v1::SubmitReport& report) {
  const size_t chosen = random.Below(kDeciding);
  for (size_t i = 0; i < kIndicators.size(); ++i) {
    auto* answer = report.add_answers();
    answer->set_indicator(std::string(kIndicators[i]));
    AnswerValue value = AnswerValue::ANSWER_VALUE_NO;
    if (i == chosen && colour == Colour::COLOUR_RED) value = AnswerValue::ANSWER_VALUE_YES;
    if (i == chosen && colour == Colour::COLOUR_AMBER) value = AnswerValue::ANSWER_VALUE_UNKNOWN;
    answer->set_value(value);
  }
}

void Tell(Random& random, std::string text, intake::v1::Told& told) {
  if (random.OneIn(12)) {
    told.set_unknown(true);
  } else {
    told.set_text(std::move(text));
  }
}

void AddChild(Random& random, const std::string& family, intake::v1::ReportPrivate& to) {
  auto* child = to.add_children();
  if (random.OneIn(15)) {
    child->set_unborn(true);
    return;
  }
  if (!random.OneIn(10)) child->set_name(FirstName(random) + " " + family);
  if (!random.OneIn(6)) child->set_birth_date(Date(random, 2009, 2025));
  if (random.OneIn(2)) child->set_bsn(InventedBsn(random.Number()));
  child->set_sex(static_cast<intake::v1::Sex>(random.Between(0, 3)));
  if (random.OneIn(3)) child->set_stays_tonight("Bij oma, " + Address(random));
}

void AddAdult(Random& random, const std::string& family, intake::v1::ReportPrivate& to) {
  auto* adult = to.add_adults();
  adult->set_name(FirstName(random) + " " + family);
  if (random.OneIn(2)) adult->set_birth_date(Date(random, 1965, 2004));
  adult->set_relation(std::string(random.Pick(kRelations)));
  adult->set_language(std::string(random.Pick(kLanguages)));
  if (random.OneIn(3)) adult->set_safe_contact(Phone(random) + ", na 09:30");
}

void NameReporter(Random& random, intake::v1::Reporter& reporter) {
  reporter.set_name(FullName(random));
  reporter.set_organisation(std::string(random.Pick(kReporters)));
  reporter.set_phone(Phone(random));
}

}  // namespace

std::string InventedBsn(uint64_t number) {
  // Weights 9..2 for the first eight digits, -1 for the last. A remainder of ten has no last digit:
  // take the next.
  for (uint64_t body = number % 10000;; body = (body + 1) % 10000) {
    char text[16];
    std::snprintf(text, sizeof text, "9999%04d", static_cast<int>(body));
    int sum = 0;
    for (int i = 0; i < 8; ++i) sum += (9 - i) * (text[i] - '0');
    if (sum % 11 < 10) return std::string(text) + static_cast<char>('0' + sum % 11);
  }
}

intake::v1::SubmitReport Invent(uint64_t seed, uint64_t number, Colour colour) {
  Random random(SeedOf(seed, "report", number));
  intake::v1::SubmitReport report;
  AddAnswers(random, colour, report);

  auto& family = *report.mutable_private_();
  Tell(random, std::string(random.Pick(kHappenings)), *family.mutable_happening());
  Tell(random, std::string(random.Pick(kChildNow)), *family.mutable_child_now());
  const std::string family_name = FamilyName(random);
  const int children = random.Between(1, 4);
  for (int i = 0; i < children; ++i) AddChild(random, family_name, family);
  const int adults = random.Between(0, 2);
  for (int i = 0; i < adults; ++i) AddAdult(random, family_name, family);
  family.set_address(Address(random));

  const bool hidden = random.OneIn(8);
  if (hidden) {
    NameReporter(random, *report.mutable_secret()->mutable_hidden_reporter());
    family.mutable_reporter()->set_unknown(true);
  } else {
    NameReporter(random, *family.mutable_reporter());
  }
  if (random.OneIn(6)) {
    report.mutable_secret()->set_secret_location(std::string(random.Pick(kShelters)));
  }
  return report;
}

}  // namespace samenspel::demo
