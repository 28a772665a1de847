// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/glossary.h"

#include <algorithm>

#include "clients/samenspel/commands/commands.h"
#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

constexpr size_t kNearMax = 5;

bool IsDutch(const Context& context) {
  return context.printer.texts().language() == Language::kDutch;
}

std::string TitleOf(const Context& context, const GlossaryEntry& entry) {
  return IsDutch(context) && !entry.title_nl.empty() ? entry.title_nl : entry.title;
}

std::string EntryText(const Context& context, const GlossaryEntry& entry) {
  const std::string title = TitleOf(context, entry);
  std::string also;
  for (const std::string& name : entry.names) {
    if (name != title) also += (also.empty() ? "" : ", ") + name;
  }
  const std::string& words =
      IsDutch(context) && !entry.text_nl.empty() ? entry.text_nl : entry.text;
  std::string text = context.printer.Strong(title);
  if (!also.empty()) text += "  (" + also + ")";
  text += "\n  " + Wrapped(words, context.printer.columns() - 2, "  ") + "\n";
  if (!entry.source.empty())
    text += "  " + context.Say("glossary.source", {{"source", entry.source}}) + "\n";
  return text;
}

Json EntryJson(const GlossaryEntry& entry) {
  return {{"term", entry.title},
          {"names", entry.names},
          {"text", entry.text},
          {"term_nl", entry.title_nl.empty() ? entry.title : entry.title_nl},
          {"text_nl", entry.text_nl},
          {"source", entry.source}};
}

ExitCode ListAll(Context& context, const std::vector<GlossaryEntry>& all) {
  std::vector<std::string> titles;
  Json terms = Json::array();
  for (const GlossaryEntry& entry : all) {
    titles.push_back(TitleOf(context, entry));
    terms.push_back(entry.title);
  }
  std::ranges::stable_sort(titles, {}, FoldedTerm);
  std::string text;
  for (const std::string& title : titles) text += title + "\n";
  context.printer.Result(text, {{"terms", terms}});
  return kExitOk;
}

ExitCode TellNear(Context& context, const std::vector<GlossaryEntry>& all) {
  const std::string& term = context.options.target;
  std::string names;
  Json near = Json::array();
  for (const GlossaryEntry* entry : NearTerms(all, term, kNearMax)) {
    names += (names.empty() ? "" : ", ") + TitleOf(context, *entry);
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
