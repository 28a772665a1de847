// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace samenspel::cli {

/// One term of docs/glossary.md.
struct GlossaryEntry {
  std::string title;               ///< "Veilig Thuis (VT)"
  std::vector<std::string> names;  ///< All by which it is found, identifiers too.
  std::string text;
  std::string source;
};

/// docs/glossary.md as it was when this was built.
std::string_view GlossaryText();

std::vector<GlossaryEntry> ReadGlossary(std::string_view markdown);

/// Those that go by this name: Dutch or English, capitals and accents aside.
std::vector<const GlossaryEntry*> FindTerm(const std::vector<GlossaryEntry>& all,
                                           std::string_view term);
/// Those whose name is nearly that, or holds it; the nearest first, at most `most`.
std::vector<const GlossaryEntry*> NearTerms(const std::vector<GlossaryEntry>& all,
                                            std::string_view term, size_t most);

}  // namespace samenspel::cli
