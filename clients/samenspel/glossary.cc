// SPDX-License-Identifier: EUPL-1.2
#include "clients/samenspel/glossary.h"

#include <algorithm>
#include <array>
#include <utility>

namespace samenspel::cli {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 15> kAccents{{{"á", 'a'},
                                                                      {"à", 'a'},
                                                                      {"ä", 'a'},
                                                                      {"é", 'e'},
                                                                      {"è", 'e'},
                                                                      {"ë", 'e'},
                                                                      {"ê", 'e'},
                                                                      {"É", 'e'},
                                                                      {"ï", 'i'},
                                                                      {"í", 'i'},
                                                                      {"ó", 'o'},
                                                                      {"ö", 'o'},
                                                                      {"ü", 'u'},
                                                                      {"ú", 'u'},
                                                                      {"ç", 'c'}}};

// Letters to add, drop or change to make one out of the other.
size_t Distance(std::string_view one, std::string_view other) {
  std::vector<size_t> row(other.size() + 1);
  for (size_t j = 0; j <= other.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= one.size(); ++i) {
    size_t corner = std::exchange(row[0], i);
    for (size_t j = 1; j <= other.size(); ++j) {
      const size_t change = corner + (one[i - 1] == other[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[other.size()];
}

std::string Trim(std::string_view text) {
  const size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

std::string WithoutMarks(std::string text) {
  std::erase_if(text, [](char c) { return c == '*' || c == '`'; });
  return text;
}

void AddNames(std::string_view names, std::vector<std::string>& to) {
  while (!names.empty()) {
    const size_t comma = std::min(names.find(','), names.size());
    const std::string name = Trim(names.substr(0, comma));
    if (!name.empty()) to.push_back(name);
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
}

// "Veilig Thuis (VT)": both the words and what stands in brackets.
std::vector<std::string> NamesOf(const std::string& title, const std::string& codes) {
  std::vector<std::string> names;
  const size_t open = title.find('(');
  AddNames(title.substr(0, open), names);
  if (open != std::string::npos)
    AddNames(title.substr(open + 1, title.find(')') - open - 1), names);
  if (names.size() > 1) names.push_back(title);
  AddNames(codes, names);
  return names;
}

// "**Term** (`code`): words. [source]", its lines joined.
GlossaryEntry EntryOf(std::string_view item) {
  GlossaryEntry entry;
  const size_t end = item.find("**", 2);
  if (!item.starts_with("**") || end == std::string_view::npos) return entry;
  entry.title = item.substr(2, end - 2);
  const size_t colon = item.find(": ", end);
  if (colon == std::string_view::npos) return {};
  std::string codes = WithoutMarks(std::string(item.substr(end + 2, colon - end - 2)));
  std::erase_if(codes, [](char c) { return c == '(' || c == ')'; });
  entry.names = NamesOf(entry.title, codes);
  std::string_view text = item.substr(colon + 2);
  const size_t source = text.rfind(" [");
  if (source != std::string_view::npos && text.ends_with("]")) {
    entry.source = text.substr(source + 2, text.size() - source - 3);
    text = text.substr(0, source);
  }
  entry.text = WithoutMarks(Trim(text));
  return entry;
}

// "nl: words", or "nl, **Dutch term**: words".
void AddDutch(std::string_view item, GlossaryEntry& entry) {
  constexpr std::string_view kTerm = "nl, **";
  const size_t colon = item.find(": ");
  if (colon == std::string_view::npos) return;
  entry.text_nl = WithoutMarks(Trim(item.substr(colon + 2)));
  if (!item.starts_with(kTerm)) return;
  entry.title_nl = WithoutMarks(Trim(item.substr(kTerm.size(), colon - kTerm.size())));
  std::vector<std::string> names;
  AddNames(entry.title_nl, names);
  for (std::string& name : names) {
    if (std::ranges::find(entry.names, name) == entry.names.end()) {
      entry.names.push_back(std::move(name));
    }
  }
}

}  // namespace

std::string FoldedTerm(std::string_view text) {
  std::string folded;
  while (!text.empty()) {
    const auto accent = std::ranges::find_if(
        kAccents, [&](const auto& one) { return text.starts_with(one.first); });
    if (accent != kAccents.end()) {
      folded += accent->second;
      text.remove_prefix(accent->first.size());
      continue;
    }
    const auto c = static_cast<unsigned char>(text.front());
    folded += c == '_' || c == '-' ? ' ' : static_cast<char>(std::tolower(c));
    text.remove_prefix(1);
  }
  return folded;
}

std::vector<GlossaryEntry> ReadGlossary(std::string_view markdown) {
  std::vector<GlossaryEntry> all;
  std::string item;
  std::string dutch;
  const auto finish = [&] {
    if (item.empty()) return;
    GlossaryEntry entry = EntryOf(item);
    AddDutch(dutch, entry);
    if (!entry.text.empty()) all.push_back(std::move(entry));
    item.clear();
    dutch.clear();
  };
  while (!markdown.empty()) {
    const size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    if (line.starts_with("- ")) {
      finish();
      item = line.substr(2);
    } else if (line.starts_with("  - nl") && !item.empty()) {
      dutch = line.substr(4);
    } else if (line.starts_with("  ") && !dutch.empty()) {
      dutch += " " + Trim(line);
    } else if (line.starts_with("  ") && !item.empty()) {
      item += " " + Trim(line);
    } else {
      finish();
    }
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
  }
  finish();
  return all;
}

std::vector<const GlossaryEntry*> FindTerm(const std::vector<GlossaryEntry>& all,
                                           std::string_view term) {
  const std::string wanted = FoldedTerm(Trim(term));
  std::vector<const GlossaryEntry*> found;
  for (const GlossaryEntry& entry : all) {
    if (std::ranges::any_of(entry.names,
                            [&](const auto& name) { return FoldedTerm(name) == wanted; })) {
      found.push_back(&entry);
    }
  }
  return found;
}

std::vector<const GlossaryEntry*> NearTerms(const std::vector<GlossaryEntry>& all,
                                            std::string_view term, size_t most) {
  constexpr size_t kPartOfWord = 3;  // Shorter pieces are in everything.
  const std::string wanted = FoldedTerm(Trim(term));
  const size_t furthest = std::max<size_t>(1, wanted.size() / 3);
  std::vector<std::pair<size_t, const GlossaryEntry*>> near;
  for (const GlossaryEntry& entry : all) {
    size_t best = furthest + 1;
    for (const std::string& name : entry.names) {
      const std::string folded = FoldedTerm(name);
      best = std::min(best, Distance(wanted, folded));
      const bool holds = wanted.size() >= kPartOfWord && folded.find(wanted) != std::string::npos;
      if (holds) best = std::min(best, furthest);
    }
    if (best <= furthest) near.emplace_back(best, &entry);
  }
  std::ranges::stable_sort(near, {}, &std::pair<size_t, const GlossaryEntry*>::first);
  std::vector<const GlossaryEntry*> found;
  for (const auto& [distance, entry] : near) {
    if (found.size() < most) found.push_back(entry);
  }
  return found;
}

}  // namespace samenspel::cli
