// SPDX-License-Identifier: EUPL-1.2
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace samenspel::scenarios {

/// A line of a story that does something. README.md in this folder shows how stories are written.
struct Step {
  size_t line = 0;                  ///< Where it stands in the file.
  bool command = false;             ///< "$ ..." is typed at a terminal; "@ ..." happens otherwise.
  std::string text;                 ///< Without the mark.
  std::vector<std::string> output;  ///< What must come out of a command, with placeholders.
  int exit_code = 0;
};

/// Throws when the text is no story, naming the line.
std::vector<Step> ReadStory(std::string_view text);

/// What the placeholders of a story have come to mean. "<case>", "<time2>": a kind, and a number
/// where there are several. The first time it stands for whatever has the shape of its kind, and
/// from then on for that.
class Bindings {
 public:
  /// Whether `line` is `expected`. Blanks are as good as any number of them: how wide a column is
  /// depends on who is on duty. Binds only when it is.
  bool Match(const std::string& expected, const std::string& line);
  /// Whether `lines` are `expected`. Of expected lines that begin with "* " and stand together,
  /// each must come, in any order; those that begin with "? " may come among them. "? ..." lets any
  /// other line come among them. A line "..." is as many lines as there are before the one that is
  /// expected after it. Nothing when all is as expected; otherwise the first expected line that did
  /// not come, or the line that was not expected.
  std::optional<std::string> Difference(const std::vector<std::string>& expected,
                                        const std::vector<std::string>& lines);
  /// `text` with its bound placeholders filled in.
  std::string Fill(const std::string& text) const;

 private:
  std::map<std::string, std::string> values_;
};

}  // namespace samenspel::scenarios
