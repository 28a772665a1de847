// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/show_meeting.h"

#include <algorithm>
#include <utility>

#include "clients/samenspel/lines.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

using meeting::v1::Mdo;
using meeting::v1::Seat;

std::string FunctionText(const Context& context, const std::string& function) {
  return Printable(context.printer.texts().Word("function", function));
}

// The name under which somebody sits at this table; their id when they do not.
std::string NameAt(const Context& context, const Mdo& mdo, const std::string& professional) {
  if (professional.empty()) return {};
  const auto seat = std::ranges::find(mdo.seats(), professional, &Seat::professional);
  const bool named = seat != mdo.seats().end() && !seat->name().empty();
  std::string person = PersonText(context, professional);
  if (!named) return person;
  const std::string name = Printable(seat->name());
  return professional == context.settings.principal ? name + " (" + person + ")" : name;
}

std::string WhoText(const Context& context, const Mdo& mdo, const Seat& seat) {
  const std::string who = NameAt(context, mdo, seat.professional());
  if (seat.accepted_at_ms() == 0) return who + ", " + context.Say("seat.not_accepted");
  return who + ", " +
         context.Say("seat.accepted", {{"time", context.printer.Time(seat.accepted_at_ms())}});
}

std::string SeatText(const Context& context, const Mdo& mdo, const Seat& seat) {
  const Texts& texts = context.printer.texts();
  std::string text =
      Lines(context.printer, {{"label.seat", FunctionText(context, seat.function()) + ": " +
                                                 WhoText(context, mdo, seat)}});
  const std::string brings = TextIn(texts, seat.subject_nl(), seat.subject_en(), "");
  const std::string reason = TextIn(texts, seat.reason_nl(), seat.reason_en(), "");
  if (!brings.empty())
    text += Under(context.printer, context.Say("seat.brings", {{"subject", brings}}));
  if (!reason.empty())
    text += Under(context.printer, context.Say("seat.because", {{"reason", reason}}));
  return text;
}

std::string MissingText(const Context& context, const meeting::v1::MissingSeat& missing) {
  const std::string cause =
      CodeOf(meeting::v1::MissingCause_Name(missing.cause()), "MISSING_CAUSE_");
  return Lines(context.printer,
               {{"label.missing", FunctionText(context, missing.function()) + ": " +
                                      context.printer.texts().Word("cause", cause)}});
}

std::string WhenText(const Context& context, const Mdo& mdo) {
  if (mdo.starts_at_ms() != 0) return context.printer.Span(mdo.starts_at_ms(), mdo.ends_at_ms());
  return context.Say("meeting.no_start", {{"seat", FunctionText(context, mdo.binding_function())}});
}

Json SeatJson(const Seat& seat) {
  return {{"function", seat.function()},
          {"professional", seat.professional()},
          {"name", seat.name()},
          {"organisation", seat.organisation()},
          {"subject_nl", seat.subject_nl()},
          {"subject_en", seat.subject_en()},
          {"reason_nl", seat.reason_nl()},
          {"reason_en", seat.reason_en()},
          {"conditional", seat.conditional()},
          {"indicators", std::vector(seat.indicators().begin(), seat.indicators().end())},
          {"accepted_at", TimeJson(seat.accepted_at_ms())}};
}

std::ptrdiff_t YesCount(const Mdo& mdo) {
  return std::ranges::count_if(mdo.seats(),
                               [](const Seat& seat) { return seat.accepted_at_ms() != 0; });
}

std::string YesText(const Context& context, const Mdo& mdo) {
  return context.Say("meeting.accepted", {{"count", std::to_string(YesCount(mdo))},
                                          {"all", std::to_string(mdo.seats_size())}});
}

// It begins within a quarter of an hour, or runs, and not everybody has said that they come.
std::string NearText(const Context& context, const Mdo& mdo) {
  constexpr std::chrono::minutes kNear{15};
  const base::Instant now = context.world.clock.Wall();
  const bool near = mdo.starts_at_ms() != 0 && base::FromMs(mdo.starts_at_ms()) - kNear <= now;
  if (!near || now >= base::FromMs(mdo.ends_at_ms())) return {};
  if (YesCount(mdo) == mdo.seats_size()) return {};
  const std::string yes =
      YesCount(mdo) == 0 ? context.Say("meeting.nobody_accepted") : YesText(context, mdo);
  const bool begun = base::FromMs(mdo.starts_at_ms()) <= now;
  return "■ " + context.Say(begun ? "meeting.begun" : "meeting.near") + ": " + yes;
}

