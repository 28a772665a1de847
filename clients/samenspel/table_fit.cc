// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <cstdint>
#include <utility>

#include "clients/samenspel/table.h"

namespace samenspel::cli {
namespace {

constexpr std::string_view kPaint = "\x1b[";  // Begins a colour.

using Row = std::vector<std::string>;

size_t LongestWord(std::string_view text) {
  size_t longest = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    longest = std::max(longest, Width(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return longest;
}

// What each column cannot well do without: its longest word, unless that is very long.
std::vector<size_t> FloorsOf(const std::vector<Row>& rows, const std::vector<size_t>& widths,
                             const std::vector<size_t>& least) {
  constexpr size_t kWord = 30;  // An id.
  std::vector<size_t> floors(widths.size());
  for (const Row& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      const bool painted = row[i].find(kPaint) != std::string::npos;
      const size_t need = painted ? Width(row[i]) : std::min(LongestWord(row[i]), kWord);
      floors[i] = std::max(floors[i], need);
    }
  }
  for (size_t i = 0; i < std::min(floors.size(), least.size()); ++i) {
    floors[i] = std::min(widths[i], std::max(floors[i], least[i]));
  }
  return floors;
}

// Too much even so: the widest give way and break words, the named ones last.
void Squeeze(std::vector<size_t>& floors, const std::vector<size_t>& least, size_t room) {
  const auto give = [&](size_t i) {
    const size_t kept = i < least.size() ? least[i] : 1;
    return floors[i] > kept ? floors[i] : 0;
  };
  for (;;) {
    size_t sum = 0;
    size_t widest = 0;
    for (size_t i = 0; i < floors.size(); ++i) {
      sum += floors[i];
      if (std::pair(give(i), floors[i]) > std::pair(give(widest), floors[widest])) widest = i;
    }
    if (sum <= room || floors[widest] <= 1) return;
    --floors[widest];
  }
}

// Gives room away, a column at a time to each that still wants some, from the narrowest on.
std::vector<size_t> Shared(const std::vector<size_t>& floors, const std::vector<size_t>& widths,
                           size_t room) {
  std::vector<size_t> given = floors;
  size_t used = 0;
  for (const size_t width : given) used += width;
  for (size_t cap = 1; used < room; ++cap) {
    bool wanted = false;
    for (size_t i = 0; i < given.size() && used < room; ++i) {
      if (given[i] >= widths[i]) continue;
      wanted = true;
      if (given[i] >= cap) continue;
      ++given[i];
      ++used;
    }
    if (!wanted) break;
  }
  return given;
}

size_t AfterCharacter(std::string_view text, size_t at) {
  if (at < text.size()) ++at;
  while (at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

// Takes at most `columns` off the front of `text`: whole words, or of a longer word what fits.
std::string TakeLine(std::string_view& text, size_t columns) {
  if (Width(text) <= columns) return std::string(std::exchange(text, {}));
  size_t end = 0;
  for (size_t space = text.find(' '); space != std::string_view::npos;
       space = text.find(' ', space + 1)) {
    if (Width(text.substr(0, space)) > columns) break;
    end = space;
    // Between a beginning and an end reads best: "Sat 21 Nov 23:00 -", "Sun 22 Nov 07:00".
    if (text.substr(0, space).ends_with(" -")) break;
  }
  if (end > 0) {
    std::string line(text.substr(0, end));
    text.remove_prefix(std::min(text.find_first_not_of(' ', end), text.size()));
    return line;
  }
  size_t fits = 0;
  for (size_t next = AfterCharacter(text, 0); fits < text.size();
       next = AfterCharacter(text, next)) {
    if (fits > 0 && Width(text.substr(0, next)) > columns) break;  // Always a step further.
    fits = next;
  }
  std::string line(text.substr(0, fits));
  text.remove_prefix(fits);
  return line;
}

// One row of the table as rows of lines.
std::vector<Row> Stacked(const Row& row, const std::vector<size_t>& widths) {
  std::vector<Row> lines(1, Row(row.size()));
  for (size_t i = 0; i < row.size(); ++i) {
    std::string_view left = row[i];
    for (size_t at = 0; !left.empty(); ++at) {
      if (at == lines.size()) lines.emplace_back(row.size());
      lines[at][i] = TakeLine(left, std::max<size_t>(widths[i], 1));
    }
  }
  return lines;
}

// Where a line that is too long goes on: under what stands in its second column, or behind its
// sign.
size_t HangOf(std::string_view line, size_t columns) {
  const size_t indent = std::min(line.find_first_not_of(' '), line.size());
  const size_t gap = line.find("  ", indent);
  const size_t second =
      line.find_first_not_of(' ', gap == std::string_view::npos ? line.size() : gap);
  if (second != std::string_view::npos && Width(line.substr(0, second)) <= columns / 3) {
    return Width(line.substr(0, second));
  }
  const std::string_view content = line.substr(indent);
  const bool sign = content.find(' ') != std::string_view::npos &&
                    Width(content.substr(0, content.find(' '))) == 1;
  return indent == 0 || sign ? indent + 2 : indent;
}

// The end of the piece that begins at `at` and stays together: a word, or a whole command.
size_t PieceEnd(std::string_view line, size_t at, size_t columns) {
  const size_t word = std::min(line.find(' ', at), line.size());
  if (line.substr(at, word - at) != "samenspel") return word;
  size_t end = word;
  while (end < line.size() &&
         std::string_view(".,;:)?").find(line[end - 1]) == std::string_view::npos) {
    end = std::min(line.find(' ', end + 1), line.size());
  }
  return Width(line.substr(at, end - at)) <= columns ? end : word;
}

std::string FoldedLine(std::string_view line, size_t columns) {
  const size_t indent = std::min(line.find_first_not_of(' '), line.size());
  if (Width(line) <= columns || line.substr(indent).starts_with("samenspel ")) {
    return std::string(line);
  }
  const size_t hang = HangOf(line, columns);
  std::string folded(line.substr(0, indent));
  std::string now = folded;
  for (size_t at = indent; at < line.size();) {
    const size_t end = PieceEnd(line, at, columns - hang);
    const std::string_view piece = line.substr(at, end - at);
    const size_t next = std::min(line.find_first_not_of(' ', end), line.size());
    if (Width(now) + Width(piece) > columns && Width(now) > hang) {
      folded.erase(folded.find_last_not_of(' ') + 1);
      folded += "\n";
      folded.append(hang, ' ');
      now.assign(hang, ' ');
    }
    folded += piece;
    now += piece;
    if (next < line.size()) {
      folded.append(next - end, ' ');
      now.append(next - end, ' ');
    }
    at = next;
  }
  return folded;
}

}  // namespace

std::string FittedTable(const std::vector<Row>& rows, size_t columns, std::string_view indent,
                        const std::vector<size_t>& least) {
  const std::vector<size_t> widths = ColumnWidths(rows);
  size_t whole = Width(indent) + (widths.empty() ? 0 : (widths.size() - 1) * kColumnGap);
  const size_t room = columns > whole ? columns - whole : widths.size();
  for (const size_t width : widths) whole += width;
  if (whole <= columns) return Table(rows, indent);
  std::vector<size_t> floors = FloorsOf(rows, widths, least);
  Squeeze(floors, least, room);
  const std::vector<size_t> given = Shared(floors, widths, room);
  std::vector<Row> lines;
  for (const Row& row : rows) {
    for (Row& line : Stacked(row, given)) lines.push_back(std::move(line));
  }
  return Table(lines, indent);
}

std::string Folded(std::string_view text, size_t columns) {
  std::string folded;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    folded += FoldedLine(text.substr(0, end), columns);
    if (end < text.size()) folded += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return folded;
}

}  // namespace samenspel::cli
