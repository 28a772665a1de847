// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace samenspel::cli {

/// Columns that `text` takes on a terminal: "Noë" takes 3, "漢字" 4. Control characters take none,
/// nor do the colours of a Printer.
size_t Width(std::string_view text);

/// Text from elsewhere, safe to print: control characters, with which a terminal could be steered,
/// become "?".
std::string Printable(std::string_view text);

/// Text from elsewhere as paragraphs: its line ends stay, lines longer than `columns` are broken
/// between words, each line but the first begins with `indent`. Other control characters become
/// "?".
std::string Wrapped(std::string_view text, size_t columns, std::string_view indent);

/// Rows in aligned columns, two spaces apart; no spaces at line ends. The first row is the heading.
std::string Table(const std::vector<std::vector<std::string>>& rows, std::string_view indent = "");

}  // namespace samenspel::cli
