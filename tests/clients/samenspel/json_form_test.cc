// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/json_form.h"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <chrono>

#include "clients/demo/families.h"
#include "proto/intake/v1/requests.pb.h"

namespace samenspel::cli {
namespace {

using intake::v1::SubmitReport;

// Stands for family data in a form: may never come back in an error.
constexpr char kFamilyData[] = "Wytske Terpstra";

FormError ErrorOf(const std::string& json) {
  SubmitReport report;
  const auto error = ReadForm(json, report);
  EXPECT_TRUE(error.has_value()) << json.substr(0, 200);
  if (!error) return {};
  for (const std::string& part : {error->code, error->path, error->known}) {
    EXPECT_EQ(part.find("Wytske"), std::string::npos) << part;
  }
  return *error;
}

void ExpectRefused(const std::string& json, const std::string& code, const std::string& path) {
  const FormError error = ErrorOf(json);
  EXPECT_EQ(error.code, code) << json.substr(0, 200);
  EXPECT_EQ(error.path, path) << json.substr(0, 200);
}

std::string ChildWith(const std::string& members) {
  return R"({"private": {"children": [{}, {)" + members + "}]}}";
}

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

TEST(JsonForm, ReadsAWholeForm) {
  for (uint64_t i = 0; i < 50; ++i) {
    const SubmitReport report = demo::Invent(3, i, intake::v1::COLOUR_RED);
    for (const bool proto_names : {true, false}) {
      google::protobuf::util::JsonPrintOptions options;
      options.preserve_proto_field_names = proto_names;
      std::string json;
      ASSERT_TRUE(google::protobuf::util::MessageToJsonString(report, &json, options).ok());
      SubmitReport read;
      EXPECT_FALSE(ReadForm(json, read).has_value());
      EXPECT_EQ(read.SerializeAsString(), report.SerializeAsString());
    }
  }
}

TEST(JsonForm, ReadsEscapesAndLettersOfAllKinds) {
  SubmitReport report;
  EXPECT_FALSE(ReadForm(ChildWith(R"("name": "Zo\u00eb Yıldırım \"\\\n\ud83d\ude00")"), report));
  EXPECT_EQ(report.private_().children(1).name(), "Zoë Yıldırım \"\\\n😀");
}

TEST(JsonForm, TakesKnownEnumNumbers) {
  SubmitReport report;
  EXPECT_FALSE(ReadForm(R"({"answers": [{"indicator": "no_basic_care", "value": 1}]})", report));
  EXPECT_EQ(report.answers(0).value(), intake::v1::ANSWER_VALUE_YES);
}

TEST(JsonForm, RefusesADoubleKey) {
  ExpectRefused(ChildWith(R"("name": "a", "name": "Wytske")"), "duplicate_key",
                "private.children[1].name");
  ExpectRefused(R"({"private": {}, "private": {}})", "duplicate_key", "private");
}

// A long wait when each name is compared with all before it.
TEST(JsonForm, TakesManyNamesInNoTime) {
  std::string json = "{";
  for (int i = 0; i < 80'000; ++i) json += "\"n" + std::to_string(i) + "\":0,\n";
  const auto from = std::chrono::steady_clock::now();
  ExpectRefused(json + "\"n0\": 0}", "duplicate_key", "");
  EXPECT_LT(std::chrono::steady_clock::now() - from, std::chrono::seconds(5));
}

TEST(JsonForm, RefusesADoubleKeyInBothSpellings) {
  ExpectRefused(ChildWith(R"("birth_date": "2020-01-01", "birthDate": "2020-01-01")"),
                "duplicate_key", "private.children[1].birth_date");
}

TEST(JsonForm, RefusesAnUnknownFieldAndNamesTheKnownOnes) {
  const FormError error = ErrorOf(ChildWith(R"("Wytske Terpstra": "x")"));
  EXPECT_EQ(error.code, "unknown_field");
  EXPECT_EQ(error.path, "private.children[1]");
  EXPECT_NE(error.known.find("staysTonight"), std::string::npos);
}

TEST(JsonForm, DoesNotQuoteAnUnknownNameInAPath) {
  ExpectRefused(R"({"private": {"Wytske": {"a": 1, "a": 2}}})", "duplicate_key", "private");
  ExpectRefused(R"({"private": {"children[Wytske]": {"a": 1, "a": 2}}})", "duplicate_key",
                "private");
}

TEST(JsonForm, RefusesAnUnknownEnumName) {
  ExpectRefused(R"({"answers": [{"value": "Wytske"}]})", "unknown_enum", "answers[0].value");
  EXPECT_EQ(ErrorOf(R"({"answers": [{"value": "Wytske"}]})").known,
            "ANSWER_VALUE_YES, ANSWER_VALUE_NO, ANSWER_VALUE_UNKNOWN");
}

TEST(JsonForm, RefusesAnUnknownEnumNumber) {
  for (const std::string number : {"9", "-1", "4294967297", "1.5", "1e0", "99999999999999999999"}) {
    ExpectRefused(R"({"answers": [{"value": )" + number + "}]}", "unknown_enum",
                  "answers[0].value");
  }
}

TEST(JsonForm, RefusesAValueOfAnotherType) {
  ExpectRefused(ChildWith(R"("name": 12)"), "wrong_type", "private.children[1].name");
  ExpectRefused(ChildWith(R"("name": null)"), "wrong_type", "private.children[1].name");
  ExpectRefused(ChildWith(R"("name": ["Wytske"])"), "wrong_type", "private.children[1].name");
  ExpectRefused(ChildWith(R"("unborn": "true")"), "wrong_type", "private.children[1].unborn");
  ExpectRefused(ChildWith(R"("unborn": 1)"), "wrong_type", "private.children[1].unborn");
  ExpectRefused(R"({"private": {"children": {}}})", "wrong_type", "private.children");
  ExpectRefused(R"({"private": {"children": ["Wytske"]}})", "wrong_type", "private.children[0]");
  ExpectRefused(R"({"private": "Wytske"})", "wrong_type", "private");
  ExpectRefused(R"({"answers": [{"value": true}]})", "wrong_type", "answers[0].value");
  ExpectRefused("[]", "wrong_type", "");
  ExpectRefused("null", "wrong_type", "");
}

TEST(JsonForm, RefusesATextOver64KiB) {
  SubmitReport report;
  EXPECT_FALSE(ReadForm(ChildWith("\"name\": " + Quoted(std::string(kTextMax, 'x'))), report));
  ExpectRefused(ChildWith("\"name\": " + Quoted(std::string(kTextMax + 1, 'x'))), "text_too_long",
                "private.children[1].name");
}

TEST(JsonForm, RefusesAFormThatIsTooLarge) {
  ExpectRefused(std::string(kFormMax + 1, ' '), "request_too_large", "");
}

TEST(JsonForm, RefusesInvalidUtf8) {
  for (const std::string bad : {"\xff", "\xc3(", "\xc0\xaf", "\xed\xa0\x80", "\xf5\x80\x80\x80",
                                "\xe2\x82", "\xf0\x80\x80\x80", "\xf4\x90\x80\x80"}) {
    ExpectRefused(ChildWith("\"name\": " + Quoted("Wytske " + bad)), "invalid_utf8",
                  "private.children[1].name");
  }
}

TEST(JsonForm, RefusesHalfASurrogatePair) {
  ExpectRefused(ChildWith(R"("name": "\ud83d")"), "malformed", "private.children[1].name");
}

TEST(JsonForm, RefusesNestingThatIsTooDeep) {
  ExpectRefused(R"({"private": )" + std::string(10000, '['), "too_deep", "private" + [] {
    std::string indexes;
    for (int i = 0; i < 15; ++i) indexes += "[0]";
    return indexes;
  }());
}

TEST(JsonForm, RefusesWhatComesAfterTheForm) {
  ExpectRefused("{} {}", "trailing_text", "");
  ExpectRefused("{}Wytske", "trailing_text", "");
}

TEST(JsonForm, RefusesWhatIsNoJsonAndNamesTheLine) {
  const FormError error = ErrorOf("{\n\"private\": {\n\"address\": Wytske\n}}");
  EXPECT_EQ(error.code, "malformed");
  EXPECT_EQ(error.path, "private.address");
  EXPECT_EQ(error.line, 3U);
  for (const std::string json : {"", "{", "{\"private\"", "{\"private\":}", "{,}", "{'a':1}",
                                 "{} // Wytske", "{\"private\": NaN}", "\xef\xbb\xbf"}) {
    EXPECT_FALSE(ErrorOf(json).code.empty()) << json;
  }
}

TEST(JsonForm, LeavesNoTraceOfTheInputInAnyError) {
  const std::string form = R"({"private": {"address": "Wytske Terpstra", "children": [{"name":
      "Wytske Terpstra", "birth_date": "2020-02-03"}]}, "secret": {"secret_location": "Wytske"}})";
  ASSERT_NE(form.find(kFamilyData), std::string::npos);
  for (size_t i = 0; i + 1 < form.size(); ++i) ErrorOf(form.substr(0, i));
}

}  // namespace
}  // namespace samenspel::cli
