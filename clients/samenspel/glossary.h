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
  std::string title_nl = {};  ///< Empty: the title is Dutch already.
  std::string text_nl = {};
  std::string source;
};

/// docs/glossary.md as it was when this was built.
std::string_view GlossaryText();

std::vector<GlossaryEntry> ReadGlossary(std::string_view markdown);

/// Small letters without accents; "first_step", "first-step" and "first step" are the same.
std::string FoldedTerm(std::string_view text);

/// Those that go by this name: Dutch or English, capitals and accents aside.
std::vector<const GlossaryEntry*> FindTerm(const std::vector<GlossaryEntry>& all,
                                           std::string_view term);
/// Those whose name is nearly that, or holds it; the nearest first, at most `most`.
std::vector<const GlossaryEntry*> NearTerms(const std::vector<GlossaryEntry>& all,
                                            std::string_view term, size_t most);

}  // namespace samenspel::cli
