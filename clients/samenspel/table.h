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

/// The columns of its widest line.
size_t WidestLine(std::string_view text);

/// `text` in at most `columns`; what is cut off shows as "…".
std::string Clipped(std::string_view text, size_t columns);

inline constexpr size_t kColumnGap = 2;
/// How wide each column is.
std::vector<size_t> ColumnWidths(const std::vector<std::vector<std::string>>& rows);

/// Rows in aligned columns, two spaces apart; no spaces at line ends. The first row is the heading.
std::string Table(const std::vector<std::vector<std::string>>& rows, std::string_view indent = "");

/// The same in at most `columns`: what is too wide goes on below, within its own column. A column
/// with our colours in it keeps its width.
///   least  widths below which columns are not made narrower; may be shorter than a row
std::string FittedTable(const std::vector<std::vector<std::string>>& rows, size_t columns,
                        std::string_view indent = "", const std::vector<size_t>& least = {});

/// Text whose lines are at most `columns` wide: longer ones go on below, under where their text
/// began. A command to type is not broken, so that it can be copied; nor is a long word.
std::string Folded(std::string_view text, size_t columns);

}  // namespace samenspel::cli
