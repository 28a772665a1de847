// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "proto/audit/v1/events.pb.h"
#include "proto/audit/v1/requests.pb.h"
#include "proto/common/v1/envelope.pb.h"
#include "proto/escalation/v1/events.pb.h"
#include "proto/escalation/v1/requests.pb.h"
#include "proto/intake/v1/events.pb.h"
#include "proto/intake/v1/requests.pb.h"
#include "proto/meeting/v1/events.pb.h"
#include "proto/meeting/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

std::set<std::string> PlacesOf(std::string_view text) {
  const std::string copy(text);
  const std::regex place(R"(\{([a-z]*)\})");
  std::set<std::string> places;
  for (std::sregex_iterator at(copy.begin(), copy.end(), place), end; at != end; ++at) {
    places.insert((*at)[1]);
  }
  return places;
}

std::map<std::string, std::set<std::string>> PlacesByKey(std::span<const TextEntry> table) {
  std::map<std::string, std::set<std::string>> all;
  for (const TextEntry& entry : table) {
    EXPECT_TRUE(all.emplace(entry.key, PlacesOf(entry.text)).second) << entry.key;
    EXPECT_FALSE(entry.text.empty()) << entry.key;
  }
  return all;
}

std::string Source() {
  std::stringstream all;
  for (const auto& file : std::filesystem::recursive_directory_iterator(SOURCE_FOLDER)) {
    const std::string name = file.path().filename().string();
    const auto kind = file.path().extension();
    if ((kind == ".cc" || kind == ".h") && !name.starts_with("texts")) {
      all << std::ifstream(file.path()).rdbuf();
    }
  }
  return all.str();
}

TEST(Texts, HaveTheSameKeysAndPlacesInBothLanguages) {
  EXPECT_EQ(PlacesByKey(DutchTexts()), PlacesByKey(EnglishTexts()));
}

TEST(Texts, HaveEveryKeyThatTheCommandUses) {
  const auto texts = PlacesByKey(DutchTexts());
  const std::string source = Source();
  const std::regex key(
      R"re("((help|usage|label|table|form|submit|retry|away|waiting|keys|region|audit|proof|follow|service_state|submit|meeting|reply|report|colour|roster|coverage|policy|purpose|config|glossary|span|status|top|manual|export|left|line|list|step_named|clock|hold|ask|owner|right_until|grade|check|crisismeter|confirm|circle|open|review|queue|watch|conflict|change|seat|alarm|import|me|log)\.[a-z_.]+)")re");
  int used = 0;
  for (std::sregex_iterator at(source.begin(), source.end(), key), end; at != end; ++at, ++used) {
    EXPECT_TRUE(texts.contains((*at)[1])) << (*at)[1];
  }
  EXPECT_GT(used, 100);
}

TEST(Texts, HaveNoKeyThatNobodyUses) {
  const std::string source = Source();
  // Keys of these groups are put together from a code.
  const std::set<std::string> from_codes{
      "file_fault",   "roster_fault", "log_fault",  "gap",     "effect", "involvement",
      "purpose_word", "origin",       "exit_code",  "reason",  "status", "function",
      "key_state",    "proof",        "step",       "outcome", "right",  "cause",
      "asked_as",     "ended",        "alarm_kind", "asked",   "event",  "alarm_do"};
  for (const TextEntry& entry : DutchTexts()) {
    const std::string key(entry.key);
    if (from_codes.contains(key.substr(0, key.find('.')))) continue;
    if (std::count(key.begin(), key.end(), '.') == 1 && key.starts_with("help.")) continue;
    EXPECT_NE(source.find("\"" + key + "\""), std::string::npos) << key;
  }
}

void ExpectWords(const google::protobuf::Descriptor& message, std::string_view group) {
  const auto* kinds = message.FindOneofByName("kind");
  ASSERT_NE(kinds, nullptr);
  for (int i = 0; i < kinds->field_count(); ++i) {
    const std::string& name = kinds->field(i)->name();
    EXPECT_NE(Texts(Language::kDutch).Word(group, name), name);
    EXPECT_NE(Texts(Language::kEnglish).Word(group, name), name);
  }
}

TEST(Texts, HaveWordsForAllThatTheLogTells) {
  ExpectWords(*intake::v1::Request::descriptor(), "asked");
  ExpectWords(*meeting::v1::Request::descriptor(), "asked");
  ExpectWords(*escalation::v1::Request::descriptor(), "asked");
  ExpectWords(*audit::v1::Request::descriptor(), "asked");
  ExpectWords(*intake::v1::Event::descriptor(), "event");
  ExpectWords(*meeting::v1::Event::descriptor(), "event");
  ExpectWords(*escalation::v1::Event::descriptor(), "event");
  ExpectWords(*audit::v1::Event::descriptor(), "event");
}

TEST(Texts, HaveWordsForEveryReasonThatTheServicesSend) {
  for (const std::string code : {"unknown_protocol",
                                 "bad_request_id",
                                 "no_request_kind",
                                 "malformed",
                                 "unknown_field",
                                 "unknown_enum",
                                 "text_too_long",
                                 "invalid_utf8",
                                 "request_too_large",
                                 "request_id_reused",
                                 "not_permitted",
                                 "may_not_act_for",
                                 "purpose_missing",
                                 "too_many_requests",
                                 "too_many_awaits",
                                 "unavailable",
                                 "shutting_down",
                                 "missing",
                                 "in_the_future",
                                 "not_a_date",
                                 "bad_bsn",
                                 "unknown_indicator",
                                 "answered_twice",
                                 "text_and_unknown",
                                 "no_rules",
                                 "not_found",
                                 "unknown_organisation",
                                 "unknown_professional",
                                 "shifts_overlap",
                                 "shift_ends_before_start",
                                 "bad_id",
                                 "unknown_function",
                                 "size_beyond_log",
                                 "already_involved",
                                 "already_reviewed",
                                 "bad_page",
                                 "bad_period",
                                 "changed_since",
                                 "claimed_already",
                                 "ended",
                                 "no_seat",
                                 "not_asked",
                                 "not_in_circle",
                                 "not_owner",
                                 "not_your_desk",
                                 "only_in_person",
                                 "own_opening",
                                 "owns_it_already",
                                 "red_needs_a_table",
                                 "settled",
                                 "too_early",
                                 "unknown_kind"}) {
    EXPECT_NE(Texts(Language::kDutch).Word("reason", code), code);
    EXPECT_NE(Texts(Language::kEnglish).Word("reason", code), code);
  }
}

TEST(Texts, HaveWordsForEveryStatus) {
  const auto* statuses = common::v1::Status_descriptor();
  for (int i = 0; i < statuses->value_count(); ++i) {
    std::string code = statuses->value(i)->name().substr(std::string("STATUS_").size());
    std::ranges::transform(code, code.begin(), [](unsigned char c) { return std::tolower(c); });
    EXPECT_NE(Texts(Language::kDutch).Word("status", code), code);
  }
}

TEST(Texts, ShowACodeThatHasNoWords) {
  EXPECT_EQ(Texts(Language::kDutch).Word("reason", "of_next_year"), "of_next_year");
}

TEST(Texts, PutValuesInAsTheyAre) {
  const Texts texts(Language::kEnglish);
  EXPECT_EQ(texts.Say("keys.unknown", {{"id", "{id} 100%"}}), "{id} 100% is not in the registry.");
}

}  // namespace
}  // namespace samenspel::cli
