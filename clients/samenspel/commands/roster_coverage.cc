// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/commands/roster_times.h"
#include "clients/samenspel/roster_reader.h"
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

std::string HoleText(const Context& context, const meeting::v1::Hole& hole, const Names& names) {
  const std::string words = context.printer.texts().Word("gap", CauseCode(hole));
  const std::string when = context.printer.Span(hole.from_ms(), hole.until_ms());
  if (IsHole(hole)) return "  ■ " + when + "  " + words + "\n";
  return "  ▲ " + when + "  " + words + ": " + NameOf(names, hole.only()) + "\n";
}

std::string FunctionText(const Context& context, const meeting::v1::CoverageShown& coverage,
                         const std::string& function, const Names& names) {
  std::string text =
      context.printer.Strong(Printable(context.printer.texts().Word("function", function))) + "\n";
  std::string holes;
  for (const meeting::v1::Hole& hole : coverage.holes()) {
    if (hole.function() == function) holes += HoleText(context, hole, names);
  }
  return text + (holes.empty() ? "  ● " + context.Say("coverage.whole") + "\n" : holes);
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
  for (const std::string& function : coverage.functions()) {
    text += FunctionText(context, coverage, function, names);
  }
  if (coverage.more()) text += context.Say("coverage.more") + "\n";
  const bool hole = coverage.more() || std::ranges::any_of(coverage.holes(), IsHole);
  text += context.Say(hole ? "coverage.has_holes" : "coverage.no_holes") + "\n";
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
