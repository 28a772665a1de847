// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/commands/roster_times.h"
#include "clients/samenspel/roster_reader.h"
#include "clients/samenspel/service_look.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"
#include "clients/samenspel/times.h"

namespace samenspel::cli {
namespace {

constexpr std::chrono::hours kWeek{24 * 7};

using Names = std::map<std::string, std::string>;

// Without a cause the seat is filled, but by one person alone.
bool IsHole(const meeting::v1::Hole& hole) {
  return hole.cause() != meeting::v1::MISSING_CAUSE_UNSPECIFIED;
}

std::string CauseCode(const meeting::v1::Hole& hole) {
  switch (hole.cause()) {
    case meeting::v1::MISSING_CAUSE_NOBODY_HOLDS:
      return "nobody_holds";
    case meeting::v1::MISSING_CAUSE_NOBODY_ON_DUTY:
      return "nobody_on_duty";
    case meeting::v1::MISSING_CAUSE_ALL_BOOKED:
      return "all_booked";
    default:
      return "one_person";
  }
}

// Who the lonely ones are; without an answer their ids must do.
Names NamesOf(Session& session, const meeting::v1::CoverageShown& coverage) {
  Names names;
  if (std::ranges::all_of(coverage.holes(), IsHole)) return names;
  std::optional<Heard> failed;
  for (const auto& line : FetchRoster(session, {}, failed).lines) {
    names[line.professional().id()] = line.professional().name();
  }
  return names;
}

std::string NameOf(const Names& names, const std::string& id) {
  const auto found = names.find(id);
  return Printable(found == names.end() ? id : found->second);
}

// Holes one after another that have the same cause.
struct Stretch {
  std::string cause;
  int64_t from_ms = 0;
  int64_t until_ms = 0;
  int count = 0;
  int64_t length_ms = 0;
  std::set<std::string> only = {};  // On whom alone the seat rests.
};

void Grow(Stretch& stretch, const meeting::v1::Hole& hole) {
  if (stretch.count == 0) stretch.from_ms = hole.from_ms();
  stretch.cause = CauseCode(hole);
  stretch.until_ms = hole.until_ms();
  ++stretch.count;
  stretch.length_ms += hole.until_ms() - hole.from_ms();
  if (!hole.only().empty()) stretch.only.insert(hole.only());
}

// How a function is filled.
struct Filled {
  std::string function;
  std::vector<Stretch> holes;  // In order of time.
  Stretch holes_in_all;
  Stretch thin;  // What rests on one person.
};

Filled FilledOf(const meeting::v1::CoverageShown& coverage, const std::string& function) {
  Filled filled{.function = function, .holes = {}, .holes_in_all = {}, .thin = {}};
  for (const meeting::v1::Hole& hole : coverage.holes()) {
    if (hole.function() != function) continue;
    if (!IsHole(hole)) {
      Grow(filled.thin, hole);
      continue;
    }
    Grow(filled.holes_in_all, hole);
    const bool same = !filled.holes.empty() && filled.holes.back().cause == CauseCode(hole);
    Grow(same ? filled.holes.back() : filled.holes.emplace_back(), hole);
  }
  return filled;
}

// "14 x, 112 h": how often, and how long together.
std::string AmountText(const Context& context, const Stretch& stretch) {
  return context.Say(
      "coverage.amount",
      {{"count", std::to_string(stretch.count)},
       {"length", SpanText(context.printer.texts(), base::milliseconds(stretch.length_ms))}});
}

std::string WordsOf(const Context& context, const Stretch& stretch, const Names& names) {
  std::string who;
  for (const std::string& id : stretch.only) who += (who.empty() ? "" : ", ") + NameOf(names, id);
  const std::string words = stretch.only.size() > 1
                                ? context.Say("gap.one_each")
                                : context.printer.texts().Word("gap", stretch.cause);
  return who.empty() ? words : words + ": " + who;
}

std::string StretchText(const Context& context, const Stretch& stretch, const Names& names) {
  if (stretch.count == 0) return {};
  std::string text = stretch.only.empty() ? "  ■ " : "  ▲ ";
  text += context.printer.Span(stretch.from_ms, stretch.until_ms) + "  ";
  if (stretch.count > 1) text += AmountText(context, stretch) + ": ";
  return text + WordsOf(context, stretch, names) + "\n";
}

std::string NameOfFunction(const Context& context, const Filled& filled) {
  return Printable(context.printer.texts().Word("function", filled.function));
}

std::vector<std::string> TotalRow(const Context& context, const Filled& filled) {
  const std::string name = NameOfFunction(context, filled);
  if (filled.holes_in_all.count > 0) {
    return {"■ " + name,
            context.Say("coverage.empty", {{"amount", AmountText(context, filled.holes_in_all)}})};
  }
  if (filled.thin.count > 0) {
    return {"▲ " + name,
            context.Say("coverage.thin", {{"amount", AmountText(context, filled.thin)}})};
  }
  return {"● " + name, context.Say("coverage.whole")};
}

std::string HolesText(const Context& context, const Filled& filled, const Names& names) {
  std::string text;
  for (const Stretch& stretch : filled.holes) text += StretchText(context, stretch, names);
  text += StretchText(context, filled.thin, names);
  return text.empty()
             ? text
             : "\n" + context.printer.Strong(NameOfFunction(context, filled)) + "\n" + text;
}

// The worst first: what is empty longest, then what rests on one person longest.
std::vector<Filled> WorstFirst(const meeting::v1::CoverageShown& coverage) {
  std::vector<Filled> all;
  for (const std::string& function : coverage.functions()) {
    all.push_back(FilledOf(coverage, function));
  }
  std::ranges::stable_sort(all, std::greater<>(), [](const Filled& one) {
    return std::pair(one.holes_in_all.length_ms, one.thin.length_ms);
  });
  return all;
}

Json CoverageJson(const meeting::v1::CoverageShown& coverage, const Names& names) {
  Json holes = Json::array();
  for (const meeting::v1::Hole& hole : coverage.holes()) {
    holes.push_back({{"function", hole.function()},
                     {"from", IsoTime(base::FromMs(hole.from_ms()))},
                     {"until", IsoTime(base::FromMs(hole.until_ms()))},
                     {"cause", CauseCode(hole)},
                     {"only", hole.only().empty() ? Json() : Json(hole.only())},
                     {"name", hole.only().empty() ? Json() : Json(NameOf(names, hole.only()))}});
  }
  return {{"functions", std::vector(coverage.functions().begin(), coverage.functions().end())},
          {"holes", holes},
          {"more", coverage.more()}};
}

ExitCode Print(Context& context, const meeting::v1::CoverageShown& coverage, const Names& names,
               const Times& times) {
  std::string text =
      context.Say(
          "coverage.period",
          {{"when", context.printer.Span(base::ToMs(times.from), base::ToMs(times.until))}}) +
      "\n";
  const bool hole = coverage.more() || std::ranges::any_of(coverage.holes(), IsHole);
  text += context.Say(hole ? "coverage.has_holes" : "coverage.no_holes") + "\n";
  if (coverage.more()) text += context.Say("coverage.more") + "\n";
  const std::vector<Filled> all = WorstFirst(coverage);
  std::vector<std::vector<std::string>> rows;
  rows.reserve(all.size());
  for (const Filled& filled : all) rows.push_back(TotalRow(context, filled));
  text += "\n" + context.printer.Table(rows);
  for (const Filled& filled : all) text += HolesText(context, filled, names);
  Json object = CoverageJson(coverage, names);
  object["covered"] = !hole;
  context.printer.Result(text, object);
  return hole ? kExitRefused : kExitOk;
}

}  // namespace

ExitCode RosterCoverage(Context& context) {
  const auto times = TimesOf(context, kWeek * context.options.operate.weeks);
  if (!times) return RefuseTimes(context);
  const auto session = Session::Open(context.settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  meeting::v1::Request request;
  request.mutable_show_coverage()->set_from_ms(base::ToMs(times->from));
  request.mutable_show_coverage()->set_until_ms(base::ToMs(times->until));
  const Heard heard = (*session)->Ask("meeting", request);
  meeting::v1::Response response;
  if (!heard.ok() || !response.ParseFromString(heard.reply.response()) ||
      !response.has_coverage_shown()) {
    return Explain(context.printer, **session, "meeting", heard);
  }
  const meeting::v1::CoverageShown& coverage = response.coverage_shown();
  return Print(context, coverage, NamesOf(**session, coverage), *times);
}

}  // namespace samenspel::cli