// What to know of it in a list, the worst first; never nothing.
std::vector<std::string> StatesOf(const Context& context, const Mdo& mdo, int64_t term_ms) {
  std::vector<std::string> states;
  for (const std::string& one :
       {LateText(context, mdo.starts_at_ms(), term_ms), NearText(context, mdo)}) {
    if (!one.empty()) states.push_back(one);
  }
  if (WaitsForMe(context, mdo)) states.push_back(context.Say("meeting.your_yes"));
  if (mdo.missing_size() > 0) {
    states.push_back(
        context.Say("meeting.missing", {{"count", std::to_string(mdo.missing_size())}}));
  }
  if (states.empty()) states.push_back(YesText(context, mdo));
  return states;
}

}  // namespace

bool WaitsForMe(const Context& context, const Mdo& mdo) {
  return std::ranges::any_of(mdo.seats(), [&](const Seat& seat) {
    return seat.professional() == context.settings.principal && seat.accepted_at_ms() == 0;
  });
}

std::string MdoText(const Context& context, const Mdo& mdo, int64_t term_ms) {
  const Printer& printer = context.printer;
  std::string text = Line(printer, "label.meeting", mdo.mdo());
  text += Lines(printer, {{"label.when", WhenText(context, mdo)}});
  const std::string late = LateText(context, mdo.starts_at_ms(), term_ms);
  if (!late.empty()) text += Under(printer, late);
  text += Lines(printer, {{"label.chair", NameAt(context, mdo, mdo.chair())},
                          {"label.notes", NameAt(context, mdo, mdo.notes())},
                          {"label.room", mdo.join().room()},
                          {"label.phone", mdo.join().phone()},
                          {"label.link", mdo.join().link()}});
  for (const Seat& seat : mdo.seats()) text += SeatText(context, mdo, seat);
  for (const auto& missing : mdo.missing()) text += MissingText(context, missing);
  if (!WaitsForMe(context, mdo)) return text;
  return text + context.Say("meeting.accept_it", {{"id", Printable(mdo.case_number())}}) + "\n";
}

Json MdoJson(const Mdo& mdo) {
  Json seats = Json::array();
  for (const Seat& seat : mdo.seats()) seats.push_back(SeatJson(seat));
  Json missing = Json::array();
  for (const auto& one : mdo.missing()) {
    missing.push_back(
        {{"function", one.function()},
         {"cause", CodeOf(meeting::v1::MissingCause_Name(one.cause()), "MISSING_CAUSE_")}});
  }
  return {
      {"mdo", mdo.mdo()},
      {"report", mdo.report()},
      {"case_number", mdo.case_number()},
      {"colour", ColourCode(mdo.colour())},
      {"starts_at", TimeJson(mdo.starts_at_ms())},
      {"ends_at", TimeJson(mdo.ends_at_ms())},
      {"binding_function", mdo.binding_function()},
      {"convened_at", TimeJson(mdo.convened_at_ms())},
      {"chair", mdo.chair()},
      {"notes", mdo.notes()},
      {"join",
       {{"room", mdo.join().room()}, {"phone", mdo.join().phone()}, {"link", mdo.join().link()}}},
      {"seats", seats},
      {"missing", missing}};
}

std::string MdosText(const Context& context, const google::protobuf::RepeatedPtrField<Mdo>& mdos,
                     const TableTerms& terms) {
  std::vector<std::vector<std::string>> rows;
  rows.push_back({context.Say("table.case"), context.Say("table.colour"), context.Say("table.when"),
                  context.Say("table.state")});
  for (const Mdo& mdo : mdos) {
    const std::string when = mdo.starts_at_ms() == 0
                                 ? context.Say("report.no_start_yet")
                                 : context.printer.Span(mdo.starts_at_ms(), mdo.ends_at_ms());
    const auto term = terms.find(mdo.report());
    std::vector<std::string> row{Printable(mdo.case_number()), context.printer.Colour(mdo.colour()),
                                 when};
    for (const std::string& state :
         StatesOf(context, mdo, term == terms.end() ? 0 : term->second)) {
      row.push_back(state);
      rows.push_back(std::exchange(row, {"", "", ""}));
    }
  }
  return Table(rows);
}

Json MdosJson(const google::protobuf::RepeatedPtrField<Mdo>& mdos) {
  Json list = Json::array();
  for (const Mdo& mdo : mdos) list.push_back(MdoJson(mdo));
  return list;
}

}  // namespace samenspel::cli
