// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/roster_file.h"
#include "clients/samenspel/roster_reader.h"
#include "clients/samenspel/show.h"

namespace samenspel::cli {
namespace {

// Organisations before those who work there, people before their shifts.
std::vector<meeting::v1::Request> RequestsOf(const demo::Region& roster) {
  std::vector<meeting::v1::Request> requests;
  for (const auto& organisation : roster.organisations) {
    *requests.emplace_back().mutable_register_organisation()->mutable_organisation() = organisation;
  }
  for (const auto& person : roster.professionals) {
    *requests.emplace_back().mutable_register_professional()->mutable_professional() = person;
  }
  for (const auto& person : roster.deputies) {  // Each is known by now.
    *requests.emplace_back().mutable_register_professional()->mutable_professional() = person;
  }
  for (const auto& shifts : roster.shifts) *requests.emplace_back().mutable_set_shifts() = shifts;
  return requests;
}

demo::Region RegionOf(const KnownRoster& known) {
  demo::Region region;
  for (const auto& [id, one] : known.organisations) region.organisations.push_back(one);
  for (const auto& line : known.lines) region.professionals.push_back(line.professional());
  return region;
}

ExitCode TellFormError(Context& context, const FormError& wrong) {
  return context.printer.Fail(
      kExitInvalid, wrong.code,
      context.Say("roster.refused") + "\n  - " + RosterErrorText(context.printer.texts(), wrong),
      {{"field", wrong.path}});
}

ExitCode Send(Context& context, Session& session, const demo::Region& differs) {
  const std::vector<meeting::v1::Request> requests = RequestsOf(differs);
  size_t done = 0;
  for (const meeting::v1::Request& request : requests) {
    const Heard heard = session.Ask("meeting", request);
    if (heard.how == Heard::How::kNoAnswer) {
      return context.printer.Fail(kExitNoAnswer, "no_answer", context.Say("region.no_answer"));
    }
    if (!heard.ok()) return Explain(context.printer, session, "meeting", heard);
    context.printer.Progress(
        context.Say("roster.progress",
                    {{"done", std::to_string(++done)}, {"all", std::to_string(requests.size())}}));
  }
  context.printer.Done();
  return kExitOk;
}

std::string Summary(const Context& context, const demo::Region& roster,
                    const demo::Region& differs) {
  if (RequestsOf(differs).empty()) return context.Say("roster.nothing_differs");
  const auto part = [](size_t some, size_t all) {
    return std::to_string(some) + "/" + std::to_string(all);
  };
  return context.Say(
      "roster.loaded",
      {{"organisations", part(differs.organisations.size(), roster.organisations.size())},
       {"professionals", part(differs.professionals.size(), roster.professionals.size())},
       {"shifts", part(differs.shifts.size(), roster.shifts.size())}});
}

}  // namespace

ExitCode RosterLoad(Context& context) {
  const auto text = context.world.files.Read(context.options.target);
  if (!text.ok()) {
    return context.printer.Fail(
        kExitInvalid, "unreadable_file",
        context.Say("roster.unreadable", {{"file", context.options.target}}));
  }
  const auto read = ReadRoster(*text);
  if (const auto* wrong = std::get_if<FormError>(&read)) return TellFormError(context, *wrong);
  const demo::Region& roster = std::get<demo::Region>(read);
  if (RequestsOf(roster).empty()) {  // Whoever loads a roster means to load something.
    return context.printer.Fail(
        kExitInvalid, "nothing_in_it",
        context.Say("roster.nothing_in_it", {{"file", context.options.target}}));
  }
  Settings settings = context.settings;
  // Loading a roster is not the purpose that a config for daily work names.
  settings.purpose = context.options.purpose.value_or("region_setup");
  const auto session = Session::Open(settings, context.world);
  if (!session.ok()) return context.printer.Fail(session.status());
  std::optional<Heard> failed;
  const KnownRoster known = FetchRoster(**session, {}, failed);
  if (failed) return Explain(context.printer, **session, "meeting", *failed);
  if (const auto unknown = FindUnknown(roster, RegionOf(known))) {
    return TellFormError(context, *unknown);
  }
  const demo::Region differs = Differences(roster, known);
  const ExitCode sent = Send(context, **session, differs);
  if (sent != kExitOk) return sent;
  const std::string summary = Summary(context, roster, differs);
  context.printer.Result(context.printer.quiet() ? "" : summary + "\n",
                         {{"organisations", differs.organisations.size()},
                          {"professionals", differs.professionals.size()},
                          {"shifts", differs.shifts.size()}});
  return kExitOk;
}

}  // namespace samenspel::cli
