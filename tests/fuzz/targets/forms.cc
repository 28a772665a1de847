// SPDX-License-Identifier: EUPL-1.2
// What the command reads from people: forms and rosters in JSON, and moments.
#include <google/protobuf/util/json_util.h>

#include "clients/samenspel/import_lines.h"
#include "clients/samenspel/json_form.h"
#include "clients/samenspel/roster_file.h"
#include "clients/samenspel/times.h"
#include "common/base/ids.h"
#include "common/daemon/wire_check.h"
#include "common/time/local_date.h"
#include "tests/fuzz/targets.h"
#include "tests/fuzz/toml.h"

namespace samenspel::fuzz {
namespace {

void PromiseError(const cli::FormError& error, std::string_view input) {
  Promise(!error.code.empty() && error.code.find_first_not_of(
                                     "abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos,
          "a refusal has a code");
  Promise(error.line <= LinesOf(input), "a refusal names a line of the form");
}

// Field names and indexes only: what was typed may be about a family.
void PromiseFieldPath(const cli::FormError& error) {
  Promise(error.path.size() < 500 &&
              error.path.find_first_not_of("abcdefghijklmnopqrstuvwxyz_.[]0123456789") ==
                  std::string::npos,
          "a refusal quotes nothing of the form");
}

void RunImport(std::string_view input) {
  const size_t lines = LinesOf(input);
  for (const cli::ImportLine& line : cli::ReadImport(input)) {
    Promise(line.number >= 1 && line.number <= lines, "a line has its number");
    Promise(line.same_as < line.number, "what is double was there before");
    if (line.wrong) PromiseFieldPath(*line.wrong);
  }
}

// The first byte: a form, or a file with a form a line.
void RunForm(std::string_view input) {
  if (TakeByte(input) % 4 == 1) return RunImport(input);
  using google::protobuf::util::JsonStringToMessage;
  intake::v1::SubmitReport form;
  const auto wrong = cli::ReadForm(input, form);
  if (wrong) {
    PromiseError(*wrong, input);
    PromiseFieldPath(*wrong);
  } else {
    Promise(!daemon::FindWireFault(*form.GetDescriptor(), form.SerializeAsString()),
            "a form that is read is one that a daemon takes");
    std::string json;
    Promise(google::protobuf::util::MessageToJsonString(form, &json).ok(), "a form can be printed");
    intake::v1::SubmitReport again;
    Promise(!cli::ReadForm(json, again), "a form that is printed is read");
    Promise(again.SerializeAsString() == form.SerializeAsString(), "as it was");
    // The library is more lenient, never less: what we read it reads as well, and the same.
    intake::v1::SubmitReport theirs;
    Promise(JsonStringToMessage(std::string(input), &theirs).ok() &&
                theirs.SerializeAsString() == form.SerializeAsString(),
            "a form means what protobuf's own reader takes it for");
  }
}

// The shipped forms, with three of their answers: the others are of the same kind.
std::vector<std::string> FormSeeds() {
  std::vector<std::string> seeds;
  std::string lines = "\1";
  for (const std::string& json : SourceFiles("deploy/demo/reports")) {
    intake::v1::SubmitReport form;
    Promise(!cli::ReadForm(json, form), "a shipped form is read");
    while (form.answers_size() > 3) form.mutable_answers()->RemoveLast();
    std::string small;
    Promise(google::protobuf::util::MessageToJsonString(form, &small).ok(), "and printed");
    seeds.push_back('\0' + small);
    if (seeds.size() < 4) lines += small + "\n";
  }
  seeds.push_back(lines);
  seeds.push_back(std::string(1, '\0') +
                  R"({"answers":[{"indicator":"a","value":"ANSWER_VALUE_YES"}],
"private":{"children":[{"name":"F","birthDate":"2020-02-29","unborn":false}],
"happening":{"text":"\u00e9\ud83d\ude00"}},"secret":{"secretLocation":"x"},"bulk":true})");
  return seeds;
}

// Years that can be written in four digits, and after the zone's clock had whole minutes.
bool IsPlain(int64_t ms) { return ms > 0 && ms < 253'370'764'800'000; }

void RunRoster(std::string_view input) {
  const auto read = cli::ReadRoster(input);
  if (const auto* wrong = std::get_if<cli::FormError>(&read)) return PromiseError(*wrong, input);
  const auto& roster = std::get<demo::Region>(read);
  (void)cli::FindUnknown(roster, {});
  for (const auto& set : roster.shifts) {
    int64_t until = INT64_MIN;
    for (const auto& shift : set.shifts()) {
      Promise(shift.from_ms() >= until && shift.until_ms() > shift.from_ms(),
              "shifts follow one another");
      until = shift.until_ms();
      if (!IsPlain(shift.from_ms()) || !IsPlain(shift.until_ms())) return;
    }
  }
  const std::string json = cli::RosterJson(roster).dump();
  const auto again = cli::ReadRoster(json);
  Promise(std::holds_alternative<demo::Region>(again), "a roster that is printed is read");
  Promise(cli::RosterJson(std::get<demo::Region>(again)).dump() == json, "as it was");
}

std::vector<std::string> RosterSeeds() {
  const demo::Region region = demo::Generate(1, 4, 1, base::FromMs(1'795'253'400'000));
  demo::Region small;
  small.organisations.assign(region.organisations.begin(), region.organisations.begin() + 1);
  small.professionals.assign(region.deputies.begin(), region.deputies.begin() + 2);
  small.shifts.assign(region.shifts.begin(), region.shifts.begin() + 2);
  std::vector<std::string> seeds = {cli::RosterJson(small).dump(1), "{}"};
  seeds.push_back(R"({"shifts":[{"professional":"pro_00000000000000000000000n00","shifts":[
{"from":"2026-11-21T07:00:00.000+01:00","until":"2026-11-21T15:00Z"}]}]})");
  return seeds;
}

