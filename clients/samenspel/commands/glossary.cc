// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/glossary.h"

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

constexpr size_t kColumns = 76;
constexpr size_t kNearMax = 5;

std::string EntryText(const Context& context, const GlossaryEntry& entry) {
  std::string also;
  for (const std::string& name : entry.names) {
    if (name != entry.title) also += (also.empty() ? "" : ", ") + name;
  }
  std::string text = context.printer.Strong(entry.title);
  if (!also.empty()) text += "  (" + also + ")";
  text += "\n  " + Wrapped(entry.text, kColumns, "  ") + "\n";
  if (!entry.source.empty())
    text += "  " + context.Say("glossary.source", {{"source", entry.source}}) + "\n";
  return text;
}

Json EntryJson(const GlossaryEntry& entry) {
  return {{"term", entry.title},
          {"names", entry.names},
          {"text", entry.text},
          {"source", entry.source}};
}

ExitCode ListAll(Context& context, const std::vector<GlossaryEntry>& all) {
  std::string text;
  Json terms = Json::array();
  for (const GlossaryEntry& entry : all) {
    text += entry.title + "\n";
    terms.push_back(entry.title);
  }
  context.printer.Result(text, {{"terms", terms}});
  return kExitOk;
}

ExitCode TellNear(Context& context, const std::vector<GlossaryEntry>& all) {
  const std::string& term = context.options.target;
  std::string names;
  Json near = Json::array();
  for (const GlossaryEntry* entry : NearTerms(all, term, kNearMax)) {
    names += (names.empty() ? "" : ", ") + entry->title;
    near.push_back(entry->title);
  }
  std::string text = context.Say("glossary.unknown", {{"term", Printable(term)}});
  if (!names.empty()) text += "\n  " + context.Say("glossary.near", {{"names", names}});
  return context.printer.Fail(kExitNotFound, "not_found", text, {{"near", near}});
}

}  // namespace

ExitCode Glossary(Context& context) {  // P.14
  const std::vector<GlossaryEntry> all = ReadGlossary(GlossaryText());
  if (context.options.target.empty()) return ListAll(context, all);
  const auto found = FindTerm(all, context.options.target);
  if (found.empty()) return TellNear(context, all);
  std::string text;
  Json entries = Json::array();
  for (const GlossaryEntry* entry : found) {
    text += EntryText(context, *entry);
    entries.push_back(EntryJson(*entry));
  }
  context.printer.Result(text, {{"entries", entries}});
  return kExitOk;
}

}  // namespace samenspel::cli
