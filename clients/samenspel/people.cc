// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/people.h"

#include <algorithm>

#include "clients/samenspel/roster_reader.h"
#include "clients/samenspel/show.h"
#include "clients/samenspel/table.h"
#include "common/base/ids.h"

namespace samenspel::cli {
namespace {

constexpr base::milliseconds kPatience{3000};

bool SameName(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, [](unsigned char a, unsigned char b) {
    return std::tolower(a) == std::tolower(b);
  });
}

ExitCode Refuse(const Context& context, std::string_view key, const std::string& text,
                const std::string& operand) {
  return context.printer.Fail(kExitInvalid, "unknown_person",
                              context.Say(key, {{"operand", operand}, {"text", Printable(text)}}));
}

}  // namespace

std::optional<std::vector<Found>> CalledSo(Session& session, const std::string& name, Among among,
                                           Heard& failed) {
  meeting::v1::ShowRoster request;
  request.set_from_ms(1);  // Of nobody the shifts: only who there is.
  request.set_until_ms(2);
  std::optional<Heard> no;
  const KnownRoster roster = FetchRoster(session, request, no, kPatience);
  if (no) {
    failed = *std::move(no);
    return std::nullopt;
  }
  std::vector<Found> found;
  for (const meeting::v1::RosterLine& line : roster.lines) {
    const meeting::v1::Professional& person = line.professional();
    if (!SameName(person.name(), name)) continue;
    const auto acts_for = roster.organisations.find(person.organisation());
    found.push_back(
        {person.id(), person.name(),
         acts_for == roster.organisations.end() ? person.organisation() : acts_for->second.name()});
  }
  if (among == Among::kPersons) return found;
  for (const auto& [id, one] : roster.organisations) {
    if (SameName(one.name(), name)) found.push_back({id, one.name(), ""});
  }
  return found;
}

Meant WhoIsMeant(Context& context, Exchange& exchange, const std::string& text,
                 const std::string& operand, Among among) {
  const bool or_organisation = among == Among::kPersonsAndOrganisations;
  if (text == "me") return {context.settings.principal};
  if (base::IsId("pro", text) || (or_organisation && base::IsId("org", text))) return {text};
  if (text.starts_with("pro_") || text.starts_with("org_")) {
    return {"", Refuse(context, "hold.bad_id", text, operand)};
  }
  if (exchange.session() == nullptr) return {"", exchange.exit()};
  Heard failed;
  const auto found = CalledSo(*exchange.session(), text, among, failed);
  if (!found) return {"", Explain(context.printer, *exchange.session(), "meeting", failed)};
  if (found->size() == 1) return {found->front().id};
  if (!found->empty()) return {"", ExplainNamesakes(context, *found, operand)};
  return {"", Refuse(context, "hold.unknown_name", text, operand)};
}

ExitCode ExplainNamesakes(const Context& context, const std::vector<Found>& found,
                          const std::string& operand) {
  std::string sentence = context.Say(
      "hold.namesakes", {{"operand", operand}, {"count", std::to_string(found.size())}});
  Json candidates = Json::array();
  for (const Found& one : found) {
    sentence += "\n  " + Printable(one.name);
    if (!one.organisation.empty()) sentence += ", " + Printable(one.organisation);
    sentence += "  " + one.id;
    candidates.push_back({{"id", one.id}, {"name", one.name}, {"organisation", one.organisation}});
  }
  return context.printer.Fail(kExitInvalid, "ambiguous", sentence, {{"candidates", candidates}});
}

}  // namespace samenspel::cli