void RunTimeText(std::string_view input) {
  const std::string text(input);
  if (const auto instant = cli::ParseTime(input)) {
    const int64_t ms = base::ToMs(*instant);
    const std::string iso = cli::IsoTime(*instant);
    if (IsPlain(ms)) Promise(cli::ParseInstant(iso) == instant, "a moment is read as it is shown");
    for (const auto language : {cli::Language::kDutch, cli::Language::kEnglish}) {
      PromiseSentence(cli::LocalSpan(*instant, base::FromMs(ms + 1), language, *instant));
    }
  }
  if (const auto day = cli::StartOfDay(input)) {
    const auto next = cli::StartOfDay(input, 1);
    Promise(next && *next > *day, "a day has a next one");
  }
  if (const auto date = time::ParseDate(input)) Promise(date->ok(), "a date exists");
  if (const auto id = base::ParseUuid(input)) {
    Promise(id->size() == 16, "a request id has 16 bytes");
    Promise(base::ParseUuid(base::UuidText(*id)) == id, "an id is read as it is written");
  }
  if (const auto number = base::ParseCaseNumber(input)) {
    Promise(base::IsCaseNumber(*number) && base::ParseCaseNumber(*number) == number,
            "a case number is read as it is written");
    std::string wrong = *number;
    char& digit = wrong[5 + text.size() % 6];
    digit = digit == '9' ? '0' : static_cast<char>(digit + 1);
    Promise(!base::IsCaseNumber(wrong), "a wrong digit shows");
  }
  for (const char* prefix : {"rpt", "mdo", "hh", "org", "pro"}) {
    if (base::IsId(prefix, input)) Promise(input.starts_with(prefix), "an id tells its kind");
  }
}

std::vector<std::string> TimeTextSeeds() {
  return {"2026-11-21T20:45+01:00",
          "2026-11-21 20:45:01.123Z",
          "2026-10-25 02:30",
          "2026-11-21",
          "0000-01-01T00:00+14:59",
          "9999-12-31 23:59-14:59",
          "0190f3c2-0000-7000-8000-000000000001",
          base::CaseNumber(2026, 4711),
          "rpt_00000000000000000000000001"};
}

}  // namespace

const Target kFormJson{
    .name = "form_json", .run = RunForm, .seeds = FormSeeds, .shape = {.header = 1}};
const Target kRosterJson{.name = "roster_json", .run = RunRoster, .seeds = RosterSeeds};
const Target kTimeText{
    .name = "time_text", .run = RunTimeText, .seeds = TimeTextSeeds, .bytes_max = 64};

}  // namespace samenspel::fuzz
